"""The pages of papers: what is due, memoranda, statistics, and determinations that are run again."""

"""The pages of awards: parse, one query or one verb, answer."""

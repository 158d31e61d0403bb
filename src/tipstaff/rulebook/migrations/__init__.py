"""The tables of the rulebook, step by step."""

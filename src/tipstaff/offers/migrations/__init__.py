"""The tables of offers, step by step."""

"""Rules with ids and citations, and the dated sheets of numbers that they decide by."""

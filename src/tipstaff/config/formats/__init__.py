"""How dates and numbers are written in each language, where this is not as Django has it."""

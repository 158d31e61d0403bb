"""The room's rules, by noun. Pure: facts in, every reason out."""

"""Money: appropriated, committed, paid, returned, in double entry."""

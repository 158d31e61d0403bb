"""The logbook: the public log as the desk sees it: signed heads, covers, the account of every leaf."""

"""Cases, findings with their sources, outcomes, and what each tip contributed."""

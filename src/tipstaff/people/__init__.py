"""Who works here: agencies, compartments, officers, what each may do, and how they sign in."""

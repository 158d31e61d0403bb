"""What pages read of awards, one module for each page: frozen rows, already filtered for the actor."""

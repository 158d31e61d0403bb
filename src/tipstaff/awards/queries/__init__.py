"""What pages and other rooms read of awards: frozen rows, already filtered for the actor."""

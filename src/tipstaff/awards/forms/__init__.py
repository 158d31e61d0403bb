"""Reading what an officer typed on the awards pages."""

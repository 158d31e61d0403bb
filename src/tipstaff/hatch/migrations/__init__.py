"""Schema steps of the hatch."""

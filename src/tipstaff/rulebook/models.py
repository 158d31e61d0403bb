"""The tables of the room of rulebook."""

"""The tables of the room of vault."""

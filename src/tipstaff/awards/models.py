"""The tables of the room of awards."""

"""The verbs of the room, by who does them."""

"""The verbs of this room, one transaction each: fetch and lock, move, ask the rules, save, record."""

"""The append-only record of every decision, numbered and hashed into a log of its own."""

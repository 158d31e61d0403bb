"""The tables of the room of ledger."""

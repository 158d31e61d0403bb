"""The door's pages, by what they are about."""

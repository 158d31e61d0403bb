"""Migrations of the logbook."""

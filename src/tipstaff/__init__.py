"""Tipstaff runs a rewards-for-information programme from end to end."""

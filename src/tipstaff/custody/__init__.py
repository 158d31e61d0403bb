"""Custody: the desk's keys while they are unlocked, in one process's memory. It owns no tables."""

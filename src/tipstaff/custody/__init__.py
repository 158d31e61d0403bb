"""Custody: the desk's keys while they are unlocked, in one process's memory and nowhere else. It owns no tables."""

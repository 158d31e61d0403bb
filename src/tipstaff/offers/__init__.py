"""Reward offers: from a programme file to a public, versioned offer that two officers answered for."""

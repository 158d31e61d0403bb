"""The kernel: money, machines, decisions, references and the coarse clock. Pure Python."""

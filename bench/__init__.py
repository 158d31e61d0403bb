"""Benchmarks: what each hot path costs on this machine. Run by bin/bench; nothing here is a test."""

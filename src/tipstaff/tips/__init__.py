"""Tips: taking sealed envelopes in, opening them, and everything officers do with what was inside."""

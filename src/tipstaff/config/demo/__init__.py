"""The demo office: complete, invented, reaching no one. Everything it makes lies in one folder."""

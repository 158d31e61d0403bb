"""Numbers as most of Latin America writes them, and as amounts stand everywhere here: `2,000,000.50`."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","

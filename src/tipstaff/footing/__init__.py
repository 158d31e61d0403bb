"""Django helpers that own no tables and know no room."""

"""The tests. `bin/test` runs all of them, on SQLite and on PostgreSQL."""

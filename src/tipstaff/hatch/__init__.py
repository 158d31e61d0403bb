"""The database that both sites reach. Every column in it is public or sealed."""

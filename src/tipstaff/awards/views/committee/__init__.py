"""The committee's pages: meetings and dockets for all, an item for the clerk, an item for a member."""

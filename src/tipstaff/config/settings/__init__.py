"""One settings module per site, and one for the tests."""

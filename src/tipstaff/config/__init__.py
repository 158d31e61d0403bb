"""Settings, urls and the command line of both sites."""

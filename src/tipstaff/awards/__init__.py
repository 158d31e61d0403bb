"""From a nomination to a reward that is decided, paid and reported."""

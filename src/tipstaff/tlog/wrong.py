"""The one exception that everything checked here can raise."""


class Wrong(ValueError):
    """Something we were given does not check.

    The message is a sentence for a person: what was wrong, and what was expected. Every malformed input
    to this package ends here, in one of the subclasses beside the code that raises them.
    """

"""A password has an end: what is longer is refused before a key is derived from it, so that nobody can make the
desk work without having signed in.
"""

from django.core.validators import MaxLengthValidator

from tipstaff.people.names import LONGEST_PASSWORD


def too_long(password: str) -> bool:
    """Is this longer than any password here can be?"""
    return len(password) > LONGEST_PASSWORD


class NotTooLong:
    """Django's password validator for new passwords: who could set a longer one could not sign in with it."""

    def validate(self, password: str, user: object = None) -> None:
        """Raises ValidationError."""
        MaxLengthValidator(LONGEST_PASSWORD)(password)

    def get_help_text(self) -> str:
        """Nothing: hardly anybody comes near it."""
        return ""

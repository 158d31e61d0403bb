"""What may be asked of a sealed identity. Pure."""

from enum import StrEnum


class Purpose(StrEnum):
    """What two officers do together."""

    OPEN = "open"
    DESTROY = "destroy"

"""The cast, and the folder that the office's keys lie in."""

from tests.keepers import ana, ben, cleo

__all__ = ["ana", "ben", "cleo"]

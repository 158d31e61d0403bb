"""The door starts only when it can keep what it will be given."""

from django.apps import AppConfig


class DoorConfig(AppConfig):
    """Reads the door's keys at start: a missing one stops the server before the first visitor, not after a tip."""

    name = "tipstaff.door"

    def ready(self) -> None:
        from django.conf import settings

        from tipstaff.door import keys

        if settings.ROOT_URLCONF == "tipstaff.config.urls_door":
            keys.current()

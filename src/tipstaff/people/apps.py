"""The people room as Django sees it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Tables `people_…` in the desk's database; listens for what allauth tells about second factors."""

    name = "tipstaff.people"
    label = "people"

    def ready(self) -> None:
        """Connect the receivers."""
        from tipstaff.people import signals  # noqa: F401  imported for its receivers, once models are there

"""From a command to a running Django: which office, which site."""

import os
from pathlib import Path

import django

from tipstaff.custody.public import NoPublicKeys


class NoOffice(Exception):
    """There is no office in the folder."""

    def __init__(self, office: Path) -> None:
        super().__init__(
            f"There is no office in {office}. Make one with `tipstaff init`, or name another folder in "
            "TIPSTAFF_OFFICE."
        )


def office_folder() -> Path:
    """The office's folder: TIPSTAFF_OFFICE, or var/office under the working folder."""
    return Path(os.environ.get("TIPSTAFF_OFFICE", "").strip() or "var/office").expanduser().absolute()


def desk_folder() -> Path:
    """The folder of the desk's own files: TIPSTAFF_DESK_FOLDER, or desk/ in the office's."""
    named = os.environ.get("TIPSTAFF_DESK_FOLDER", "").strip()
    return Path(named).expanduser().absolute() if named else office_folder() / "desk"


def desk_site() -> None:
    """Load Django with the desk's settings. Raises NoOffice, or BadSetting with a sentence."""
    if not (desk_folder() / "public.json").exists():
        raise NoOffice(office_folder())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tipstaff.config.settings.desk")
    django.setup()


__all__ = ["NoOffice", "NoPublicKeys", "desk_folder", "desk_site", "office_folder"]

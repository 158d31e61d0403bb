"""The desk's settings, with one language more that is written from the right."""

import os
from pathlib import Path

from tests.mirror.catalogue import LANGUAGE, OWN_NAME
from tipstaff.config.settings.base import LANGUAGES, LOCALE_PATHS
from tipstaff.config.settings.desk import *  # noqa: F403  a settings module is a flat list of names
from tipstaff.config.settings.desk import OFFICE

LANGUAGES = [*LANGUAGES, (LANGUAGE, OWN_NAME)]
LOCALE_PATHS = [Path(os.environ["MIRROR_LOCALE"]), *LOCALE_PATHS]
# Whoever furnishes the office also sends what a door would send.
DOOR_FOLDER = OFFICE / "door"
# A walk through all pages on a busy machine takes longer than the five minutes after which one proves oneself again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 60

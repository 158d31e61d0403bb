"""The door's settings, with one language more that is written from the right."""

import os
from pathlib import Path

from tests.mirror.catalogue import LANGUAGE, OWN_NAME
from tipstaff.config.settings.base import LANGUAGES, LOCALE_PATHS
from tipstaff.config.settings.door import *  # noqa: F403  a settings module is a flat list of names

LANGUAGES = [*LANGUAGES, (LANGUAGE, OWN_NAME)]
LOCALE_PATHS = [Path(os.environ["MIRROR_LOCALE"]), *LOCALE_PATHS]

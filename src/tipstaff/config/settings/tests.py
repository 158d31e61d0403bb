"""Both sites in one process, for the tests: the desk's settings and the door's application beside them."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "TIPSTAFF_OFFICE" not in os.environ:
    os.environ["TIPSTAFF_OFFICE"] = tempfile.mkdtemp(prefix="tipstaff-tests-")
    atexit.register(shutil.rmtree, os.environ["TIPSTAFF_OFFICE"], ignore_errors=True)
_OFFICE = Path(os.environ["TIPSTAFF_OFFICE"])
os.environ.setdefault("TIPSTAFF_DESK_HOSTS", "testserver,localhost")
os.environ.setdefault("TIPSTAFF_DOOR_HOSTS", "testserver,127.0.0.1")
os.environ.setdefault("TIPSTAFF_SECRET_KEY", "only-for-tests-" + "0" * 40)
(_OFFICE / "data").mkdir(parents=True, exist_ok=True)

from tipstaff.config.settings.desk import *  # noqa: E402, F403  the environment above must stand first
from tipstaff.config.settings.desk import DATABASES, INSTALLED_APPS, OFFICE  # noqa: E402  as above

DOOR_FOLDER = OFFICE / "door"
ONION_ADDRESS = ""
INSTALLED_APPS = [*INSTALLED_APPS, "tipstaff.door"]
for _alias, _database in DATABASES.items():
    if _database["ENGINE"].endswith("sqlite3"):
        # A file, not memory: the suite's live servers and rival threads open connections of their own.
        _database["TEST"] = {"NAME": str(_OFFICE / "data" / f"test-{_alias}-{os.getpid()}.sqlite3")}
# Argon2 is tested by name; everywhere else it would only cost the suite its speed.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]

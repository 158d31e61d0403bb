"""A furnished office of three languages, one of them written from the right: its door and its desk, really served."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.browser.demo_office import PROGRAMME, ROOT, OfficeDown
from tests.browser.furnishing import Furnished
from tests.mirror import catalogue
from tipstaff.config.demo.making import settings
from tipstaff.config.demo.place import Place
from tipstaff.config.demo.processes import Processes
from tipstaff.config.office.serving import DESK, DOOR

LANGUAGES = ("en", "es", catalogue.LANGUAGE)


@dataclass(frozen=True)
class MirroredOffice:
    """Where the sites answer, and what the tests must know of what lies in them."""

    place: Place
    door_port: int
    desk_port: int
    furnished: Furnished

    @property
    def door(self) -> str:
        return f"http://127.0.0.1:{self.door_port}"

    @property
    def desk(self) -> str:
        return f"http://localhost:{self.desk_port}"

    @property
    def passphrase(self) -> str:
        return self.place.passphrase.read_text(encoding="utf-8").strip()


@contextmanager
def open_office(folder: Path, databases: Mapping[str, str]) -> Iterator[MirroredOffice]:
    """Make and furnish the office in `folder`, and serve it for as long as the block lasts.

    `databases` may hold DATABASE_URL and HATCH_URL; without them both lie in the folder.
    """
    place = Place(folder / "office")
    catalogue.write(folder / "locale")
    programme = folder / "programme.toml"
    programme.write_text(catalogue.programme(PROGRAMME.read_text(encoding="utf-8")), encoding="utf-8")
    environment = {**_environment(place, folder), **databases}
    furnished = _furnish(place, programme, environment)
    sites = {
        name: Processes(place.logs, environment | {"DJANGO_SETTINGS_MODULE": f"tests.mirror.{name}"})
        for name in ("door", "desk")
    }
    office = MirroredOffice(place, postgres.free_port(), postgres.free_port(), furnished)
    try:
        sites["door"].start("door", DOOR.command("127.0.0.1", office.door_port))
        sites["desk"].start("desk", DESK.command("127.0.0.1", office.desk_port))
        sites["door"].wait_for("door", f"{office.door}/healthz")
        sites["desk"].wait_for("desk", f"{office.desk}/healthz")
        yield office
    finally:
        for site in sites.values():
            site.stop()


def _environment(place: Place, folder: Path) -> dict[str, str]:
    ours = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "MIRROR_LOCALE": str(folder / "locale")}
    return settings(place) | ours


def _furnish(place: Place, programme: Path, environment: Mapping[str, str]) -> Furnished:
    command = [sys.executable, "-m", "tests.browser.furnishing", str(place.folder), str(programme)]
    done = subprocess.run(
        command,
        env={**environment, "DJANGO_SETTINGS_MODULE": "tests.mirror.desk"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OfficeDown(f"The office could not be furnished: {done.stderr}")
    return Furnished.read(done.stdout)

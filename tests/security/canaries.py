"""Words that stand for what a source types, and where to look for them."""

import re
import time
from pathlib import Path

from tests.servers import Door

CANARY = "Canario-Zarapito-4711"
NAME = "foto-de-Zarapito-4711.jpg"
BROWSER = "Zarapito-Browser/47.11"
KIND = "image/x-zarapito"
FINER_THAN_A_DAY = re.compile(r"\d{1,2}:\d{2}|T\d{2}\d{2}|\b1[6-9]\d{8}\b")


def canaries(*more: str) -> list[bytes]:
    """What must be found nowhere, in the writings in which a careless program leaves it."""
    words = [CANARY, NAME, BROWSER, KIND, "Zarapito", *more]
    texts = [word.encode() for word in words] + [word.encode("utf-16-le") for word in words]
    return texts + [word.encode().hex().encode() for word in words]


def found_in(files: list[Path], *more: str) -> list[str]:
    """The files in which a canary stands, with the canary."""
    hits = []
    for path in files:
        content = path.read_bytes()
        hits += [f"{path.name}: {canary!r}" for canary in canaries(*more) if canary in content]
    return hits


def everything_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def tip_form(token: str) -> dict[str, str]:
    return {"token": token, "text": f"{CANARY} was seen.", "people": CANARY, "places": CANARY, "send": "1"}


def until_staged(door: Door, uploads: int) -> None:
    """Until so many uploads have begun to arrive in the hatch."""
    until = time.monotonic() + 30
    while door.rows("SELECT count(*) FROM hatch_upload")[0][0] < uploads:
        assert time.monotonic() < until, "the uploads do not arrive"
        time.sleep(0.05)

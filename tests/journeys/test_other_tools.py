"""If Tipstaff itself is lost: the key file, another program for age, and `tar` still open a stored tip."""

import json
import subprocess

from tests.offices import PASSPHRASE, TestOffice, Visitor
from tests.unit.sealed import npm
from tipstaff.hatch import queries

STORY = "Three boats at the old pier."


def listed(tar: bytes, *options: str) -> bytes:
    """What `tar` makes of the opened envelope."""
    return subprocess.run(["tar", *options], input=tar, capture_output=True, check=True).stdout


def test_another_program_opens_a_stored_envelope_and_tar_lists_it(
    office: TestOffice, visitor: Visitor
) -> None:
    visitor.tip(STORY, offer="HBR-1")
    [row] = queries.waiting(1)
    keys = npm.opened_by_npm((office.path / "desk" / "desk.key").read_bytes(), PASSPHRASE).decode()
    [identity] = [line for line in keys.splitlines() if line.startswith("AGE-SECRET-KEY-PQ-1")]

    tar = npm.opened_by_npm(row.body, identity)

    assert listed(tar, "-t") == b"tip.json\n"
    assert json.loads(listed(tar, "-xO", "tip.json"))["text"] == STORY


def test_another_program_opens_a_stored_file(office: TestOffice, visitor: Visitor) -> None:
    photo = b"an invented photo " * 100_000
    visitor.tip(STORY, [("pier.jpg", photo)])
    [row] = queries.waiting(1)
    [upload] = queries.uploads_of(row.entry)

    opened = npm.opened_by_npm(b"".join(queries.pieces(upload)), str(office.keyring.identities[0]))

    assert opened[: len(photo)] == photo
    assert not any(opened[len(photo) :]), "only padding follows"

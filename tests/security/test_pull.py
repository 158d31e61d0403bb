"""The desk calls, the door never does; and what the desk fetches it believes only under the door's signature."""

import ast
import re
from hashlib import sha256
from pathlib import Path

import psutil
import pytest
from django.db import connections

from tests.offices import TestOffice, Visitor
from tests.rooms.tips.conftest import NOON, get_tip
from tests.rooms.tips.source import Source
from tests.servers import ROOT, Door
from tipstaff.config.settings import door as door_settings
from tipstaff.custody.queries import public_keys
from tipstaff.footing.append_only import lifted
from tipstaff.hatch import queries
from tipstaff.hatch.models import Envelope as Waiting
from tipstaff.hatch.models import Piece as WaitingPiece
from tipstaff.hatch.models import Upload
from tipstaff.kernel.decision import Refused
from tipstaff.logbook.jobs import publish_head
from tipstaff.people.access import system
from tipstaff.tips import jobs
from tipstaff.tips.checking import HatchNotBelieved
from tipstaff.tips.models import Envelope, Tip
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import Signer

CALLS_OUT = {
    "http.client",
    "urllib.request",
    "socket",
    "smtplib",
    "ftplib",
    "requests",
    "httpx",
    "aiohttp",
    "subprocess",
}


def imports_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_security_33_the_door_has_nothing_to_call_anybody_with() -> None:
    for room in ("door", "hatch", "sealed", "kernel", "footing"):
        for path in (ROOT / "src" / "tipstaff" / room).rglob("*.py"):
            assert imports_of(path) & CALLS_OUT == set(), path


def test_security_33_the_door_knows_no_address_of_the_desk() -> None:
    """Its one database is the hatch; no setting of its names the desk, its database or its folder."""
    assert door_settings.DATABASES.keys() == {"default", "hatch"}
    assert door_settings.DATABASES["default"]["ENGINE"] == "django.db.backends.dummy"
    source = Path(door_settings.__file__).read_text(encoding="utf-8")
    assert not re.search(r"DATABASE_URL|DESK|EMAIL|CACHES|BROKER", source.replace("DATABASES", ""))
    floors = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert "The door sees only the hatch" in floors, "and the build keeps the desk's rooms out of its imports"


def test_security_33_a_door_at_work_opens_no_connection_but_to_the_hatch(standing_door: Door) -> None:
    receipt = standing_door.visitor().tip("Three boats.", [("pier.jpg", b"x" * 2_000_000)])
    standing_door.visitor().come_back(" ".join(receipt.words))
    listening, called = set(), set()
    for process in standing_door.processes():
        for connection in process.net_connections("inet"):
            if connection.status == psutil.CONN_LISTEN:
                listening.add(connection.laddr.port)
            elif connection.raddr and connection.laddr.port != standing_door.port:
                called.add(connection.raddr.port)

    assert listening == {standing_door.port}
    hatch = re.search(r":(\d+)/", standing_door.hatch_url)
    assert called <= ({int(hatch[1])} if hatch else set())


def test_security_33_the_queue_is_empty_once_the_desk_has_it(harbour: TestOffice, source: Source) -> None:
    source.tip(files=(source.file("boats.jpg", b"x" * 3_000_000),))
    Visitor().tip("Four boats.", [("pier.jpg", b"x" * 1000)])
    assert queries.count_waiting() == 2

    jobs.take_in_waiting(NOON)

    assert [model.objects.count() for model in (Waiting, Upload, WaitingPiece)] == [0, 0, 0]
    assert queries.private_head().size == 2, "the leaves stay for ever"
    assert Envelope.objects.unscoped("a test looks").count() == 2


def hatch(statement: str, *values: int | str | bytes) -> None:
    """What somebody between desk and door could do: write into the hatch, without the door's key."""
    with connections["hatch"].cursor() as cursor:
        cursor.execute(statement, values)


def nothing_came_in() -> bool:
    return (
        not Envelope.objects.unscoped("a test looks").exists()
        and not Tip.objects.unscoped("a test looks").exists()
    )


@pytest.mark.parametrize("forged", ["unsigned", "by the desk's key", "by a stranger"])
def test_security_34_a_head_that_the_door_did_not_sign_stops_everything(source: Source, forged: str) -> None:
    source.tip()
    head = queries.private_head()
    text = Checkpoint("tips.harbour.example/log", head.size, head.edge.root())
    notes = {
        "unsigned": text.text(),
        "by the desk's key": text.sign(source.office.head_signer),
        "by a stranger": text.sign(Signer("tips.harbour.example/log", b"s" * 32)),
    }
    hatch("UPDATE hatch_loghead SET checkpoint = %s", notes[forged])

    with pytest.raises(HatchNotBelieved):
        jobs.take_in_waiting(NOON)

    assert nothing_came_in()
    assert queries.count_waiting() == 1, "and nothing was let go of in the hatch"


def test_security_34_an_envelope_swapped_in_between_is_never_a_tip(harbour: TestOffice) -> None:
    mine, other = Source(harbour), Source(harbour)
    mine.tip("The genuine one.")
    genuine = queries.waiting(1)[0]
    replaced = b"age-encryption.org/v1\n another body"
    hatch("UPDATE hatch_envelope SET body = %s WHERE entry = %s", replaced, genuine.entry)
    hatch(
        "INSERT INTO hatch_envelope (entry, leaf, mailbox, body, day) VALUES (%s, %s, %s, %s, %s)",
        sha256(b"slipped in").digest(), 5, other.mailbox, b"slipped in", "2026-11-20",
    )  # fmt: skip

    jobs.open_waiting(harbour.keyring, NOON)

    reasons = set(Envelope.objects.unscoped("a test looks").values_list("reason", flat=True))
    assert reasons == {"altered", "not-in-log"}
    assert not Tip.objects.unscoped("a test looks").exists()


def head_refused(office: TestOffice) -> tuple[str, ...]:
    """The rules by which the desk refuses to sign a public head over what it finds; nothing is published."""
    with pytest.raises(Refused) as refused:
        publish_head(office.keyring, public_keys(), actor=system("worker"), now=NOON)
    assert queries.public_head() is None
    return refused.value.rules


def test_security_34_an_envelope_that_was_dropped_is_missed(source: Source, harbour: TestOffice) -> None:
    """Its leaf is in the tree that the door signed: with no envelope for it, no public head is signed."""
    source.tip()
    Source(harbour).tip("It never reaches the desk.")
    dropped = queries.waiting(10)[1]
    hatch("DELETE FROM hatch_envelope WHERE entry = %s", dropped.entry)

    jobs.open_waiting(harbour.keyring, NOON)

    assert get_tip(source.ref).text
    assert head_refused(harbour) == ("logbook.unaccounted",)


def test_security_34_a_hatch_put_back_to_yesterday_is_noticed(source: Source, harbour: TestOffice) -> None:
    """The last leaf taken out of the log, with an older head of the door's that once was genuine."""
    source.tip()
    older = queries.private_head()
    Source(harbour).tip("It was there once.")
    jobs.open_waiting(harbour.keyring, NOON)
    with lifted(connections["hatch"]):
        hatch("DELETE FROM hatch_leaf WHERE number = 1")
    hatch(
        "UPDATE hatch_loghead SET size = 1, edge = %s, checkpoint = %s",
        older.edge.to_bytes(),
        older.checkpoint,
    )

    assert head_refused(harbour)

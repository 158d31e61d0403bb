"""A reward gives nobody away: not by a page's length, not by what the door keeps, not by what was typed into it."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.offices import TestOffice, Visitor, hidden
from tests.rooms.door.rewarded import ALL_NO, DECIDED, LATER, POSSIBLE, VOUCHER, Source
from tests.security.canaries import BROWSER, CANARY, everything_under, found_in
from tests.security.crawl import Page
from tests.security.test_disk import tables, temporary_files
from tests.security.test_inert import EVERYTHING, live
from tests.security.work import counted
from tests.servers import Door, new_door
from tipstaff.hatch import queries
from tipstaff.hatch.models import SpentToken
from tipstaff.sealed.envelope import NotFromTheSource, open_envelope
from tipstaff.sealed.receipt import Receipt

BOTH = (replace(POSSIBLE, review_by=LATER), VOUCHER)
NUMBER = "604871"


@pytest.fixture
def source(office: TestOffice, visitor: Visitor) -> Source:
    """Somebody who has sent a tip and kept the receipt."""
    return Source(office, visitor, Receipt.read(" ".join(visitor.tip("Three boats.").words)))


@pytest.fixture
def sqlite_door(tmp_path: Path, django_db_blocker: Any) -> Iterator[Door]:
    """A running door over an SQLite file, also when the suite is on PostgreSQL: here the raw bytes are read."""
    with django_db_blocker.unblock(), new_door(tmp_path, None) as door:
        yield door


def test_security_31_a_reward_shows_neither_in_a_pages_length_nor_in_its_cost(source: Source) -> None:
    seen: set[Any] = set()
    for items in ((), (POSSIBLE,), (VOUCHER,), (DECIDED,), BOTH):
        source.told(*items, text="x" * 1_000, messages=7 - max(len(items), 1))
        with counted() as work:
            page = source.opens()
        seen.add(
            (page.status_code, len(page.content), work.derivations, work.decapsulations, len(work.statements))
        )

    assert len(seen) == 1


def test_security_31_every_answer_about_a_reward_has_the_length_of_the_mailbox(source: Source) -> None:
    lengths = set()
    for pressed, fields in (
        ("accept", {}),
        ("accept", ALL_NO),
        ("accept", ALL_NO | {"q-official": "yes"}),
        ("review", {}),
        ("review", {"reason": "The pier."}),
        ("collect", {"number": "1"}),
        ("collect", {"number": NUMBER}),
        ("decline", {"token": "forged"}),
    ):
        source.told(*BOTH)
        lengths.add(len(source.presses(pressed, **fields).encode()))
    source.told()
    lengths.add(len(source.presses("decline").encode()))

    assert lengths == {len(source.opens().content)}


def test_security_07_the_whole_road_to_the_window_sets_no_cookie_and_names_no_address(source: Source) -> None:
    source.told(*BOTH)
    for pressed, fields in (
        ("accept", ALL_NO),
        ("review", {"reason": "The pier."}),
        ("collect", {"number": NUMBER}),
    ):
        page = source.opens()
        sent = {name: hidden(page, name) for name in ("token", "lent", "about")} | {pressed: "1"} | fields
        answer = source.visitor.post("/en/mailbox/", sent)
        for response in (page, answer):
            assert not response.cookies
            assert "Set-Cookie" not in response.headers
            assert response.headers["Cache-Control"] == "no-store"
            addresses = [address for _, _, address in Page.of(response.content.decode()).addresses]
            secrets = (VOUCHER.code, VOUCHER.claim, POSSIBLE.challenge.hex(), NUMBER)
            assert not [each for each in addresses if any(secret in each for secret in secrets)]


def test_security_18_nothing_of_a_reward_touches_the_doors_disk(sqlite_door: Door) -> None:
    """A running door, answers of every kind, good and bad; then every file, and all that its processes hold open."""
    visitor = sqlite_door.visitor(**{"User-Agent": BROWSER})
    sent = visitor.tip("Three boats.")
    source = Source(sqlite_door.office, visitor, Receipt.read(" ".join(sent.words)))
    place = replace(VOUCHER, place=CANARY)
    with sqlite_door.hatch():
        source.told(BOTH[0], place, text=CANARY)
    pressed: list[tuple[str, dict[str, str]]] = [
        ("review", {"reason": CANARY}),
        ("review", {"reason": CANARY * 200}),
        ("accept", {**ALL_NO, "text": CANARY, "q-individual": ""}),
        ("accept", {**ALL_NO, "text": CANARY}),
        ("accept", {**ALL_NO, "reason": CANARY}),
        ("collect", {"number": CANARY}),
        ("collect", {"number": NUMBER}),
    ]
    pages = [source.presses(name, **fields) for name, fields in pressed]
    assert sum(CANARY in page for page in pages) == len(pages)

    secret = [VOUCHER.code, VOUCHER.claim, NUMBER, POSSIBLE.challenge.hex(), " ".join(sent.words)]
    files = everything_under(sqlite_door.path)
    assert found_in(files, *secret) == []
    assert not [path.name for path in files if POSSIBLE.challenge in path.read_bytes()]
    assert found_in(temporary_files(sqlite_door), *secret) == []
    rows = [repr(row) for table in tables(sqlite_door) for row in sqlite_door.rows(f"SELECT * FROM {table}")]
    assert not [row for row in rows if any(word in row for word in (CANARY, *secret))]
    assert sqlite_door.rows("SELECT count(*) FROM hatch_envelope") == [(4,)]


def test_security_18_what_marks_an_answer_as_given_says_nothing(source: Source) -> None:
    """One digest and one seal, as for a tip: nobody without the notice can tell of which answer."""
    source.told(POSSIBLE)
    source.presses("accept", **ALL_NO)

    marks = {bytes(digest) for digest in SpentToken.objects.values_list("digest", flat=True)}
    assert {field.name for field in SpentToken._meta.get_fields()} == {"digest", "seal", "day"}
    assert len(marks) == 2
    assert not marks & {POSSIBLE.challenge, sha256(POSSIBLE.challenge).digest()}


@pytest.mark.parametrize("moved", ["mailbox", "challenge", "answer"])
def test_security_28_an_answer_cannot_be_moved_to_another_place(source: Source, moved: str) -> None:
    source.told(POSSIBLE)
    source.presses("decline")
    [message] = source.said()
    assert message.claim is not None
    elsewhere = {
        "mailbox": replace(message, mailbox=bytes(32)),
        "challenge": replace(message, claim=replace(message.claim, challenge=bytes(32))),
        "answer": replace(message, claim=replace(message.claim, answer="accept")),
    }[moved]

    message.verify(source.claim_public())
    with pytest.raises(NotFromTheSource):
        elsewhere.verify(source.claim_public())


def test_security_39_what_stands_in_a_reward_stays_inert(source: Source) -> None:
    """What the desk wrote and what the source typed, shown again beside a mistake."""
    place = EVERYTHING[:250]
    source.told(BOTH[0], replace(VOUCHER, place=place), text=EVERYTHING)
    pages = [
        source.presses("review", reason=EVERYTHING * 30, number=EVERYTHING),
        source.presses("collect", number='"><script>alert(1)</script>'),
        source.presses("accept", **{"q-official": '"><script>alert(1)</script>', "about": EVERYTHING}),
    ]

    assert sum("&lt;script&gt;alert(1)" in page for page in pages) == len(pages)
    for page in pages:
        assert live(Page.of(page)) == []
    assert source.said() == []


def test_security_39_an_answer_that_was_not_offered_is_not_kept(source: Source) -> None:
    source.told(POSSIBLE)
    source.presses("accept", **ALL_NO | {"q-other": "yes", "reason": EVERYTHING, "number": NUMBER})

    [row] = queries.waiting(10)[1:]
    message: Any = open_envelope(row.body, source.office.keyring.identities)
    assert (set(message.claim.answers.values()), message.claim.reason, message.text) == ({"no"}, "", "")

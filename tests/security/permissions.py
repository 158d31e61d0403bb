"""A whole desk with something on it of every kind, and every address of it asked by everybody."""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from django.db import connections, transaction

from tests.offices import TestOffice
from tests.rooms.tips.officers import Desk
from tests.security import awarded, things
from tests.security.expected import Answers
from tests.security.people import EVERYBODY, HELD, OUTSIDE, SOME, add_everybody
from tests.security.routes import routes
from tipstaff.audit.models import Record
from tipstaff.custody import holder
from tipstaff.people import gate

# Which verbs a room's pages may ask for, where those are not its own alone. My work has a panel of every room's.
MATTER = {"desk": ("",), "awards": ("awards.", "cases.")}


@dataclass
class WholeDesk:
    """What lies on the desk, by the parts of the addresses that name it, and the officers' browsers."""

    office: TestOffice
    there: dict[str, Any]
    browsers: dict[str, Desk] = field(default_factory=dict)
    receipt: list[str] = field(default_factory=list)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Each route's name and an address under which there is something."""
        return routes(self.there)

    def address(self, name: str) -> str:
        """The address of one route."""
        return dict(self.addresses())[name]

    def fields(self, name: str) -> dict[str, str]:
        """What is posted to a route that would not find its thing without."""
        return {
            key.partition("?")[2]: value for key, value in self.there.items() if key.startswith(f"{name}?")
        }

    def desk(self, who: str) -> Desk:
        """The browser of `who`, signed in once."""
        if who not in self.browsers:
            self.browsers[who] = Desk(None if who == "nobody" else who)
        return self.browsers[who]

    def status(self, who: str, method: str, path: str, **fields: str) -> int:
        """How `who` is answered; whatever was done is undone. What is refused has left no record either."""
        desk = self.desk(who)
        holder.current().hold(self.office.keyring, by="custodian")  # somebody may just have locked them
        cookies = copy(desk.client.cookies)  # signing out would take them away
        with undone():
            before = Record.objects.unscoped("a test counts").count()
            answer = desk.get(path) if method == "GET" else desk.post(path, **fields)
            if answer.streaming:
                b"".join(answer.streaming_content)
            records = Record.objects.unscoped("a test counts").count() - before
        desk.client.cookies = cookies
        if answer.status_code >= 400 or who == "nobody":
            assert records == 0, f"{who} {method} {path}: {answer.status_code}, and a record was left"
        return int(answer.status_code)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever the desk writes within the block is taken back."""
    block = transaction.atomic(using="default")
    block._from_testcase = True  # type: ignore[attr-defined]  # so that the verbs inside may still be durable
    with block:
        yield
        transaction.set_rollback(True, using="default")
    connections["default"].needs_rollback = False


def exists(name: str) -> bool:
    """Is there a page behind this route? Those of allauth that we do not use are answered as not found."""
    return gate.exists(name)


def ask_everybody(
    whole: WholeDesk, table: Mapping[tuple[str, str], Answers]
) -> dict[tuple[str, str, str], int]:
    """(route, method, who) -> status. Where the table has no row, only some are asked.

    Where it has one, whoever must be answered alike and holds the same of the verbs that matter in that room stand for
    each other, by turns: nobody asks everywhere, and everybody asks.
    """
    found: dict[tuple[str, str, str], int] = {}
    for name, path in whole.addresses():
        if not exists(name):
            continue
        for method in ("GET", "POST"):
            row = table.get((name, method))
            for who in SOME if row is None else one_of_each(name, method, row):
                found[name, method, who] = whole.status(who, method, path, **whole.fields(name))
    return found


def one_of_each(name: str, method: str, row: Answers) -> Iterator[str]:
    """One of those who hold the same of what matters there, and are to be answered alike; another at the next route."""
    rooms = MATTER.get(name.split(":")[0], (f"{name.split(':')[0]}.",))
    alike: dict[Hashable, list[str]] = {}
    for who in EVERYBODY:
        held = frozenset(grant for grant in HELD[who] if grant[0].startswith(rooms))
        alike.setdefault((who == "nobody", who in OUTSIDE, held, row[who]), []).append(who)
    turn = crc32(f"{name} {method}".encode())
    for people in alike.values():
        yield people[turn % len(people)]


def who_may(table: Mapping[tuple[str, str], Answers], name: str, method: str) -> list[str]:
    """Those who are let in there by the table, one for all who hold the same; a supervisor where it has no row."""
    row = table.get((name, method))
    if row is None:
        return ["supervisor"]
    shut = (403, 404, 405)
    return [who for who in one_of_each(name, method, row) if row[who] not in shut and who != "nobody"]


def furnish(office: TestOffice, programme_file: str | None = None, *, rewards: bool = True) -> WholeDesk:
    """Everybody, and something of Harbour's in every room; without `rewards`, in those alone that tips come to."""
    add_everybody()
    there = things.tips(office, programme_file)
    if not rewards:
        return WholeDesk(office, there)
    there |= things.books() | things.sheets() | things.case() | things.identities(office.path / "desk")
    awarded.offered()
    there |= awarded.awards() | awarded.meeting() | awarded.delegation() | awarded.payouts()
    there |= awarded.papers(there["awards:certify.ref"])
    return WholeDesk(office, there)

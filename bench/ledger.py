"""The books at a million transfers: the whole proof, and what a page and a verb cost beside them."""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.utils import load_backend

from bench import machine
from tests import postgres
from tipstaff.footing.database import from_url
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions, beancount, booking, queries
from tipstaff.ledger.models import Account, Transfer
from tipstaff.ledger.proving import prove
from tipstaff.ledger.states import WAYS, TransferKind
from tipstaff.people.access import system

TRANSFERS = 1_000_000
BATCH = 20_000
CHECK_TARGET = 5.0
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ACTOR = system("bench")
BOOKS = [(f"programme-{number}", year) for number in range(10) for year in range(2018, 2028)]


def measure(runs: int, transfers: int = TRANSFERS) -> None:
    """Print the table for both databases."""
    rows = [row for database in ("SQLite", "PostgreSQL") for row in _measured(database, runs, transfers)]
    title = f"The books at {transfers:,} transfers, medians of {runs} runs (least–greatest)"
    machine.show(title, ("", "", "target"), rows)


def _measured(database: str, runs: int, transfers: int) -> Iterator[list[str]]:
    with _desk(database):
        _fill(transfers)
        awards = (f"AWD-NEW-{number}" for number in count())
        steps: list[tuple[str, Callable[[], object], str]] = [
            ("prove all books", _proved, f"{CHECK_TARGET} s"),
            (
                "export one of ten programmes",
                lambda: sum(1 for _ in beancount.exported(ACTOR, BOOKS[0][0])),
                "",
            ),
            ("every programme's figures", lambda: queries.books(ACTOR), ""),
            ("the newest transfers of a book", lambda: _listed(BOOKS[0], queries.Sought()), ""),
            ("… of one of its accounts", lambda: _listed(BOOKS[-1], queries.Sought(account="treasury")), ""),
            ("commit for an award", lambda: _commit(next(awards)), ""),
        ]
        for name, step, target in steps:
            taken = []
            for _ in range(runs):
                began = time.perf_counter()
                step()
                taken.append(time.perf_counter() - began)
            if machine.middle(taken) >= 0.5:
                yield [f"{database}: {name}", machine.spread(taken, 2) + " s", target]
            else:
                yield [
                    f"{database}: {name}",
                    machine.spread([each * 1000 for each in taken], 1) + " ms",
                    target,
                ]


def _proved() -> None:
    proof = prove(ACTOR)
    assert proof.faults == (), proof.faults[:3]


def _listed(book: tuple[str, int], sought: queries.Sought) -> None:
    assert queries.transfers(ACTOR, *book, sought).rows


def _commit(award: str) -> None:
    programme, year = BOOKS[0]
    with transaction.atomic():
        actions.commit(
            programme=programme,
            fiscal_year=year,
            amount=Money(100, "USD"),
            subject=award,
            actor=ACTOR,
            now=NOW,
        )


def _fill(transfers: int) -> None:
    """Books in which each award was committed, then released in part and paid, and the payment reversed."""
    for programme, year in BOOKS:
        booking.open_accounts(programme, year, compartment="harbour", currency="USD")
    filling = _Filling()
    rows = filling.rows(transfers)
    while batch := list(islice(rows, BATCH)):
        Transfer.objects.bulk_create(batch)
    filling.keep_balances()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Transfer]):
            cursor.execute(statement)


class _Filling:
    """Transfers that keep the rules, many at once and past the verbs; the balances are kept at the end."""

    def __init__(self) -> None:
        self.found = Account.objects.unscoped("a bench fills the books")
        self.accounts = {(each.programme, each.fiscal_year, each.kind): each for each in self.found}
        self.numbers = count(1)

    def rows(self, transfers: int) -> Iterator[Transfer]:
        for book in BOOKS:
            yield self._row(TransferKind.APPROPRIATE, book, 10**12, "Act 1")
        for award in range((transfers - len(BOOKS)) // 4):
            book, subject = BOOKS[award % len(BOOKS)], f"AWD-{award:07}"
            yield self._row(TransferKind.COMMIT, book, 1_000_00, subject)
            yield self._row(TransferKind.RELEASE, book, 100_00, subject)
            paid = self._row(TransferKind.PAY, book, 900_00, subject)
            yield paid
            yield self._moved(
                TransferKind.REVERSE, paid.debit, paid.credit, paid.minor, subject, reverses_id=paid.number
            )

    def keep_balances(self) -> None:
        self.found.bulk_update(list(self.accounts.values()), ["balance_minor"])

    def _row(self, kind: TransferKind, book: tuple[str, int], minor: int, subject: str) -> Transfer:
        way = WAYS[kind]
        credit, debit = self.accounts[*book, way.credit.value], self.accounts[*book, way.debit.value]
        return self._moved(kind, credit, debit, minor, subject)

    def _moved(
        self,
        kind: TransferKind,
        credit: Account,
        debit: Account,
        minor: int,
        subject: str,
        reverses_id: int | None = None,
    ) -> Transfer:
        credit.balance_minor -= minor
        debit.balance_minor += minor
        return Transfer(
            number=next(self.numbers), kind=kind, credit=credit, debit=debit, minor=minor, subject=subject,
            reverses_id=reverses_id, actor="bench", at=NOW, day=NOW.date(),
        )  # fmt: skip


@contextmanager
def _desk(database: str) -> Iterator[None]:
    """Within the block the desk of this process is a new database with the tables of the ledger and the record."""
    with tempfile.TemporaryDirectory(prefix="tipstaff-bench-") as folder:
        if database == "SQLite":
            with _default_at(f"sqlite:///{Path(folder) / 'desk.sqlite3'}"):
                yield
        else:
            with postgres.server(durable=True) as server, _default_at(server.create("bench_desk")):
                yield


@contextmanager
def _default_at(url: str) -> Iterator[None]:
    settings = from_url(url)
    connections.configure_settings({"default": settings})
    before = connections["default"]
    connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        for room in ("audit", "ledger"):
            call_command("migrate", room, verbosity=0, interactive=False)
        yield
    finally:
        connections["default"].close()
        connections["default"] = before

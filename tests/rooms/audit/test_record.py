"""Every act is written down in its own transaction, and nothing that was written can be changed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.audit.conftest import NOON
from tipstaff.audit.actions import NotARecord, OutsideTransaction, record, sequence
from tipstaff.audit.canonical import NotAFact
from tipstaff.audit.models import Head, Numbered, Record
from tipstaff.people.access import Actor, system

ALL = "the test reads all"
Write = Callable[..., None]


def everything() -> list[tuple[object, ...]]:
    """Every row of every table of the room."""
    return [
        row for model in (Record, Numbered, Head) for row in model._base_manager.order_by("pk").values_list()
    ]


def test_a_record_holds_who_did_what_to_which_thing_when_and_why(ana: Actor) -> None:
    with transaction.atomic():
        record(
            "tips.tip.disposed", subject="TIP-4KQ7", actor=ana, at=NOON, compartment="harbour",
            disposition="duplicate", of="TIP-9TR8", on=date(2026, 11, 20), days=3, sure=True, why=None,
            seen=("a", "b"),
        )  # fmt: skip

    written = Record.objects.unscoped(ALL).get()
    assert (written.verb, written.subject, written.actor) == ("tips.tip.disposed", "TIP-4KQ7", "ana")
    assert (written.agency, written.compartment, written.at) == ("harbour-police", "harbour", NOON)
    assert written.facts == {
        "disposition": "duplicate",
        "of": "TIP-9TR8",
        "on": "2026-11-20",
        "days": 3,
        "sure": True,
        "why": None,
        "seen": ["a", "b"],
    }


def test_a_job_is_named_as_one() -> None:
    with transaction.atomic():
        record("logbook.head.published", subject="256", actor=system("worker"), at=NOON)

    written = Record.objects.unscoped(ALL).get()
    assert (written.actor, written.agency) == ("system:worker", "system")


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_an_act_is_recorded_inside_its_transaction_or_not_at_all(ana: Actor) -> None:
    with pytest.raises(OutsideTransaction):
        record("tips.tip.claimed", subject="TIP-1", actor=ana, at=NOON)

    assert everything() == []


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_an_act_that_fails_leaves_no_record(ana: Actor) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("tips.tip.claimed", subject="TIP-1", actor=ana, at=NOON)
        _ = 1 // 0

    assert everything() == []


@pytest.mark.parametrize(
    "facts",
    [
        {"x": 1.5},
        {"x": b"bytes"},
        {"x": {1, 2}},
        {"x": object()},
        {"x": "zero\0byte"},
        {"x": "half\ud800"},
        {"x": 2**53 + 1},
        {"x": {1: "a"}},
        {"x": [[[[[[[[["deep"]]]]]]]]]},
    ],
)
def test_what_is_no_fact_is_refused(ana: Actor, facts: dict[str, object]) -> None:
    with pytest.raises(NotAFact), transaction.atomic():
        record("tips.tip.claimed", subject="TIP-1", actor=ana, at=NOON, **facts)

    assert everything() == []


@pytest.mark.parametrize("missing", ["verb", "subject", "actor"])
@pytest.mark.parametrize("text", ["", "x" * 81])
def test_a_record_needs_its_three_names(missing: str, text: str) -> None:
    names = {"verb": "v", "subject": "s", "actor": "a", missing: text}

    with (
        pytest.raises(NotARecord, match=f"A record's {missing} has 1 to 80 characters"),
        transaction.atomic(),
    ):
        record(names["verb"], subject=names["subject"], actor=names["actor"], at=NOON)

    assert everything() == []


def test_a_naive_time_is_refused(ana: Actor) -> None:
    with pytest.raises(ValueError, match="needs a zone"), transaction.atomic():
        record("v", subject="s", actor=ana, at=datetime(2026, 11, 20, 12))  # noqa: DTZ001  the mistake under test

    assert everything() == []


TABLES = ["audit_record", "audit_numbered", "audit_head"]
IN_SQL = [
    *(f"DELETE FROM {table}" for table in TABLES),
    "UPDATE audit_record SET actor = 'nobody'",
    "UPDATE audit_record SET at = at",
    "UPDATE audit_numbered SET record = record + 10",
    "UPDATE audit_head SET size = size + 1",
]
IN_THE_ORM: dict[str, Callable[[], object]] = {
    "save": lambda: Record.objects.unscoped(ALL).first().save(),  # type: ignore[union-attr]  # there is one
    "delete": lambda: Record.objects.unscoped(ALL).first().delete(),  # type: ignore[union-attr]  # there is one
    "update": lambda: Record.objects.unscoped(ALL).update(facts={}),
    "delete all": lambda: Record.objects.unscoped(ALL).delete(),
    "raw delete": lambda: Record.objects.unscoped(ALL)._raw_delete("default"),
    "bulk update": lambda: Record.objects.unscoped(ALL).bulk_update(
        [Record(pk=Record.objects.unscoped(ALL).get().pk, verb="x")], ["verb"]
    ),
    "save number": lambda: Numbered.objects.get().save(),
    "delete numbers": lambda: Numbered.objects.all().delete(),
    "update heads": lambda: Head.objects.update(size=7),
}


@pytest.mark.parametrize("statement", IN_SQL)
def test_nothing_is_changed_in_sql(write: Write, statement: str) -> None:
    write("TIP-1")
    sequence(NOON)
    before = everything()

    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert everything() == before


@pytest.mark.parametrize("change", IN_THE_ORM.values(), ids=IN_THE_ORM.keys())
def test_nothing_is_changed_through_the_orm(write: Write, change: Callable[[], object]) -> None:
    write("TIP-1")
    sequence(NOON)
    before = everything()

    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        change()

    assert everything() == before


def test_the_record_points_at_no_other_table() -> None:
    relations = [
        f.name for model in (Record, Numbered, Head) for f in model._meta.get_fields() if f.is_relation
    ]

    assert relations == []


def test_another_zone_is_the_same_moment(ana: Actor) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-5)))
    with transaction.atomic():
        record("v", subject="s", actor=ana, at=there)

    assert Record.objects.unscoped(ALL).get().at == NOON.astimezone(UTC)

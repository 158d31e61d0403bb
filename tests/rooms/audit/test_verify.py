"""Whatever is changed behind the desk's back, the check names the first record that is not as it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from tests.rooms.audit.conftest import NOON
from tipstaff.audit.actions import sequence
from tipstaff.audit.models import Head, Numbered, Record
from tipstaff.audit.queries import heads_for, verified_for, verify
from tipstaff.audit.verification import Noted
from tipstaff.footing.append_only import lifted
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.tlog.tree import EMPTY_ROOT, Edge, leaf_hash

ALL = "the test reads all"
Write = Callable[..., None]


@pytest.fixture
def ids(write: Write) -> list[int]:
    """Six records in two runs of the sequencer; their ids in order."""
    write("TIP-0", "TIP-1", "TIP-2", note="one")
    sequence(NOON)
    write("TIP-3", "TIP-4", "TIP-5", verb="tips.tip.released")
    sequence(NOON + timedelta(minutes=1))
    return list(Record.objects.unscoped(ALL).order_by("pk").values_list("pk", flat=True))


def spoil(statement: str, *values: object) -> None:
    """What somebody with the whole database in hand could do: the triggers are gone for a moment."""
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_untouched_record_is_sound(ids: list[int]) -> None:
    found = verify(NOON)

    assert (found.sound, found.numbered, found.waiting, found.problem) == (True, 6, 0, None)
    assert found.root == bytes(Head.objects.get(size=6).root).hex()


def test_an_empty_record_is_sound() -> None:
    found = verify(NOON)

    assert (found.sound, found.numbered, found.root) == (True, 0, EMPTY_ROOT.hex())


def test_records_that_wait_are_counted(ids: list[int], write: Write) -> None:
    write("TIP-6", "TIP-7")

    found = verify(NOON + timedelta(minutes=2))

    assert (found.sound, found.numbered, found.waiting) == (True, 6, 2)


CHANGES = {
    "verb": "UPDATE audit_record SET verb = 'x' WHERE id = %s",
    "subject": "UPDATE audit_record SET subject = 'TIP-9' WHERE id = %s",
    "actor": "UPDATE audit_record SET actor = 'ben' WHERE id = %s",
    "agency": "UPDATE audit_record SET agency = 'ridge-police' WHERE id = %s",
    "compartment": "UPDATE audit_record SET compartment = 'ridge' WHERE id = %s",
    "at": "UPDATE audit_record SET at = '2026-11-20 12:00:00.000001+00:00' WHERE id = %s",
    "facts": """UPDATE audit_record SET facts = '{"note": "two"}' WHERE id = %s""",
    "leaf": "UPDATE audit_numbered SET leaf = root WHERE record = %s",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_changed_record_is_named(ids: list[int], change: str, place: int) -> None:
    if "leaf" in change and place == 0:
        change = "UPDATE audit_numbered SET leaf = (SELECT leaf FROM audit_numbered WHERE number = 1) WHERE record = %s"
    spoil(change, ids[place])

    found = verify(NOON)

    assert (found.sound, found.kind, found.record) == (False, "changed", ids[place])
    assert found.problem is not None
    assert found.problem.startswith(f"Record {ids[place]}, number {place}, was changed after it was written")


def test_the_first_of_several_is_named(ids: list[int]) -> None:
    spoil("UPDATE audit_record SET actor = 'ben' WHERE id >= %s", ids[2])

    assert verify(NOON).record == ids[2]


@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_missing_record_is_named(ids: list[int], place: int) -> None:
    spoil("DELETE FROM audit_record WHERE id = %s", ids[place])

    found = verify(NOON)

    assert (found.kind, found.record) == ("missing", ids[place])
    assert found.problem == f"Record {ids[place]}, number {place}, is missing."


@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_record_taken_out_with_its_number_leaves_a_gap(ids: list[int], place: int) -> None:
    spoil("DELETE FROM audit_record WHERE id = %s", ids[place])
    spoil("DELETE FROM audit_numbered WHERE number = %s", place)

    found = verify(NOON)

    assert found.kind == "missing"
    assert found.problem is not None
    assert found.problem.startswith(f"Number {place} is missing")


def test_a_gap_that_was_closed_up_shows_at_the_first_that_moved(ids: list[int]) -> None:
    spoil("DELETE FROM audit_record WHERE id = %s", ids[2])
    spoil("DELETE FROM audit_numbered WHERE number = 2")
    for number in (3, 4, 5):
        spoil("UPDATE audit_numbered SET number = %s WHERE number = %s", number - 1, number)

    found = verify(NOON)

    assert (found.kind, found.record) == ("out of order", ids[3])
    assert found.problem == f"Record {ids[3]} does not belong at number 2."


def test_two_records_that_changed_places_are_out_of_order(ids: list[int]) -> None:
    rows = {row.number: row for row in Numbered.objects.filter(number__in=(1, 4))}
    spoil("UPDATE audit_numbered SET record = -1 WHERE number = 1")
    spoil(
        "UPDATE audit_numbered SET record = %s, leaf = %s WHERE number = 4",
        rows[1].record,
        bytes(rows[1].leaf),
    )
    spoil(
        "UPDATE audit_numbered SET record = %s, leaf = %s WHERE number = 1",
        rows[4].record,
        bytes(rows[4].leaf),
    )

    found = verify(NOON)

    assert (found.kind, found.record) == ("out of order", ids[4])


def test_a_tail_that_was_cut_off_is_noticed_by_the_head(ids: list[int]) -> None:
    spoil("DELETE FROM audit_numbered WHERE number >= 4")
    spoil("DELETE FROM audit_record WHERE id >= %s", ids[4])

    found = verify(NOON)

    assert (found.kind, found.problem) == ("missing", "Number 4 is missing: the log once had 6 numbers.")


def test_a_head_that_was_changed_is_noticed(ids: list[int]) -> None:
    spoil("UPDATE audit_head SET root = %s WHERE size = 6", leaf_hash(b"x"))

    assert verify(NOON).kind == "rewritten"


def test_a_record_that_was_never_numbered_is_named(ids: list[int]) -> None:
    sequence(NOON)
    spoil(
        "INSERT INTO audit_record (id, verb, subject, actor, agency, compartment, at, facts) "
        "SELECT 0, verb, 'OLD', actor, agency, compartment, at, facts FROM audit_record WHERE id = %s",
        ids[0],
    )

    found = verify(NOON + timedelta(hours=2))

    assert (found.kind, found.record) == ("unnumbered", 0)


def rewrite_everything(ids: list[int]) -> None:
    """The most a ruler of the database can do: change a record and compute every hash again."""
    spoil("UPDATE audit_record SET actor = 'ben' WHERE id = %s", ids[1])
    from tipstaff.audit.sequencer import entry_of

    edge = Edge()
    for number, pk in enumerate(ids):
        leaf = leaf_hash(entry_of(Record.objects.unscoped(ALL).get(pk=pk)))
        edge, _ = edge.append(leaf)
        spoil("UPDATE audit_numbered SET leaf = %s, root = %s WHERE number = %s", leaf, edge.root(), number)
        spoil(
            "UPDATE audit_head SET root = %s, edge = %s WHERE size = %s",
            edge.root(),
            edge.to_bytes(),
            edge.size,
        )


def test_a_whole_rewriting_is_noticed_by_a_head_noted_elsewhere(ids: list[int], dora: Actor) -> None:
    noted = heads_for(dora)
    assert [head.size for head in noted] == [6, 3]
    rewrite_everything(ids)

    assert verify(NOON).sound, "a database alone cannot prove that it was not rewritten as a whole"
    for head in noted:
        assert verify(NOON, head).kind == "rewritten"


def test_a_noted_head_that_fits_is_sound_and_one_that_is_longer_is_missing_records(ids: list[int]) -> None:
    root = bytes(Head.objects.get(size=3).root).hex()

    assert verify(NOON, Noted(3, root)).sound
    assert verify(NOON, Noted(9, root)).kind == "missing"


@pytest.mark.parametrize("who", ["ana", "ben", "cleo"])
def test_only_an_auditor_of_the_whole_office_checks_the_log(request: pytest.FixtureRequest, who: str) -> None:
    with pytest.raises(NotAllowed):
        verified_for(request.getfixturevalue(who), NOON)

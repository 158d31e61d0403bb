"""Sealing: nothing but a reference and a day can be read afterwards."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.vault.conftest import ALMA, NOON, records, tables
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.vault import actions, queries
from tipstaff.vault.models import Identity, Sealed
from tipstaff.vault.policy import LONGEST
from tipstaff.vault.sealing import Details

COPIED = """INSERT INTO vault_opening (request_id, asked_by, agreed_by, agreed_at)
    SELECT id, 'petra', 'petra', asked_at FROM vault_request"""


def seal(actor, details=ALMA, compartment="harbour"):
    return actions.seal_identity(compartment=compartment, details=details, actor=actor, now=NOON)


def test_it_is_kept_under_a_reference_with_its_day_and_nothing_readable(folder, petra):
    ref = seal(petra)

    assert ref.startswith("VLT-")
    row = Identity.objects.unscoped("a test looks").get(ref=ref)
    assert (row.compartment, row.sealed_on, row.sealed_by) == ("harbour", NOON.date(), "petra")
    assert not [word for word in ("Alma", "Ned", "chapel") if word.encode() in bytes(row.sealed.body)]
    assert records() == [("vault.identity.sealed", "petra")]
    assert queries.identity_exists(ref)
    assert not queries.identity_exists("VLT-0000-0000-0000")


@pytest.mark.parametrize("who, error", [("dora", NotAllowed), ("cleo", NotVisible)])
def test_others_seal_nothing(folder, request, who, error):
    before = tables()

    with pytest.raises(error):
        seal(request.getfixturevalue(who))

    assert tables() == before


@pytest.mark.parametrize(
    "details, rules",
    [
        (Details(name="  "), ("vault.seal.name",)),
        (Details(name="Alma", notes="x" * (LONGEST["notes"] + 1)), ("vault.seal.long",)),
        (
            Details(name=" " * 301, payee="x" * 2_001),
            ("vault.seal.name", "vault.seal.long", "vault.seal.long"),
        ),
    ],
)
def test_every_reason_is_said_and_nothing_is_sealed(folder, petra, details, rules):
    before = tables()

    with pytest.raises(Refused) as refused:
        seal(petra, details)

    assert refused.value.rules == rules
    assert tables() == before


def test_without_a_vault_the_sentence_says_how_it_is_made(folder, petra):
    (folder / "vault.json").unlink()
    before = tables()

    with pytest.raises(Refused, match="tipstaff vault init"):
        seal(petra)

    assert tables() == before


def test_sealing_needs_neither_key_file(folder, petra):
    for path in folder.glob("*.key"):
        path.unlink()

    assert seal(petra)


def test_rows_are_never_changed_and_the_database_insists_on_two_officers(alma, asked):
    for statement in (
        "UPDATE vault_identity SET compartment = 'ridge'",
        "DELETE FROM vault_request",
        COPIED,
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Sealed.objects.count() == 1

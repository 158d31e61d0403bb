"""Every act of an officer is on a record that nobody edits, and whoever changes it in the database is found out."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.offices import TestOffice
from tests.security.permissions import WholeDesk, furnish, undone
from tipstaff.audit.actions import sequence
from tipstaff.audit.models import Record
from tipstaff.audit.queries import heads_for, verify
from tipstaff.footing.append_only import lifted
from tipstaff.people.access import OFFICE, Actor
from tipstaff.tips.models import Tip

TABLES = ("audit_record", "audit_numbered", "audit_head")
LATER = datetime(2026, 12, 24, tzinfo=UTC)
type Spoil = Callable[[int], str]


def records() -> list[tuple[str, str]]:
    rows = Record.objects.unscoped("a test reads all").order_by("pk")
    return list(rows.values_list("verb", "actor"))


@pytest.fixture
def worked(office: TestOffice) -> WholeDesk:
    """A desk at which people have worked: read, claimed, judged, written, confirmed, locked; all of it numbered."""
    whole = furnish(office, rewards=False)
    boss, tip = whole.desk("supervisor"), whole.address("tips:tip")
    boss.get(tip)
    boss.post(f"{tip}claim/")
    boss.post(f"{tip}state/", move="read")
    boss.post(f"{tip}note/", text="Seen before.")
    boss.post(f"{tip}write/", text="Which pier?")
    boss.post(f"{tip}messages/2/erase/")
    boss.post(f"{tip}disposition/", kind="information", reason="A name and a day.")
    boss.post(f"{tip}release/")
    whole.desk("editor").post(whole.address("offers:propose"))
    whole.desk("approver").post(whole.address("offers:approve"), version="1")
    whole.desk("administrator").post(whole.address("people:confirm"))
    whole.desk("custodian").post("/keys/lock/")
    whole.desk("custodian").post(whole.address("outbox:retry"))
    sequence(LATER)
    return whole


def test_security_43_every_act_stands_on_the_record_with_its_officer(worked: WholeDesk) -> None:
    done = set(records())

    assert {
        ("tips.tip.read", "supervisor"), ("tips.tip.claimed", "supervisor"), ("tips.tip.noted", "supervisor"),
        ("tips.tip.written", "supervisor"), ("tips.tip.disposed", "supervisor"), ("tips.tip.released", "supervisor"),
        ("offers.offer.proposed", "editor"), ("people.grant.confirmed", "administrator"),
        ("outbox.parcel.retried", "custodian"),
    } <= done  # fmt: skip


def test_security_43_an_act_that_cannot_be_recorded_is_not_done(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is written in the act's own transaction: no record, no act."""
    whole = furnish(office, rewards=False)
    boss = whole.desk("supervisor")

    def full(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("tipstaff.tips.consequences.record", full)
    with pytest.raises(DatabaseError):
        boss.post(whole.address("tips:tip") + "claim/")

    assert Tip.objects.unscoped("a test looks").get().claimed_by in ("", None)


def test_security_43_the_database_itself_refuses_to_change_it(worked: WholeDesk) -> None:
    for table in TABLES:
        with connection.cursor() as cursor:
            column = connection.introspection.get_table_description(cursor, table)[-1].name
            cursor.execute(f"SELECT count(*) FROM {table}")
            before = cursor.fetchone()
            for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                with pytest.raises(DatabaseError), transaction.atomic():
                    cursor.execute(statement)
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == before != (0,), table


SPOILT: dict[str, Spoil] = {
    "an officer's name": lambda pk: f"UPDATE audit_record SET actor = 'ghost' WHERE id = {pk}",
    "the act": lambda pk: f"UPDATE audit_record SET verb = 'tips.tip.read' WHERE id = {pk}",
    "what it was done to": lambda pk: f"UPDATE audit_record SET subject = 'TIP-0' WHERE id = {pk}",
    "the facts": lambda pk: f"UPDATE audit_record SET facts = '{{}}' WHERE id = {pk}",
    "the time": lambda pk: f"UPDATE audit_record SET at = '2020-01-01 00:00:00+00:00' WHERE id = {pk}",
    "the whole record": lambda pk: f"DELETE FROM audit_record WHERE id = {pk}",
    "its number": lambda pk: f"DELETE FROM audit_numbered WHERE record = {pk}",
}


def test_security_43_every_act_on_the_road_to_a_reward_stands_on_the_record_too(office: TestOffice) -> None:
    whole = furnish(office)
    acts = {
        ("investigator", "cases:finish_task"): "cases.task.finished",
        ("clerk", "awards:committee_open"): "awards.committee.opened",
        ("clerk", "awards:seek_concurrence"): "awards.award.seek_concurrence",
        ("secretary", "awards:certify"): "awards.award.certify",
        ("attorney", "awards:confirm_delegation"): "awards.delegation.confirmed",
        ("protector", "vault:destroy"): "vault.identity.destroyed",
    }

    for who, route in acts:
        assert whole.desk(who).post(whole.address(route)).status_code == 302, route

    assert {(verb, who) for (who, _), verb in acts.items()} <= set(records())


def test_security_43_whoever_owns_the_database_and_changes_it_is_found_out(worked: WholeDesk) -> None:
    changed = Record.objects.unscoped("a test looks").get(verb="tips.tip.disposed").pk

    for what, spoil in SPOILT.items():
        assert verify(LATER).sound
        with undone():
            with lifted(connection), connection.cursor() as cursor:
                cursor.execute(spoil(changed))
            found = verify(LATER)
        assert not found.sound, what
        assert found.problem, what


def test_security_43_a_record_rewritten_whole_no_longer_fits_a_head_noted_down(worked: WholeDesk) -> None:
    """Somebody who rewrites records and all the hashes is still caught by a head on an auditor's paper."""
    noted = verify(LATER).root
    with lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_record SET actor = 'ghost' WHERE verb = 'tips.tip.disposed'")
        cursor.execute("DELETE FROM audit_head")
        cursor.execute("DELETE FROM audit_numbered")
    sequence(LATER)

    found = verify(LATER)
    assert found.sound, "by itself it looks whole"
    assert found.root != noted


def test_security_43_no_page_and_no_verb_changes_the_record(worked: WholeDesk) -> None:
    """An auditor reads and checks; the checking itself is the only thing that an auditor adds."""
    auditor = Actor("auditor", "harbour-police", frozenset({("audit.record.see", OFFICE)}))
    before = records()
    desk = worked.desk("auditor")

    assert desk.get("/audit/").status_code == 200
    assert desk.post("/audit/check/run/").status_code == 200
    assert records()[: len(before)] == before
    assert all(actor == "auditor" for _, actor in records()[len(before) :])
    assert heads_for(auditor)

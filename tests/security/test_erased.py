"""Item 32: what is erased is gone from the databases' own files, not marked as gone."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections, transaction

from tests.rooms.tips.conftest import NOON, ana, harbour, opened, source
from tests.rooms.tips.rewards import CASE, CODE, IDA, NOTICE, VOUCHER
from tests.rooms.tips.source import Source
from tipstaff.hatch import queries as hatch
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor
from tipstaff.sealed.derive import reply_identity
from tipstaff.sealed.envelope import SLOT_SIZE as SLOT
from tipstaff.sealed.envelope import open_slot
from tipstaff.tips import actions, jobs

__all__ = ["ana", "harbour", "opened", "source"]

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)
CANARY = "marmalade on a blue plate"


def kept(alias: str) -> bytes:
    """Everything that a database keeps: its files on SQLite, every row of every table on PostgreSQL."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        return b"".join(path.read_bytes() for path in sorted(name.parent.glob(f"{name.name}*")))
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found).encode()


def sealed_reply(source: Source, kind: str = "message") -> bytes:
    """The one slot of the mailbox that holds a reply of this kind, as it lies in the hatch."""
    row = hatch.mailbox(source.mailbox)
    assert row is not None
    identity = reply_identity(source.receipt)
    for at in range(0, len(row.slots), SLOT):
        reply = open_slot(row.slots[at : at + SLOT], identity)
        if reply and reply.kind == kind:
            return row.slots[at : at + SLOT]
    raise AssertionError(f"no {kind} lies in the mailbox")


def holds(alias: str, slot: bytes) -> bool:
    """Whether any stretch of the slot's own ciphertext is left; pages may have cut it anywhere."""
    files = kept(alias)
    stretches = [slot[at : at + 32] for at in range(200, SLOT - 32, 32)]
    return any(stretch in files or stretch.hex().encode() in files for stretch in stretches)


def test_security_32_an_erased_reply_is_in_no_file_of_either_database(source: Source, ana: Actor) -> None:
    source.tip()
    jobs.open_waiting(source.office.keyring, NOON)
    actions.claim(ref=source.ref, actor=ana, now=NOON)
    number = actions.write(ref=source.ref, text=CANARY, actor=ana, now=NOON)
    deliver(None, NOON)
    slot = sealed_reply(source)
    assert CANARY.encode() in kept("default"), "the search would find it"
    assert holds("hatch", slot), "the search would find it"

    actions.erase(ref=source.ref, number=number, actor=ana, now=NOON)
    deliver(None, NOON)

    assert CANARY.encode() not in kept("default")
    assert not holds("hatch", slot)
    assert [reply.kind for reply in source.replies()] == ["state"]


@pytest.mark.parametrize("kind", ["reward", "voucher"])
def test_security_32_what_was_told_of_a_reward_and_taken_back_is_in_no_file_either(
    source: Source, kind: str
) -> None:
    source.tip()
    jobs.open_waiting(source.office.keyring, NOON)
    with transaction.atomic():
        if kind == "voucher":
            paid = replace(VOUCHER, place=CANARY)
            actions.tell_voucher(tip=source.ref, voucher=paid, text=CANARY, actor=IDA, now=NOON)
        else:
            actions.tell_reward(tip=source.ref, notice=NOTICE, text=CANARY, actor=IDA, now=NOON)
    deliver(None, NOON)
    slot = sealed_reply(source, kind)
    secrets = [CANARY.encode(), CODE.encode() if kind == "voucher" else NOTICE.challenge.hex().encode()]
    assert all(secret in kept("default") for secret in secrets), "the search would find it"
    assert holds("hatch", slot), "the search would find it"

    with transaction.atomic():
        actions.take_back(tip=source.ref, claim=CASE, kind=kind, actor=IDA, now=NOON)
    deliver(None, NOON)

    assert not any(secret in kept("default") for secret in secrets)
    assert not holds("hatch", slot)
    assert [reply.kind for reply in source.replies()] == ["state"]

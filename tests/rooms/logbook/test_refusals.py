"""What the desk does not sign: every way in which a hatch can be other than it was, and the alarm that stays."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connections

from tests.keepers import NOON, records
from tests.offices import ORIGIN, TestOffice, Visitor
from tests.rooms.logbook.conftest import Publish
from tipstaff.footing.append_only import lifted
from tipstaff.hatch import queries as hatch
from tipstaff.hatch.models import Envelope, Leaf, LogHead, PublicHead, Tile
from tipstaff.kernel.decision import Refused
from tipstaff.logbook import queries
from tipstaff.logbook.models import Alarm, SignedHead
from tipstaff.people.access import Actor
from tipstaff.tips import jobs as tips
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.keys import Signer

TOMORROW = NOON + timedelta(days=1)


def tampering() -> AbstractContextManager[None]:
    """What whoever owns the database can do: lift its refusals."""
    return lifted(connections["hatch"])


class Backup:
    """The hatch's log as it was at one moment, to be restored."""

    def __init__(self) -> None:
        self.leaves, self.tiles = list(Leaf.objects.all()), list(Tile.objects.all())
        self.head = LogHead.objects.get()

    def restore(self) -> None:
        with tampering():
            for table in (Leaf, Tile, Envelope, PublicHead):
                table.objects.all().delete()
            Leaf.objects.bulk_create(self.leaves)
            Tile.objects.bulk_create(self.tiles)
            self.head.save()


def change_a_signed_entry() -> None:
    Leaf.objects.filter(number=1).update(entry=b"\7" * 32)


def remove_a_signed_entry() -> None:
    Leaf.objects.filter(number=1).delete()


def change_a_tile() -> None:
    tile = Tile.objects.get(level=0, number=0)
    Tile.objects.filter(level=0, number=0).update(hashes=b"\7" * 32 + bytes(tile.hashes)[32:])


def change_the_edge() -> None:
    head = LogHead.objects.get()
    LogHead.objects.update(edge=bytes(head.edge)[:-1] + bytes([bytes(head.edge)[-1] ^ 1]))


def remove_a_new_entry() -> None:
    Leaf.objects.order_by("-number")[0].delete()


def change_a_new_entry() -> None:
    Leaf.objects.filter(number=Leaf.objects.order_by("-number")[0].number).update(entry=b"\7" * 32)


def take_an_envelope_out() -> None:
    Envelope.objects.order_by("-leaf")[0].delete()


def forge_the_doors_checkpoint() -> None:
    head = LogHead.objects.get()
    forged = Checkpoint(ORIGIN, head.size, hatch.private_head().edge.root()).sign(Signer(ORIGIN, b"\7" * 32))
    LogHead.objects.update(checkpoint=forged)


def put_up_a_foreign_head() -> None:
    PublicHead.objects.create(size=512, root=b"\7" * 32, note="signed by nobody", day=NOON.date())


@pytest.mark.parametrize(
    "spoil, rules",
    [
        (change_a_signed_entry, {"logbook.forked", "logbook.tree", "logbook.checkpoint"}),
        (remove_a_signed_entry, {"logbook.forked", "logbook.tree", "logbook.checkpoint"}),
        (change_a_tile, {"logbook.tree"}),
        (change_the_edge, {"logbook.tree"}),
        (remove_a_new_entry, {"logbook.tree", "logbook.checkpoint"}),
        (change_a_new_entry, {"logbook.tree", "logbook.checkpoint", "logbook.unaccounted"}),
        (take_an_envelope_out, {"logbook.unaccounted"}),
        (forge_the_doors_checkpoint, {"logbook.checkpoint"}),
        (put_up_a_foreign_head, {"logbook.foreign"}),
    ],
)
def test_whatever_was_done_to_the_hatch_is_refused_by_its_rule_and_nothing_is_signed(
    publish: Publish, visitor: Visitor, three_tips: list[str], spoil: Callable[[], None], rules: set[str]
) -> None:
    publish()
    visitor.tip("A fourth boat.")
    with tampering():
        spoil()
    leaves = Leaf.objects.count()

    with pytest.raises(Refused) as refused:
        publish(TOMORROW)

    assert set(refused.value.rules) == rules
    assert SignedHead.objects.count() == 1
    assert Leaf.objects.count() == leaves, "no cover was added"
    assert records()[-1] == ("logbook.head.refused", str(hatch.private_head().size), "ana")
    alarm = queries.standing_alarm()
    assert alarm is not None
    assert (set(alarm.rules), alarm.because) == (rules, str(refused.value))


def test_an_older_copy_of_the_hatch_is_refused(publish: Publish, three_tips: list[str]) -> None:
    backup = Backup()
    publish()
    backup.restore()

    with pytest.raises(Refused) as refused:
        publish(TOMORROW)

    assert "logbook.shorter" in refused.value.rules
    assert "An older copy of the hatch seems to have been restored." in str(refused.value)


def test_an_older_copy_that_has_grown_again_is_refused_too(
    publish: Publish, visitor: Visitor, three_tips: list[str]
) -> None:
    backup = Backup()
    publish()
    backup.restore()
    for number in range(260):
        visitor.tip(f"Boat {number}.")

    with pytest.raises(Refused) as refused:
        publish(TOMORROW)

    assert "logbook.forked" in refused.value.rules


def test_a_copy_from_before_what_the_desk_took_in_is_refused(
    publish: Publish, office: TestOffice, visitor: Visitor, three_tips: list[str]
) -> None:
    publish()
    backup = Backup()
    backup_public = list(PublicHead.objects.all())
    visitor.tip("A boat that the hatch will forget.")
    tips.open_waiting(office.keyring, NOON)
    backup.restore()
    PublicHead.objects.bulk_create(backup_public)

    with pytest.raises(Refused) as refused:
        publish(TOMORROW)

    assert "logbook.lost" in refused.value.rules


def test_the_same_refusal_is_kept_once_and_stands_until_a_head_is_signed(
    publish: Publish, three_tips: list[str], ana: Actor
) -> None:
    publish()
    good = bytes(Leaf.objects.get(number=1).entry)
    with tampering():
        change_a_signed_entry()
    for _ in range(3):
        with pytest.raises(Refused):
            publish(TOMORROW)
    assert Alarm.objects.count() == 1

    with tampering():
        Leaf.objects.filter(number=1).update(entry=good)
    publish(TOMORROW + timedelta(hours=2))

    assert queries.standing_alarm() is None
    assert len(queries.alarms(ana)) == 1, "that it was refused once stays on the page"

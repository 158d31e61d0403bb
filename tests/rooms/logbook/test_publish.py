"""Moving the head: whole tiles, signed, delivered, once; and the rival, the crash and the outsider in the middle."""

from datetime import timedelta

import pytest

from tests.keepers import NOON, records
from tests.offices import ORIGIN, TestOffice, Visitor
from tests.rooms.logbook.conftest import Publish
from tipstaff.custody.queries import public_keys
from tipstaff.footing.append_only import NotToBeChanged
from tipstaff.footing.integrity import explains
from tipstaff.hatch import actions as hatch_actions
from tipstaff.hatch import queries as hatch
from tipstaff.hatch.models import Leaf
from tipstaff.logbook import actions, jobs
from tipstaff.logbook.models import Alarm, SignedHead
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.tlog.checkpoint import open_checkpoint
from tipstaff.tlog.keys import Verifier
from tipstaff.tlog.verify import Trust, TrustedKey, verify_log

DAY = timedelta(days=1)


def test_three_tips_become_one_whole_tile_that_anyone_can_verify(
    publish: Publish, office: TestOffice, three_tips: list[str]
) -> None:
    assert publish() == 256

    head = hatch.public_head()
    assert head is not None
    signed = open_checkpoint(head.note, [Verifier.parse(public_keys().desk_vkey)]).checkpoint
    assert (signed.origin, signed.size) == (ORIGIN, 256)
    verify_log(hatch.log_file, Trust((TrustedKey(office.head_signer.verifier),)))
    assert [(h.since, h.size, h.covers) for h in SignedHead.objects.all()] == [(0, 256, [[3, 256]])]
    assert records()[-1] == ("logbook.head.published", "256", "ana")


def test_a_day_without_a_tip_adds_a_tile_like_any_other(publish: Publish, three_tips: list[str]) -> None:
    assert [publish(NOON + n * DAY) for n in range(3)] == [256, 512, 768]

    assert [head.since for head in SignedHead.objects.order_by("size")] == [0, 256, 512]


def test_the_first_head_of_an_empty_log_is_a_tile_of_covers(publish: Publish) -> None:
    assert publish() == 256


def test_tips_that_land_between_counting_and_adding_only_make_it_look_again(
    publish: Publish, visitor: Visitor, three_tips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    append, rivals = hatch_actions.append_covers, iter(range(2))

    def with_a_rival(*, entries: list[bytes], expected_size: int) -> object:
        if (number := next(rivals, None)) is not None:
            visitor.tip(f"A rival tip, {number}.")
        return append(entries=entries, expected_size=expected_size)

    monkeypatch.setattr(hatch_actions, "append_covers", with_a_rival)

    assert publish() == 256

    assert [head.covers for head in SignedHead.objects.all()] == [[[5, 256]]]
    assert Alarm.objects.count() == 0


def test_a_log_that_never_stands_still_is_left_for_later(
    publish: Publish, three_tips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_moved(**_: object) -> None:
        raise hatch_actions.HeadMoved("the log is longer")

    monkeypatch.setattr(hatch_actions, "append_covers", always_moved)

    with pytest.raises(jobs.LogNeverStill):
        publish()

    assert (SignedHead.objects.count(), Leaf.objects.count()) == (0, 3)


def test_a_crash_after_the_covers_leaves_covers_that_the_next_run_knows(
    publish: Publish, three_tips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(**_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(actions, "sign_head", killed)
        publish()
    assert (SignedHead.objects.count(), Leaf.objects.count()) == (0, 256)

    assert publish(NOON + DAY) == 256

    assert [head.covers for head in SignedHead.objects.all()] == [[[3, 256]]]


def test_a_rival_process_that_signed_first_is_noticed(
    publish: Publish, office: TestOffice, ana: Actor, three_tips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = actions.sign_head

    def after_a_rival(**arguments: object) -> None:
        monkeypatch.setattr(actions, "sign_head", sign)
        publish()
        sign(**arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(actions, "sign_head", after_a_rival)

    with pytest.raises(actions.HeadTaken):
        jobs.publish_head(office.keyring, public_keys(), actor=ana, now=NOON)


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_others_add_no_cover_and_sign_nothing(
    publish: Publish, three_tips: list[str], request: pytest.FixtureRequest, who: str
) -> None:
    with pytest.raises(NotAllowed):
        publish(actor=request.getfixturevalue(who))

    assert (Leaf.objects.count(), SignedHead.objects.count(), Parcel.objects.count()) == (3, 0, 0)
    assert records() == []


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_signed_head_is_never_changed(publish: Publish, change: str) -> None:
    publish()

    with pytest.raises(NotToBeChanged), explains({}):
        if change == "update":
            SignedHead.objects.update(size=512)
        else:
            SignedHead.objects.all().delete()

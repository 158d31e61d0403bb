"""Delivery: in order, again after a crash, with growing pauses, and one key's trouble is not another's."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from tests.keepers import NOON
from tests.offices import TestOffice
from tipstaff.hatch import queries as hatch
from tipstaff.outbox import jobs, kinds, policy
from tipstaff.outbox.actions import put
from tipstaff.outbox.jobs import Delivery, deliver
from tipstaff.outbox.kinds import NOTICE_KEY, Content
from tipstaff.outbox.models import Parcel
from tipstaff.sealed.keyfile import Keyring


class Hand:
    """A deliverer that notes what it was given and fails for the keys it is told to fail for."""

    def __init__(self) -> None:
        self.delivered: list[tuple[str, str]] = []
        self.failing: set[str] = set()

    def __call__(self, content: Content, keyring: Keyring | None, today: date) -> None:
        if content.key in self.failing:
            raise ConnectionError("a message that could quote what it failed on")
        self.delivered.append((content.key, content.body))


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setitem(kinds._DELIVERERS, "handed", hand)
    return hand


@pytest.fixture
def parcel() -> Callable[[str, str], int]:
    def make(key: str, body: str) -> int:
        with transaction.atomic():
            return put(kind="handed", key=key, body=body, now=NOON)

    return make


def states() -> list[str]:
    return list(Parcel.objects.order_by("number").values_list("state", flat=True))


def test_parcels_go_in_order_and_leave_nothing_behind(hand: Hand, parcel: Callable[..., int]) -> None:
    for key, body in [("a", "1"), ("b", "2"), ("a", "3")]:
        parcel(key, body)

    assert deliver(None, NOON) == Delivery(delivered=3)

    assert hand.delivered == [("a", "1"), ("b", "2"), ("a", "3")]
    assert [(p.state, p.body, p.delivered_on) for p in Parcel.objects.all()] == [
        ("DELIVERED", "", NOON.date())
    ] * 3
    assert deliver(None, NOON) == Delivery()


def test_one_keys_trouble_holds_back_that_key_in_order_and_no_other(
    hand: Hand, parcel: Callable[..., int]
) -> None:
    for key, body in [("a", "1"), ("b", "2"), ("a", "3"), ("b", "4")]:
        parcel(key, body)
    hand.failing = {"a"}

    assert deliver(None, NOON) == Delivery(delivered=2, failed=1)
    assert hand.delivered == [("b", "2"), ("b", "4")]

    hand.failing = set()
    assert deliver(None, NOON) == Delivery(), "the pause after a failure is kept"
    assert deliver(None, NOON + policy.pause_after(1)) == Delivery(delivered=2)
    assert hand.delivered[2:] == [("a", "1"), ("a", "3")]


def test_after_many_failures_a_parcel_is_stuck_and_says_only_the_errors_class(
    hand: Hand, parcel: Callable[..., int]
) -> None:
    parcel("a", "1")
    parcel("a", "2")
    hand.failing, now = {"a"}, NOON
    for tries in range(1, policy.TRIES + 1):
        outcome = deliver(None, now)
        now += policy.pause_after(tries)

    assert outcome == Delivery(stuck=1)
    first, second = Parcel.objects.order_by("number")
    assert (first.state, first.tries, first.error) == ("STUCK", policy.TRIES, "ConnectionError")
    assert (second.state, second.tries) == ("WAITING", 0)
    hand.failing = set()
    assert deliver(None, now + timedelta(days=9)) == Delivery(), "a stuck parcel waits for a person"


def test_a_crash_between_delivery_and_mark_repeats_the_delivery_and_changes_nothing(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction.atomic():
        put(kind="notice", key=NOTICE_KEY, body="tipstaff/notice/v1\n7\n{}\n", now=NOON)

    def killed(number: int, now: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(jobs, "_mark_delivered", killed)
        deliver(office.keyring, NOON)
    laid_out = hatch.latest_notice()
    assert (laid_out is not None, states()) == (True, ["WAITING"])

    assert deliver(office.keyring, NOON) == Delivery(delivered=1)

    assert (hatch.latest_notice(), states()) == (laid_out, ["DELIVERED"])


def test_without_the_keys_a_notice_waits_and_that_is_no_failure(office: TestOffice) -> None:
    with transaction.atomic():
        put(kind="notice", key=NOTICE_KEY, body="tipstaff/notice/v1\n7\n{}\n", now=NOON)
    before = hatch.latest_notice()

    assert deliver(None, NOON) == Delivery(locked=1)

    assert hatch.latest_notice() == before
    assert [(p.state, p.tries, p.error) for p in Parcel.objects.all()] == [("WAITING", 0, "")]


def test_a_notice_is_signed_with_the_desks_key_under_its_number(office: TestOffice) -> None:
    text = "tipstaff/notice/v1\n7\n{}\n"
    with transaction.atomic():
        put(kind="notice", key=NOTICE_KEY, body=text, now=NOON)

    deliver(office.keyring, NOON)

    assert hatch.latest_notice() == hatch.NoticeRow(7, office.notice_signer.sign(text))


def test_erasing_removes_the_mailbox_from_the_hatch(office: TestOffice, visitor: object) -> None:
    visitor.tip("Three boats at the old pier.")  # type: ignore[attr-defined]  # the global fixture
    (waiting,) = hatch.waiting(10)
    assert hatch.mailbox(waiting.mailbox) is not None
    with transaction.atomic():
        put(kind="erase", key=waiting.mailbox.hex(), now=NOON)

    assert deliver(None, NOON) == Delivery(delivered=1)

    assert hatch.mailbox(waiting.mailbox) is None


def test_pauses_grow_and_end_at_an_hour() -> None:
    pauses = [policy.pause_after(tries) for tries in range(1, 40)]

    assert pauses[0] == timedelta(seconds=5)
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    assert pauses[-1] == timedelta(hours=1)

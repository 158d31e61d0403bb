"""Letting a stuck parcel go again: an act of an administrator, from the page."""

import pytest
from django.db import transaction

from tests.keepers import NOON, records
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.outbox import policy, queries
from tipstaff.outbox.actions import put, retry
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotAllowed, NotVisible


@pytest.fixture
def stuck() -> Parcel:
    with transaction.atomic():
        number = put(kind="erase", key="00" * 32, now=NOON)
    Parcel.objects.filter(number=number).update(state="STUCK", tries=policy.TRIES, error="ConnectionError")
    return Parcel.objects.get(number=number)


def test_a_stuck_parcel_goes_again_from_its_first_try(ana: Actor, stuck: Parcel) -> None:
    retry(number=stuck.number, actor=ana, now=NOON)

    stuck.refresh_from_db()
    assert (stuck.state, stuck.tries, stuck.not_before) == ("WAITING", 0, NOON)
    assert records() == [("outbox.parcel.retried", str(stuck.number), "ana")]


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_others_move_nothing(request: pytest.FixtureRequest, stuck: Parcel, who: str) -> None:
    with pytest.raises(NotAllowed):
        retry(number=stuck.number, actor=request.getfixturevalue(who), now=NOON)

    stuck.refresh_from_db()
    assert (stuck.state, stuck.tries) == ("STUCK", policy.TRIES)
    assert records() == []


def test_what_is_not_stuck_is_not_retried(ana: Actor, stuck: Parcel) -> None:
    retry(number=stuck.number, actor=ana, now=NOON)

    with pytest.raises(MoveNotInTable):
        retry(number=stuck.number, actor=ana, now=NOON)


def test_there_is_no_parcel_of_that_number(ana: Actor) -> None:
    with pytest.raises(NotVisible):
        retry(number=404, actor=ana, now=NOON)


def test_the_list_shows_stuck_ones_first_and_only_to_who_may_see(
    ana: Actor, ben: Actor, cleo: Actor, stuck: Parcel
) -> None:
    with transaction.atomic():
        waiting = put(kind="erase", key="11" * 32, now=NOON)

    assert [row.number for row in queries.undelivered(ana)] == [stuck.number, waiting]
    assert [row.stuck for row in queries.undelivered(ben)] == [True, False]
    with pytest.raises(NotAllowed):
        list(queries.undelivered(cleo))
    assert (queries.count_stuck(), queries.count_waiting()) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_one_query_however_long(
    ana: Actor, count: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with transaction.atomic():
        for number in range(count):
            put(kind="erase", key=bytes([number] * 32).hex(), now=NOON)

    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture has no types
        assert len(list(queries.undelivered(ana))) == count

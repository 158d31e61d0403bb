"""Putting a parcel: with the change it tells of, or not at all."""

import pytest
from django.db import transaction

from tests.keepers import NOON
from tipstaff.outbox import kinds
from tipstaff.outbox.actions import put
from tipstaff.outbox.models import Parcel


def test_parcels_are_numbered_in_the_order_in_which_they_were_put() -> None:
    with transaction.atomic():
        numbers = [put(kind="erase", key=bytes([n] * 32).hex(), now=NOON) for n in range(3)]

    assert numbers == sorted(numbers)
    assert [(p.kind, p.state, p.tries, p.put_on) for p in Parcel.objects.order_by("number")] == [
        ("erase", "WAITING", 0, NOON.date())
    ] * 3


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_outside_a_transaction_nothing_is_put() -> None:
    with pytest.raises(AssertionError, match="with the change it tells of"):
        put(kind="erase", key="00" * 32, now=NOON)

    assert Parcel.objects.count() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "hatch"])
def test_a_change_that_is_rolled_back_takes_its_parcel_along() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        put(kind="erase", key="00" * 32, now=NOON)
        _ = 1 / 0

    assert Parcel.objects.count() == 0


def test_an_unknown_kind_is_refused_when_it_is_put_not_when_it_is_delivered() -> None:
    with pytest.raises(kinds.UnknownKind), transaction.atomic():
        put(kind="pigeon", key="x", now=NOON)

    assert Parcel.objects.count() == 0

"""Expiry: by the offer's own last day, once, and never by an officer in a hurry."""

import pytest

from tests.rooms.offers.conftest import NEXT_DAY, NOON, REF, begin_change, everything, offer_now, records
from tipstaff.kernel.decision import Refused
from tipstaff.offers import actions, jobs


@pytest.mark.parametrize("state", ["published", "amended", "suspended"])
def test_the_worker_closes_an_offer_on_the_day_after_its_last(bring, state):
    bring(state)

    assert jobs.expire_due(NOON) == []
    assert offer_now().state == state
    assert jobs.expire_due(NEXT_DAY) == [REF]

    assert offer_now().state == "expired"
    assert records()[-2:] == [
        ("offers.offer.expired", "system:worker"),
        ("offers.notice.put", "system:worker"),
    ]


@pytest.mark.parametrize("state", ["draft", "proposed", "approved", "withdrawn", "satisfied", "expired"])
def test_what_is_not_running_does_not_expire(bring, state):
    bring(state)
    before = everything()

    assert jobs.expire_due(NEXT_DAY) == []

    assert everything() == before


def test_running_twice_expires_once(bring):
    bring("published")
    jobs.expire_due(NEXT_DAY)
    before = everything()

    assert jobs.expire_due(NEXT_DAY) == []

    assert everything() == before


def test_an_amendment_in_work_goes_with_its_offer(bring, ana):
    bring("published")
    begin_change(ana)

    jobs.expire_due(NEXT_DAY)

    offer = offer_now()
    assert (offer.state, offer.amendment, offer.draft) == ("expired", "none", {})


def test_nobody_expires_an_offer_before_its_time(bring, ben):
    bring("published")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.expire_offer(ref=REF, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.last-day",)
    assert everything() == before


def test_an_offer_withdrawn_while_the_job_ran_is_left_alone(bring, ben, monkeypatch):
    bring("published")
    expire = actions.expire_offer

    def withdrawn_first(**asked):
        actions.withdraw_offer(ref=REF, reason="a court orders it", actor=ben, now=NEXT_DAY)
        return expire(**asked)

    monkeypatch.setattr(jobs, "expire_offer", withdrawn_first)

    assert jobs.expire_due(NEXT_DAY) == []
    assert offer_now().state == "withdrawn"

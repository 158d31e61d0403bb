"""From the voucher to the second witness: each rule with what it lets through and what it does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tipstaff.awards.policy import payout as policy
from tipstaff.awards.policy import window as at_the_window
from tipstaff.awards.policy.payout import NewVoucher, PayeeFacts, WindowFacts
from tipstaff.awards.policy.window import HandFacts, PresentFacts
from tipstaff.awards.states import ClaimState, PayoutState
from tipstaff.kernel.decision import Decision
from tipstaff.kernel.money import Money

TODAY = date(2026, 11, 20)
CLEAR = {"sanctions": True, "barred": True}
PAYEE = PayeeFacts(number="1", claim=ClaimState.ACCEPTED, checks=CLEAR)
WINDOW = WindowFacts(place="Window 3", opens_on=TODAY, closes_on=TODAY + timedelta(days=30), today=TODAY)
HAND = HandFacts(
    amount=Money(100, "USD"), left=Money(100, "USD"), clear=True, accepted=True, answered=True, begun=False
)
SHOWN = PresentFacts(
    state=PayoutState.ISSUED, opens_on=TODAY, closes_on=TODAY + timedelta(days=30), today=TODAY, clear=True
)
UNSPEAKABLE = ("tip", "case", "award", "number of the source")


def rules(decision: Decision) -> tuple[str, ...]:
    return tuple(refusal.rule for refusal in decision.refusals)


@pytest.mark.parametrize(
    "changes, refused",
    [
        ({}, ()),
        ({"claim": None}, ("awards.claim-accepted",)),
        ({"claim": ClaimState.ASKED}, ("awards.claim-accepted",)),
        ({"claim": ClaimState.DECLINED}, ("awards.claim-accepted",)),
        ({"checks": {}}, ("awards.payee-checked",) * 2),
        ({"checks": {"sanctions": True}}, ("awards.payee-checked",)),
        ({"checks": CLEAR | {"barred": False}}, ("awards.payee-checked",)),
        ({"in_danger": True}, ("awards.identity-sealed",)),
        ({"in_danger": True, "sealed": True}, ()),
    ],
)
def test_who_is_sent_to_a_window(changes: dict[str, object], refused: tuple[str, ...]) -> None:
    assert rules(policy.may_issue([replace(PAYEE, **changes)], WINDOW)) == refused  # type: ignore[arg-type]  # a test's shorthand


def test_every_reason_of_every_source_is_said() -> None:
    bare = PayeeFacts(number="2", claim=None, checks={}, in_danger=True)
    window = replace(WINDOW, place=" ", closes_on=TODAY - timedelta(days=1))

    assert len(policy.may_issue([PAYEE, bare], window).refusals) == 6
    assert rules(policy.may_issue([], WINDOW)) == ("awards.voucher-left",)


@pytest.mark.parametrize(
    "changes, good",
    [
        ({}, True),
        ({"opens_on": TODAY - timedelta(days=1)}, False),
        ({"closes_on": TODAY}, True),
        ({"closes_on": TODAY + timedelta(days=366)}, True),
        ({"closes_on": TODAY + timedelta(days=367)}, False),
        ({"unclaimed_on": TODAY + timedelta(days=30)}, True),
        ({"unclaimed_on": TODAY + timedelta(days=29)}, False),
        ({"place": "x" * 201}, False),
    ],
)
def test_a_window_has_a_place_and_days(changes: dict[str, object], good: bool) -> None:
    assert policy.may_open(replace(WINDOW, **changes)).allowed == good  # type: ignore[arg-type]  # a test's shorthand


def test_a_lost_receipt_has_no_new_voucher() -> None:
    def again(cause: NewVoucher, left: int = 1, reason: str = "lost it") -> tuple[str, ...]:
        return rules(policy.may_reissue(cause, PAYEE, WINDOW, left=Money(left, "USD"), reason=reason))

    assert again(NewVoucher.LOST) == ()
    assert again(NewVoucher.RECEIPT_LOST) == ("awards.receipt-lost",)
    assert again(NewVoucher.REST, left=0) == ("awards.voucher-left",)
    assert again(NewVoucher.LOST, reason=" ") == ("awards.voucher-cause",)


def test_a_share_at_the_window_does_not_go_back() -> None:
    assert policy.may_return(PayoutState.ISSUED, "barred").allowed
    assert rules(policy.may_return(PayoutState.PRESENTED, "")) == ("awards.share-returned",) * 2


def test_a_voucher_lapses_after_its_last_day() -> None:
    assert not policy.may_lapse(closes_on=TODAY, today=TODAY).allowed
    assert policy.may_lapse(closes_on=TODAY, today=TODAY + timedelta(days=1)).allowed


@pytest.mark.parametrize("state", PayoutState)
def test_a_voucher_is_presented_once(state: PayoutState) -> None:
    decision = at_the_window.may_present(replace(SHOWN, state=state))

    assert decision.allowed == (state is PayoutState.ISSUED)


@pytest.mark.parametrize("days, refused", [(-1, "first"), (0, ""), (30, ""), (31, "last")])
def test_a_voucher_has_its_days(days: int, refused: str) -> None:
    decision = at_the_window.may_present(replace(SHOWN, today=TODAY + timedelta(days=days)))

    assert [list(refusal.facts) for refusal in decision.refusals] == ([[refused]] if refused else [])


@pytest.mark.parametrize(
    "changes, refused",
    [
        ({}, ()),
        ({"amount": Money(1, "USD")}, ()),
        ({"amount": Money(0, "USD")}, ("awards.hand-over-amount",)),
        ({"amount": Money(101, "USD")}, ("awards.hand-over-amount",)),
        ({"amount": Money(100, "EUR")}, ("awards.hand-over-amount",)),
        ({"clear": False}, ("awards.payee-checked",)),
        ({"accepted": False}, ("awards.signature-fits",)),
        ({"answered": False}, ("awards.answered-at-window",)),
        ({"begun": True}, ("awards.hand-over-begun",)),
    ],
)
def test_when_money_is_counted(changes: dict[str, object], refused: tuple[str, ...]) -> None:
    assert rules(at_the_window.may_hand_over(replace(HAND, **changes))) == refused  # type: ignore[arg-type]  # a test's shorthand


@pytest.mark.parametrize(
    "live, signed, others, clear, good",
    [
        (True, False, 0, True, True),
        (True, False, 1, True, True),
        (True, False, 2, True, False),
        (True, True, 1, True, False),
        (False, False, 0, True, False),
        (True, False, 1, False, False),
    ],
)
def test_who_signs_as_a_witness(live: bool, signed: bool, others: int, clear: bool, good: bool) -> None:
    assert at_the_window.may_witness(live=live, signed=signed, others=others, is_clear=clear).allowed == good


def test_guessing_is_noticed() -> None:
    assert at_the_window.may_try(4).allowed
    assert rules(at_the_window.may_try(5)) == ("awards.voucher-tries",)


def test_no_sentence_at_the_window_says_whose_it_is() -> None:
    bad = replace(HAND, amount=Money(0, "EUR"), clear=False, accepted=False, answered=False, begun=True)
    said = [refusal.because for refusal in at_the_window.may_hand_over(bad).refusals]
    for state in PayoutState:
        decision = at_the_window.may_present(replace(SHOWN, state=state, clear=False))
        said += [refusal.because for refusal in decision.refusals]
    said += [at_the_window.fits_nothing(3).because, at_the_window.badly_typed().because]

    assert len(said) > 12
    assert [word for word in UNSPEAKABLE for text in said if word in text.lower()] == []

"""Asking a source, and what its answer is worth: every combination, and the days at their edges."""

from datetime import date, timedelta
from itertools import product

import pytest

from tipstaff.awards.policy import claim as policy
from tipstaff.awards.policy.claim import AnswerFacts, AskFacts, SourceKnown
from tipstaff.awards.states import AwardState, ClaimState, Verdict

TODAY = date(2026, 11, 20)
LAST = date(2026, 12, 20)


def source(**changes: bool) -> SourceKnown:
    known = {"wants_reward": True, "may_ask": True, "mailbox_known": True, "asked": False} | changes
    return SourceKnown(number="1", **known)


def asking(
    *sources: SourceKnown, state: AwardState = AwardState.NOMINATED, days: int = 30
) -> tuple[str, ...]:
    facts = AskFacts(state=state, answer_by=TODAY + timedelta(days=days), today=TODAY, sources=sources)
    return tuple(refusal.rule for refusal in policy.may_ask(facts).refusals)


def test_a_source_is_asked_that_wants_it_and_can_be_reached() -> None:
    assert policy.may_write_to(source()).allowed
    for name, value in (
        ("wants_reward", False),
        ("may_ask", False),
        ("mailbox_known", False),
        ("asked", True),
    ):
        assert len(policy.may_write_to(source(**{name: value})).refusals) == 1


def test_one_that_can_be_asked_is_enough_and_none_is_told_of_each() -> None:
    assert asking(source(), source(asked=True)) == ()
    assert asking(source(asked=True), source(wants_reward=False)) == ("awards.asked-whom",) * 2
    assert asking() == ()


@pytest.mark.parametrize("state", AwardState)
def test_sources_are_asked_between_the_nomination_and_the_voucher(state: AwardState) -> None:
    assert asking(source(), state=state) == (() if state in policy.ASKABLE else ("awards.asked-in-time",))
    again = policy.may_ask_again(state, today=TODAY, answer_by=LAST)
    assert again.allowed == (state in policy.ASKABLE)


@pytest.mark.parametrize("days, good", [(13, False), (14, True), (183, True), (184, False)])
def test_a_source_has_days_to_look_and_an_end(days: int, good: bool) -> None:
    assert (asking(source(), days=days) == ()) == good


def answered(**changes: object) -> Verdict:
    facts = {
        "answer": "accept", "known": True, "signed": True, "fits": True, "state": ClaimState.ASKED, "reviewed": False,
        "day": TODAY, "last_day": LAST,
    } | changes  # fmt: skip
    return policy.verdict(AnswerFacts(**facts))  # type: ignore[arg-type]  # a test's shorthand


def test_an_answer_in_order_is_taken() -> None:
    assert answered() is Verdict.ACCEPTED
    assert answered(answer="decline") is Verdict.DECLINED
    assert answered(answer="review") is Verdict.REVIEW
    assert answered(answer="collect", state=ClaimState.ACCEPTED) is Verdict.COLLECTED
    assert answered(day=LAST) is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "answer, known, signed, fits",
    [
        each
        for each in product(("accept", "decline", "review", "collect"), *[(True, False)] * 3)
        if not all(each[1:])
    ],
)
def test_what_is_not_in_order_moves_nothing(answer: str, known: bool, signed: bool, fits: bool) -> None:
    wanted = Verdict.WRONG_CHALLENGE
    if not signed:
        wanted = Verdict.NOT_GENUINE
    if not known:
        wanted = Verdict.UNKNOWN_CLAIM
    for state in ClaimState:
        assert answered(answer=answer, known=known, signed=signed, fits=fits, state=state) is wanted


@pytest.mark.parametrize(
    "changes, verdict",
    [
        ({"state": ClaimState.ACCEPTED}, Verdict.ANSWERED_TWICE),
        ({"state": ClaimState.DECLINED}, Verdict.ANSWERED_TWICE),
        ({"state": ClaimState.EXPIRED}, Verdict.TOO_LATE),
        ({"day": LAST + timedelta(days=1)}, Verdict.TOO_LATE),
        ({"answer": "review", "reviewed": True}, Verdict.ANSWERED_TWICE),
        ({"answer": "review", "last_day": None}, Verdict.TOO_LATE),
        ({"answer": "review", "day": LAST + timedelta(days=1)}, Verdict.TOO_LATE),
    ],
)
def test_a_second_or_a_late_answer_says_so(changes: dict[str, object], verdict: Verdict) -> None:
    assert answered(**changes) is verdict


@pytest.mark.parametrize("state", AwardState)
def test_a_review_is_offered_after_a_refusal_and_in_time(state: AwardState) -> None:
    def offered(last: date | None = LAST, answered: bool = True) -> bool:
        return policy.may_offer_review(state, last_day=last, today=TODAY, answered=answered).allowed

    assert offered() == (state in (AwardState.DENIED, AwardState.INELIGIBLE))
    assert not offered(last=None)
    assert not offered(last=TODAY - timedelta(days=1))
    assert not offered(answered=False)


def test_a_check_names_its_list_and_comes_in_time() -> None:
    assert policy.may_check(AwardState.ENDORSED, source="List of 1 November").allowed
    assert not policy.may_check(AwardState.ENDORSED, source=" ").allowed
    assert not policy.may_check(AwardState.ENDORSED, source="x" * 201).allowed
    assert not policy.may_check(AwardState.PAID, source="List of 1 November").allowed


def test_a_question_ends_a_day_after_its_last_one() -> None:
    assert not policy.may_expire(last_day=LAST, today=LAST + timedelta(days=1)).allowed
    assert policy.may_expire(last_day=LAST, today=LAST + timedelta(days=2)).allowed


def test_an_identity_is_one_that_is_in_the_vault() -> None:
    assert policy.may_keep_identity(ref="IDN-1", sealed=True).allowed
    assert not policy.may_keep_identity(ref="", sealed=False).allowed

"""What may be put, how votes are counted, and the law of the sums."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.awards.policy.motion import Proposal, Tally, dissents, may_close, may_put, tally
from tipstaff.awards.states import Choice
from tipstaff.kernel.money import Money

CAP = 1_000_000_00


def usd(minor: int) -> Money:
    return Money(minor, "USD")


SOUND = Proposal(
    recommend=True,
    total=usd(600),
    amounts={"S-1": usd(500), "S-2": usd(100)},
    numbers=frozenset({"S-1", "S-2"}),
    currency="USD",
    cap=usd(CAP),
    text="That both be rewarded.",
)


def rules(proposal: Proposal) -> list[str]:
    return [refusal.rule.removeprefix("awards.committee.") for refusal in may_put(proposal).refusals]


@pytest.mark.parametrize(
    "changes, refused",
    [
        ({}, []),
        ({"text": " "}, ["motion-text"]),
        ({"text": "x" * 2001}, ["motion-text"]),
        ({"amounts": {"S-1": usd(600)}}, ["motion-sources"]),
        ({"amounts": {"S-1": usd(500), "S-3": usd(100)}}, ["motion-sources"]),
        ({"amounts": {"S-1": usd(300), "S-2": usd(100), "S-3": usd(200)}}, ["motion-sources"]),
        ({"total": usd(601)}, ["motion-sums"]),
        ({"total": usd(599)}, ["motion-sums"]),
        ({"amounts": {"S-1": usd(600), "S-2": usd(0)}}, []),
        ({"amounts": {"S-1": usd(700), "S-2": usd(-100)}}, ["motion-amount"]),
        ({"total": None}, ["motion-amount"]),
        ({"total": usd(0), "amounts": {"S-1": usd(0), "S-2": usd(0)}}, ["motion-amount"]),
        ({"total": Money(600, "EUR")}, ["motion-currency"]),
        ({"amounts": {"S-1": usd(500), "S-2": Money(100, "EUR")}}, ["motion-currency"]),
        ({"cap": usd(600)}, []),
        ({"cap": usd(599)}, ["motion-cap"]),
        ({"cap": None}, []),
        ({"cap": usd(599), "total": usd(601), "text": ""}, ["motion-text", "motion-sums", "motion-cap"]),
        ({"recommend": False}, ["motion-declines"]),
        ({"recommend": False, "total": None, "amounts": {}}, []),
        ({"recommend": False, "total": usd(600), "amounts": {}}, ["motion-declines"]),
    ],
)
def test_a_motion_is_put_or_refused_with_every_reason(changes, refused):
    assert rules(replace(SOUND, **changes)) == refused


SHARES = st.dictionaries(
    st.integers(1, 40).map("S-{}".format), st.integers(0, 2 * CAP), min_size=1, max_size=6
)


@given(SHARES, st.integers(-3, 3), st.integers(1, 3 * CAP))
def test_what_is_put_sums_exactly_and_never_passes_the_cap(shares, slip, cap):
    total = sum(shares.values()) + slip
    proposal = replace(
        SOUND,
        total=usd(total),
        amounts={number: usd(minor) for number, minor in shares.items()},
        numbers=frozenset(shares),
        cap=usd(cap),
    )

    assert may_put(proposal).allowed == (slip == 0 and 0 < total <= cap)


@pytest.mark.parametrize("votes", list(itertools.product(range(4), repeat=3)))
def test_carried_is_more_for_than_against_and_a_tie_is_not(votes):
    in_favour, against, abstained = votes
    cast = [Choice.FOR] * in_favour + [Choice.AGAINST] * against + [Choice.ABSTAIN] * abstained

    counted = tally(cast)

    assert counted == Tally(*votes)
    assert counted.carried == (in_favour > against)
    assert counted.present == sum(votes)
    assert may_close(counted, 3).allowed == (sum(votes) >= 3)


def test_without_a_quorum_the_reason_names_both_figures():
    (refusal,) = may_close(Tally(2, 0, 0), 3).refusals

    assert refusal.rule == "awards.committee.quorum"
    assert refusal.because == "2 members without a conflict have voted; the rule sheet's quorum is 3."


@pytest.mark.parametrize(
    "choice, carried, dissent",
    [
        ("for", True, False),
        ("against", True, True),
        ("abstain", True, False),
        ("for", False, True),
        ("against", False, False),
        ("abstain", False, False),
    ],
)
def test_dissent_is_the_vote_that_went_the_other_way(choice, carried, dissent):
    assert dissents(Choice(choice), carried=carried) is dissent

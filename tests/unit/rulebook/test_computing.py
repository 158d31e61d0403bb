"""What a reward comes to: gates, three computations, deductions, limits, and the law of a split."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rulebook.awards import (
    CRIME_STOPPERS,
    NO,
    RECOVERIES,
    TOCRP,
    YES,
    a_board_award,
    a_payee,
    a_recovery,
    an_award,
    an_offer,
    usd,
)
from tipstaff.kernel.money import Money
from tipstaff.rulebook.computing import NotComputable, Share, compute, split, weight_of
from tipstaff.rulebook.facts import Deducted, OtherPayment, RewardFacts, Score
from tipstaff.rulebook.policy import limits

LEVELS = st.lists(st.integers(0, 4), min_size=7, max_size=7)
SHARES = st.lists(st.integers(0, 10_000), min_size=1, max_size=8).map(
    lambda weights: [Share(source=f"S-{n}", weight=weight, place=n) for n, weight in enumerate(weights)]
)


def scored(levels: list[int], **changes: object) -> RewardFacts:
    scores = tuple(Score(factor=f.code, level=level) for f, level in zip(TOCRP.factors, levels, strict=True))
    return an_award(scores=scores, **changes)


def test_a_share_of_the_cap_is_the_weighted_sum_of_the_levels() -> None:
    amount = compute(scored([4, 2, 1, 0, 4, 0, 3]), TOCRP)

    assert amount.total == usd(600_000)  # 240 of 400 points of $1,000,000
    assert [line.because for line in amount.lines] == [
        "The cap is USD 1,000,000.00, from: condition.",
        "significance: level 4 of 4 × weight 30 = 120 points.",
        "gravity: level 2 of 4 × weight 20 = 40 points.",
        "accuracy: level 1 of 4 × weight 10 = 10 points.",
        "novelty: level 0 of 4 × weight 10 = 0 points.",
        "assistance: level 4 of 4 × weight 10 = 40 points.",
        "hardship: level 0 of 4 × weight 10 = 0 points.",
        "disruption: level 3 of 4 × weight 10 = 30 points.",
        "240 of 400 points of the cap.",
    ]


def test_full_marks_are_the_whole_cap_and_none_nothing() -> None:
    assert compute(scored([4] * 7), TOCRP).total == usd(1_000_000)
    assert compute(scored([0] * 7), TOCRP).total == usd(0)


@pytest.mark.parametrize(
    "gate", [{"individual": NO}, {"took_part": YES}, {"sanctioned": YES}, {"led_to": NO}]
)
def test_gates_come_first(gate) -> None:
    amount = compute(scored([4] * 7, payees=(a_payee(**gate),)), TOCRP)

    assert amount.total == usd(0)
    assert [line.because.startswith("A gate is closed: ") for line in amount.lines] == [True]


def test_deductions_are_of_the_amount_before_them_and_offsets_come_last() -> None:
    paid = OtherPayment(payer="Customs", amount=usd(1), offset=usd(1))
    deducted = (Deducted(deduction="culpability", percent=50), Deducted(deduction="delay", percent=30))
    facts = scored([4] * 7, deducted=deducted, payees=(a_payee(other_payments=(paid,)),))

    amount = compute(facts, TOCRP)

    assert amount.total == usd(199_999)
    assert [str(line.stands_at) for line in amount.lines[-3:]] == [
        "USD 500,000.00",
        "USD 200,000.00",
        "USD 199,999.00",
    ]
    assert compute(replace(facts, deducted=deducted[::-1]), TOCRP).total == amount.total


def test_crime_stoppers_pays_by_the_class_of_crime() -> None:
    amount = compute(
        a_board_award(deducted=(Deducted(deduction="known-in-part", percent=10),)), CRIME_STOPPERS
    )

    assert amount.total == usd(2_250)
    assert [line.because for line in amount.lines] == [
        "Class of crime violent: up to USD 2,500.00.",
        "known-in-part: less 10 per cent.",
    ]


@pytest.mark.parametrize("percent, total", [(10, 500_000), (30, 1_500_000)])
def test_a_share_of_the_recovery_lies_in_the_band(percent: int, total: int) -> None:
    assert compute(a_recovery(percent=percent), RECOVERIES).total == usd(total)


def test_a_recovery_that_does_not_pass_the_threshold_pays_nothing() -> None:
    facts = a_recovery(outcome=replace(a_recovery().outcome, recovered=usd(1_000_000)))

    assert compute(facts, RECOVERIES).total == usd(0)


@pytest.mark.parametrize(
    "facts, sheet",
    [
        (an_award(scores=()), TOCRP),
        (an_award(scores=(*an_award().scores, Score(factor="charm", level=1))), TOCRP),
        (scored([5, 0, 0, 0, 0, 0, 0]), TOCRP),
        (an_award(deducted=(Deducted(deduction="culpability", percent=51),)), TOCRP),
        (an_award(deducted=(Deducted(deduction="haste", percent=1),)), TOCRP),
        (a_board_award(outcome=replace(a_board_award().outcome, crime_class="piracy")), CRIME_STOPPERS),
        (a_recovery(percent=None), RECOVERIES),
        (a_recovery(percent=31), RECOVERIES),
    ],
)
def test_what_cannot_be_computed_is_said(facts, sheet) -> None:
    with pytest.raises(NotComputable):
        compute(facts, sheet)


@given(
    LEVELS,
    st.integers(0, 2_500_000_00),
    st.integers(0, 2_100_000_00),
    st.integers(0, 50),
    st.integers(0, 100),
)
def test_no_amount_passes_any_limit_or_falls_below_nothing(
    levels, cap, committed, culpability, interference
) -> None:
    facts = scored(
        levels,
        offer=an_offer(condition_cap=Money(cap, "USD"), committed=Money(committed, "USD")),
        deducted=(
            Deducted(deduction="culpability", percent=culpability),
            Deducted(deduction="interference", percent=interference),
        ),
    )

    amount = compute(facts, TOCRP)

    assert 0 <= amount.total.minor <= min(limit.minor for limit in limits(facts, TOCRP).values())
    assert amount.lines[-1].stands_at == amount.total


@given(LEVELS, st.integers(0, 6), st.integers(0, 3))
def test_a_higher_level_never_pays_less(levels: list[int], place: int, level: int) -> None:
    lower = [*levels[:place], level, *levels[place + 1 :]]
    higher = [*levels[:place], level + 1, *levels[place + 1 :]]

    assert compute(scored(higher), TOCRP).total.minor >= compute(scored(lower), TOCRP).total.minor


@given(st.integers(0, 10**12), SHARES)
def test_a_split_comes_to_the_whole_and_nobody_is_further_than_a_cent_from_their_share(total, shares) -> None:
    parts = split(Money(total, "USD"), shares)

    whole = sum(share.weight for share in shares)
    assert sum(part.minor for part in parts.values()) == total
    for share in shares:
        weight, of = (share.weight, whole) if whole else (1, len(shares))
        assert abs(parts[share.source].minor * of - total * weight) < of


@given(st.integers(0, 10**12), SHARES, st.randoms())
def test_the_order_in_which_payees_are_listed_changes_nothing(total, shares, random) -> None:
    shuffled = list(shares)
    random.shuffle(shuffled)

    assert split(Money(total, "USD"), shuffled) == split(Money(total, "USD"), shares)


def test_of_equal_claims_the_first_in_time_gets_the_odd_cent() -> None:
    late, early = Share(source="A", weight=5, place=2), Share(source="B", weight=5, place=1)

    assert split(Money(101, "USD"), [late, early]) == {"A": Money(50, "USD"), "B": Money(51, "USD")}


@pytest.mark.parametrize(
    "shares",
    [
        [],
        [Share(source="A", weight=-1, place=1), Share(source="B", weight=2, place=2)],
        [Share(source="A", weight=1, place=1), Share(source="A", weight=1, place=2)],
    ],
)
def test_a_split_among_nobody_or_somebody_twice_is_refused(shares) -> None:
    with pytest.raises(NotComputable):
        split(Money(100, "USD"), shares)


def test_a_payees_weight_is_the_sum_that_the_award_is_computed_by() -> None:
    assert weight_of({score.factor: score.level for score in an_award().scores}, TOCRP) == 200

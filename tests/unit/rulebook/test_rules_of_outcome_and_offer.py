"""Each rule about the outcome and the offer, with the case it lets pass and those it does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.rulebook.awards import (
    ACHIEVED,
    CRIME_STOPPERS,
    NO,
    PUBLISHED,
    RECOVERIES,
    TOCRP,
    TOLD,
    UNKNOWN,
    YES,
    a_board_award,
    a_payee,
    a_recovery,
    an_award,
    an_offer,
    says,
    usd,
)
from tipstaff.rulebook.facts import Change, Designation, RewardFacts
from tipstaff.rulebook.policy import Stage

S = Stage
DAY = timedelta(days=1)


def with_outcome(**changes: object) -> RewardFacts:
    return an_award(outcome=replace(an_award().outcome, **changes))  # type: ignore[arg-type]  # named facts of an outcome


@pytest.mark.parametrize("kind", ["arrest", "conviction"])
def test_r01_arrest_and_conviction_are_paid_for_by_paragraph_8(kind: str) -> None:
    assert says("R01-payable-outcome", S.NOMINATION, with_outcome(kind=kind)) == []


def test_r01_a_paragraph_pays_for_its_own_kinds_of_outcome() -> None:
    assert says("R01-payable-outcome", S.NOMINATION, with_outcome(kind="seizure")) == [
        "Paragraph b8 does not pay for an outcome of the kind seizure."
    ]


@pytest.mark.parametrize("paragraph", ["", "b15", "b"])
def test_r01_what_is_no_paragraph_pays_for_nothing(paragraph: str) -> None:
    assert says("R01-payable-outcome", S.PAYMENT, with_outcome(paragraph=paragraph)) == [
        f"{paragraph or '–'} is no paragraph that pays: name one of the sheet’s."
    ]


@pytest.mark.parametrize(
    "answer, stage, refused",
    [
        (YES, S.PAYMENT, 0),
        (NO, S.NOMINATION, 1),
        (UNKNOWN, S.NOMINATION, 0),
        (UNKNOWN, S.ELIGIBILITY, 1),
    ],
)
def test_r01_paragraph_8_asks_for_conduct_abroad_and_6_for_a_key_leader(answer, stage, refused) -> None:
    abroad = with_outcome(abroad=answer)
    leader = with_outcome(kind="identification-of-leader", paragraph="b6", key_leader=answer)

    assert len(says("R01-payable-outcome", stage, abroad)) == refused
    assert len(says("R01-payable-outcome", stage, leader)) == refused


def test_r01_all_fourteen_paragraphs_are_in_the_sheet() -> None:
    assert [paragraph.code for paragraph in TOCRP.paragraphs] == [f"b{number}" for number in range(1, 15)]


def test_target_status_counts_on_the_day_of_the_outcome() -> None:
    finances = replace(an_award().outcome, kind="disruption-of-financial-mechanisms", paragraph="b7")
    group = Designation(status="toc-group", since=ACHIEVED, until=ACHIEVED)

    for on, refused in ((ACHIEVED, 0), (ACHIEVED - DAY, 1), (ACHIEVED + DAY, 1)):
        facts = an_award(outcome=replace(finances, on=on), designations=(group,))
        assert len(says("target-status", S.ELIGIBILITY, facts)) == refused

    assert says("target-status", S.NOMINATION, an_award(outcome=finances, designations=())) == [
        "On 2026-05-01 the target was none of these: toc-group, fto. Paragraph b7 asks for one."
    ]


def test_crime_class_must_be_one_of_the_table() -> None:
    unknown = a_board_award(outcome=replace(a_board_award().outcome, crime_class="piracy"))

    assert says("crime-class", S.NOMINATION, a_board_award(), CRIME_STOPPERS) == []
    assert says("crime-class", S.NOMINATION, unknown, CRIME_STOPPERS) == [
        "piracy is no class of crime in the sheet: choose one of its table."
    ]


def test_recovery_asks_for_more_than_the_threshold_and_a_share_in_the_band() -> None:
    at_the_threshold = a_recovery(outcome=replace(a_recovery().outcome, recovered=usd(1_000_000)))

    assert says("recovery", S.DECISION, at_the_threshold, RECOVERIES) == [
        "Not more than USD 1,000,000.00 was recovered."
    ]
    for percent, refused in ((9, 1), (10, 0), (30, 0), (31, 1)):
        assert len(says("recovery", S.DECISION, a_recovery(percent=percent), RECOVERIES)) == refused


def test_sheet_pinned_is_the_offers_own() -> None:
    later = replace(TOCRP, number=2)

    assert says("sheet-pinned", S.REPORT, an_award()) == []
    assert says("sheet-pinned", S.REPORT, an_award(), later) == [
        "This award stands under the sheet tocrp 1, not under tocrp 2."
    ]
    assert says("sheet-pinned", S.REPORT, an_award(sheet_number=2), later) == [
        "This award stands under the sheet tocrp 1, not under tocrp 2."
    ]
    assert says("sheet-pinned", S.REPORT, an_award(offer=an_offer(sheet=None, sheet_number=None))) == []


def test_offer_named_where_the_programme_pays_under_offers_alone() -> None:
    assert says("offer-named", S.NOMINATION, an_award(offer=None)) == [
        "No offer is named: this programme pays under its offers alone."
    ]
    assert says("offer-named", S.NOMINATION, a_board_award(), CRIME_STOPPERS) == []


def test_outcome_before_offer_is_not_what_the_offer_asked_for() -> None:
    assert says("outcome-before-offer", S.NOMINATION, with_outcome(on=PUBLISHED)) == []
    assert says("outcome-before-offer", S.NOMINATION, with_outcome(on=PUBLISHED - DAY)) == [
        "The outcome is of 2026-02-01; the offer was published on 2026-02-02."
    ]


@pytest.mark.parametrize("state", ["suspended", "withdrawn", "satisfied", "expired"])
def test_offer_open_on_the_day_of_the_tip(state: str) -> None:
    def changed(on: date) -> RewardFacts:
        return an_award(offer=an_offer(changes=(*an_offer().changes, Change(on=on, state=state, version=1))))

    assert says("offer-open", S.ELIGIBILITY, changed(TOLD + DAY)) == []
    assert says("offer-open", S.ELIGIBILITY, changed(TOLD)) == [
        f"Source S-1 told on 2026-03-01; HBR-1 was {state} since 2026-03-01."
    ]


def test_offer_open_again_after_a_suspension() -> None:
    changes = (
        *an_offer().changes,
        Change(on=TOLD - 2 * DAY, state="suspended", version=1),
        Change(on=TOLD, state="published", version=1),
    )

    assert says("offer-open", S.ELIGIBILITY, an_award(offer=an_offer(changes=changes))) == []


def test_offer_open_for_an_earlier_tip_where_the_sheet_lets_tips_be_older() -> None:
    early = an_award(payees=(a_payee(tip_on=PUBLISHED - DAY),))
    strict = replace(TOCRP, offers=replace(TOCRP.offers, earlier_tips=False))

    assert says("offer-open", S.NOMINATION, early) == []
    assert says("offer-open", S.NOMINATION, early, strict) == [
        "Source S-1 told on 2026-02-01, before HBR-1 was published."
    ]


def test_offer_version_is_the_one_that_was_public_on_the_day_of_the_tip() -> None:
    amended = (*an_offer().changes, Change(on=TOLD, state="amended", version=2))

    assert says("offer-version", S.NOMINATION, an_award()) == []
    assert says("offer-version", S.NOMINATION, an_award(offer=an_offer(version=2, changes=amended))) == []
    assert says("offer-version", S.NOMINATION, an_award(offer=an_offer(changes=amended))) == [
        "On 2026-03-01 version 2 of HBR-1 was public, and the award names version 1."
    ]


def test_condition_fits_outcome_and_paragraph() -> None:
    assert says("condition-fits", S.NOMINATION, an_award()) == []
    assert says("condition-fits", S.NOMINATION, with_outcome(kind="seizure", paragraph="b7")) == [
        "Condition 1 asks for arrest_and_or_conviction; an outcome of the kind seizure does not fulfil it.",
        "Condition 1 rests on b8, b9, not on b7.",
    ]

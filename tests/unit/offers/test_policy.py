"""When an offer may be proposed, approved and open: each rule by itself, and all reasons at once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.offers.texts import HARBOUR_LIGHT
from tipstaff.kernel.money import Money
from tipstaff.offers import policy
from tipstaff.offers.policy import ApprovalFacts, ProposalFacts

CEILING = Money(25_000_000_00, "USD")
FIRST = HARBOUR_LIGHT
CONDITION = FIRST.conditions[0]
AMENDED = replace(FIRST, cap=Money(600_000_00, "USD"), change={"en": "Raised.", "es": "Aumentada."})


def proposal(text, public=None, ceiling=CEILING):
    return tuple(
        refusal.rule
        for refusal in policy.may_propose(ProposalFacts(text=text, ceiling=ceiling, public=public)).refusals
    )


def with_condition(**changes):
    return replace(FIRST, conditions=(replace(CONDITION, **changes),))


@pytest.mark.parametrize(
    "text, public, rules",
    [
        pytest.param(FIRST, None, (), id="whole"),
        pytest.param(AMENDED, FIRST, (), id="a whole amendment"),
        pytest.param(replace(FIRST, conditions=()), None, ("offers.whole",), id="no condition"),
        pytest.param(replace(FIRST, channels=()), None, ("offers.whole",), id="no channel"),
        pytest.param(replace(FIRST, title={"en": "Only"}), None, ("offers.whole",), id="no Spanish title"),
        pytest.param(replace(FIRST, wording={"en": "Up to", "es": " "}), None, ("offers.whole",), id="blank"),
        pytest.param(with_condition(target={"en": "x"}), None, ("offers.whole",), id="no Spanish target"),
        pytest.param(
            replace(FIRST, cap=Money(CEILING.minor + 1, "USD")), None, ("offers.ceiling",), id="a cent over"
        ),
        pytest.param(replace(FIRST, cap=CEILING), None, (), id="at the ceiling"),
        pytest.param(
            with_condition(cap=Money(FIRST.cap.minor + 1, "USD")),
            None,
            ("offers.condition-cap",),
            id="over the offer",
        ),
        pytest.param(
            with_condition(cap=Money(1, "EUR")), None, ("offers.condition-cap",), id="another currency"
        ),
        pytest.param(
            with_condition(paragraphs=("b7",)), None, ("offers.paragraph-pays",), id="another outcome's"
        ),
        pytest.param(with_condition(paragraphs=()), None, ("offers.paragraph-pays",), id="no paragraph"),
        pytest.param(
            replace(with_condition(paragraphs=("s. 4",)), authority="Harbour Act"), None, (), id="another law"
        ),
        pytest.param(FIRST, FIRST, ("offers.amendment-differs", "offers.amendment-explained"), id="the same"),
        pytest.param(
            replace(AMENDED, change={"en": "Raised."}),
            FIRST,
            ("offers.amendment-explained",),
            id="half explained",
        ),
        pytest.param(
            replace(FIRST, change=AMENDED.change),
            FIRST,
            ("offers.amendment-differs",),
            id="explained, unchanged",
        ),
    ],
)
def test_what_may_be_proposed(text, public, rules):
    assert proposal(text, public) == rules


def test_every_reason_is_given_not_the_first_alone():
    text = replace(
        with_condition(paragraphs=("b7",), cap=Money(9 * CEILING.minor, "USD")),
        cap=Money(2 * CEILING.minor, "USD"),
    )

    assert proposal(text) == ("offers.ceiling", "offers.condition-cap", "offers.paragraph-pays")


def test_the_ceiling_is_the_programmes_own():
    assert proposal(FIRST, ceiling=Money(FIRST.cap.minor - 1, "USD")) == ("offers.ceiling",)
    assert proposal(FIRST, ceiling=Money(FIRST.cap.minor, "EUR")) == ("offers.ceiling",)


@pytest.mark.parametrize(
    "approver, seen, rules",
    [
        ("ben", 2, ()),
        ("ana", 2, ("offers.second-officer",)),
        ("ben", 1, ("offers.version-seen",)),
        ("ana", 1, ("offers.second-officer", "offers.version-seen")),
    ],
)
def test_a_second_officer_approves_what_they_read(approver, seen, rules):
    facts = ApprovalFacts(proposer="ana", approver=approver, proposed_version=2, seen_version=seen)

    assert tuple(refusal.rule for refusal in policy.may_approve(facts).refusals) == rules


@pytest.mark.parametrize(
    "expires, open_then, over_then",
    [(None, True, False), (date(2026, 11, 20), True, False), (date(2026, 11, 19), False, True)],
)
def test_the_last_day_itself_still_counts(expires, open_then, over_then):
    today = date(2026, 11, 20)

    assert policy.may_be_open(expires, today).allowed == open_then
    assert policy.may_expire(expires, today).allowed == over_then


@pytest.mark.parametrize(
    "reason, allowed", [("court order", True), ("", False), (" \n", False), ("x" * 501, False)]
)
def test_a_reason_is_some_words_that_fit(reason, allowed):
    assert policy.needs_reason(reason).allowed == allowed


@pytest.mark.parametrize(
    "rules, in_force, allowed",
    [("", False, True), ("", True, True), ("tocrp", True, True), ("tocrp", False, False)],
)
def test_the_rule_sheet_that_is_named_must_be_in_force(rules, in_force, allowed):
    assert policy.may_carry(rules, in_force=in_force).allowed == allowed


def test_what_a_colleague_saved_is_not_overwritten():
    assert policy.may_save(3, 3).allowed
    assert policy.may_save(4, 3).refusals[0].rule == "offers.draft-moved-on"


def test_every_refusal_has_a_rule_that_is_listed_with_what_it_rests_on():
    refusals = [
        *policy.may_propose(
            ProposalFacts(
                text=replace(FIRST, conditions=(), change={}),
                ceiling=Money(1, "USD"),
                public=replace(FIRST, conditions=()),
            )
        ).refusals,
        *policy.may_propose(
            ProposalFacts(text=with_condition(paragraphs=(), cap=CEILING), ceiling=CEILING, public=None)
        ).refusals,
        *policy.may_approve(
            ApprovalFacts(proposer="a", approver="a", proposed_version=1, seen_version=2)
        ).refusals,
        *policy.may_be_open(date(2000, 1, 1), date(2001, 1, 1)).refusals,
        *policy.may_expire(None, date(2001, 1, 1)).refusals,
        *policy.may_save(1, 2).refusals,
        *policy.needs_reason("").refusals,
        *policy.may_announce(keys_are_made=False).refusals,
        *policy.may_carry("tocrp", in_force=False).refusals,
        *policy.may_keep_programme("harbour", "ridge").refusals,
        *policy.may_load("X-1", taken=True).refusals,
    ]

    assert {refusal.rule for refusal in refusals} == set(policy.RULES)

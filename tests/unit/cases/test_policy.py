"""Each rule of the room: what it lets through, what it refuses, and that it gives every reason at once."""

from dataclasses import replace
from datetime import date

import pytest

from tests.house.generate import rules
from tipstaff.cases import policy
from tipstaff.cases.policy import ContributionFacts, CorrectionFacts
from tipstaff.cases.states import CaseState, OutcomeKind
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.kernel.decision import Decision
from tipstaff.kernel.money import Money

TODAY = date(2026, 11, 20)
OUTCOME = OutcomeText(
    kind="arrest", subject_kind="person", subject="Grey Gull", role="leader", country="CO", day=date(2026, 11, 15),
    scope="international", paragraph="b8", suspicion="seen in command", review_on=date(2027, 11, 20),
)  # fmt: skip
SOURCE = SourceText(
    kind="tip", reference="TIP-1", reliability="A", credibility="1", says="a pier", day=date(2026, 11, 1)
)
GIVEN = ContributionText(
    tip="TIP-1", finding="FND-1", outcome="OUT-1", how_used="watched", used_on=date(2026, 11, 10), known="no"
)
FACTS = ContributionFacts(
    tip_day=date(2026, 11, 1), finding_tips=frozenset({"TIP-1"}), attested_already=False, today=TODAY
)


def broken(decision: Decision) -> list[str]:
    """The rules that refuse; each sentence can be said."""
    assert all(refusal.because for refusal in decision.refusals)
    return [refusal.rule for refusal in decision.refusals]


def test_every_rule_says_what_it_rests_on():
    assert {rule for rule in rules() if rule.startswith("cases.")} == set(policy.RULES)


def test_what_is_whole_is_let_through():
    assert broken(policy.may_record(OUTCOME, TODAY)) == []
    assert broken(policy.may_state("Boats.", [SOURCE], frozenset({"TIP-1"}), TODAY)) == []
    assert broken(policy.may_attest(GIVEN, FACTS)) == []
    assert broken(policy.may_open("Grey Gull", "")) == []
    assert broken(policy.may_add(CaseState.REOPENED)) == []


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"kind": "gossip"}, ["cases.choice-known", "cases.paragraph-fits"]),
        ({"scope": "lunar"}, ["cases.choice-known"]),
        ({"designation": "bad"}, ["cases.choice-known"]),
        ({"designation": "fto"}, []),
        ({"country": "XX"}, ["cases.country-known"]),
        ({"country": ""}, ["cases.country-known"]),
        ({"subject": " "}, ["cases.text-given"]),
        ({"role": "migrant"}, ["cases.protected-person"]),
        ({"role": "victim"}, ["cases.protected-person"]),
        ({"role": "witness"}, ["cases.protected-person"]),
        ({"role": "source"}, ["cases.protected-person"]),
        ({"role": "neighbour"}, ["cases.choice-known"]),
        ({"role": "company"}, ["cases.role-fits"]),
        ({"subject_kind": "organisation"}, ["cases.role-fits"]),
        ({"subject_kind": "organisation", "role": "group", "suspicion": "", "review_on": None}, []),
        ({"suspicion": " "}, ["cases.reasonable-suspicion"]),
        ({"review_on": None}, ["cases.review-date"]),
        ({"review_on": TODAY}, ["cases.review-date"]),
        ({"review_on": date(2026, 11, 21)}, []),
        ({"review_on": date(2031, 11, 20)}, []),
        ({"review_on": date(2031, 11, 21)}, ["cases.review-date"]),
        ({"day": TODAY}, []),
        ({"day": date(2026, 11, 21)}, ["cases.not-in-future"]),
        ({"paragraph": ""}, []),
        ({"paragraph": "b7"}, ["cases.paragraph-fits"]),
        ({"paragraph": "b99"}, ["cases.paragraph-fits"]),
        ({"crime_class": "property"}, []),
        ({"crime_class": "x" * 40}, []),
        ({"crime_class": "x" * 41}, ["cases.class-written"]),
        ({"crime_class": "A death"}, ["cases.class-written"]),
        ({"amount": Money(1, "USD")}, []),
        ({"amount": Money(0, "USD")}, ["cases.amount-positive"]),
        ({"charge": "x" * 1001}, ["cases.text-given"]),
    ],
)
def test_an_outcome_is_judged(changes, expected):
    assert broken(policy.may_record(replace(OUTCOME, **changes), TODAY)) == expected


def test_every_reason_is_given_at_once():
    wrong = replace(OUTCOME, country="XX", role="victim", suspicion="", review_on=None, day=date(2027, 1, 1))

    assert broken(policy.may_record(wrong, TODAY)) == [
        "cases.country-known",
        "cases.protected-person",
        "cases.reasonable-suspicion",
        "cases.review-date",
        "cases.not-in-future",
    ]


@pytest.mark.parametrize(
    "kind, paragraphs",
    [
        ("arrest", "b1 b2 b3 b4 b8 b9 b10 b11 b12 b13 b14"),
        ("conviction", "b1 b2 b3 b4 b8 b9 b10 b11 b12 b13 b14"),
        ("charge", ""),
        ("transfer", "b10 b11 b12 b13 b14"),
        ("disruption-of-financial-mechanisms", "b7 b11 b12 b13 b14"),
        ("seizure", "b7 b11 b12 b13 b14"),
        ("recovery", ""),
        ("identification-of-leader", "b6 b11 b12 b13 b14"),
        ("location-of-leader", "b6 b11 b12 b13 b14"),
        ("prevention-or-dismantling", "b5 b11 b12 b13 b14"),
    ],
)
def test_which_paragraph_pays_for_what(kind, paragraphs):
    assert policy.paragraphs_for(kind) == tuple(paragraphs.split())
    assert kind in set(OutcomeKind)


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"reliability": "G"}, ["cases.source-given"]),
        ({"credibility": ""}, ["cases.source-given"]),
        ({"kind": "rumour"}, ["cases.choice-known"]),
        ({"reference": ""}, ["cases.text-given", "cases.tip-in-sight"]),
        ({"says": " "}, ["cases.text-given"]),
        ({"reference": "TIP-2"}, ["cases.tip-in-sight"]),
        ({"kind": "document", "reference": "log"}, []),
        ({"day": date(2026, 11, 21)}, ["cases.not-in-future"]),
    ],
)
def test_a_source_is_judged(changes, expected):
    source = replace(SOURCE, **changes)

    assert broken(policy.may_state("Boats.", [source], frozenset({"TIP-1"}), TODAY)) == expected


def test_a_finding_has_a_statement_and_a_source():
    assert broken(policy.may_state("", [], frozenset(), TODAY)) == ["cases.text-given", "cases.source-given"]


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"how_used": ""}, ["cases.text-given"]),
        ({"used_on": date(2026, 10, 31)}, ["cases.used-before-received"]),
        ({"used_on": date(2026, 11, 1)}, []),
        ({"used_on": date(2026, 11, 21)}, ["cases.not-in-future"]),
        ({"tip": "TIP-2"}, ["cases.finding-cites-tip"]),
        ({"known": "perhaps"}, ["cases.choice-known"]),
        ({"known": "yes"}, ["cases.known-stated"]),
        ({"known": "partly", "known_since": date(2026, 1, 1)}, ["cases.known-stated"]),
        ({"known": "no", "known_from": "Ridge"}, ["cases.known-stated"]),
        ({"known": "yes", "known_since": date(2026, 1, 1), "known_from": "Ridge"}, []),
        ({"known": "yes", "known_since": date(2027, 1, 1), "known_from": "Ridge"}, ["cases.not-in-future"]),
    ],
)
def test_a_contribution_is_judged(changes, expected):
    assert broken(policy.may_attest(replace(GIVEN, **changes), FACTS)) == expected


def test_a_contribution_stands_once():
    assert broken(policy.may_attest(GIVEN, replace(FACTS, attested_already=True))) == [
        "cases.attested-already"
    ]


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({}, []),
        ({"officer": "ana"}, ["cases.second-officer"]),
        ({"seen": 1}, ["cases.row-seen"]),
        ({"confirmed": True}, ["cases.confirmed-once"]),
        ({"officer": "ana", "seen": 3, "confirmed": True}, ["cases.row-seen", "cases.second-officer", "cases.confirmed-once"]),
    ],
)  # fmt: skip
def test_a_confirmation_is_judged(changes, expected):
    facts = {"recorder": "ana", "officer": "eva", "seen": 2, "current": 2, "confirmed": False}

    assert broken(policy.may_confirm(**facts | changes)) == expected


def test_the_small_rules():
    assert broken(policy.may_add(CaseState.CLOSED)) == ["cases.open"]
    assert broken(policy.may_share(frozenset({"harbour"}), "harbour")) == ["cases.shared-already"]
    assert broken(policy.may_share(frozenset({"harbour"}), "ridge")) == []
    assert broken(policy.may_give_task("", assignee_sees=False)) == [
        "cases.text-given",
        "cases.assignee-sees",
    ]
    assert broken(policy.may_finish(done=True)) == ["cases.task-done"]
    assert broken(policy.may_cite(in_sight=False)) == ["cases.tip-in-sight"]
    assert broken(policy.may_say("x" * (policy.LONGEST + 1))) == ["cases.text-given"]
    assert broken(policy.may_correct(CorrectionFacts(seen=1, current=2, why=""))) == [
        "cases.row-seen",
        "cases.correction-explained",
    ]


def test_a_review_set_on_a_leap_day_ends_the_day_before():
    leap = date(2028, 2, 29)

    assert broken(policy.may_record(replace(OUTCOME, review_on=date(2033, 2, 28)), leap)) == []
    assert broken(policy.may_record(replace(OUTCOME, review_on=date(2033, 3, 1)), leap)) == [
        "cases.review-date"
    ]

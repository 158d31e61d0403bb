"""A determination is written and read back exactly, and run again it agrees, or says what differs."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rulebook.awards import AWARDS, TOCRP, a_payee, an_award, usd
from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook import determination, facts, sheet, written
from tipstaff.rulebook.determination import determine, reasons, replay
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Stage

TREES = st.builds(RewardFacts)  # every field from its own type


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("award, under", AWARDS, ids=lambda value: getattr(value, "code", ""))
def test_a_determination_comes_back_exactly_and_agrees(stage, award, under) -> None:
    made = determine(stage, award, under)

    kept = determination.from_json(json.loads(json.dumps(determination.to_json(made))))

    assert kept == made
    assert kept.allowed
    assert replay(kept, under).agrees


@given(TREES)
def test_facts_of_any_kind_come_back_exactly(award: RewardFacts) -> None:
    assert facts.from_json(json.loads(written.canonical(award))) == award


@given(TREES, st.sampled_from(Stage))
def test_rules_answer_whatever_the_facts_and_twice_the_same(award: RewardFacts, stage: Stage) -> None:
    made = determine(stage, award, TOCRP)

    assert replay(made, TOCRP).agrees
    assert all(all(ruled.because) for ruled in made.verdicts)


def test_refusals_are_kept_in_their_words() -> None:
    made = determine(Stage.NOMINATION, an_award(payees=(a_payee(individual=facts.Answer.NO),)), TOCRP)

    said = {ruled.rule: ruled.because for ruled in made.verdicts if ruled.because}
    assert said == {"rulebook.R02-individual": ("Source S-1 is not an individual.",)}
    assert not made.allowed
    assert made.amount == usd(0)


def test_what_was_kept_comes_back_with_its_facts_to_be_said_in_any_language() -> None:
    made = determine(Stage.NOMINATION, an_award(payees=(a_payee(individual=facts.Answer.NO),)), TOCRP)

    refusal = Refusal("rulebook.R02-individual", "Source {source} is not an individual.", {"source": "S-1"})
    assert reasons(made, TOCRP)["rulebook.R02-individual"] == (refusal,)
    assert reasons(made, TOCRP)["rulebook.R03-official"] == ()


def test_what_a_rule_says_otherwise_now_stays_as_it_was_kept() -> None:
    made = determine(Stage.NOMINATION, an_award(payees=(a_payee(individual=facts.Answer.NO),)), TOCRP)
    then = "Source S-1 is {a} company."
    older = replace(
        made,
        verdicts=tuple(
            replace(ruled, because=(then,)) if ruled.because else ruled for ruled in made.verdicts
        ),
    )

    (refusal,) = reasons(older, TOCRP)["rulebook.R02-individual"]
    assert (refusal.because, refusal.facts) == (then, {})


def test_another_sheet_or_a_changed_fact_is_found_out() -> None:
    made = determine(Stage.DECISION, an_award(), TOCRP)
    lower = replace(TOCRP, number=2, caps=replace(TOCRP.caps, reward=usd(50_000)))

    again = replay(made, lower)

    assert not again.agrees
    assert [difference.what for difference in again.differences] == [
        "sheet",
        "digest of the sheet",
        "amount",
        "rulebook.R07-ceiling",
        "rulebook.sheet-pinned",
    ]
    forged = replace(made, facts=an_award(payees=(a_payee(amount=usd(1)),)))
    assert [(d.what, d.then, d.now) for d in replay(forged, TOCRP).differences] == [
        ("rulebook.split", "passed", "refused The shares come to USD 1.00, the reward is USD 80,000.00.")
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.pop("today"),
        lambda tree: tree.update(extra=1),
        lambda tree: tree.update(today="yesterday"),
        lambda tree: tree.update(sheet_number="1"),
        lambda tree: tree["payees"][0].update(official="perhaps"),
        lambda tree: tree.update(payees={}),
    ],
)
def test_what_was_not_written_by_us_is_not_read(spoil) -> None:
    tree = facts.to_json(an_award())
    spoil(tree)

    with pytest.raises(written.BadJson):
        facts.from_json(tree)


def test_a_sheet_has_one_text_and_one_digest() -> None:
    again = sheet.from_json(json.loads(written.canonical(TOCRP)))

    assert again == TOCRP
    assert again.digest() == TOCRP.digest() != replace(TOCRP, number=2).digest()


def test_what_has_no_written_form_is_refused() -> None:
    with pytest.raises(TypeError):
        written.to_json(1.5)
    with pytest.raises(TypeError):
        written.from_json(float, 1.5)

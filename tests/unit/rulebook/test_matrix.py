"""The whole matrix of stages and rules: asked where it belongs, silent where it does not, and a sound award passes all."""

import pytest

from tests.unit.rulebook.awards import AWARDS, CRIME_STOPPERS, TOCRP, a_payee, an_award
from tipstaff.rulebook.facts import Answer
from tipstaff.rulebook.policy import RULES, Stage, Verdict, check, findings, rule_of
from tipstaff.rulebook.sheet import keys

# Which stages each rule is asked at, said by hand: N, E, R, D, C, P, and F for the report that is filed last.
WHEN = {
    "R01-payable-outcome": "NERDCP", "R02-individual": "NERDCP", "R03-official": "NERDCP", "R04-concurrence": "DCP",
    "R05-secretary-decides": "DCP", "R06-certified": "CP", "R07-ceiling": "NERDCP", "R08-protection": "P",
    "R09-crypto-notice": "P", "R10-other-payers": "ERDC", "R11-payment-report": "F", "R12-annual-report": "F",
    "R13-authorization-report": "F", "R14-announcement-report": "NERDCP", "R15-final": "D", "R16-funds": "DC",
    "sheet-pinned": "NERDCPF", "offer-named": "NERDCP", "outcome-before-offer": "NERDCP", "offer-open": "NERDCP",
    "offer-version": "NERDCP", "condition-fits": "NERDCP", "target-status": "NERDCP", "crime-class": "NERDCP",
    "recovery": "ERDCP", "payee-named": "NERDCPF", "led-to": "NERDCP", "known-before": "NERDCP", "took-part": "NERDCP",
    "convicted": "NERDCP", "knowingly-false": "NERDCP", "sanctioned": "ERDCP", "tip-in-two-claims": "NERDCP",
    "currency": "NERDCP", "condition-cap": "NERDCP", "offer-cap": "NERDCP", "offer-remaining": "NERDCP", "split": "DCP",
    "committee-clock": "R", "quorum": "RD", "may-decide": "DCP", "decider-apart": "DCP", "form": "DCP", "unclaimed": "P",
}  # fmt: skip
STAGES = dict(zip("NERDCPF", Stage, strict=True))


def test_every_rule_stands_in_this_matrix() -> None:
    assert [rule.id.removeprefix("rulebook.") for rule in RULES] == list(WHEN)


@pytest.mark.parametrize("letter, stage", STAGES.items())
def test_every_rule_at_every_stage(letter: str, stage: Stage) -> None:
    asked = [finding.rule.id.removeprefix("rulebook.") for finding in findings(stage, an_award(), TOCRP)]

    assert asked == [id for id, letters in WHEN.items() if letter in letters]


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("facts, sheet", AWARDS, ids=lambda value: getattr(value, "code", ""))
def test_a_sound_award_passes_every_rule(stage, facts, sheet) -> None:
    assert check(stage, facts, sheet).refusals == ()
    assert Verdict.REFUSED not in {finding.verdict for finding in findings(stage, facts, sheet)}


def test_what_a_sheet_does_not_ask_for_is_said_to_be_not_asked() -> None:
    found = {
        finding.rule.id: finding.verdict for finding in findings(Stage.DECISION, AWARDS[1][0], CRIME_STOPPERS)
    }

    assert {id.removeprefix("rulebook.") for id, verdict in found.items() if verdict == Verdict.NOT_ASKED} == {
        "R01-payable-outcome", "R04-concurrence", "R05-secretary-decides", "R10-other-payers", "R14-announcement-report",
        "offer-named", "target-status", "recovery", "decider-apart",
    }  # fmt: skip


def test_findings_and_check_say_the_same() -> None:
    spoilt = an_award(payees=(a_payee(individual=Answer.NO, sanctioned=Answer.YES),), offer=None)
    for stage in Stage:
        said = [refusal for finding in findings(stage, spoilt, TOCRP) for refusal in finding.refusals]

        assert tuple(said) == check(stage, spoilt, TOCRP).refusals


def test_every_parameter_is_a_key_of_the_sheet_and_every_id_the_rooms() -> None:
    assert {parameter for rule in RULES for parameter in rule.parameters} <= keys()
    assert all(
        rule.id.startswith("rulebook.") and rule.citation and rule.title.endswith(".") for rule in RULES
    )
    assert all(rule_of(rule.id) is rule for rule in RULES)

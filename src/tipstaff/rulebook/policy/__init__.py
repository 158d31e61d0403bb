"""The rules of a reward. Pure: facts and a sheet in, every reason out.

`RULES` lists every rule there is; docs/rules.md is written from it. A rule that this sheet does not ask for, or that
belongs to another stage, says nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import amount, decision, offer, outcome, payee, payment
from tipstaff.rulebook.policy.ceiling import ceiling, limits
from tipstaff.rulebook.policy.rule import Rule, Stage
from tipstaff.rulebook.sheet import Sheet

__all__ = [
    "RULES",
    "Finding",
    "Rule",
    "Stage",
    "Verdict",
    "ceiling",
    "check",
    "findings",
    "gates",
    "limits",
    "rule_of",
]

RULES: tuple[Rule, ...] = (
    outcome.payable_outcome,
    payee.individual,
    payee.official,
    decision.concurrence,
    decision.secretary_decides,
    decision.certified,
    amount.under_the_ceiling,
    payment.protection,
    payment.crypto_notice,
    payee.other_payers,
    payment.payment_report,
    payment.annual_report,
    payment.authorization_report,
    payment.announcement_report,
    decision.final,
    amount.funds,
    offer.sheet_pinned,
    offer.offer_named,
    offer.outcome_before_offer,
    offer.offer_open,
    offer.offer_version,
    offer.condition_fits,
    outcome.target_status,
    outcome.crime_class,
    outcome.recovery,
    payee.payee_named,
    payee.led_to,
    payee.known_before,
    payee.took_part,
    payee.convicted,
    payee.knowingly_false,
    payee.sanctioned,
    payee.tip_in_two_claims,
    amount.currency,
    amount.condition_cap,
    amount.offer_cap,
    amount.offer_remaining,
    amount.split,
    decision.committee_clock,
    decision.quorum,
    decision.may_decide,
    decision.decider_apart,
    payment.form,
    payment.unclaimed,
)
_AT: dict[Stage, tuple[Rule, ...]] = {
    stage: tuple(rule for rule in RULES if stage in rule.stages) for stage in Stage
}


class Verdict(StrEnum):
    """What a rule says at one stage."""

    PASSED = "passed"
    REFUSED = "refused"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule at one stage, for the eligibility page and the memorandum: what it asks, and what it found."""

    rule: Rule
    verdict: Verdict
    refusals: tuple[Refusal, ...]


def check(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Decision:
    """Whether the award may take `stage`: no refusal, or every one of them."""
    return Decision(
        tuple(
            refusal
            for rule in _AT[stage]
            if rule.applies(sheet)
            for refusal in rule.check(stage, facts, sheet)
        )
    )


def findings(stage: Stage, facts: RewardFacts, sheet: Sheet) -> tuple[Finding, ...]:
    """Every rule of `stage` with its verdict, in the order of RULES; those that the sheet does not ask for too."""
    return tuple(_finding(rule, stage, facts, sheet) for rule in _AT[stage])


def gates(facts: RewardFacts, sheet: Sheet) -> tuple[Refusal, ...]:
    """What the gates refuse, as they stand at eligibility: with one of them closed every amount is nothing."""
    return tuple(
        refusal
        for rule in _AT[Stage.ELIGIBILITY]
        if rule.gate and rule.applies(sheet)
        for refusal in rule.check(Stage.ELIGIBILITY, facts, sheet)
    )


def rule_of(id: str) -> Rule:
    """The rule of that id. Raises KeyError."""
    return _BY_ID[id]


def _finding(rule: Rule, stage: Stage, facts: RewardFacts, sheet: Sheet) -> Finding:
    if not rule.applies(sheet):
        return _NOT_ASKED[rule.id]
    refusals = tuple(rule.check(stage, facts, sheet))
    return Finding(rule, Verdict.REFUSED, refusals) if refusals else _PASSED[rule.id]


_BY_ID = {rule.id: rule for rule in RULES}
# Most findings say one of two things of a rule; they are made once.
_PASSED = {rule.id: Finding(rule, Verdict.PASSED, ()) for rule in RULES}
_NOT_ASKED = {rule.id: Finding(rule, Verdict.NOT_ASKED, ()) for rule in RULES}

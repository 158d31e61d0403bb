"""After certification, and the end: notices of cryptocurrency, protection, reconsideration, closing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tipstaff.kernel.decision import Decision, Refusal

RULES: Mapping[str, str] = {
    "awards.notice-asked": "22 U.S.C. 2708(e)(6): only a reward in cryptocurrency waits for a notice.",
    "awards.notice-first": "22 U.S.C. 2708(e)(6): both committees are told before anything is arranged.",
    "awards.notice-days": "22 U.S.C. 2708(e)(6): at least 15 days before.",
    "awards.notice-reference": "A notice that cannot be found again was not given.",
    "awards.protection-planned": "22 U.S.C. 2708(e)(5): who is in danger is not sent to a window without a plan.",
    "awards.protection-said": "Whoever reads the file sees that the question was asked.",
    "awards.vault-sealed": "A plan that names an identity in the vault names one that is there.",
    "awards.reconsidered-once": "22 U.S.C. 2708(j): decisions are final; another look is a courtesy, given once.",
    "awards.reconsidered-in-time": "22 U.S.C. 2708(j): within the days of the rule sheet, or not at all.",
}

LONGEST_PLAN = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionFacts:
    """What would be planned. `endangered` are the sources who said that they need it; `sealed` the vault's own
    references among those that the plan names."""

    needed: bool
    plan: str
    endangered: tuple[str, ...]
    vaults: Mapping[str, str]
    sealed: frozenset[str]
    numbers: frozenset[str]
    crypto_without_notice: bool


def may_give_notice(*, crypto: bool, reference: str) -> Decision:
    """Whether the committees are to be told, and how it can be found again."""
    refusals = []
    if not crypto:
        refusals.append(
            Refusal(
                "awards.notice-asked", "This reward includes no cryptocurrency: plan the protection next."
            )
        )
    if not reference.strip():
        refusals.append(
            Refusal("awards.notice-reference", "Give the reference of the notice to both committees.")
        )
    return Decision(tuple(refusals))


def may_end_notice(*, given_on: date, days: int | None, today: date) -> Decision:
    """Whether the days of notice are over; where the sheet has none they are."""
    over = given_on + timedelta(days=days or 0)
    if today >= over:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.notice-days",
                "The committees were told on {given}: the notice is over on {over}.",
                {"given": given_on, "over": over},
            ),
        )
    )


def may_plan(facts: ProtectionFacts) -> Decision:
    """Whether this is a plan, or a reason why none is needed."""
    refusals = []
    if facts.crypto_without_notice:
        refusals.append(
            Refusal(
                "awards.notice-first",
                "The reward includes cryptocurrency: give notice to both committees first.",
            )
        )
    if not facts.plan.strip() or len(facts.plan) > LONGEST_PLAN:
        refusals.append(
            Refusal(
                "awards.protection-said",
                "Write the plan, or why none is needed, in at most {longest} characters.",
                {"longest": LONGEST_PLAN},
            )
        )
    if facts.endangered and not facts.needed:
        named = {"sources": ", ".join(facts.endangered)}
        refusals.append(
            Refusal(
                "awards.protection-planned",
                "Source {sources} said that being paid is dangerous: plan the protection.",
                named,
            )
        )
    for number, ref in facts.vaults.items():
        if ref not in facts.sealed or number not in facts.numbers:
            refusals.append(
                Refusal(
                    "awards.vault-sealed",
                    "There is no {ref} in the vault, or no source {number} in this award.",
                    {"ref": ref, "number": number},
                )
            )
    return Decision(tuple(refusals))


def may_reconsider(*, before: int, decided_on: date, days: int | None, today: date) -> Decision:
    """Whether another look may be given: `before` counts those that were."""
    if before:
        return Decision(
            (
                Refusal(
                    "awards.reconsidered-once",
                    "This award was looked at a second time already: the decision is final.",
                ),
            )
        )
    last = decided_on + timedelta(days=days or 0)
    if days is not None and today <= last:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.reconsidered-in-time",
                "It was decided on {decided}; another look had to be asked for by {last}.",
                {"decided": decided_on, "last": last},
            ),
        )
    )

"""When a sheet may be proposed, approved and returned. Pure: facts in, every reason out."""

from dataclasses import dataclass

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.rulebook.sheet import Sheet

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts:
    """The sheet to propose, the last one in force of its code, and whether another proposal of it is open."""

    sheet: Sheet
    last: Sheet | None
    open_already: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFacts:
    """Who proposed and seconded, who would approve now, and which text they read."""

    proposer: str
    seconder: str
    approver: str
    digest: str
    seen: str


def may_propose(facts: ProposalFacts) -> Decision:
    """Whether this sheet may be put before two officers."""
    refusals = []
    sheet, last = facts.sheet, facts.last
    expected = last.number + 1 if last else 1
    named = {"code": sheet.code, "number": sheet.number, "expected": expected}
    if facts.open_already:
        refusals.append(
            Refusal(
                "rulebook.sheet-open-already",
                "A sheet {code} is proposed already: approve or return it first.",
                named,
            )
        )
    if sheet.number != expected:
        refusals.append(
            Refusal(
                "rulebook.sheet-number",
                "This is number {number} of {code}; the next one is {expected}.",
                named,
            )
        )
    if last and sheet.in_force_from < last.in_force_from:
        days = {"day": sheet.in_force_from, "last": last.in_force_from}
        refusals.append(
            Refusal(
                "rulebook.sheet-day",
                "It would be in force from {day}, before the one it replaces: {last}.",
                days,
            )
        )
    if last and sheet.currency != last.currency:
        currencies = {"currency": sheet.currency, "last": last.currency}
        refusals.append(
            Refusal(
                "rulebook.sheet-currency", "A code keeps its currency: {last}, not {currency}.", currencies
            )
        )
    return Decision(tuple(refusals))


def may_approve(facts: ApprovalFacts) -> Decision:
    """Whether this officer may approve this text: two do, neither of them its proposer."""
    refusals = []
    if facts.approver == facts.proposer:
        refusals.append(
            Refusal(
                "rulebook.sheet-second-officer",
                "You proposed this sheet yourself: two other officers approve it.",
            )
        )
    if facts.approver == facts.seconder:
        refusals.append(
            Refusal(
                "rulebook.sheet-third-officer",
                "You approved this sheet already: another officer approves it too.",
            )
        )
    if facts.seen != facts.digest:
        refusals.append(
            Refusal("rulebook.sheet-seen", "The text you read is not this one: read it and decide again.")
        )
    return Decision(tuple(refusals))


def may_be_read(*, digest: str, kept: str) -> Decision:
    """Whether the text that lies here is still the one that was approved."""
    if digest == kept:
        return Decision()
    return Decision(
        (
            Refusal(
                "rulebook.sheet-whole",
                "The text of this sheet is not the one that was proposed ({kept}): nothing is decided by it.",
                {"kept": kept},
            ),
        )
    )


def needs_reason(reason: str) -> Decision:
    """Whether a reason was given, of a length that the history can keep."""
    if reason.strip() and len(reason) <= LONGEST_REASON:
        return Decision()
    return Decision(
        (
            Refusal(
                "rulebook.reason-given",
                "Say why, in at most {longest} characters: whoever proposed it reads the reason.",
                {"longest": LONGEST_REASON},
            ),
        )
    )

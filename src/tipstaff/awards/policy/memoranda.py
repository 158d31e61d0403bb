"""When a memorandum may be issued, and what differs between two of them. Pure."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Final

from tipstaff.awards.memorandum.document import Memorandum
from tipstaff.kernel.decision import Decision, Refusal

RULES: Mapping[str, str] = {
    "awards.memorandum-after-vote": "Scores are blind until the vote: nothing that quotes them is written before.",
    "awards.memorandum-says-more": "A version that says the same would only hide which one was decided on.",
    "awards.memorandum-summary": "What anybody may read is short.",
}
LONGEST_SUMMARY: Final = 2_000
# What differs between any two issues, and says nothing about the award.
OF_THE_ISSUE: Final = frozenset({"version", "issued_on", "record_sha256", "marking", "language", "withheld"})


def may_issue(*, voted: bool, summary: str, changed: bool) -> Decision:
    """Whether a memorandum can be issued now; `changed` is whether it says anything that the last does not."""
    refusals = []
    if not voted:
        refusals.append(
            Refusal(
                "awards.memorandum-after-vote",
                "The committee has not answered yet: a memorandum quotes its scores and its vote.",
            )
        )
    if not changed:
        refusals.append(
            Refusal(
                "awards.memorandum-says-more",
                "The newest version says the same. Issue another when something has changed.",
            )
        )
    if len(summary) > LONGEST_SUMMARY:
        refusals.append(
            Refusal(
                "awards.memorandum-summary",
                "The summary for the public has at most {most} characters.",
                {"most": LONGEST_SUMMARY},
            )
        )
    return Decision(tuple(refusals))


def differing(before: Memorandum, after: Memorandum) -> tuple[str, ...]:
    """The parts that read otherwise, by name, in the memorandum's own order."""
    return tuple(
        field.name
        for field in fields(Memorandum)
        if field.name not in OF_THE_ISSUE and getattr(before, field.name) != getattr(after, field.name)
    )


def in_this_office(memorandum: Memorandum, *, digest: str, demo: bool) -> Memorandum:
    """The memorandum as it is shown: with its record's hash, and in a demo with DEMO in every marking."""
    marking = f"DEMO · {memorandum.marking}" if demo else memorandum.marking
    return replace(memorandum, record_sha256=digest, marking=marking)

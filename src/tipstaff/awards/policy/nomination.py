"""When a nomination may be drafted, changed and handed in. Pure: facts in, every reason out.

What the law and the offer ask of it are the rule sheet's rules (room `rulebook`); here stands what makes it whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tipstaff.awards.states import Form
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.kernel.decision import Decision, Refusal

# Every rule of this file and what it rests on.
RULES: Mapping[str, str] = {
    "awards.outcome-confirmed": "Money rests on what two officers have stated, never on what one wrote down.",
    "awards.sheet-carried": "What a reward is decided by was fixed when the offer was published.",
    "awards.condition-named": "A reward is paid under one condition of one version of one offer.",
    "awards.source-contributed": "Who is paid gave something to this very outcome, and an officer attested it.",
    "awards.sources-named": "A nomination names its sources by number; a person cannot nominate themselves.",
    "awards.source-asked": "Who was told of a possible reward is not dropped from it unseen.",
    "awards.amount-asked": "A nomination says how much is asked for each source, in the offer's currency.",
    "awards.offset-stated": "22 U.S.C. 2708(c)(1): what another payer gave is taken off, and its payer is named.",
    "awards.payers-asked": "22 U.S.C. 2708(c)(1): a reward does not duplicate what other agencies pay.",
    "awards.form-known": "22 U.S.C. 2708(e)(6): money, an item, or both; cash by number at a board's window.",
    "awards.reason-given": "Whoever reads the file years later is told why.",
}

LONGEST_REASON = 2_000
LONGEST_CASE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """What a draft would rest on. `contributed` are the tips that gave something to the outcome; `told` those whose
    sources were told of a possible reward under this award already."""

    text: NominationText
    outcome: str
    confirmed: bool
    sheet_carried: bool
    conditions: int
    currency: str
    contributed: frozenset[str]
    told: frozenset[str] = frozenset()


def may_draft(facts: DraftFacts) -> Decision:
    """Whether a nomination may be kept as it is stated."""
    return Decision((*_ground(facts), *_shares(facts), *_words(facts.text)))


def may_nominate(*, payers_asked: bool) -> Decision:
    """Whether the nominator has done what a nomination vouches for."""
    if payers_asked:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.payers-asked",
                "Ask the other agencies that pay for information what they paid these sources, and say that you did.",
            ),
        )
    )


def still_confirmed(outcome: str, *, confirmed: bool) -> Decision:
    """Whether the outcome still stands as two officers stated it."""
    if confirmed:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.outcome-confirmed",
                "Outcome {outcome} was corrected, and no second officer has confirmed it since.",
                {"outcome": outcome},
            ),
        )
    )


def needs_reason(reason: str) -> Decision:
    """Whether a reason was given, of a length that the file can keep."""
    if reason.strip() and len(reason) <= LONGEST_REASON:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.reason-given",
                "Say why, in at most {longest} characters: the award's file keeps the reason.",
                {"longest": LONGEST_REASON},
            ),
        )
    )


def _ground(facts: DraftFacts) -> Iterator[Refusal]:
    text = facts.text
    if not facts.confirmed:
        yield Refusal(
            "awards.outcome-confirmed",
            "Outcome {outcome} is not confirmed by a second officer yet.",
            {"outcome": facts.outcome},
        )
    if not facts.sheet_carried:
        yield Refusal(
            "awards.sheet-carried",
            "Version {version} of {offer} carries no rule sheet, so nothing can be decided under it.",
            {"version": text.offer_version, "offer": text.offer},
        )
    if not 1 <= text.condition <= facts.conditions:
        named = {
            "version": text.offer_version,
            "offer": text.offer,
            "conditions": facts.conditions,
            "condition": text.condition,
        }
        yield Refusal(
            "awards.condition-named",
            "Version {version} of {offer} has {conditions} conditions, and {condition} is none of them.",
            named,
        )


def _shares(facts: DraftFacts) -> Iterator[Refusal]:
    tips = [share.tip for share in facts.text.shares]
    if not tips or len(set(tips)) < len(tips):
        yield Refusal("awards.sources-named", "Name at least one source, and each of them once.")
    for tip in sorted(set(tips) - facts.contributed):
        yield Refusal(
            "awards.source-contributed",
            "{tip} gave nothing to outcome {outcome} that an officer has attested.",
            {"tip": tip, "outcome": facts.outcome},
        )
    for tip in sorted(facts.told - set(tips)):
        yield Refusal(
            "awards.source-asked",
            "The source of {tip} was told of this reward already: it stays in the nomination.",
            {"tip": tip},
        )
    for share in facts.text.shares:
        yield from _amounts(share, facts.currency)


def _amounts(share: ShareText, currency: str) -> Iterator[Refusal]:
    if share.requested.minor <= 0 or share.requested.currency != currency:
        named = {"amount": share.requested, "tip": share.tip, "currency": currency}
        yield Refusal(
            "awards.amount-asked",
            "{amount} is asked for {tip}: ask for more than nothing, in {currency}.",
            named,
        )
    offset = share.offset
    if offset is None or offset.minor == 0:
        return
    if offset.minor < 0 or offset.currency != currency or not share.offset_payer.strip():
        yield Refusal(
            "awards.offset-stated",
            "{offset} was paid for {tip} before: name who paid it, and the amount in {currency}.",
            {"offset": offset, "tip": share.tip, "currency": currency},
        )


def _words(text: NominationText) -> Iterator[Refusal]:
    if text.form not in set(Form):
        yield Refusal(
            "awards.form-known", "{form} is no form in which a reward is paid.", {"form": text.form or "–"}
        )
    if not text.reason.strip() or len(text.reason) > LONGEST_CASE:
        yield Refusal(
            "awards.reason-given",
            "Say why this outcome deserves a reward, in at most {longest} characters.",
            {"longest": LONGEST_CASE},
        )
    if not text.agency.strip():
        yield Refusal("awards.reason-given", "Name the agency that nominates.")

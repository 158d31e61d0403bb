"""Rules about the offer: whether there was one, whether it was open, and whether the outcome fulfils it."""

from collections.abc import Iterator

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy.rule import EVERYWHERE, UNTIL_PAID, Stage, rule
from tipstaff.rulebook.sheet import Sheet

OPEN = frozenset({"published", "amended"})


@rule(
    "rulebook.sheet-pinned",
    "The numbers are those of the sheet that the offer was published under.",
    "Tipstaff: a later sheet counts for later offers alone.",
    stages=EVERYWHERE,
    reads=("code", "number"),
)
def sheet_pinned(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """The facts say which sheet they were gathered for, and the offer which one it carries."""
    used, offer = f"{sheet.code} {sheet.number}", facts.offer
    named = {f"{facts.sheet} {facts.sheet_number}"}
    if offer is not None and offer.sheet is not None:
        named.add(f"{offer.sheet} {offer.sheet_number}")
    for wanted in sorted(named - {used}):
        yield Refusal(
            "rulebook.sheet-pinned",
            "This award stands under the sheet {wanted}, not under {used}.",
            {"wanted": wanted, "used": used},
        )


@rule(
    "rulebook.offer-named",
    "The award names the offer, the version and the condition it is paid under.",
    "Rule of the programme",
    stages=UNTIL_PAID,
    reads=("offers.needed",),
    applies=lambda sheet: sheet.offers.needed,
)
def offer_named(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """The statute would pay without an offer; a programme may bind itself to its offers."""
    if facts.offer is None:
        yield Refusal(
            "rulebook.offer-named", "No offer is named: this programme pays under its offers alone."
        )


@rule(
    "rulebook.outcome-before-offer",
    "The outcome came about after the offer was published.",
    "Terms of the offer",
    stages=UNTIL_PAID,
)
def outcome_before_offer(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """An offer asks for what has not happened yet. On the very day it counts as after."""
    if facts.offer and facts.outcome.on < facts.offer.published_on:
        yield Refusal(
            "rulebook.outcome-before-offer",
            "The outcome is of {on}; the offer was published on {published}.",
            {"on": facts.outcome.on, "published": facts.offer.published_on},
        )


@rule(
    "rulebook.offer-open",
    "The offer was open on the day each tip came.",
    "Terms of the offer",
    stages=UNTIL_PAID,
    reads=("offers.earlier_tips",),
)
def offer_open(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Suspended, withdrawn or expired: what was told then was not asked for. Where a tip may be older than its
    offer, the day of publication counts for it."""
    offer = facts.offer
    if offer is None:
        return
    for payee in facts.payees:
        day = max(payee.tip_on, offer.published_on) if sheet.offers.earlier_tips else payee.tip_on
        change = offer.at(day)
        told = {"source": payee.source, "on": payee.tip_on, "offer": offer.ref}
        if change is None:
            yield Refusal(
                "rulebook.offer-open", "Source {source} told on {on}, before {offer} was published.", told
            )
        elif change.state not in OPEN:
            named = told | {"state": change.state, "since": change.on}
            yield Refusal(
                "rulebook.offer-open",
                "Source {source} told on {on}; {offer} was {state} since {since}.",
                named,
            )


@rule(
    "rulebook.offer-version",
    "The award names the version that was public on the day each tip came.",
    "Terms of the offer",
    stages=UNTIL_PAID,
    reads=("offers.earlier_tips",),
)
def offer_version(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """An amendment takes nothing from whoever told under the text before, and gives them nothing either."""
    offer = facts.offer
    if offer is None:
        return
    for payee in facts.payees:
        day = max(payee.tip_on, offer.published_on) if sheet.offers.earlier_tips else payee.tip_on
        change = offer.at(day)
        if change and change.version != offer.version:
            yield Refusal(
                "rulebook.offer-version",
                "On {on} version {public} of {offer} was public, and the award names version {named}.",
                {"on": day, "public": change.version, "offer": offer.ref, "named": offer.version},
            )


@rule(
    "rulebook.condition-fits",
    "The outcome fulfils the condition of the offer, under one of its paragraphs.",
    "Terms of the offer; 22 U.S.C. 2708(b)",
    stages=UNTIL_PAID,
    reads=("fulfilments",),
)
def condition_fits(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """What the offer asked for, and not only what the law would pay for."""
    offer, outcome = facts.offer, facts.outcome
    if offer is None:
        return
    fulfilled = {each.condition: each.outcomes for each in sheet.fulfilments}.get(offer.condition_outcome, ())
    if outcome.kind not in fulfilled:
        yield Refusal(
            "rulebook.condition-fits",
            "Condition {condition} asks for {asked}; an outcome of the kind {kind} does not fulfil it.",
            {"condition": offer.condition, "asked": offer.condition_outcome, "kind": outcome.kind},
        )
    if sheet.paragraphs and outcome.paragraph not in offer.condition_paragraphs:
        yield Refusal(
            "rulebook.condition-fits",
            "Condition {condition} rests on {paragraphs}, not on {paragraph}.",
            {
                "condition": offer.condition,
                "paragraphs": ", ".join(offer.condition_paragraphs) or "–",
                "paragraph": outcome.paragraph or "–",
            },
        )

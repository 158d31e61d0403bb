"""Rules about who is paid: the gates, each asked of each source. What nobody has found out is never taken for a no."""

from collections.abc import Iterator

from tipstaff.kernel.decision import Refusal
from tipstaff.rulebook.facts import Answer, RewardFacts
from tipstaff.rulebook.policy.rule import EVERYWHERE, FROM_ELIGIBILITY, UNTIL_PAID, S, Stage, rule
from tipstaff.rulebook.sheet import Sheet

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


def _due(stage: Stage, answer: Answer) -> bool:
    """An open question may stay open while a reward is only nominated."""
    return answer == UNKNOWN and stage != Stage.NOMINATION


@rule(
    "rulebook.payee-named",
    "At least one source is to be paid.",
    "22 U.S.C. 2708(b)",
    stages=EVERYWHERE,
)
def payee_named(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Rules that ask each payee would all pass where there is none."""
    if not facts.payees:
        yield Refusal("rulebook.payee-named", "Nobody is named to be paid: name each source by its number.")


@rule(
    "rulebook.R02-individual",
    "Whoever is paid is an individual.",
    "22 U.S.C. 2708(b)",
    stages=UNTIL_PAID,
    reads=("payees.individual",),
    applies=lambda sheet: sheet.payees.individual,
    gate=True,
)
def individual(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """ "Any individual who furnishes information": no company, no organisation, no agency."""
    for payee in facts.payees:
        if payee.individual == NO:
            yield Refusal(
                "rulebook.R02-individual", "Source {source} is not an individual.", {"source": payee.source}
            )
        elif _due(stage, payee.individual):
            yield Refusal(
                "rulebook.R02-individual",
                "Whether source {source} is an individual is not answered yet.",
                {"source": payee.source},
            )


@rule(
    "rulebook.R03-official",
    "Nobody is paid for information that an official furnished on duty.",
    "22 U.S.C. 2708(f)",
    stages=UNTIL_PAID,
    reads=("payees.official",),
    applies=lambda sheet: sheet.payees.official is not None,
    gate=True,
)
def official(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Under `on-duty` an official off duty may be paid, as the statute says; under `always` none may."""
    for payee in facts.payees:
        source = {"source": payee.source}
        if sheet.payees.official == "always" and payee.official == YES:
            yield Refusal(
                "rulebook.R03-official",
                "Source {source} is an official, and officials are not paid under this sheet.",
                source,
            )
        elif payee.official == YES and payee.on_duty == YES:
            yield Refusal(
                "rulebook.R03-official", "Source {source} is an official who told this while on duty.", source
            )
        elif _due(stage, payee.official):
            yield Refusal(
                "rulebook.R03-official", "Whether source {source} is an official is not answered yet.", source
            )
        elif payee.official == YES and _due(stage, payee.on_duty):
            yield Refusal(
                "rulebook.R03-official",
                "Whether source {source} told this on duty is not answered yet.",
                source,
            )


@rule(
    "rulebook.led-to",
    "The information led to the outcome.",
    "22 U.S.C. 2708(b)",
    stages=UNTIL_PAID,
    gate=True,
)
def led_to(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """An attested contribution says so; and what was told after the outcome cannot have led to it."""
    for payee in facts.payees:
        source = {"source": payee.source, "told": payee.tip_on, "on": facts.outcome.on}
        if payee.led_to == NO:
            yield Refusal(
                "rulebook.led-to", "The information of source {source} did not lead to the outcome.", source
            )
        elif _due(stage, payee.led_to):
            yield Refusal(
                "rulebook.led-to",
                "Nobody has attested that the information of source {source} led to the outcome.",
                source,
            )
        if payee.tip_on > facts.outcome.on:
            yield Refusal(
                "rulebook.led-to", "Source {source} told on {told}, after the outcome of {on}.", source
            )


@rule(
    "rulebook.known-before",
    "The information was not known before the source told it.",
    "Rule of the programme; compare 17 CFR 240.21F-4(b)",
    stages=UNTIL_PAID,
)
def known_before(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """What came to the authorities on the same day may have come from this source; only an earlier day refuses."""
    for payee in facts.payees:
        if payee.known_since is not None and payee.known_since < payee.tip_on:
            yield Refusal(
                "rulebook.known-before",
                "What source {source} told on {told} was known since {known}.",
                {"source": payee.source, "told": payee.tip_on, "known": payee.known_since},
            )


@rule(
    "rulebook.took-part",
    "Nobody is paid who planned or led the conduct.",
    "Rule of the programme; compare 26 U.S.C. 7623(b)(3)",
    stages=UNTIL_PAID,
    gate=True,
)
def took_part(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A smaller part of one's own is a deduction, not a bar."""
    for payee in facts.payees:
        if payee.took_part == YES:
            yield Refusal(
                "rulebook.took-part",
                "Source {source} planned or led what the information is about.",
                {"source": payee.source},
            )
        elif _due(stage, payee.took_part):
            yield Refusal(
                "rulebook.took-part",
                "Whether source {source} planned or led the conduct is not answered yet.",
                {"source": payee.source},
            )


@rule(
    "rulebook.convicted",
    "Nobody is paid whom a court has convicted for the conduct.",
    "Rule of the programme; compare 15 U.S.C. 78u-6(c)(2)(B)",
    stages=UNTIL_PAID,
    gate=True,
)
def convicted(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """A conviction for something else bars nobody."""
    for payee in facts.payees:
        if payee.convicted == YES:
            yield Refusal(
                "rulebook.convicted",
                "Source {source} was convicted for what the information is about.",
                {"source": payee.source},
            )
        elif _due(stage, payee.convicted):
            yield Refusal(
                "rulebook.convicted",
                "Whether source {source} was convicted for the conduct is not answered yet.",
                {"source": payee.source},
            )


@rule(
    "rulebook.knowingly-false",
    "Nobody is paid who told something false on purpose.",
    "Rule of the programme; compare 15 U.S.C. 78u-6(i)",
    stages=UNTIL_PAID,
    gate=True,
)
def knowingly_false(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """An error in good faith lowers a factor and bars nobody."""
    for payee in facts.payees:
        if payee.knowingly_false == YES:
            yield Refusal(
                "rulebook.knowingly-false",
                "Source {source} told something false on purpose.",
                {"source": payee.source},
            )
        elif _due(stage, payee.knowingly_false):
            yield Refusal(
                "rulebook.knowingly-false",
                "Whether source {source} told something false on purpose is not answered yet.",
                {"source": payee.source},
            )


@rule(
    "rulebook.sanctioned",
    "Nobody is paid who stands on a sanctions list.",
    "31 CFR chapter V",
    stages=FROM_ELIGIBILITY,
    gate=True,
)
def sanctioned(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Screened by whoever knows the identity; only the answer comes here."""
    for payee in facts.payees:
        if payee.sanctioned == YES:
            yield Refusal(
                "rulebook.sanctioned", "Source {source} stands on a sanctions list.", {"source": payee.source}
            )
        elif payee.sanctioned == UNKNOWN:
            yield Refusal(
                "rulebook.sanctioned",
                "Source {source} is not screened against the sanctions lists yet.",
                {"source": payee.source},
            )


@rule(
    "rulebook.tip-in-two-claims",
    "A tip is claimed for one award.",
    "Rule of the programme: nothing is paid twice.",
    stages=UNTIL_PAID,
)
def tip_in_two_claims(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """In another award, or twice in this one."""
    seen: set[str] = set()
    for payee in facts.payees:
        if payee.claims:
            yield Refusal(
                "rulebook.tip-in-two-claims",
                "The tip of source {source} is claimed in {claims} too.",
                {"source": payee.source, "claims": ", ".join(payee.claims)},
            )
        if payee.tip in seen:
            yield Refusal(
                "rulebook.tip-in-two-claims",
                "The tip of source {source} stands in this award twice.",
                {"source": payee.source},
            )
        seen.add(payee.tip)


@rule(
    "rulebook.R10-other-payers",
    "A reward does not duplicate what another payer gives for the same information.",
    "22 U.S.C. 2708(c)(1)",
    stages=(S.ELIGIBILITY, S.RECOMMENDATION, S.DECISION, S.CERTIFICATION),
    reads=("payees.other_payers",),
    applies=lambda sheet: sheet.payees.other_payers,
)
def other_payers(stage: Stage, facts: RewardFacts, sheet: Sheet) -> Iterator[Refusal]:
    """Informant payments, customs awards, joint rewards abroad: asked for, and taken off in full."""
    for payee in facts.payees:
        if payee.payers_asked != YES:
            yield Refusal(
                "rulebook.R10-other-payers",
                "The other agencies were not asked yet what they paid source {source}.",
                {"source": payee.source},
            )
        for paid in payee.other_payments:
            if paid.offset.currency != paid.amount.currency or paid.amount > paid.offset:
                yield Refusal(
                    "rulebook.R10-other-payers",
                    "{payer} paid source {source} {amount}, of which only {offset} is taken off.",
                    {
                        "payer": paid.payer,
                        "source": payee.source,
                        "amount": paid.amount,
                        "offset": paid.offset,
                    },
                )

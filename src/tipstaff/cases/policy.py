"""When a case, a finding, an outcome or a contribution may be kept. Pure: facts in, every reason out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tipstaff.cases.countries import COUNTRIES
from tipstaff.cases.states import (
    PROTECTED_ROLES,
    CaseState,
    Credibility,
    Designation,
    Known,
    OutcomeKind,
    Reliability,
    Scope,
    SourceKind,
    SubjectKind,
    SubjectRole,
)
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.offers.authority import STATE_REWARDS

# Every rule of this room and what it rests on.
RULES: Mapping[str, str] = {
    "cases.open": "A closed case takes nothing new: what is added after its end is added knowingly.",
    "cases.text-given": "What others will rely on says something, within a length that they will read.",
    "cases.assignee-sees": "A task is given to somebody who can open the case.",
    "cases.task-done": "A task is finished once, by whoever did it.",
    "cases.shared-already": "A compartment is added to a case once.",
    "cases.source-given": "A finding without a source is an opinion; each source is graded.",
    "cases.tip-in-sight": "Nobody rests a finding on a tip that they may not read.",
    "cases.row-seen": "An officer answers the row that they read, not one put in its place meanwhile.",
    "cases.correction-explained": "Whoever relied on the older row reads why it changed.",
    "cases.choice-known": "What is counted is chosen from a closed list.",
    "cases.protected-person": "28 CFR 23.20(a): no record on anybody but those reasonably suspected.",
    "cases.reasonable-suspicion": "28 CFR 23.20(a), (c): a person is a subject for a stated suspicion.",
    "cases.review-date": "28 CFR 23.20(h): reviewed within five years, or removed.",
    "cases.role-fits": "A group has no rank in itself, and a person is no company.",
    "cases.country-known": "ISO 3166-1 alpha-2.",
    "cases.not-in-future": "What has not happened yet is no fact.",
    "cases.paragraph-fits": "22 U.S.C. 2708(b): each paragraph pays for outcomes of its own kind.",
    "cases.class-written": "A class of crime is one that a rule sheet lists: here it is written as one.",
    "cases.amount-positive": "An amount, where there is one, is more than nothing.",
    "cases.second-officer": "An outcome is recorded by one officer and confirmed by another.",
    "cases.confirmed-once": "A row is confirmed once.",
    "cases.used-before-received": "Information that nobody had could not be used.",
    "cases.finding-cites-tip": "A tip contributes through a finding that rests on it.",
    "cases.known-stated": "What was known already is said with its day and where it was known from.",
    "cases.attested-already": "One tip, one finding, one outcome: one contribution, corrected where it was wrong.",
}

LONGEST = 4_000
SHORT = 200
# Five years and no more: 28 CFR 23.20(h).
REVIEW_YEARS = 5

# What the statute calls each kind; nothing in it pays for a charge as such.
_OUTCOME_OF: Mapping[str, str] = {
    OutcomeKind.ARREST: "arrest_and_or_conviction",
    OutcomeKind.CONVICTION: "arrest_and_or_conviction",
    OutcomeKind.DISRUPTION: "disruption_of_financial_mechanisms",
    OutcomeKind.SEIZURE: "disruption_of_financial_mechanisms",
    OutcomeKind.IDENTIFICATION: "identification_or_location",
    OutcomeKind.LOCATION: "identification_or_location",
    OutcomeKind.PREVENTION: "prevention_or_dismantling",
}
# 22 U.S.C. 2708(b)(10) alone names a transfer; (b)(11)–(14) state outcomes of several kinds.
_TRANSFER = frozenset({"b10", "b11", "b12", "b13", "b14"})
# As rule sheets name their classes. Whether the sheet of an award has this one, its own rule asks.
_CLASS = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_OF_A_GROUP = frozenset({SubjectRole.GROUP.value, SubjectRole.COMPANY.value})


def paragraphs_for(kind: str) -> tuple[str, ...]:
    """The paragraphs of 22 U.S.C. 2708(b) that can pay for an outcome of `kind`, in the statute's order."""
    if kind == OutcomeKind.TRANSFER:
        return tuple(p for p in STATE_REWARDS.paragraphs if p in _TRANSFER)
    outcome = _OUTCOME_OF.get(kind, "")
    return tuple(p for p in STATE_REWARDS.paragraphs if STATE_REWARDS.fits(outcome, p))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionFacts:
    """The number of the row that was read, of the row that stands now, and why it is to be another."""

    seen: int
    current: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionFacts:
    """What is known of the tip, the finding and what was attested before, when a contribution is judged."""

    tip_day: date
    finding_tips: frozenset[str]
    attested_already: bool
    today: date


def may_add(state: CaseState) -> Decision:
    """Whether a case takes anything new."""
    if state == CaseState.CLOSED:
        return _no("cases.open", "The case is closed. Reopen it first.")
    return Decision()


def may_say(text: str, longest: int = LONGEST) -> Decision:
    """Whether a note, a title or a reason says something and is not too long."""
    return Decision(tuple(_text(text, longest)))


def may_open(title: str, organisation: str) -> Decision:
    """Whether a case may be opened under this title."""
    return Decision((*_text(title, SHORT), *_long(organisation, SHORT)))


def may_share(held: frozenset[str], compartment: str) -> Decision:
    """Whether `compartment` is new to the case."""
    if compartment in held:
        return _no(
            "cases.shared-already",
            "The case belongs to {compartment} already.",
            {"compartment": compartment},
        )
    return Decision()


def may_give_task(title: str, *, assignee_sees: bool) -> Decision:
    """Whether a task may be given."""
    refusals = list(_text(title, SHORT))
    if not assignee_sees:
        refusals.append(
            Refusal("cases.assignee-sees", "This officer may not see the case. Choose another colleague.")
        )
    return Decision(tuple(refusals))


def may_finish(*, done: bool) -> Decision:
    """Whether a task may be finished."""
    return _no("cases.task-done", "This task is finished already.") if done else Decision()


def may_correct(facts: CorrectionFacts) -> Decision:
    """Whether the row that was read may be answered by a new one."""
    return Decision((*_row_seen(facts.seen, facts.current), *_explained(facts.why)))


def may_state(
    statement: str, sources: Sequence[SourceText], seen_tips: frozenset[str], today: date
) -> Decision:
    """Whether a finding may be stated; `seen_tips` are those of its tips that the officer may read."""
    refusals = list(_text(statement))
    if not sources:
        refusals.append(Refusal("cases.source-given", "Name at least one source for this finding."))
    for number, source in enumerate(sources, 1):
        refusals += _source(number, source, seen_tips, today)
    return Decision(tuple(refusals))


def may_record(text: OutcomeText, today: date) -> Decision:
    """Whether an outcome may be recorded as stated."""
    return Decision((*_choices(text), *_subject(text, today), *_facts(text, today)))


def may_confirm(*, recorder: str, officer: str, seen: int, current: int, confirmed: bool) -> Decision:
    """Whether `officer` may confirm the row that they read."""
    refusals = list(_row_seen(seen, current))
    if officer == recorder:
        refusals.append(
            Refusal(
                "cases.second-officer",
                "You recorded this outcome yourself: a second officer has to confirm it.",
            )
        )
    if confirmed:
        refusals.append(Refusal("cases.confirmed-once", "This outcome is confirmed already."))
    return Decision(tuple(refusals))


def may_cite(*, in_sight: bool) -> Decision:
    """Whether the tip is one that the attesting officer may read; one that is not there is told apart by nobody."""
    return Decision() if in_sight else _no("cases.tip-in-sight", "This is no tip that you may read.")


def may_attest(text: ContributionText, facts: ContributionFacts) -> Decision:
    """Whether a contribution may be attested. What was known before is written down and never refused."""
    return Decision((*_use(text, facts), *_knowledge(text, facts.today)))


def _use(text: ContributionText, facts: ContributionFacts) -> Iterator[Refusal]:
    yield from _text(text.how_used)
    yield from _long(text.corroboration)
    yield from _long(text.evidence, SHORT)
    if text.used_on < facts.tip_day:
        yield Refusal(
            "cases.used-before-received",
            "The tip came on {received}: it cannot have been used on {used}.",
            {"received": facts.tip_day, "used": text.used_on},
        )
    yield from _in_future(text.used_on, facts.today)
    if text.tip not in facts.finding_tips:
        yield Refusal(
            "cases.finding-cites-tip",
            "The finding {finding} does not cite this tip. Correct the finding first.",
            {"finding": text.finding},
        )
    if facts.attested_already:
        yield Refusal(
            "cases.attested-already",
            "What this tip gave to this outcome by this finding is attested already. Correct that instead.",
        )


def _knowledge(text: ContributionText, today: date) -> Iterator[Refusal]:
    yield from _known_choice(text.known, Known)
    yield from _long(text.known_from, SHORT)
    told = text.known_since is not None or bool(text.known_from.strip())
    whole = text.known_since is not None and bool(text.known_from.strip())
    if text.known == Known.NO and told:
        yield Refusal(
            "cases.known-stated", "You say that nothing was known: then leave the day and its origin empty."
        )
    if text.known in (Known.PARTLY, Known.YES) and not whole:
        yield Refusal("cases.known-stated", "Say since which day it was known, and from where.")
    if text.known_since is not None:
        yield from _in_future(text.known_since, today)


def _source(number: int, source: SourceText, seen: frozenset[str], today: date) -> Iterator[Refusal]:
    yield from _known_choice(source.kind, SourceKind)
    yield from _text(source.reference, SHORT)
    yield from _text(source.says, SHORT * 5)
    graded = source.reliability in set(Reliability) and source.credibility in set(Credibility)
    if not graded:
        yield Refusal(
            "cases.source-given",
            "Grade source {number}: reliability A to F, credibility 1 to 6.",
            {"number": number},
        )
    if source.kind == SourceKind.TIP and source.reference not in seen:
        yield Refusal(
            "cases.tip-in-sight",
            "Source {number} names no tip that you may read.",
            {"number": number},
        )
    yield from _in_future(source.day, today)


def _choices(text: OutcomeText) -> Iterator[Refusal]:
    yield from _known_choice(text.kind, OutcomeKind)
    yield from _known_choice(text.subject_kind, SubjectKind)
    yield from _known_choice(text.scope, Scope)
    if text.designation:
        yield from _known_choice(text.designation, Designation)
    if text.role not in PROTECTED_ROLES:
        yield from _known_choice(text.role, SubjectRole)
    if text.country not in COUNTRIES:
        yield Refusal(
            "cases.country-known",
            "{country} is no country's two-letter code (ISO 3166).",
            {"country": text.country or "–"},
        )


def _subject(text: OutcomeText, today: date) -> Iterator[Refusal]:
    yield from _text(text.subject, SHORT)
    if text.role in PROTECTED_ROLES:
        yield Refusal(
            "cases.protected-person",
            "A {role} is never the subject of an outcome. Say who acted against them instead.",
            {"role": text.role},
        )
    person = text.subject_kind == SubjectKind.PERSON
    if person == (text.role in _OF_A_GROUP):
        yield Refusal(
            "cases.role-fits",
            "This role does not fit: a person has a part, an organisation is a group or company.",
        )
    if person and not text.suspicion.strip():
        yield Refusal(
            "cases.reasonable-suspicion", "State why this person is reasonably suspected of taking part."
        )
    yield from _long(text.suspicion)
    if person and not (text.review_on and today < text.review_on <= _years_on(today, REVIEW_YEARS)):
        yield Refusal(
            "cases.review-date",
            "Set the day of review: after today, and by {latest} at the latest.",
            {"latest": _years_on(today, REVIEW_YEARS)},
        )


def _facts(text: OutcomeText, today: date) -> Iterator[Refusal]:
    yield from _in_future(text.day, today)
    yield from _long(text.charge, SHORT * 5)
    yield from _long(text.court, SHORT)
    if text.paragraph and text.paragraph not in paragraphs_for(text.kind):
        yield Refusal(
            "cases.paragraph-fits",
            "Paragraph {paragraph} does not pay for an outcome of this kind.",
            {"paragraph": text.paragraph},
        )
    if text.crime_class and not _CLASS.fullmatch(text.crime_class):
        yield Refusal(
            "cases.class-written",
            "Write the class of crime as the rule sheet lists it, in small letters, such as property.",
        )
    if text.amount is not None and text.amount.minor <= 0:
        yield Refusal(
            "cases.amount-positive", "An amount is more than nothing; leave it empty where there is none."
        )


def _row_seen(seen: int, current: int) -> Iterator[Refusal]:
    if seen != current:
        yield Refusal(
            "cases.row-seen",
            "You read row {seen}, but row {current} stands now: read it and decide again.",
            {"seen": seen, "current": current},
        )


def _explained(why: str) -> Iterator[Refusal]:
    if not why.strip():
        yield Refusal("cases.correction-explained", "Say in a sentence what was wrong.")
    yield from _long(why, SHORT * 5)


def _text(text: str, longest: int = LONGEST) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal("cases.text-given", "Something is missing: write it in words.")
    yield from _long(text, longest)


def _long(text: str, longest: int = LONGEST) -> Iterator[Refusal]:
    if len(text) > longest:
        yield Refusal(
            "cases.text-given", "At most {longest} characters fit here. Shorten it.", {"longest": longest}
        )


def _known_choice(value: str, known: type) -> Iterator[Refusal]:
    if value not in {str(each) for each in known}:  # type: ignore[attr-defined]  # an enum class iterates over its members
        yield Refusal(
            "cases.choice-known", "Choose one of what is offered; “{value}” is not.", {"value": value}
        )


def _in_future(on: date, today: date) -> Iterator[Refusal]:
    if on > today:
        yield Refusal("cases.not-in-future", "{on} has not come yet.", {"on": on})


def _years_on(today: date, years: int) -> date:
    """The same day `years` later; of 29 February, the day before."""
    try:
        return today.replace(year=today.year + years)
    except ValueError:
        return today.replace(year=today.year + years, day=28)


def _no(rule: str, says: str, facts: Mapping[str, object] | None = None) -> Decision:
    return Decision((Refusal(rule, says, facts or {}),))

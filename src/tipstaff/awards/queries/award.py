"""One award's page: what is asked, by whom it went, what each rule found, what was ruled, and what may be done now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from tipstaff.awards import facts, road
from tipstaff.awards.access import CONVENE, SEE, award_for
from tipstaff.awards.duties import done_on
from tipstaff.awards.models import Award, Concurrence, Determination, Item, Ruling, Share, Step
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.policy.moves import MOVES
from tipstaff.awards.queries.packet import Clean, cleaner
from tipstaff.awards.road import Road
from tipstaff.awards.states import AWARD, AwardState, Duty, Form, MeetingState
from tipstaff.cases import queries as cases
from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.offers import queries as offers
from tipstaff.people.access import Actor, NotVisible
from tipstaff.people.queries import names_of
from tipstaff.rulebook import policy as rules
from tipstaff.rulebook.determination import reasons
from tipstaff.rulebook.policy import Stage
from tipstaff.rulebook.sheet import Sheet

PROTECT = "awards.protection.plan"
# Who asks the sources, checks them and sends them vouchers, on a page of its own.
PAYMENT = ("awards.eligibility.check", "awards.payment.arrange")


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One source's part, by its number in the case; `used` are the contributions that it rests on."""

    number: str
    received_on: date
    contributions: tuple[str, ...]
    requested: Money
    recommended: Money | None
    approved: Money | None
    offset: Money | None
    offset_payer: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What one rule found: its id, what it asks, where that is written, its verdict and its sentences."""

    rule: str
    title: str
    citation: str
    verdict: str
    because: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class DeterminationRow:
    """The rules asked at one stage, and what they found: shown whole for the newest, and on a page of its own."""

    number: int
    stage: str
    allowed: bool
    digest: str
    by: str
    at: datetime
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of the award's history."""

    move: str
    state: str
    duty: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class RulingRow:
    """A decision: what, for whom how much, by whom, and on which delegation if it was not in person.

    `by_vote`: a board decided, and `by` counted its vote."""

    kind: str
    total: Money | None
    by: str
    delegation: str
    by_vote: bool
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ConcurrenceRow:
    """An answer of the Attorney General."""

    given: bool
    reference: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardPage:
    """Everything that an award's page shows. `moves` are what the table and the actor's verbs allow, and duties do
    not forbid; `apart` says why something else that the verbs would allow is another officer's."""

    ref: str
    state: str
    road: Road
    compartment: str
    programme: str
    offer: str
    offer_version: int
    condition: int
    condition_cap: Money
    case: str
    outcome: str
    outcome_kind: str
    outcome_on: date
    subject: str
    agency: str
    form: str
    reason: str
    sheet: str
    sheet_number: int
    currency: str
    requested: Money
    recommended: Money | None
    approved: Money | None
    needs_concurrence: bool
    protection: bool
    protection_plan: str
    shares: tuple[ShareRow, ...]
    determinations: tuple[DeterminationRow, ...]
    ahead: tuple[FindingRow, ...]
    rulings: tuple[RulingRow, ...]
    concurrences: tuple[ConcurrenceRow, ...]
    steps: tuple[StepRow, ...]
    moves: tuple[str, ...]
    apart: tuple[Refusal, ...]
    may_change: bool
    sees_case: bool
    sees_outcome: bool
    sees_offer: bool
    sees_papers: bool
    sees_payment: bool
    item: tuple[str, int] | None


def award_page(actor: Actor, ref: str, today: date, *, to: str = SEE) -> AwardPage:
    """The award `ref`; in what was typed about it, tips are the numbers of their sources. Its queries do not
    grow with what was asked or done. Raises NotVisible or NotAllowed."""
    award = award_for(actor, ref, to=to)
    steps = list(award.steps.order_by("id"))
    kept = list(award.determinations.order_by("-number"))
    rulings = list(award.rulings.order_by("-id"))
    answers = list(award.concurrences.order_by("-id"))
    names = names_of([row.actor for rows in (steps, kept, rulings, answers) for row in rows])
    outcome = cases.outcome_facts(award.outcome)
    terms = offers.terms(award.offer, award.offer_version)
    moves, apart = _moves(actor, award)
    shares = list(award.shares.order_by("id"))
    clean = cleaner({share.tip: share.number for share in shares})
    sheet = facts.sheet_of(award)
    return AwardPage(
        ref=award.ref,
        state=award.state,
        road=_road(award, steps),
        compartment=award.compartment,
        programme=award.programme,
        offer=award.offer,
        offer_version=award.offer_version,
        condition=award.condition,
        condition_cap=terms.conditions[award.condition - 1].cap,
        case=award.case,
        outcome=award.outcome,
        outcome_kind=outcome.kind,
        outcome_on=outcome.day,
        subject=outcome.subject,
        agency=award.agency,
        form=award.form,
        reason=clean(award.reason),
        sheet=award.sheet_code,
        sheet_number=award.sheet_number,
        currency=award.currency,
        requested=Money(award.requested_minor, award.currency),
        recommended=_money(award.recommended_minor, award.currency),
        approved=_money(award.approved_minor, award.currency),
        needs_concurrence=award.needs_concurrence,
        protection=award.protection,
        protection_plan=award.protection_plan if actor.may(PROTECT, award.compartment) else "",
        shares=tuple(_share(share, award.currency) for share in shares),
        determinations=tuple(_determination(row, names, sheet, clean, whole=row is kept[0]) for row in kept),
        ahead=tuple(_ahead(award, moves, today, sheet, clean)),
        rulings=tuple(_ruling(row, award.currency, names, clean) for row in rulings),
        concurrences=tuple(_concurrence(row, names, clean) for row in answers),
        steps=_steps(steps, names, clean),
        moves=moves,
        apart=apart,
        may_change=award.state == AwardState.DRAFTED and "nominate" in moves,
        sees_case=actor.may("cases.case.see", award.compartment),
        sees_outcome=actor.may("cases.outcome.see", award.compartment),
        sees_offer=actor.may("offers.offer.see", award.compartment),
        sees_papers=actor.may("awards.award.see", award.compartment),
        sees_payment=any(actor.may(verb, award.compartment) for verb in PAYMENT),
        item=_item(actor, award),
    )


def _concurrence(row: Concurrence, names: Mapping[str, str], clean: Clean) -> ConcurrenceRow:
    return ConcurrenceRow(row.given, row.reference, clean(row.reason), names[row.actor], row.on)


def _item(actor: Actor, award: Award) -> tuple[str, int] | None:
    """Meeting and place of the newest item on a docket that the actor may open: a clerk's, or one that was held."""
    items = Item.objects.filter(award=award).order_by("-id")
    if not actor.may(CONVENE, award.compartment):
        items = items.filter(meeting__state=MeetingState.HELD)
    return items.values_list("meeting__ref", "place").first()


def _road(award: Award, steps: Sequence[Step]) -> Road:
    return road.road(
        AwardState(award.state),
        [step.state for step in steps],
        concurrence=award.needs_concurrence,
        crypto=award.form == Form.CRYPTO,
    )


def determination_page(actor: Actor, ref: str, number: int) -> DeterminationRow:
    """What the rules were asked and answered in the determination `number`. Raises NotVisible or NotAllowed."""
    award = award_for(actor, ref, to=SEE)
    row = award.determinations.filter(number=number).first()
    if row is None:
        raise NotVisible(f"{ref}/{number}")
    numbers = dict(award.shares.values_list("tip", "number"))
    return _determination(row, names_of([row.actor]), facts.sheet_of(award), cleaner(numbers))


def _moves(actor: Actor, award: Award) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """The moves that are the actor's now, and why others are not that the actor's verbs would allow."""
    held = [
        (move, MOVES[move].duty)
        for move in AWARD.open_to(AwardState(award.state))
        if move in MOVES and actor.may(MOVES[move].verb, award.compartment)
    ]
    if not held:
        return (), ()
    done = done_on(award)
    decided = {duty: may_act_as(duty, actor.ref, done) for duty in {duty for _, duty in held}}
    apart = [refusal for decision in decided.values() for refusal in decision.refusals]
    return tuple(move for move, duty in held if decided[duty].allowed), tuple(apart)


def _ahead(
    award: Award, moves: Sequence[str], today: date, sheet: Sheet, clean: Clean
) -> Iterator[FindingRow]:
    """What the rules would find now, for the clerk who is about to ask them."""
    if "find_eligible" in moves:
        known = facts.facts_of(award, today=today)
        for found in rules.findings(Stage.ELIGIBILITY, known, sheet):
            because = _cleaned(found.refusals, clean)
            yield FindingRow(found.rule.id, found.rule.title, found.rule.citation, found.verdict, because)


def _cleaned(refusals: Sequence[Refusal], clean: Clean) -> tuple[Refusal, ...]:
    """The refusals, with what was typed in their facts made fit to be read outside the tip."""
    return tuple(
        replace(
            refusal,
            facts={
                name: clean(fact) if isinstance(fact, str) else fact for name, fact in refusal.facts.items()
            },
        )
        for refusal in refusals
    )


def _determination(
    row: Determination, names: Mapping[str, str], sheet: Sheet, clean: Clean, *, whole: bool = True
) -> DeterminationRow:
    made = facts.read(row) if whole else None
    because = reasons(made, sheet) if made else {}
    return DeterminationRow(
        number=row.number,
        stage=row.stage,
        allowed=row.allowed,
        digest=row.digest,
        by=names[row.actor],
        at=row.at,
        findings=tuple(
            FindingRow(ruled.rule, *_written(ruled.rule), ruled.verdict, _cleaned(because[ruled.rule], clean))
            for ruled in (made.verdicts if made else ())
        ),
    )


def _written(rule: str) -> tuple[str, str]:
    """What a rule asks and where it is written; a rule that is gone is shown by its id alone."""
    try:
        found = rules.rule_of(rule)
    except KeyError:
        return "", ""
    return found.title, found.citation


def _share(share: Share, currency: str) -> ShareRow:
    return ShareRow(
        number=share.number,
        received_on=share.received_on,
        contributions=tuple(share.contributions),
        requested=Money(share.requested_minor, currency),
        recommended=_money(share.recommended_minor, currency),
        approved=_money(share.approved_minor, currency),
        offset=_money(share.offset_minor or None, currency),
        offset_payer=share.offset_payer,
    )


def _ruling(row: Ruling, currency: str, names: Mapping[str, str], clean: Clean) -> RulingRow:
    total = _money(sum(row.amounts.values()) or None, currency)
    return RulingRow(
        row.kind,
        total,
        names[row.actor],
        row.delegation,
        row.motion_id is not None,
        row.at,
        clean(row.reason),
    )


def _steps(steps: Sequence[Step], names: Mapping[str, str], clean: Clean) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(step.move, step.state, Duty(step.duty), names[step.actor], step.at, clean(step.reason))
        for step in steps
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)

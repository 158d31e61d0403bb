"""What the room's forms start from: an outcome and what was given to it, and the delegations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tipstaff.awards.access import award_for
from tipstaff.awards.models import Award, Delegation
from tipstaff.awards.states import AwardState, DelegationState
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.cases import access as cases_access
from tipstaff.cases import queries as cases
from tipstaff.cases.queries.rows import OutcomeRow
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.offers import queries as offers
from tipstaff.offers.terms import Terms, TermsCondition
from tipstaff.people import queries as people
from tipstaff.people.access import Actor, NotAllowed, within

DRAFT = "awards.nomination.draft"
SEE_DELEGATIONS = "awards.delegation.see"
GIVE = "awards.delegation.give"
CONFIRM = "awards.delegation.confirm"


@dataclass(frozen=True, slots=True)
class Given:
    """What one source gave to the outcome, for the nomination's worksheet; never what it wrote."""

    number: int
    tip: str
    tip_day: date
    how_used: str
    used_on: date
    known: str
    corroboration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NominationSheet:
    """The worksheet of a nomination: the outcome, what was given to it, and what the form says at first."""

    ref: str
    outcome: str
    outcome_kind: str
    outcome_on: date
    confirmed: bool
    subject: str
    given: tuple[Given, ...]
    currency: str
    conditions: tuple[TermsCondition, ...]
    agencies: tuple[tuple[str, str], ...]
    text: NominationText


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation; `holds` on the day asked for, `may_confirm` and `may_end` by the actor."""

    ref: str
    compartment: str
    principal: str
    delegate: str
    most: Money
    starts_on: date
    ends_on: date
    state: str
    confirmed_by: str
    holds: bool
    may_confirm: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class DelegationList:
    """The delegations, and where this actor may lend the power to whom."""

    rows: tuple[DelegationRow, ...]
    lends_in: tuple[str, ...]
    delegates: tuple[tuple[str, str], ...]


def outcomes_to_nominate(actor: Actor) -> tuple[OutcomeRow, ...]:
    """The newest confirmed outcomes that the actor may nominate for. Raises NotAllowed."""
    if DRAFT not in actor.verbs:
        raise NotAllowed(DRAFT)
    return cases.outcomes_confirmed(actor)


def new_nomination(actor: Actor, outcome: str) -> NominationSheet:
    """The worksheet for a new nomination from `outcome`. Raises NotVisible or NotAllowed."""
    if DRAFT not in actor.verbs:
        raise NotAllowed(DRAFT)
    cases_access.outcome_for(actor, outcome, to=cases_access.SEE_OUTCOMES)
    given = cases.contributions_of(outcome)
    known = cases.outcome_facts(outcome)
    first = given[0] if given else None
    terms = offers.terms_on(first.offer, first.tip_day) if first and first.offer else None
    fitting = [each.place for each in terms.conditions if known.paragraph in each.paragraphs] if terms else []
    text = NominationText(
        offer=first.offer if first else "",
        offer_version=terms.version if terms else 1,
        condition=fitting[0] if fitting else 1,
        agency=actor.agency,
        form="money",
        reason="",
        shares=(),
    )
    return _sheet("", outcome, text, terms)


def drafted_nomination(actor: Actor, ref: str) -> NominationSheet:
    """The worksheet of a draft. Raises NotVisible, NotAllowed, or MoveNotInTable when it is no draft."""
    award = award_for(actor, ref, to=DRAFT)
    if award.state != AwardState.DRAFTED:
        raise MoveNotInTable("change", AwardState(award.state))
    return _sheet(award.ref, award.outcome, _text(award), offers.terms(award.offer, award.offer_version))


def delegations(actor: Actor, today: date) -> DelegationList:
    """Every delegation that the actor may see, the newest first. The number of queries does not grow with them."""
    if SEE_DELEGATIONS not in actor.verbs:
        raise NotAllowed(SEE_DELEGATIONS)
    found = Delegation.objects.seen_by(actor).filter(within(actor, SEE_DELEGATIONS)).order_by("-pk")
    rows = list(found)
    names = people.names_of(
        [name for row in rows for name in (row.principal, row.delegate, row.confirmed_by)]
    )
    lends_in = tuple(sorted(actor.compartments_for(GIVE)))
    return DelegationList(
        rows=tuple(_delegation(actor, row, names, today) for row in rows),
        lends_in=lends_in,
        delegates=tuple(_delegates(lends_in, today)),
    )


def _delegates(compartments: tuple[str, ...], today: date) -> Iterator[tuple[str, str]]:
    """Whom the power may be lent to: who may decide there and may not lend it."""
    for compartment in compartments:
        principals = {ref for ref, _ in people.officers_holding(GIVE, compartment, today)}
        for ref, name in people.officers_holding("awards.award.decide", compartment, today):
            if ref not in principals:
                yield ref, name


def _delegation(actor: Actor, row: Delegation, names: dict[str, str], today: date) -> DelegationRow:
    given, confirmed = row.state == DelegationState.GIVEN, row.state == DelegationState.CONFIRMED
    return DelegationRow(
        ref=row.ref,
        compartment=row.compartment,
        principal=names[row.principal],
        delegate=names[row.delegate],
        most=Money(row.most_minor, row.currency),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        confirmed_by=names[row.confirmed_by],
        holds=confirmed and row.starts_on <= today <= row.ends_on,
        may_confirm=given
        and actor.may(CONFIRM, row.compartment)
        and actor.ref not in (row.principal, row.delegate),
        may_end=(given or confirmed) and actor.may(GIVE, row.compartment),
    )


def _sheet(ref: str, outcome: str, text: NominationText, terms: Terms | None) -> NominationSheet:
    known = cases.outcome_facts(outcome)
    return NominationSheet(
        ref=ref,
        outcome=outcome,
        outcome_kind=known.kind,
        outcome_on=known.day,
        confirmed=known.confirmed,
        subject=known.subject,
        given=tuple(
            Given(
                each.source,
                each.tip,
                each.tip_day,
                each.how_used,
                each.used_on,
                each.known,
                each.corroboration,
            )
            for each in {each.tip: each for each in cases.contributions_of(outcome)}.values()
        ),
        currency=terms.cap.currency if terms else "USD",
        conditions=terms.conditions if terms else (),
        agencies=tuple(people.agencies()),
        text=text,
    )


def _text(award: Award) -> NominationText:
    return NominationText(
        offer=award.offer,
        offer_version=award.offer_version,
        condition=award.condition,
        agency=award.agency,
        form=award.form,
        reason=award.reason,
        shares=tuple(
            ShareText(
                tip=share.tip,
                requested=Money(share.requested_minor, award.currency),
                offset=Money(share.offset_minor, award.currency) if share.offset_minor else None,
                offset_payer=share.offset_payer,
            )
            for share in award.shares.order_by("id")
        ),
    )

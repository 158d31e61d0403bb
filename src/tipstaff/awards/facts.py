"""What the rules are asked about an award: gathered from every room that knows a part of it, and kept as asked.

No name is in it: a payee is a source's number. A determination is written in the transaction of the verb that asked,
with the whole of what it was asked about, so that it can be run again years later.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db.models import Sum

from tipstaff.awards import duties
from tipstaff.awards.answers import payees_of
from tipstaff.awards.deliberation import committee_of, day_of, last_step
from tipstaff.awards.models import Award, Step
from tipstaff.awards.models import Determination as Kept
from tipstaff.awards.policy.nomination import still_confirmed
from tipstaff.awards.states import Duty
from tipstaff.cases import queries as cases
from tipstaff.cases.queries import OutcomeFacts
from tipstaff.kernel.clock import day
from tipstaff.kernel.decision import Decision
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.ledger.policy import fiscal_year
from tipstaff.offers import queries as offers
from tipstaff.people.access import Actor, NotVisible
from tipstaff.rulebook import determination, policy, written
from tipstaff.rulebook import facts as rules
from tipstaff.rulebook import queries as rulebook
from tipstaff.rulebook.determination import Determination
from tipstaff.rulebook.facts import Answer, OfferTerms, RewardFacts
from tipstaff.rulebook.policy import Stage
from tipstaff.rulebook.sheet import Form, Sheet

REFUSALS = ("deny", "find_ineligible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a verb asks about that stands in no table yet: the amount for each source by number, and who rules."""

    amounts: Mapping[str, Money]
    ruling: rules.Ruling


def sheet_of(award: Award) -> Sheet:
    """The sheet that the offer carried when it was published, and the award with it. Raises NotVisible."""
    return sheet_numbered(award.compartment, award.sheet_code, award.sheet_number)


def sheet_numbered(compartment: str, code: str, number: int) -> Sheet:
    """A sheet that was approved. Raises NotVisible when there is none."""
    sheet = rulebook.sheet_numbered(compartment, code, number)
    if sheet is None:
        raise NotVisible(f"{code}/{number}")
    return sheet


def standing_amounts(award: Award) -> dict[str, Money]:
    """What is at stake for each source now: what was approved, else recommended, else asked for."""
    if award.approved_minor is not None:
        column = "approved_minor"
    elif award.recommended_minor is not None:
        column = "recommended_minor"
    else:
        column = "requested_minor"
    found = award.shares.filter(**{f"{column}__gt": 0}).order_by("id").values_list("number", column)
    return {number: Money(minor, award.currency) for number, minor in found}


def facts_of(award: Award, *, today: date, asked: Asked | None = None) -> RewardFacts:
    """Everything that the rules look at, as it is known today. The number of queries does not grow with the sources.

    Without `asked` it is about the amounts that stand, and the ruling that was given, if one was.
    """
    steps = list(award.steps.order_by("id"))
    outcome = cases.outcome_facts(award.outcome)
    contributions = cases.contributions_of(award.outcome)
    amounts = asked.amounts if asked else standing_amounts(award)
    members = duties.done_on(award).get(Duty.DELIBERATE, frozenset())
    return RewardFacts(
        today=today,
        sheet=award.sheet_code,
        sheet_number=award.sheet_number,
        outcome=_outcome(outcome),
        amount=Money(sum(amount.minor for amount in amounts.values()), award.currency),
        payees=payees_of(
            award,
            sheet_of(award),
            amounts,
            contributions,
            payers_asked=last_step(steps, "nominate") is not None,
            planned_on=day_of(steps, "plan_protection"),
        ),
        offer=_terms(award),
        designations=_designations(outcome),
        committee=committee_of(award, steps, members),
        ruling=asked.ruling if asked else ruling_of(award, steps),
        payment=_payment(award, steps, today),
        reconsideration=_reconsideration(steps),
    )


def must_hold(award: Award, stage: Stage, facts: RewardFacts, *, actor: Actor, now: datetime) -> None:
    """Keep what the rules of `stage` found, or raise Refused with every reason: then nothing is kept.

    An outcome that was corrected waits for its second officer again, and so does whatever rests on it.
    """
    sheet = sheet_of(award)
    confirmed = cases.outcome_facts(award.outcome).confirmed
    standing = still_confirmed(award.outcome, confirmed=confirmed)
    Decision((*standing.refusals, *policy.check(stage, facts, sheet).refusals)).or_raise()
    _keep(award, determination.determine(stage, facts, sheet, award.sheet_digest), actor, now)


def determine(
    award: Award, stage: Stage, facts: RewardFacts, *, actor: Actor, now: datetime
) -> Determination:
    """Ask the rules of `stage`, and keep what they were asked and answered, also where they refuse.

    Inside the transaction of the verb that asks, under the award's lock, which numbers them.
    """
    made = determination.determine(stage, facts, sheet_of(award), award.sheet_digest)
    _keep(award, made, actor, now)
    return made


def read(kept: Kept) -> Determination:
    """A determination as it was kept."""
    return determination.from_json(json.loads(kept.content))


def ruling_of(award: Award, steps: Sequence[Step]) -> rules.Ruling:
    """Who ruled and certified, as the last determination of those stages was told; without one, what concurs."""
    if award.decided_on is not None:
        stages = (Stage.DECISION, Stage.CERTIFICATION)
        last = award.determinations.filter(stage__in=stages).order_by("-number").first()
        if last is not None:
            return read(last).facts.ruling
    return rules.Ruling(concurred_on=concurred_on(award, steps))


def concurred_on(award: Award, steps: Sequence[Step]) -> date | None:
    """The day on which the Attorney General concurred; an answer from before a reconsideration counts no more."""
    again = last_step(steps, "reconsider")
    answers = award.concurrences.filter(at__gte=again.at) if again else award.concurrences.all()
    answer = answers.order_by("-id").first()
    return answer.on if answer is not None and answer.given else None


def taken(award: Award, **narrowed: int) -> Money:
    """What the other awards under the same offer took, or under the same condition of it."""
    others = Award.objects.unscoped("a cap is shared with awards that the actor does not see")
    same = others.filter(offer=award.offer, approved_minor__isnull=False, **narrowed).exclude(pk=award.pk)
    minor = same.aggregate(sum=Sum("approved_minor"))["sum"]
    return Money(minor or 0, award.currency)


def _keep(award: Award, made: Determination, actor: Actor, now: datetime) -> None:
    content = written.canonical(made)
    Kept.objects.create(
        award=award,
        number=award.determinations.count() + 1,
        stage=made.stage,
        allowed=made.allowed,
        content=content.decode(),
        digest=sha256(content).hexdigest(),
        actor=actor.ref,
        at=now,
    )


def _outcome(known: OutcomeFacts) -> rules.Outcome:
    return rules.Outcome(
        ref=known.ref,
        kind=known.kind,
        on=known.day,
        paragraph=known.paragraph,
        crime_class=known.crime_class,
        abroad=_said(known.outside_us),
        key_leader=_said(known.key_leader),
        federal_jurisdiction=_said(known.federal_jurisdiction),
        recovered=known.amount,
    )


def _said(yes: bool) -> Answer:
    return Answer.YES if yes else Answer.NO


def _designations(known: OutcomeFacts) -> tuple[rules.Designation, ...]:
    """What the case states of the outcome's own day; it says nothing about any other day."""
    if not known.designation:
        return ()
    return (
        rules.Designation(status=known.designation, since=known.day, until=known.day, citation=known.ref),
    )


def _terms(award: Award) -> OfferTerms:
    terms = offers.terms(award.offer, award.offer_version)
    condition = terms.conditions[award.condition - 1]
    return OfferTerms(
        ref=award.offer,
        version=award.offer_version,
        published_on=terms.published_on,
        cap=terms.cap,
        condition=award.condition,
        condition_outcome=condition.outcome,
        condition_paragraphs=condition.paragraphs,
        condition_cap=condition.cap,
        committed=taken(award),
        changes=tuple(
            rules.Change(on=each.on, state=each.state, version=each.version) for each in terms.changes
        ),
        sheet=terms.sheet,
        sheet_number=terms.sheet_number,
    )


def _payment(award: Award, steps: Sequence[Step], today: date) -> rules.Payment:
    return rules.Payment(
        forms=(Form(award.form),),
        available=_available(award, today),
        crypto_noticed_on=day_of(steps, "give_notice"),
        on=award.paid_on,
        reported_on=day_of(steps, "report"),
    )


def _available(award: Award, today: date) -> Money | None:
    """What the programme's year has left, with what is set aside for this very award; None without books."""
    year = award.fiscal_year or fiscal_year(today)
    try:
        left = ledger.figures_of(award.programme, year).available
    except NotVisible:
        return None
    own = ledger.commitments_of([award.ref]).get(award.ref, ())
    held = sum(each.committed.minor for each in own if each.committed.currency == left.currency)
    return Money(left.minor + held, left.currency)


def _reconsideration(steps: Sequence[Step]) -> rules.Reconsideration | None:
    again = last_step(steps, "reconsider")
    if again is None:
        return None
    refused = last_step([step for step in steps if step.pk < again.pk], *REFUSALS)
    return rules.Reconsideration(
        decided_on=day((refused or again).at),
        asked_on=day(again.at),
    )

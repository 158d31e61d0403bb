"""From a confirmed outcome to an endorsed nomination: draft, change, nominate, withdraw, return, endorse."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from tipstaff.awards import access, facts, keeping
from tipstaff.awards.asking import end_questions
from tipstaff.awards.models import Award, Share
from tipstaff.awards.policy import nomination as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.states import AwardState, Duty
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.cases import access as cases_access
from tipstaff.cases import queries as cases
from tipstaff.cases.queries import ContributionFacts
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.offers import queries as offers
from tipstaff.offers.terms import Terms
from tipstaff.people.access import Actor, NotVisible
from tipstaff.rulebook.policy import Stage

# What was given to an outcome, by the tip that gave it: by way of one finding, or of several.
type Given = dict[str, tuple[ContributionFacts, ...]]

DRAFT = "awards.nomination.draft"
ENDORSE = "awards.nomination.endorse"


@transaction.atomic(durable=True)
def draft_nomination(*, outcome: str, text: NominationText, actor: Actor, now: datetime) -> Award:
    """Begin a nomination from an outcome that a second officer confirmed, for sources who gave something to it.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    cases_access.outcome_for(actor, outcome, to=cases_access.SEE_OUTCOMES)
    terms = _terms_for(actor, text)
    known = cases.outcome_facts(outcome)
    given = _by_tip(cases.contributions_of(outcome))
    policy.may_draft(_draft_facts(outcome, known.confirmed, terms, given, text)).or_raise()

    award = Award(
        ref=reference.new("AWD"),
        compartment=terms.compartment,
        programme=terms.programme,
        case=known.case,
        outcome=outcome,
        drafted_by=actor.ref,
        drafted_at=now,
        changed_at=now,
    )
    _write(award, text, terms)
    award.save(force_insert=True)
    _write_shares(award, text.shares, given)
    may_act_as(Duty.NOMINATE, actor.ref, keeping.done_on(award)).or_raise()
    keeping.note_step(award, "draft", Duty.NOMINATE, actor=actor, now=now, outcome=outcome)
    return award


@transaction.atomic(durable=True)
def change_nomination(*, ref: str, text: NominationText, actor: Actor, now: datetime) -> Award:
    """State a draft anew. Its outcome stays: another outcome is another nomination.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=DRAFT, lock=True)
    if award.state != AwardState.DRAFTED:
        raise MoveNotInTable("change", AwardState(award.state))
    may_act_as(Duty.NOMINATE, actor.ref, keeping.done_on(award)).or_raise()
    terms = _terms_for(actor, text, compartment=award.compartment)
    known = cases.outcome_facts(award.outcome)
    given = _by_tip(cases.contributions_of(award.outcome))
    told = frozenset(award.shares.filter(claims__isnull=False).values_list("tip", flat=True))
    stated = _draft_facts(award.outcome, known.confirmed, terms, given, text, told)
    policy.may_draft(stated).or_raise()

    _write(award, text, terms)
    award.save()
    _write_shares(award, text.shares, given)
    keeping.note_step(award, "restate", Duty.NOMINATE, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def nominate(*, ref: str, payers_asked: bool, actor: Actor, now: datetime) -> Award:
    """Hand the nomination in to the head of mission. `payers_asked`: the other agencies were asked what they paid.

    Where the rule sheet has no endorsement it goes straight on to the clerk.
    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=DRAFT, lock=True)
    keeping.advance(award, "nominate", Duty.NOMINATE, actor)
    policy.may_nominate(payers_asked=payers_asked).or_raise()
    # Two nominations that rest on one tip wait for each other here, and the second one sees the first.
    access.hold_tips(award.shares.values_list("tip", flat=True))
    known = facts.facts_of(award, today=day(now))
    facts.must_hold(award, Stage.NOMINATION, known, actor=actor, now=now)

    award.nominated_on = award.nominated_on or day(now)
    award.needs_concurrence = _needs_concurrence(award)
    award.save(update_fields=["nominated_on", "needs_concurrence"])
    keeping.note_step(
        award,
        "nominate",
        Duty.NOMINATE,
        actor=actor,
        now=now,
        minor=award.requested_minor,
        currency=award.currency,
    )
    sheet = facts.sheet_of(award)
    if not sheet.decisions.endorsement:
        keeping.pass_by_rule(award, "endorse", Duty.NOMINATE, sheet, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def withdraw_nomination(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Take the nomination back, saying why. Its tips are free for another one.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=DRAFT, lock=True)
    keeping.advance(award, "withdraw", Duty.NOMINATE, actor)
    policy.needs_reason(reason).or_raise()
    keeping.note_step(award, "withdraw", Duty.NOMINATE, actor=actor, now=now, reason=reason)
    end_questions(award, refused=False, actor=actor, now=now)
    return award


@transaction.atomic(durable=True)
def return_nomination(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Give the nomination back to its nominator, saying what is missing.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=ENDORSE, lock=True)
    keeping.advance(award, "return", Duty.ENDORSE, actor)
    policy.needs_reason(reason).or_raise()
    keeping.note_step(award, "return", Duty.ENDORSE, actor=actor, now=now, reason=reason)
    return award


@transaction.atomic(durable=True)
def endorse_nomination(*, ref: str, reason: str, actor: Actor, now: datetime) -> Award:
    """Put the head of mission's name to the nomination, with a sentence why.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=ENDORSE, lock=True)
    keeping.advance(award, "endorse", Duty.ENDORSE, actor)
    policy.needs_reason(reason).or_raise()
    keeping.note_step(award, "endorse", Duty.ENDORSE, actor=actor, now=now, reason=reason)
    return award


def _terms_for(actor: Actor, text: NominationText, *, compartment: str = "") -> Terms:
    """What the offer's version promises, for who may draft in its compartment. Raises NotVisible or NotAllowed."""
    terms = offers.terms(text.offer, text.offer_version)
    if not actor.may("offers.offer.see", terms.compartment) or compartment not in ("", terms.compartment):
        raise NotVisible(text.offer)
    actor.must(DRAFT, terms.compartment)
    return terms


def _by_tip(given: Iterable[ContributionFacts]) -> Given:
    found: Given = {}
    for each in given:
        found[each.tip] = (*found.get(each.tip, ()), each)
    return found


def _draft_facts(
    outcome: str,
    confirmed: bool,
    terms: Terms,
    given: Given,
    text: NominationText,
    told: frozenset[str] = frozenset(),
) -> policy.DraftFacts:
    return policy.DraftFacts(
        text=text,
        outcome=outcome,
        confirmed=confirmed,
        sheet_carried=terms.sheet is not None,
        conditions=len(terms.conditions),
        currency=terms.cap.currency,
        contributed=frozenset(given),
        told=told,
    )


def _needs_concurrence(award: Award) -> bool:
    jurisdiction = cases.outcome_facts(award.outcome).federal_jurisdiction
    return jurisdiction and facts.sheet_of(award).decisions.concurrence


def _write(award: Award, text: NominationText, terms: Terms) -> None:
    """Put what was stated into the award's columns; the caller saves."""
    assert terms.sheet is not None and terms.sheet_number is not None, "asked before: awards.sheet-carried"
    sheet = facts.sheet_numbered(terms.compartment, terms.sheet, terms.sheet_number)
    award.programme = terms.programme
    award.offer, award.offer_version, award.condition = text.offer, text.offer_version, text.condition
    award.sheet_code, award.sheet_number, award.sheet_digest = sheet.code, sheet.number, sheet.digest()
    award.agency, award.form, award.reason = text.agency.strip(), text.form, text.reason.strip()
    award.currency = terms.cap.currency
    award.requested_minor = sum(share.requested.minor for share in text.shares)


def _write_shares(award: Award, stated: Iterable[ShareText], given: Given) -> None:
    """One row for each source, under the number that it has in the case; who is not named any more goes."""
    stated = list(stated)
    award.shares.exclude(tip__in=[share.tip for share in stated]).delete()
    for share in stated:
        contributions = given[share.tip]
        Share.objects.update_or_create(
            award=award,
            tip=share.tip,
            defaults={
                "number": str(contributions[0].source),
                "received_on": contributions[0].tip_day,
                "contributions": [each.ref for each in contributions],
                "requested_minor": share.requested.minor,
                "offset_minor": share.offset.minor if share.offset else 0,
                "offset_payer": share.offset_payer.strip() if share.offset and share.offset.minor else "",
            },
        )

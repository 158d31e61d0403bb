"""Asking sources whether they want to be considered, hearing what they answer, and asking again.

The question goes out and the answer comes back through the mailbox that the receipt opens. Who answers is proved by
the receipt's key and by nothing else.
"""

import os
from datetime import date, datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access, facts, keeping
from tipstaff.awards.asking import put_question
from tipstaff.awards.models import Award, Heard, Payout, Share, SourceClaim
from tipstaff.awards.policy import claim as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.queries.shares import known_sources, last_claim, review_until
from tipstaff.awards.states import CLAIM, AwardState, ClaimState, Duty, PayoutState, Verdict
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor, NotVisible
from tipstaff.sealed.claims import QUESTIONS
from tipstaff.tips import actions as tips
from tipstaff.tips import queries as answers
from tipstaff.tips.queries import ClaimRow

CHECK = "awards.eligibility.check"
REVIEW = "awards.award.reconsider"


@transaction.atomic(durable=True)
def ask_sources(*, ref: str, answer_by: date, text: str = "", actor: Actor, now: datetime) -> tuple[str, ...]:
    """Tell every source of the award that may be written to, and was not yet, that a reward is possible.

    Gives the numbers of those who were asked; who cannot be asked is left out, and the award's page says why. Raises
    NotVisible, NotAllowed or Refused (also when nobody can be asked). On any of them nothing is written or sent.
    """
    award = access.award_for(actor, ref, to=CHECK, lock=True)
    may_act_as(Duty.CONVENE, actor.ref, keeping.done_on(award)).or_raise()
    known = known_sources(award)
    policy.may_ask(
        policy.AskFacts(
            state=AwardState(award.state), answer_by=answer_by, today=day(now), sources=tuple(known.values())
        )
    ).or_raise()
    shares = [
        share for share in award.shares.order_by("id") if policy.may_write_to(known[share.number]).allowed
    ]
    for share in shares:
        _ask(share, answer_by, text, actor, now)
    asked = tuple(share.number for share in shares)
    keeping.note_step(
        award, "ask", Duty.CONVENE, actor=actor, now=now, sources=list(asked), answer_by=answer_by.isoformat()
    )
    return asked


@transaction.atomic(durable=True)
def ask_again(
    *, ref: str, number: str, answer_by: date, text: str = "", actor: Actor, now: datetime
) -> SourceClaim:
    """Ask one source once more that declined or let the days pass. The new question has a new challenge.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written or sent.
    """
    award = access.award_for(actor, ref, to=CHECK, lock=True)
    may_act_as(Duty.CONVENE, actor.ref, keeping.done_on(award)).or_raise()
    claim = last_claim(_share(award, number))
    if claim is None:
        raise NotVisible(f"{ref}/{number}")
    claim.state = CLAIM.after("ask_again", ClaimState(claim.state))
    policy.may_ask_again(AwardState(award.state), today=day(now), answer_by=answer_by).or_raise()
    claim.challenge, claim.asked_on, claim.answer_by = os.urandom(32), day(now), answer_by
    claim.save(update_fields=["state", "challenge", "asked_on", "answer_by"])
    put_question(claim, None, text, actor, now)
    keeping.note_step(
        award,
        "ask_again",
        Duty.CONVENE,
        actor=actor,
        now=now,
        sources=[number],
        answer_by=answer_by.isoformat(),
    )
    return claim


@transaction.atomic(durable=True)
def offer_review(*, ref: str, text: str = "", actor: Actor, now: datetime) -> date:
    """Tell those who accepted that nothing is paid, and until when they may ask for another look. Gives that day.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written or sent.
    """
    award = access.award_for(actor, ref, to=REVIEW, lock=True)
    may_act_as(Duty.CONVENE, actor.ref, keeping.done_on(award)).or_raise()
    until = review_until(award)
    claims = list(SourceClaim.objects.filter(share__award=award, state=ClaimState.ACCEPTED).order_by("id"))
    policy.may_offer_review(
        AwardState(award.state), last_day=until, today=day(now), answered=bool(claims)
    ).or_raise()
    assert until is not None, "asked before: awards.review-offered"
    for claim in claims:
        put_question(claim, until, text, actor, now)
    keeping.note_step(award, "offer_review", Duty.CONVENE, actor=actor, now=now, until=until.isoformat())
    return until


@transaction.atomic(durable=True)
def hear_answer(*, answer: ClaimRow, actor: Actor, now: datetime) -> Verdict:
    """Take one answer from the mailboxes: what is in order moves its claim, and all the rest is kept and moves nothing.

    For the job that reads them in order. Raises NotAllowed; IntegrityError when the number was heard before.
    """
    actor.must(CHECK)
    claim = access.held_claim(answer.claim, answer.tip)
    verdict = policy.verdict(_answer_facts(answer, claim))
    at_the_window = verdict is Verdict.COLLECTED
    Heard.objects.create(
        number=answer.number,
        tip=answer.tip,
        claim=answer.claim,
        answer=answer.answer,
        verdict=verdict,
        challenge=answer.challenge,
        signed=answer.signed_bytes if at_the_window else b"",
        signature=answer.signature if at_the_window else b"",
        day=answer.day,
    )
    if claim is not None:
        _take(claim, answer, verdict, actor, now)
    award = claim.share.award if claim is not None else None
    record(
        "awards.claim.heard",
        subject=answer.claim,
        actor=actor,
        at=now,
        compartment=award.compartment if award else "",
        verdict=str(verdict),
    )
    return verdict


@transaction.atomic(durable=True)
def expire_claim(*, ref: str, actor: Actor, now: datetime) -> SourceClaim:
    """End a question whose last day is over, and take it out of the mailbox. The clerk may ask again.

    Raises NotVisible, NotAllowed, MoveNotInTable or Refused. On any of them nothing is written.
    """
    found = SourceClaim.objects.filter(ref=ref).values_list("share__award__ref", "share__tip").first()
    if found is None:
        raise NotVisible(ref)
    award = access.award_for(actor, found[0], to=CHECK, lock=True)
    claim = access.held_claim(ref, found[1])
    assert claim is not None, "a claim is never removed"
    claim.state = CLAIM.after("expire", ClaimState(claim.state))
    policy.may_expire(last_day=claim.answer_by, today=day(now)).or_raise()
    claim.save(update_fields=["state"])
    tips.take_back(tip=claim.share.tip, claim=claim.ref, kind="reward", actor=actor, now=now)
    record("awards.claim.expired", subject=claim.ref, actor=actor, at=now, compartment=award.compartment)
    return claim


def _share(award: Award, number: str) -> Share:
    share = award.shares.filter(number=number).first()
    if share is None:
        raise NotVisible(f"{award.ref}/{number}")
    return share


def _ask(share: Share, answer_by: date, text: str, actor: Actor, now: datetime) -> None:
    sheet = facts.sheet_of(share.award)
    asked = {question.code for question in sheet.questions}
    if sheet.payees.other_payers:
        asked.add("paid-elsewhere")
    claim = SourceClaim.objects.create(
        ref=reference.new("CLM"),
        share=share,
        challenge=os.urandom(32),
        questions=[question for question in QUESTIONS if question in asked],
        asked_on=day(now),
        answer_by=answer_by,
        claim_key=answers.sources_of([share.tip])[share.tip].claim_key,
    )
    put_question(claim, None, text, actor, now)


def _answer_facts(answer: ClaimRow, claim: SourceClaim | None) -> policy.AnswerFacts:
    if claim is None:
        return policy.AnswerFacts(
            answer=answer.answer, known=False, signed=False, fits=False, state=ClaimState.ASKED, reviewed=False,
            day=answer.day, last_day=None,
        )  # fmt: skip
    if answer.answer == "collect":
        fits = _at_a_window(claim.ref, answer.challenge)
    else:
        fits = answer.challenge == bytes(claim.challenge)
    reviews = answer.answer == "review"
    return policy.AnswerFacts(
        answer=answer.answer,
        known=True,
        signed=answers.claim_is_genuine(answer),
        fits=fits,
        state=ClaimState(claim.state),
        reviewed=claim.review_on is not None,
        day=answer.day,
        last_day=review_until(claim.share.award) if reviews else claim.answer_by,
    )


def _at_a_window(claim: str, challenge: bytes) -> bool:
    """Whether a voucher of this claim lies at a window now, whose number these bytes are made of."""
    shown = Payout.objects.unscoped("its own source answers").filter(claim=claim, state=PayoutState.PRESENTED)
    return any(bytes(payout.challenge) == challenge for payout in shown)


def _take(claim: SourceClaim, answer: ClaimRow, verdict: Verdict, actor: Actor, now: datetime) -> None:
    """What an answer in order moves."""
    if verdict is Verdict.REVIEW:
        claim.review_reason, claim.review_on = answer.reason, answer.day
        claim.save(update_fields=["review_reason", "review_on"])
    if verdict not in (Verdict.ACCEPTED, Verdict.DECLINED):
        return
    move = "accept" if verdict is Verdict.ACCEPTED else "decline"
    claim.state = CLAIM.after(move, ClaimState(claim.state))
    claim.answered_on, claim.message = answer.day, answer.number
    claim.answers = dict(answer.answers)
    claim.signed, claim.signature = answer.signed_bytes, answer.signature
    claim.save(update_fields=["state", "answered_on", "message", "answers", "signed", "signature"])
    if verdict is Verdict.DECLINED:
        tips.take_back(tip=answer.tip, claim=claim.ref, kind="reward", actor=actor, now=now)

"""Issuing a memorandum: its record is stored first, word for word; pages and papers are set from that alone."""

from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards import access, drawing_up
from tipstaff.awards.duties import done_on
from tipstaff.awards.memorandum.record import content_of, digest_of, read
from tipstaff.awards.models import Memorandum
from tipstaff.awards.policy import memoranda as policy
from tipstaff.awards.policy.duties import may_act_as
from tipstaff.awards.states import Duty
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor

ISSUE = "awards.memorandum.issue"


@transaction.atomic(durable=True)
def issue_memorandum(*, ref: str, public_summary: str, actor: Actor, now: datetime) -> Memorandum:
    """Issue the next version of the award's memorandum, in both languages, from the rows as they stand.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    award = access.award_for(actor, ref, to=ISSUE, lock=True)
    may_act_as(Duty.CONVENE, actor.ref, done_on(award)).or_raise()
    summary, voted = public_summary.strip(), drawing_up.voted(award)
    policy.may_issue(voted=voted, summary=summary, changed=True).or_raise()

    last = award.memoranda.order_by("-number").first()
    number = last.number + 1 if last else 1
    drawn = drawing_up.editions(award, version=number, issued_on=day(now), public_summary=summary)
    content = content_of(drawn, dict(award.shares.values_list("tip", "number")))
    changed = last is None or bool(policy.differing(read(last.content).en, read(content).en))
    policy.may_issue(voted=voted, summary=summary, changed=changed).or_raise()

    issued = Memorandum.objects.create(
        award=award, number=number, content=content, digest=digest_of(content), actor=actor.ref, at=now
    )
    record(
        "awards.memorandum.issued",
        subject=award.ref,
        actor=actor,
        at=now,
        compartment=award.compartment,
        number=number,
        digest=issued.digest,
    )
    return issued

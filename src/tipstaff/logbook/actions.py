"""What is written about public heads: a signed one, a refused one. `jobs.py` leads up to them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.footing.integrity import explains
from tipstaff.kernel.decision import Refused
from tipstaff.logbook.access import PUBLISH
from tipstaff.logbook.models import Alarm, SignedHead
from tipstaff.outbox import actions as outbox
from tipstaff.outbox.kinds import HEAD_KEY
from tipstaff.people.access import Actor
from tipstaff.tlog.tree import Edge


class HeadTaken(Exception):
    """Another process signed the head that follows; there is nothing left to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHead:
    """A signed checkpoint `note` of `edge`, following the head of `since` leaves; `covers` as ranges."""

    since: int
    edge: Edge
    note: str
    covers: list[tuple[int, int]]


@transaction.atomic(durable=True)
def sign_head(*, head: NewHead, actor: Actor, now: datetime) -> None:
    """Keep a head that was signed, and put it in the outbox. Raises NotAllowed or HeadTaken."""
    actor.must(PUBLISH)
    size, root = head.edge.size, head.edge.root()
    with explains({"one_head_follows_a_head": HeadTaken, "logbook_signedhead.size": HeadTaken}):
        SignedHead.objects.create(
            size=size,
            since=head.since,
            root=root,
            edge=head.edge.to_bytes(),
            note=head.note,
            covers=head.covers,
            signed_at=now,
        )
    outbox.put(kind="head", key=HEAD_KEY, body=f"{size}\n{root.hex()}\n{head.note}", now=now)
    covers = sum(stop - start for start, stop in head.covers)
    record(
        "logbook.head.published",
        subject=str(size),
        actor=actor,
        at=now,
        leaves=size - head.since,
        covers=covers,
    )


@transaction.atomic(durable=True)
def raise_alarm(*, refused: Refused, size: int, actor: Actor, now: datetime) -> None:
    """Keep that a head was refused. The same refusal of the same size, seen again, is not kept twice."""
    actor.must(PUBLISH)
    last = Alarm.objects.order_by("-pk").first()
    if last and (last.size, tuple(last.rules), last.because) == (size, refused.rules, str(refused)):
        return
    Alarm.objects.create(
        size=size,
        rules=list(refused.rules),
        because=str(refused),
        refusals=[asdict(refusal) for refusal in refused.refusals],
        raised_at=now,
    )
    record("logbook.head.refused", subject=str(size), actor=actor, at=now, rules=list(refused.rules))

"""Keeping what was in the envelopes: tips, messages and the names of their files, many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.kernel.clock import day
from tipstaff.people.access import Actor
from tipstaff.sealed import envelope as sealed
from tipstaff.sealed.derive import tip_reference
from tipstaff.tips import access
from tipstaff.tips.answers import Asked, kept, last_number
from tipstaff.tips.consequences import mailbox_changed
from tipstaff.tips.models import Attachment, Envelope, Message, Tip
from tipstaff.tips.opening import Outcome
from tipstaff.tips.states import ENVELOPE, Direction, Doubt, EnvelopeState, MessageKind, SetAside

_SETTLED = ("state", "kind", "reason", "detail", "compartment")


@dataclass(frozen=True, slots=True)
class Routing:
    """What decides where a tip belongs, asked before the transaction.

    `notices` maps the number of each notice this desk has published to the SHA-256 (hex) of its text;
    `compartments` maps an offer to its compartment; whatever has none goes to `default`.
    """

    notices: Mapping[int, str]
    compartments: Mapping[str, str]
    default: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What one round did."""

    opened: int = 0
    set_aside: int = 0


@transaction.atomic(durable=True)
def settle(*, outcomes: Sequence[Outcome], routing: Routing, actor: Actor, now: datetime) -> Settled:
    """Keep what was opened and say of the rest why not. An envelope that is open already stays as it is.

    Every new tip's mailbox is written whole, with the state Received. Raises NotAllowed.
    """
    access.must_open(actor)
    every = Envelope.objects.unscoped("opening decides the compartment")
    closed = every.select_for_update().exclude(state=EnvelopeState.OPENED).order_by("leaf")
    rows = {row.pk: row for row in closed.filter(pk__in=[outcome.envelope for outcome in outcomes])}
    batch = _Batch(rows, {outcome.envelope: outcome for outcome in outcomes}, routing, now)
    batch.place_tips()
    batch.place_messages()
    batch.close_envelopes()
    for tip in batch.tips.values():
        mailbox_changed(bytes(tip.mailbox), now)
    if rows:
        record(
            "tips.envelope.opened",
            subject=f"{len(rows)} envelopes",
            actor=actor,
            at=now,
            opened={row.ref: batch.kept[row.pk].ref for row in rows.values() if row.pk in batch.kept},
            set_aside={row.ref: row.reason for row in rows.values() if row.reason},
        )
    return Settled(len(batch.kept), len(rows) - len(batch.kept))


class _Batch:
    """One round's rows on their way to the database. `kept` maps an opened envelope's number to its tip."""

    def __init__(
        self, rows: dict[int, Envelope], outcomes: Mapping[int, Outcome], routing: Routing, now: datetime
    ) -> None:
        self.rows, self.routing, self.today = rows, routing, day(now)
        self.reasons = {
            pk: (outcomes[pk].reason, outcomes[pk].detail) for pk in rows if outcomes[pk].item is None
        }
        self.sealed_tips = {pk: item for pk in rows if isinstance(item := outcomes[pk].item, sealed.Tip)}
        self.sealed_messages = {
            pk: item for pk in rows if isinstance(item := outcomes[pk].item, sealed.Message)
        }
        self.tips: dict[bytes, Tip] = {}
        self.kept: dict[int, Tip] = {}

    def place_tips(self) -> None:
        """A tip each, unless its mailbox belongs to another already."""
        mailboxes = [item.mailbox for item in self.sealed_tips.values()]
        taken = _tips_of(mailboxes).keys()
        for pk, item in self.sealed_tips.items():
            if item.mailbox in taken or item.mailbox in self.tips:
                self.reasons[pk] = (SetAside.MAILBOX_TAKEN, "")
            else:
                self.tips[item.mailbox] = self.kept[pk] = self._tip(self.rows[pk], item)
        Tip.objects.bulk_create(self.tips.values())
        self._name_files(
            {pk: (self.kept[pk], 0, item.files) for pk, item in self.sealed_tips.items() if pk in self.kept}
        )

    def place_messages(self) -> None:
        """A message each, in the log's order, where its mailbox has a tip."""
        if not self.sealed_messages:
            return
        found = self.tips | _tips_of([item.mailbox for item in self.sealed_messages.values()], lock=True)
        new, changed, files = list[Message](), dict[int, Tip](), {}
        answers = _Answers(self.sealed_messages.values(), [tip.pk for tip in found.values()])
        for pk, item in self.sealed_messages.items():
            tip = found.get(item.mailbox)
            if tip is None:
                self.reasons[pk] = (SetAside.NO_TIP, "")
                continue
            tip.numbers += 1
            tip.last_from_source = tip.numbers
            new.append(
                Message(
                    tip=tip,
                    number=tip.numbers,
                    direction=Direction.FROM_SOURCE,
                    day=self.rows[pk].day,
                    envelope=self.rows[pk],
                    text=item.text,
                    **answers.of(tip, item),
                )
            )
            self.kept[pk] = changed[tip.pk] = tip
            files[pk] = (tip, tip.numbers, item.files)
        Message.objects.bulk_create(new)
        tips = Tip.objects.unscoped("a message reaches its tip, whoever may see it")
        tips.bulk_update(changed.values(), ["numbers", "last_from_source"], batch_size=200)
        self._name_files(files)

    def close_envelopes(self) -> None:
        """Move every envelope of the round to its state: one statement for all that end alike."""
        alike: dict[tuple[str, ...], list[int]] = {}
        for pk, row in self.rows.items():
            tip = self.kept.get(pk)
            row.state = ENVELOPE.after("open" if tip else "set_aside", EnvelopeState(row.state))
            row.kind = "" if tip is None else ("tip" if pk in self.sealed_tips else "message")
            reason, row.detail = ("", "") if tip else self.reasons[pk]
            row.reason = reason or ""
            row.compartment = tip.compartment if tip else row.compartment
            alike.setdefault(tuple(getattr(row, name) for name in _SETTLED), []).append(pk)
        for values, pks in alike.items():
            rows = Envelope.objects.unscoped("the round's own").filter(pk__in=pks)
            rows.update(**dict(zip(_SETTLED, values, strict=True)))

    def _tip(self, row: Envelope, item: sealed.Tip) -> Tip:
        doubts = []
        known = self.routing.notices.get(item.notice) == item.notice_sha256
        if not known:
            doubts.append(Doubt.UNKNOWN_NOTICE)
        if known and item.offer and item.offer not in self.routing.compartments:
            doubts.append(Doubt.UNKNOWN_OFFER)
        # An offer that an unknown notice names decides nothing: it could send a tip to the wrong people.
        place = self.routing.compartments.get(item.offer or "") if known else None
        return Tip(
            ref=tip_reference(item.mailbox),
            envelope=row,
            mailbox=item.mailbox,
            compartment=place or self.routing.default,
            day=row.day,
            state_on=self.today,
            offer=item.offer or "",
            offer_version=item.offer_version,
            notice=item.notice,
            language=item.language,
            may_ask=item.may_ask,
            reward=item.reward,
            sealed_by=item.sealed_by,
            doubts=" ".join(doubts),
            reply=item.reply,
            claim=item.claim,
            people=item.people,
            places=item.places,
            dates=item.dates,
            how=item.how,
            text=item.text,
        )

    def _name_files(self, named: Mapping[int, tuple[Tip, int, Iterable[sealed.SealedFile]]]) -> None:
        """Give the copied files the names their sender sealed; what does not fit is kept with its doubt."""
        with_files = {pk: (tip, message, list(files)) for pk, (tip, message, files) in named.items() if files}
        if not with_files:
            return
        copied = Attachment.objects.filter(envelope__in=with_files)
        by_upload = {(each.envelope_id, bytes(each.upload or b"")): each for each in copied}
        changed, missing = [], []
        for pk, (tip, message, files) in with_files.items():
            for file in files:
                row = by_upload.get((pk, bytes.fromhex(file.upload)))
                if row is None:
                    row = Attachment(envelope=self.rows[pk], doubt=Doubt.MISSING_FILE)
                    missing.append(row)
                else:
                    row.doubt = "" if bytes(row.sha256).hex() == file.sha256 else Doubt.OTHER_FILE
                    changed.append(row)
                row.tip, row.message, row.place = tip, message, file.place
                row.name, row.size = file.name, file.size
        Attachment.objects.bulk_create(missing)
        Attachment.objects.bulk_update(
            changed, ["tip", "message", "place", "name", "size", "doubt"], batch_size=100
        )


class _Answers:
    """What the rows of a round's answers about rewards hold besides what every message has."""

    def __init__(self, items: Iterable[sealed.Message], tips: Sequence[int]) -> None:
        if any(item.claim for item in items):
            self._asked, self._last = Asked(tips), last_number()

    def of(self, tip: Tip, item: sealed.Message) -> dict[str, Any]:
        if item.claim is None:
            return {"doubt": _doubt_of(item, bytes(tip.claim))}
        self._last += 1
        doubt = _doubt_of(item, bytes(tip.claim))
        if not doubt and not self._asked.fits(tip.pk, item.claim):
            doubt = Doubt.UNASKED
        return {
            "kind": MessageKind.CLAIM,
            "part": kept(item, item.claim),
            "claim_number": self._last,
            "doubt": doubt,
        }


def _doubt_of(item: sealed.Message, claim: bytes) -> str:
    try:
        item.verify(claim)
    except sealed.NotFromTheSource:
        return Doubt.UNSIGNED
    return ""


def _tips_of(mailboxes: Sequence[bytes], *, lock: bool = False) -> dict[bytes, Tip]:
    tips = Tip.objects.unscoped("a mailbox belongs to one tip, whoever may see it").filter(
        mailbox__in=mailboxes
    )
    return {bytes(tip.mailbox): tip for tip in (tips.select_for_update() if lock else tips)}

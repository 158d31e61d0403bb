"""The page of one tip: what was sent, what was said, judged and done since. All texts come out inert."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tipstaff.audit import queries as audit
from tipstaff.people import queries as people
from tipstaff.people.access import Actor
from tipstaff.tips import access
from tipstaff.tips.inert import kind_of, visible, visible_name
from tipstaff.tips.models import Attachment, Judgement, Message, Note, Tip
from tipstaff.tips.states import PUBLIC, Direction, PublicState

VERBS = ("claim", "release", "set_state", "write", "note", "dispose", "open_file", "erase", "reassign")


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attached file; `number` is how the page names it. The name is the source's, made visible; sizes in
    bytes."""

    number: int
    name: str
    kind: str
    size: int
    message: int
    doubt: str


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message of the talk. `author` is an officer's name when `ours`."""

    number: int
    ours: bool
    day: date
    author: str
    text: str
    doubt: str
    erased_by: str
    erased_on: date | None
    files: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A note, or with a `kind` a judgement: who, when, what."""

    author: str
    at: datetime
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A line of the tip's history: the verb as recorded, by whom, when, with the facts that explain it."""

    verb: str
    actor: str
    at: datetime
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TipPage:
    """Everything that the tip's page shows. `may` holds those of VERBS that the actor has in its
    compartment; `colleagues` may get it from its holder, `receivers` from a supervisor."""

    ref: str
    envelope: str
    leaf: int
    day: date
    age: int
    compartment: str
    state: str
    state_on: date
    moves: tuple[str, ...]
    urgency: str
    disposition: str
    offer: str
    offer_version: int | None
    notice: int
    language: str
    may_ask: bool
    reward: bool
    sealed_by: str
    doubts: tuple[str, ...]
    text: str
    people: str
    places: str
    dates: str
    how: str
    holder: str
    mine: bool
    files: tuple[FileRow, ...]
    talk: tuple[MessageRow, ...]
    notes: tuple[SaidRow, ...]
    judgements: tuple[SaidRow, ...]
    history: tuple[HistoryRow, ...]
    colleagues: tuple[tuple[str, str], ...]
    receivers: tuple[tuple[str, str], ...]
    may: frozenset[str]
    news: bool


def tip_page(actor: Actor, ref: str, today: date) -> TipPage:
    """The tip `ref` as its page shows it. The number of queries does not grow with what is on it.

    Raises NotVisible or NotAllowed.
    """
    tip = access.tip_for(actor, ref, to=access.SEE)
    talk = list(Message.objects.filter(tip=tip).order_by("number"))
    notes = list(Note.objects.filter(tip=tip).order_by("id"))
    judgements = list(Judgement.objects.filter(tip=tip).order_by("-id"))
    history = audit.about(tip.ref)
    names = people.names_of(_everybody(tip, talk, notes, judgements, [row.actor for row in history]))
    files = _files(tip)
    read = tip.readings.filter(officer=actor.ref).values_list("upto", flat=True).first()
    able = people.officers_holding("tips.tip.claim", tip.compartment, today)
    return TipPage(
        ref=tip.ref,
        envelope=tip.envelope.ref,
        leaf=tip.envelope.leaf,
        day=tip.day,
        age=(today - tip.day).days,
        compartment=tip.compartment,
        state=tip.state,
        state_on=tip.state_on,
        moves=PUBLIC.open_to(PublicState(tip.state)),
        urgency=tip.urgency,
        disposition=tip.disposition,
        offer=tip.offer,
        offer_version=tip.offer_version,
        notice=tip.notice,
        language=tip.language,
        may_ask=tip.may_ask,
        reward=tip.reward,
        sealed_by=tip.sealed_by,
        doubts=tuple(tip.doubts.split()),
        text=visible(tip.text),
        people=visible(tip.people),
        places=visible(tip.places),
        dates=visible(tip.dates),
        how=visible(tip.how),
        holder=names.get(tip.claimed_by, ""),
        mine=tip.claimed_by == actor.ref,
        files=tuple(file for file in files if not file.message),
        talk=tuple(_message(message, names, files) for message in talk),
        notes=tuple(SaidRow(names[note.author], note.at, visible(note.text)) for note in notes),
        judgements=tuple(
            SaidRow(names[row.author], row.at, visible(row.reason), row.kind) for row in judgements
        ),
        history=tuple(
            HistoryRow(row.verb, names.get(row.actor, row.actor), row.at, row.facts) for row in history
        ),
        colleagues=tuple(each for each in able if each[0] != actor.ref),
        # Whoever reassigns a tip most often takes it over: they stand first.
        receivers=tuple(
            sorted(
                (each for each in able if each[0] != tip.claimed_by), key=lambda each: each[0] != actor.ref
            )
        ),
        may=frozenset(verb for verb in VERBS if actor.may(f"tips.tip.{verb}", tip.compartment)),
        news=read is None or read < tip.last_from_source,
    )


def must_open_file(actor: Actor, ref: str, number: int) -> None:
    """Raise NotVisible or NotAllowed unless the actor may open this file of this tip; asked before the keys are."""
    access.attachment_of(access.tip_for(actor, ref, to="tips.tip.open_file"), number)


def _everybody(
    tip: Tip,
    talk: Sequence[Message],
    notes: Sequence[Note],
    judgements: Sequence[Judgement],
    actors: Sequence[str],
) -> list[str]:
    said = [note.author for note in notes] + [row.author for row in judgements]
    spoke = [name for message in talk for name in (message.author, message.erased_by)]
    return sorted({tip.claimed_by, *said, *spoke, *actors} - {""})


def _files(tip: Tip) -> list[FileRow]:
    rows = Attachment.objects.filter(tip=tip).order_by("message", "place", "id")
    return [
        FileRow(number, visible_name(row.name), kind_of(row.name), row.size, row.message, row.doubt)
        for number, row in enumerate(rows, start=1)
    ]


def _message(message: Message, names: dict[str, str], files: Sequence[FileRow]) -> MessageRow:
    return MessageRow(
        number=message.number,
        ours=message.direction == Direction.TO_SOURCE,
        day=message.day,
        author=names.get(message.author, ""),
        text=visible(message.text),
        doubt=message.doubt,
        erased_by=names.get(message.erased_by, ""),
        erased_on=message.erased_on,
        files=tuple(file for file in files if file.message == message.number),
    )

"""The signed notice: everything the door may show, and the keys it seals to, in one document.

One document rather than one for each offer, so that nobody between desk and door can leave an offer out,
mix an old one with a new one, or change the recipients without breaking the signature. It is a C2SP signed
note whose text is three lines: `tipstaff/notice/v1`, the number, and one line of canonical JSON.
"""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from tipstaff.kernel.money import Money
from tipstaff.tlog.note import NoteWrong, Verifier, open_note

TITLE = "tipstaff/notice/v1"
type Texts = dict[str, str]


class NoticeWrong(Exception):
    """The notice is not signed by the desk, or does not say what a notice says. The door shows nothing of it."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who publishes: names and promises by language, where `/leave` leads, whether all this is a demo."""

    name: Texts
    demo: bool
    leave_to: str
    answer_within: Texts


@dataclass(frozen=True, slots=True)
class LogKeys:
    """The log's origin, the two verifier keys that sign for it (C2SP vkeys), and the hour (UTC) its head moves."""

    origin: str
    door: str
    desk: str
    head_hour: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a reward is promised for. `cap.minor` is in minor units; `elements` and `paragraphs` are citations."""

    outcome: str
    target_kind: str
    target: Texts
    conduct: Texts
    region: str
    elements: tuple[str, ...]
    paragraphs: tuple[str, ...]
    cap: Money


@dataclass(frozen=True, slots=True)
class Channel:
    """Another way to tell: `kind` is telephone or web, `value` the number or address as printed."""

    kind: str
    value: str
    label: Texts
    hours: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A line of an offer's public history."""

    on: date
    what: Texts


@dataclass(frozen=True, slots=True)
class Source:
    """Where the published wording comes from."""

    title: str
    on: date


@dataclass(frozen=True, slots=True)
class Offer:
    """One public version of one offer. `translated` maps a language to whose translation it is (`ours`)."""

    ref: str
    version: int
    state: str
    programme: str
    authority: str
    citation: str
    published: date
    updated: date
    expires: date | None
    translated: Texts
    title: Texts
    summary: Texts
    wording: Texts
    cap: Money
    conditions: tuple[Condition, ...]
    channels: tuple[Channel, ...]
    history: tuple[Change, ...]
    source: Source

    @property
    def open(self) -> bool:
        """Whether information about it is still asked for."""
        return self.state in ("published", "amended")


@dataclass(frozen=True, slots=True)
class Notice:
    """All that is public at one moment. `number` grows with every publication and never goes back."""

    number: int
    office: Office
    recipients: tuple[str, ...]
    log: LogKeys
    languages: tuple[str, ...]
    offers: tuple[Offer, ...]

    def offer(self, ref: str | None) -> Offer | None:
        """The offer called `ref`, in whatever public state, or None."""
        return next((offer for offer in self.offers if offer.ref == ref), None)


def text(notice: Notice) -> str:
    """The notice's text, ready to be signed: three lines, the last of them canonical JSON (sorted, no spaces)."""
    body = asdict(notice)
    number = body.pop("number")
    line = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=date.isoformat)
    return f"{TITLE}\n{number}\n{line}\n"


def parse(note: str, verifier: Verifier) -> Notice:
    """The notice in a signed note. Raises NoticeWrong when the signature or the content is not as it should be."""
    try:
        body, _ = open_note(note, [verifier])
    except NoteWrong as wrong:
        raise NoticeWrong(f"the notice is not signed by the desk's key: {wrong}") from None
    lines = body.split("\n")
    if len(lines) != 4 or lines[0] != TITLE or lines[3]:
        raise NoticeWrong(f"a notice has three lines and begins with {TITLE}")
    try:
        content = json.loads(lines[2])
        if not isinstance(content, dict):
            raise ValueError("it is no table")
        notice: Notice = _read(Notice, {**content, "number": int(lines[1])}, "notice")
    except ValueError as wrong:
        raise NoticeWrong(f"the notice's content is not readable: {wrong}") from None
    if not notice.recipients:
        raise NoticeWrong("the notice names no recipient to seal to")
    return notice


def _read(kind: Any, value: Any, where: str) -> Any:
    """`value` from JSON as the annotated type `kind`; ValueError names the place that does not fit."""
    if get_origin(kind) in (UnionType, Union):
        return None if value is None else _read(get_args(kind)[0], value, where)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where} is not a list")
        return tuple(_read(get_args(kind)[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if kind is Texts:
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise ValueError(f"{where} is not a table of texts by language")
        return value
    if kind is date:
        return date.fromisoformat(value) if isinstance(value, str) else _misfit(where, "a date")
    if kind in (str, int, bool):
        return value if type(value) is kind else _misfit(where, kind.__name__)
    hints = get_type_hints(kind)
    names = {field.name for field in fields(kind)}
    if not isinstance(value, dict) or value.keys() != names:
        raise ValueError(f"{where} does not have exactly the fields {', '.join(sorted(names))}")
    return kind(**{name: _read(hints[name], value[name], f"{where}.{name}") for name in names})


def _misfit(where: str, expected: str) -> Any:
    raise ValueError(f"{where} is not {expected}")

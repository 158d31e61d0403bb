"""The chain as a picture: sources, findings, outcomes and what followed, each a link to its evidence.

Numbers and addresses only; the template draws. The picture is as wide as the narrowest telephone, so that nothing in
it has to shrink, and mirrored where people read from right to left.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from tipstaff.cases import words
from tipstaff.cases.queries.chain import Link
from tipstaff.people.access import Actor

WIDTH = 288  # in the picture's own units: a page of 320 pixels less its edges
BOX = 60
TALL = 28
STEP = 40
HEAD = 24


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """What followed from an outcome, as a room above shows it: a short `label` (`A-1`), its address, and its title."""

    outcome: str
    label: str
    url: str
    title: str


type End = Callable[[Actor, Sequence[str]], Iterable[ChainEnd]]

_ends: list[End] = []


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its kind, which colours it, its place, its label, what it stands for, and where it leads (or nowhere)."""

    kind: str
    x: int
    y: int
    label: str
    title: str
    url: str

    @property
    def middle(self) -> int:
        """Where its label stands."""
        return self.x + BOX // 2

    @property
    def base(self) -> int:
        """The line that its label stands on."""
        return self.y + TALL // 2 + 4


@dataclass(frozen=True, slots=True)
class Line:
    """From the edge of one box to the edge of the next."""

    x1: int
    y1: int
    x2: int
    y2: int


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, and the middle of it."""

    name: Promise
    middle: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table beside the picture."""

    link: Link
    ends: tuple[ChainEnd, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Picture and table."""

    width: int
    height: int
    box: int
    tall: int
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    several: bool  # does it run through more than one case?


def register_chain_end(end: End) -> None:
    """Have `end` asked, with the actor and outcomes' references, what followed from them; twice is once.

    It answers only what this actor may see.
    """
    if end not in _ends:
        _ends.append(end)


def chain(actor: Actor, links: Sequence[Link], *, rtl: bool) -> Chain | None:
    """The picture of `links` and its table, or None when there is nothing to draw."""
    if not links:
        return None
    outcomes = sorted({link.outcome for link in links if link.outcome})
    ends = [found for end in _ends for found in end(actor, outcomes)] if outcomes else []
    columns = {"tip": _tips(links), "finding": _findings(links), "outcome": _outcomes(links)}
    if ends:
        columns["award"] = {end.url: (end.label, end.title, end.url) for end in ends}
    places = {
        (kind, key): _place(column, number, len(columns), rtl)
        for column, (kind, boxes) in enumerate(columns.items())
        for number, key in enumerate(boxes)
    }
    nodes = tuple(
        Node(kind, *places[kind, key], *shown)
        for kind, boxes in columns.items()
        for key, shown in boxes.items()
    )
    pairs = dict.fromkeys((*_pairs(links), *((("outcome", end.outcome), ("award", end.url)) for end in ends)))
    tallest = max(len(boxes) for boxes in columns.values())
    return Chain(
        width=WIDTH,
        height=HEAD + tallest * STEP,
        box=BOX,
        tall=TALL,
        columns=tuple(
            Column(words.COLUMNS[kind], _place(number, 0, len(columns), rtl)[0] + BOX // 2)
            for number, kind in enumerate(columns)
        ),
        nodes=nodes,
        lines=tuple(_line(places[start], places[stop], rtl) for start, stop in pairs),
        rows=tuple(Row(link, tuple(end for end in ends if end.outcome == link.outcome)) for link in links),
        several=len({link.case for link in links}) > 1,
    )


type Boxes = dict[str, tuple[str, str, str]]
type Key = tuple[str, str]


def _tips(links: Sequence[Link]) -> Boxes:
    return {
        _source(link): (
            f"S-{link.source}",
            link.tip or f"S-{link.source}",
            reverse("tips:tip", args=[link.tip]) if link.tip else "",
        )
        for link in links
    }


def _findings(links: Sequence[Link]) -> Boxes:
    return {
        link.finding: (f"F-{link.finding_place}", link.finding, reverse("cases:finding", args=[link.finding]))
        for link in links
    }


def _outcomes(links: Sequence[Link]) -> Boxes:
    return {
        link.outcome: (f"O-{link.outcome_place}", link.outcome, reverse("cases:outcome", args=[link.outcome]))
        for link in links
        if link.outcome
    }


def _source(link: Link) -> str:
    return f"{link.case} {link.source}"


def _pairs(links: Sequence[Link]) -> Iterator[tuple[Key, Key]]:
    for link in links:
        yield ("tip", _source(link)), ("finding", link.finding)
        if link.outcome:
            yield ("finding", link.finding), ("outcome", link.outcome)


def _place(column: int, number: int, columns: int, rtl: bool) -> tuple[int, int]:
    """The upper corner of a box, as far from the start of the line as its column says."""
    start = column * (WIDTH - BOX) // (columns - 1)
    return (WIDTH - BOX - start if rtl else start), HEAD + number * STEP + (STEP - TALL) // 2


def _line(start: tuple[int, int], stop: tuple[int, int], rtl: bool) -> Line:
    out, into = (0, BOX) if rtl else (BOX, 0)
    return Line(start[0] + out, start[1] + TALL // 2, stop[0] + into, stop[1] + TALL // 2)

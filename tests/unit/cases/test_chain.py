"""The picture: every link is drawn once, nothing leaves the paper, and it can be mirrored."""

from itertools import pairwise

import pytest

from tipstaff.cases import chain as drawing
from tipstaff.cases.chain import BOX, HEAD, TALL, WIDTH, ChainEnd, chain
from tipstaff.cases.queries.chain import Link
from tipstaff.people.access import Actor

ANA = Actor("ana", "harbour-police")
LINKS = (
    Link("CAS-1", 1, "TIP-1", "FND-1", 1, "OUT-1", 1, "CON-1"),
    Link("CAS-1", 2, "", "FND-1", 1, "OUT-1", 1, "CON-2"),
    Link("CAS-1", 2, "", "FND-2", 2),
)


def test_nothing_to_draw_is_nothing():
    assert chain(ANA, (), rtl=False) is None


def test_each_thing_is_one_box_and_each_pair_one_line():
    drawn = chain(ANA, LINKS, rtl=False)

    assert drawn
    assert [(node.kind, node.label) for node in drawn.nodes] == [
        ("tip", "S-1"), ("tip", "S-2"), ("finding", "F-1"), ("finding", "F-2"), ("outcome", "O-1"),
    ]  # fmt: skip
    assert len(drawn.lines) == len(set(drawn.lines)) == 4
    assert [bool(node.url) for node in drawn.nodes] == [True, False, True, True, True]
    assert drawn.nodes[1].title == "S-2"
    assert not drawn.several


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("ends", [0, 3])
def test_everything_stands_on_the_paper(monkeypatch, rtl, ends):
    def followed(actor, outcomes):
        return [ChainEnd("OUT-1", f"A-{n}", f"/awards/{n}/", "x") for n in range(ends)]

    monkeypatch.setattr(drawing, "_ends", [followed])
    drawn = chain(ANA, LINKS, rtl=rtl)

    assert drawn
    assert len(drawn.columns) == (4 if ends else 3)
    assert all(0 <= node.x <= WIDTH - BOX and HEAD <= node.y <= drawn.height - TALL for node in drawn.nodes)
    corners = [(node.x, node.y) for node in drawn.nodes]
    assert len(set(corners)) == len(corners)
    columns = sorted({node.x for node in drawn.nodes})
    assert all(after - before > BOX for before, after in pairwise(columns))
    forwards = all(line.x2 > line.x1 for line in drawn.lines)
    assert forwards != rtl
    assert drawn.rows[0].ends == tuple(followed(ANA, ()))


def test_a_chain_through_two_cases_keeps_their_sources_apart():
    drawn = chain(ANA, (LINKS[0], Link("CAS-2", 1, "TIP-1", "FND-9", 1)), rtl=False)

    assert drawn
    assert drawn.several
    assert [node.label for node in drawn.nodes if node.kind == "tip"] == ["S-1", "S-1"]

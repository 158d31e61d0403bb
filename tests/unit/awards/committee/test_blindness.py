"""Who reads what: the whole matrix of phase, standing and part, said by hand and not by the table."""

import itertools
from dataclasses import dataclass

import pytest

from tipstaff.awards.policy.blindness import READS, Part, Phase, Standing, Viewer, phase_of, standing_of

ALWAYS, PUT, COUNTED, NEVER = "bvc", "vc", "c", ""
#                 clerk    called  sitting  recused  reader
MATRIX = {
    "packet":     (ALWAYS, NEVER,  ALWAYS,  NEVER,   NEVER),
    "own-scores": (NEVER,  NEVER,  ALWAYS,  NEVER,   NEVER),
    "all-scores": (NEVER,  NEVER,  PUT,     NEVER,   NEVER),
    "who-scored": (ALWAYS, NEVER,  PUT,     NEVER,   NEVER),
    "advice":     (PUT,    NEVER,  PUT,     NEVER,   NEVER),
    "motions":    (ALWAYS, NEVER,  ALWAYS,  NEVER,   COUNTED),
    "own-vote":   (NEVER,  NEVER,  ALWAYS,  NEVER,   NEVER),
    "who-voted":  (ALWAYS, NEVER,  ALWAYS,  NEVER,   COUNTED),
    "all-votes":  (COUNTED, NEVER, COUNTED, NEVER,   COUNTED),
}  # fmt: skip
WHO = ("clerk", "called", "sitting", "recused", "reader")


@dataclass(frozen=True)
class Row:
    """Something that an officer wrote."""

    officer: str


ROWS = (Row("amara"), Row("bo"))


@pytest.mark.parametrize("phase, standing, part", list(itertools.product(Phase, Standing, Part)))
def test_every_part_in_every_phase_for_everybody(phase, standing, part):
    expected = phase.value[0] in MATRIX[part][WHO.index(standing)]

    assert Viewer("amara", standing, phase).reads(part) is expected


def test_the_matrix_is_whole():
    assert set(MATRIX) == set(Part)
    assert set(WHO) == set(Standing) == set(READS)


@pytest.mark.parametrize(
    "standing, phase, scores, votes",
    [
        ("sitting", "blind", ["amara"], ["amara"]),
        ("sitting", "voting", ["amara", "bo"], ["amara"]),
        ("sitting", "counted", ["amara", "bo"], ["amara", "bo"]),
        ("clerk", "blind", [], []),
        ("clerk", "voting", [], []),
        ("clerk", "counted", [], ["amara", "bo"]),
        *((who, phase, [], []) for who in ("called", "recused") for phase in Phase),
        ("reader", "blind", [], []),
        ("reader", "voting", [], []),
        ("reader", "counted", [], ["amara", "bo"]),
    ],
)
def test_rows_are_filtered_by_phase_and_authorship(standing, phase, scores, votes):
    viewer = Viewer("amara", Standing(standing), Phase(phase))

    assert [
        row.officer for row in viewer.filtered(ROWS, own=Part.OWN_SCORES, every=Part.ALL_SCORES)
    ] == scores
    assert [row.officer for row in viewer.filtered(ROWS, own=Part.OWN_VOTE, every=Part.ALL_VOTES)] == votes


def test_a_member_who_wrote_nothing_sees_nothing_before_the_vote():
    viewer = Viewer("chike", Standing.SITTING, Phase.BLIND)

    assert viewer.filtered(ROWS, own=Part.OWN_SCORES, every=Part.ALL_SCORES) == ()


@pytest.mark.parametrize(
    "put, counted, phase",
    [(0, 0, "blind"), (1, 0, "voting"), (1, 1, "counted"), (2, 1, "voting"), (2, 2, "counted")],
)
def test_the_phase_follows_from_what_was_put_and_counted(put, counted, phase):
    assert phase_of(put, counted) == phase


@pytest.mark.parametrize("conflicted, standing", [(None, "called"), (False, "sitting"), (True, "recused")])
def test_the_standing_follows_from_the_declaration(conflicted, standing):
    assert standing_of(conflicted) == standing

"""The whole tables: every move from every state, and what a page may offer."""

import itertools

import pytest

from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.offers.states import (
    AMENDMENT,
    CLOSED,
    OFFER,
    OPEN,
    PUBLIC,
    PUBLIC_MOVES,
    AmendmentState,
    OfferState,
    open_moves,
)

LEGAL = {
    ("propose", "draft"): "proposed",
    ("return", "proposed"): "draft",
    ("return", "approved"): "draft",
    ("approve", "proposed"): "approved",
    ("publish", "approved"): "published",
    ("amend", "published"): "amended",
    ("amend", "amended"): "amended",
    ("amend", "suspended"): "amended",
    ("suspend", "published"): "suspended",
    ("suspend", "amended"): "suspended",
    ("resume", "suspended"): "published",
    ("withdraw", "published"): "withdrawn",
    ("withdraw", "amended"): "withdrawn",
    ("withdraw", "suspended"): "withdrawn",
    ("satisfy", "published"): "satisfied",
    ("satisfy", "amended"): "satisfied",
    ("satisfy", "suspended"): "satisfied",
    ("expire", "published"): "expired",
    ("expire", "amended"): "expired",
    ("expire", "suspended"): "expired",
}
LEGAL_AMENDMENT = {
    ("begin", "none"): "draft",
    ("propose", "draft"): "proposed",
    ("return", "proposed"): "draft",
    ("return", "approved"): "draft",
    ("approve", "proposed"): "approved",
    ("publish", "approved"): "none",
    ("drop", "draft"): "none",
    ("drop", "proposed"): "none",
    ("drop", "approved"): "none",
}
EVERY = sorted(itertools.product({move for move, _ in LEGAL}, OfferState))
EVERY_AMENDMENT = sorted(itertools.product({move for move, _ in LEGAL_AMENDMENT}, AmendmentState))


@pytest.mark.parametrize("move, source", EVERY)
def test_every_move_from_every_state(move, source):
    expected = LEGAL.get((move, source))
    if expected is None:
        with pytest.raises(MoveNotInTable):
            OFFER.after(move, source)
    else:
        assert OFFER.after(move, source) == expected


@pytest.mark.parametrize("move, source", EVERY_AMENDMENT)
def test_every_move_of_an_amendment_from_every_state(move, source):
    expected = LEGAL_AMENDMENT.get((move, source))
    if expected is None:
        with pytest.raises(MoveNotInTable):
            AMENDMENT.after(move, source)
    else:
        assert AMENDMENT.after(move, source) == expected


def test_the_tables_have_no_move_that_is_not_tested():
    assert {move.name for move in OFFER.moves} == {move for move, _ in LEGAL}
    assert {move.name for move in AMENDMENT.moves} == {move for move, _ in LEGAL_AMENDMENT}


def test_an_offer_ends_withdrawn_satisfied_or_expired():
    assert OFFER.terminal() == CLOSED == {"withdrawn", "satisfied", "expired"}


def test_no_move_leads_from_the_public_back_into_the_office():
    assert all(move.target in PUBLIC for move in OFFER.moves if move.sources & PUBLIC)


def test_every_move_into_or_within_the_public_sends_a_notice():
    assert {move.name for move in OFFER.moves if move.target in PUBLIC} == set(PUBLIC_MOVES)


@pytest.mark.parametrize("state, amendment", sorted(itertools.product(OfferState, AmendmentState)))
def test_a_page_offers_only_moves_that_a_table_allows(state, amendment):
    moves = open_moves(state, amendment)

    assert "amend" not in moves
    assert set(moves) <= set(OFFER.open_to(state)) | (
        set(AMENDMENT.open_to(amendment)) if state in PUBLIC else set()
    )
    assert (moves == ()) == (state in CLOSED)
    assert ("begin" in moves) == (state in (OPEN | {"suspended"}) and amendment == "none")

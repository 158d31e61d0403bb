"""Every verb and page of the treasurer's by everybody: what is allowed happens, all else moves nothing."""

import pytest

from tests.rooms.ledger.conftest import NOON, P, Y, dollars, everything
from tipstaff.ledger import actions, queries
from tipstaff.ledger.beancount import exported
from tipstaff.ledger.queries import Sought
from tipstaff.people.access import NotAllowed, NotVisible

PAPER = {"reference": "Act 119-2", "reason": "as the letter says"}
VERBS = {
    "appropriate": lambda actor: actions.appropriate(
        programme=P, compartment="harbour", fiscal_year=Y, amount=dollars(1), actor=actor, now=NOON, **PAPER
    ),
    "return_funds": lambda actor: actions.return_funds(
        programme=P, fiscal_year=Y, amount=dollars(1), actor=actor, now=NOON, **PAPER
    ),
    "correct": lambda actor: actions.correct(number=first(), reason="a mistake", actor=actor, now=NOON),
}
PAGES = {
    "books": lambda actor: queries.books(actor),
    "book": lambda actor: queries.book_page(actor, P, Y),
    "transfers": lambda actor: queries.transfers(actor, P, Y, Sought()),
    "transfer": lambda actor: queries.transfer_page(actor, first()),
}


def first() -> int:
    return everything()["Transfer"][0]["number"]


@pytest.mark.parametrize("who", ["tess", "dee", "ann", "ben", "cleo"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_everybody(request, fund, verb, who):
    fund()
    actor = request.getfixturevalue(who)
    before = everything()

    if who == "tess":
        VERBS[verb](actor)
        assert len(everything()["Transfer"]) == len(before["Transfer"]) + 1
    else:
        # Cleo names Harbour when she appropriates; what she would return or correct is not there for her.
        outsider = NotVisible if who == "cleo" and verb != "appropriate" else NotAllowed
        with pytest.raises(outsider):
            VERBS[verb](actor)
        assert everything() == before


@pytest.mark.parametrize("who", ["tess", "dee", "ann", "ben", "cleo"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_by_everybody(request, fund, page, who):
    fund()
    actor = request.getfixturevalue(who)

    if who == "ben":
        with pytest.raises(NotAllowed):
            PAGES[page](actor)
    elif who == "cleo" and page != "books":
        with pytest.raises(NotVisible):
            PAGES[page](actor)
    else:
        assert bool(PAGES[page](actor)) == (who != "cleo")


@pytest.mark.parametrize(
    "who, sees", [("tess", True), ("ann", True), ("dee", False), ("ben", False), ("cleo", False)]
)
def test_only_who_may_export_finds_anything_to_export(request, fund, who, sees):
    fund()
    actor = request.getfixturevalue(who)

    if sees:
        assert P.capitalize() in "\n".join(exported(actor, P))
    else:
        with pytest.raises(NotVisible):
            list(exported(actor, P))
        assert "Harbour" not in "\n".join(exported(actor))


def test_every_verb_of_the_treasurer_is_in_this_matrix():
    inside = {"commit", "commit_shares", "pay", "release", "reverse"}

    assert set(actions.__all__) - inside == VERBS.keys()

"""Every verb in every situation, and every verb by everybody: what is allowed happens, all else moves nothing."""

import itertools
from collections.abc import Callable

import pytest

from tests.rooms.offers.conftest import LAST_DAY, NEXT_DAY, NOON, REF, everything, offer_now, records
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.offers import actions
from tipstaff.offers.access import VERB_OF
from tipstaff.offers.models import Offer
from tipstaff.offers.text import from_json
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.people.roles import VERBS as ALL_VERBS

SITUATIONS = [
    *((state, "none") for state in ("draft", "proposed", "approved")),
    *itertools.product(("published", "amended", "suspended"), ("none", "draft", "proposed", "approved")),
    *((state, "none") for state in ("withdrawn", "satisfied", "expired")),
]
RUNNING = ("published", "amended", "suspended")


def save(offer: Offer, actor: Actor) -> None:
    draft = (
        from_json(offer.draft)
        if offer.draft
        else from_json(offer.versions.latest("number").content | {"conditions": []})
    )
    actions.save_draft(ref=REF, text=draft, revision=offer.draft_revision, actor=actor, now=NOON)


VERBS: dict[str, Callable[[Offer, Actor], object]] = {
    "save": save,
    "begin": lambda offer, actor: actions.begin_amendment(ref=REF, actor=actor, now=NOON),
    "drop": lambda offer, actor: actions.drop_amendment(ref=REF, actor=actor, now=NOON),
    "propose": lambda offer, actor: actions.propose_offer(ref=REF, actor=actor, now=NOON),
    "return": lambda offer, actor: actions.return_offer(
        ref=REF, reason="a typing error", actor=actor, now=NOON
    ),
    "approve": lambda offer, actor: actions.approve_offer(
        ref=REF, version=offer.proposed_version or 1, actor=actor, now=NOON
    ),
    "publish": lambda offer, actor: actions.publish_offer(ref=REF, actor=actor, now=NOON),
    "suspend": lambda offer, actor: actions.suspend_offer(
        ref=REF, reason="a court asks", actor=actor, now=NOON
    ),
    "resume": lambda offer, actor: actions.resume_offer(ref=REF, actor=actor, now=NOON),
    "withdraw": lambda offer, actor: actions.withdraw_offer(
        ref=REF, reason="a court orders", actor=actor, now=NOON
    ),
    "satisfy": lambda offer, actor: actions.satisfy_offer(ref=REF, reason="convicted", actor=actor, now=NOON),
    "expire": lambda offer, actor: actions.expire_offer(ref=REF, actor=actor, now=NEXT_DAY),
}


def after(verb: str, state: str, amendment: str) -> tuple[str, str] | None:
    """Where `verb` leads, said by hand and not by the tables; None where it leads nowhere."""
    if state not in RUNNING:
        first = {
            ("save", "draft"): "draft",
            ("propose", "draft"): "proposed",
            ("return", "proposed"): "draft",
            ("return", "approved"): "draft",
            ("approve", "proposed"): "approved",
            ("publish", "approved"): "published",
        }
        return (first[verb, state], "none") if (verb, state) in first else None
    text = {
        ("begin", "none"): "draft",
        ("save", "draft"): "draft",
        ("propose", "draft"): "proposed",
        ("return", "proposed"): "draft",
        ("return", "approved"): "draft",
        ("approve", "proposed"): "approved",
        ("drop", "draft"): "none",
        ("drop", "proposed"): "none",
        ("drop", "approved"): "none",
    }
    if (verb, amendment) in text:
        return (state, text[verb, amendment])
    if (verb, amendment) == ("publish", "approved"):
        return ("amended", "none")
    if verb == "suspend":
        return None if state == "suspended" else ("suspended", amendment)
    if verb == "resume":
        return ("published", amendment) if state == "suspended" else None
    closing = {"withdraw": "withdrawn", "satisfy": "satisfied", "expire": "expired"}
    return (closing[verb], "none") if verb in closing else None


@pytest.mark.parametrize("situation", SITUATIONS, ids="-".join)
def test_every_verb_from_every_situation(bring, eva, situation):
    offer = bring(*situation)
    refused, before = [], everything()
    for verb, act in VERBS.items():
        if after(verb, *situation) is None:
            with pytest.raises(MoveNotInTable):
                act(offer, eva)
            refused.append(verb)

    assert everything() == before
    assert refused == [verb for verb in VERBS if after(verb, *situation) is None]


@pytest.mark.parametrize(
    "verb, situation",
    [(verb, situation) for verb in VERBS for situation in SITUATIONS if after(verb, *situation)],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_every_verb_leads_where_it_should(bring, eva, verb, situation):
    offer = bring(*situation)
    notices = len(everything()["Publication"])

    VERBS[verb](offer, eva)

    moved = offer_now()
    assert (moved.state, moved.amendment) == after(verb, *situation)
    public = verb in ("publish", "suspend", "resume", "withdraw", "satisfy", "expire")
    assert len(everything()["Publication"]) == notices + public
    assert [actor for _, actor in records() if actor == "eva"] == ["eva"] * (1 + public)


# Whom each verb obeys in Harbour; Cleo of Ridge never, and Dora only reads.
MAY = {
    "save": {"ana"},
    "begin": {"ana", "ben"},
    "drop": {"ana", "ben"},
    "propose": {"ana"},
    "return": {"ben"},
    "approve": {"ben"},
    "publish": {"ben"},
    "suspend": {"ben"},
    "resume": {"ben"},
    "withdraw": {"ben"},
    "satisfy": {"ben"},
    "expire": {"ben"},
}
WHERE = {verb: next(s for s in SITUATIONS if after(verb, *s)) for verb in VERBS}


@pytest.mark.parametrize("who", ["ana", "ben", "dora", "cleo"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_everybody(request, bring, verb, who):
    offer = bring(*WHERE[verb])
    actor = request.getfixturevalue(who)
    before = everything()

    if who in MAY[verb]:
        VERBS[verb](offer, actor)
        assert everything() != before
    else:
        with pytest.raises(NotVisible if who == "cleo" else NotAllowed):
            VERBS[verb](offer, actor)
        assert everything() == before


def test_every_verb_of_the_room_is_in_this_matrix():
    verbs = {"begin_amendment", "drop_amendment", "save_draft"} | {
        f"{verb}_offer" for verb in VERBS if verb not in ("begin", "drop", "save")
    }

    assert verbs | {"Loaded", "load_programme", "renew_notice"} == set(actions.__all__)
    assert set(VERBS) == VERB_OF.keys() | {"save"}
    assert set(VERB_OF.values()) < set(ALL_VERBS)
    assert NOON.date() == LAST_DAY

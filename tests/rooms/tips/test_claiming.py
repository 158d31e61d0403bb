"""One holder at a time: two officers at once give one claim, and the other is told who was first."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connections

from tests.rooms.tips.conftest import NOON, get_tip, records
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.tips import actions, queries
from tipstaff.tips.models import Tip

OUTSIDERS = [("dora", NotAllowed), ("cleo", NotVisible)]


def holder(tip: Tip) -> tuple[bool, str]:
    now = get_tip(tip.ref)
    return now.held, now.claimed_by


def test_a_free_tip_is_claimed(opened: Callable[..., Tip], ana: Actor) -> None:
    tip = opened()

    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    assert holder(tip) == (True, "ana")
    assert get_tip(tip.ref).claimed_at == NOON
    assert records() == [("tips.tip.claimed", "ana")]


@pytest.mark.parametrize("who, error", OUTSIDERS)
def test_others_claim_nothing(
    request: pytest.FixtureRequest, opened: Callable[..., Tip], who: str, error: type[Exception]
) -> None:
    tip = opened()

    with pytest.raises(error):
        actions.claim(ref=tip.ref, actor=request.getfixturevalue(who), now=NOON)

    assert holder(tip) == (False, "")
    assert records() == []


def test_the_second_is_told_who_was_first(
    opened: Callable[..., Tip], staff: None, ana: Actor, ben: Actor
) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.claim(ref=tip.ref, actor=ben, now=NOON)

    assert refused.value.rules == ("tips.claim.taken",)
    assert str(refused.value) == "Ana Amador has this tip. Ask them to release it or hand it over."
    assert holder(tip) == (True, "ana")
    assert records() == [("tips.tip.claimed", "ana")]


def test_claiming_what_one_has_is_no_news(opened: Callable[..., Tip], ana: Actor) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    with pytest.raises(Refused, match="You have this tip already"):
        actions.claim(ref=tip.ref, actor=ana, now=NOON)

    assert records() == [("tips.tip.claimed", "ana")]


def test_what_was_free_on_the_page_may_be_gone_at_the_click(
    opened: Callable[..., Tip], ana: Actor, ben: Actor
) -> None:
    """Ben looks, Ana's whole claim happens in between, Ben clicks: the row is asked again, not his page."""
    tip = opened()
    seen = queries.tip_page(ben, tip.ref, NOON.date())
    assert seen.holder == ""
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    with pytest.raises(Refused, match="ana has this tip"):
        actions.claim(ref=seen.ref, actor=ben, now=NOON)

    assert holder(tip) == (True, "ana")
    assert records() == [("tips.tip.claimed", "ana")]


def claim_and_close(ref: str, actor: Actor) -> None:
    try:
        actions.claim(ref=ref, actor=actor, now=NOON)
    finally:
        connections.close_all()


@pytest.mark.django_db(databases=["default", "hatch"], transaction=True)
def test_of_many_at_once_one_has_it(opened: Callable[..., Tip], ana: Actor) -> None:
    tip = opened()
    start, outcomes = Barrier(4), list[str]()

    def hurry(ref: str) -> None:
        start.wait()
        try:
            claim_and_close(tip.ref, Actor(ref, ana.agency, ana.grants))
            outcomes.append(ref)
        except Refused:
            outcomes.append("late")

    rivals = [Thread(target=hurry, args=(f"rival-{n}",)) for n in range(4)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    winner = holder(tip)[1]
    assert sorted(outcomes) == ["late", "late", "late", winner]
    assert records() == [("tips.tip.claimed", winner)]


def test_the_holder_releases(opened: Callable[..., Tip], ana: Actor, ben: Actor) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    actions.release(ref=tip.ref, actor=ana, now=NOON)
    actions.claim(ref=tip.ref, actor=ben, now=NOON)

    assert holder(tip) == (True, "ben")
    assert [verb for verb, _ in records()] == ["tips.tip.claimed", "tips.tip.released", "tips.tip.claimed"]


@pytest.mark.parametrize(
    "who, error, rule",
    [("ben", Refused, "tips.hold.other"), ("dora", NotAllowed, ""), ("cleo", NotVisible, "")],
)
@pytest.mark.parametrize("verb", ["release", "hand_over"])
def test_nobody_else_gives_it_away(
    request: pytest.FixtureRequest, opened: Callable[..., Tip], staff: None, ana: Actor,
    who: str, error: type[Exception], rule: str, verb: str,
) -> None:  # fmt: skip
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    given = {"to": "ben"} if verb == "hand_over" else {}

    with pytest.raises(error) as refused:
        getattr(actions, verb)(ref=tip.ref, actor=request.getfixturevalue(who), now=NOON, **given)

    assert rule in getattr(refused.value, "rules", ("",))
    assert holder(tip) == (True, "ana")
    assert len(records()) == 1


def test_the_holder_hands_it_to_a_colleague(
    opened: Callable[..., Tip], staff: None, ana: Actor, ben: Actor
) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    actions.hand_over(ref=tip.ref, to="ben", actor=ana, now=NOON)

    assert holder(tip) == (True, "ben")
    assert records()[-1] == ("tips.tip.handed_over", "ana")


@pytest.mark.parametrize(
    "to, rule", [("cleo", "tips.hand-over.not-theirs"), ("nobody", "tips.hand-over.not-theirs"),
                 ("ana", "tips.hand-over.same")],
)  # fmt: skip
def test_it_is_handed_only_to_a_colleague_who_may_have_it(
    opened: Callable[..., Tip], staff: None, ana: Actor, to: str, rule: str
) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.hand_over(ref=tip.ref, to=to, actor=ana, now=NOON)

    assert refused.value.rules == (rule,)
    assert holder(tip) == (True, "ana")
    assert len(records()) == 1

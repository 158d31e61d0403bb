"""A supervisor moves a tip whose holder is absent: never silently, never to whoever may not have it."""

from collections.abc import Callable

import pytest

from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.officers import Browser, text
from tipstaff.audit.models import Record
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.tips import actions
from tipstaff.tips.models import Tip

WHY = "Ben is ill until Monday."


@pytest.fixture
def bens(opened: Callable[..., Tip], staff: None, ben: Actor) -> Tip:
    """A tip that Ben has."""
    tip = opened()
    actions.claim(ref=tip.ref, actor=ben, now=NOON)
    return tip


@pytest.fixture
def anas(opened: Callable[..., Tip], staff: None, ana: Actor) -> Tip:
    """A tip that Ana has."""
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    return tip


def test_a_supervisor_takes_a_tip_over(bens: Tip, ana: Actor) -> None:
    actions.reassign(ref=bens.ref, to="ana", reason=f" {WHY} ", actor=ana, now=NOON)

    assert (get_tip(bens.ref).held, get_tip(bens.ref).claimed_by) == (True, "ana")
    assert records()[-1] == ("tips.tip.reassigned", "ana")
    facts = Record.objects.unscoped("a test looks").get(verb="tips.tip.reassigned").facts
    assert facts == {"taken_from": "ben", "to": "ana", "reason": WHY}


def test_the_holder_from_whom_it_was_taken_decides_no_more(bens: Tip, ana: Actor, ben: Actor) -> None:
    actions.reassign(ref=bens.ref, to="ana", reason=WHY, actor=ana, now=NOON)

    with pytest.raises(Refused) as refused:
        actions.set_state(ref=bens.ref, move="read", actor=ben, now=NOON)

    assert refused.value.rules == ("tips.hold.other",)


@pytest.mark.parametrize(
    "who, error", [("ben", NotAllowed), ("dora", NotAllowed), ("cleo", NotVisible)]
)  # an analyst, a reader, and a supervisor elsewhere
def test_nobody_else_moves_it(
    request: pytest.FixtureRequest, anas: Tip, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.reassign(ref=anas.ref, to="ben", reason=WHY, actor=request.getfixturevalue(who), now=NOON)

    assert get_tip(anas.ref).claimed_by == "ana"
    assert len(records()) == 1


@pytest.mark.parametrize(
    "to, reason, rules",
    [
        ("ben", WHY, ("tips.reassign.same",)),
        ("cleo", WHY, ("tips.reassign.not-theirs",)),
        ("nobody", WHY, ("tips.reassign.not-theirs",)),
        ("ana", " ", ("tips.reassign.reason",)),
        ("ana", "x" * 1_001, ("tips.reassign.reason",)),
        ("cleo", "", ("tips.reassign.not-theirs", "tips.reassign.reason")),
    ],
)
def test_it_goes_to_another_who_may_have_it_and_with_a_reason(
    bens: Tip, ana: Actor, to: str, reason: str, rules: tuple[str, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        actions.reassign(ref=bens.ref, to=to, reason=reason, actor=ana, now=NOON)

    assert refused.value.rules == rules
    assert get_tip(bens.ref).claimed_by == "ben"
    assert len(records()) == 1


def test_ones_own_is_handed_over_and_nobodys_is_claimed(
    anas: Tip, opened: Callable[..., Tip], ana: Actor
) -> None:
    with pytest.raises(Refused) as own:
        actions.reassign(ref=anas.ref, to="ben", reason=WHY, actor=ana, now=NOON)
    actions.release(ref=anas.ref, actor=ana, now=NOON)
    with pytest.raises(Refused) as free:
        actions.reassign(ref=anas.ref, to="ben", reason=WHY, actor=ana, now=NOON)

    assert (own.value.rules, free.value.rules) == (("tips.reassign.yours",), ("tips.reassign.free",))
    assert not get_tip(anas.ref).held


def test_the_page_offers_it_to_supervisors_only_and_shows_it_in_the_history(
    bens: Tip, browser: Browser
) -> None:
    page, ana = f"/tips/{bens.ref}/", browser("ana")
    assert "Take it from them" in text(ana.get(page))
    assert "Take it from them" not in text(browser("ben").get(page))

    refused = ana.post(f"{page}reassign/", to="ben", reason=WHY)
    done = ana.post(f"{page}reassign/", to="ana", reason=WHY)

    assert refused.status_code == 409
    assert "Ben Brook has this tip already. Choose another colleague." in text(refused)
    assert WHY in refused.content.decode(), "what was typed stays"
    assert (done.status_code, done["Location"]) == (302, page)
    shown = text(ana.get(page))
    assert "You have this tip." in shown
    assert f"Ana Amador: Took it from its holder Reason: {WHY} Taken from: ben To: ana" in shown


def test_what_is_nobodys_by_now_says_so_on_its_page(bens: Tip, ben: Actor, browser: Browser) -> None:
    actions.release(ref=bens.ref, actor=ben, now=NOON)

    answer = browser("ana").post(f"/tips/{bens.ref}/reassign/", to="ana", reason=WHY)

    assert answer.status_code == 409
    assert "Nobody has this tip: whoever is to work on it can claim it." in text(answer)

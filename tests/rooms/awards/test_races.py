"""Two officers at once: the rival starts in the middle of the first one's verb, waits, and is told why."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rooms.awards.cast import NOON, Road, acting, award_now, dollars, make_ground, who
from tests.rooms.awards.conftest import Terms1
from tests.rooms.offers.test_races import Rival
from tipstaff.awards import facts, rulings
from tipstaff.awards.actions import deciding, nominating
from tipstaff.awards.models import Ruling
from tipstaff.kernel.decision import Refused
from tipstaff.ledger import actions as ledger
from tipstaff.ledger import queries as books

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


def two(offers: tuple[str, str] = ("HBR-1", "HBR-1"), requested: int = 60_000) -> tuple[Road, Road]:
    """Two awards that the committee recommended, each under its offer."""
    roads = []
    for ref in offers:
        road = Road(make_ground(1), requested=(requested,))
        text = replace(road.ground.text(requested), offer=ref)
        road.ground.text = lambda *_, text=text, **__: text  # type: ignore[method-assign]  # this road's own nomination
        road.to("recommended")
        roads.append(road)
    return roads[0], roads[1]


def approve(road: Road, by: str) -> object:
    return deciding.approve_award(ref=road.ref, reason="as advised", actor=acting(by, "secretary"), now=NOON)


def told(outcome: object) -> tuple[str, ...]:
    assert isinstance(outcome, Refused), outcome
    return outcome.rules


def test_of_two_approvals_of_the_offers_last_money_one_wins(
    offer: Terms1, sheet: object, fund: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fund(1_000_000)
    offer.cap(100_000)
    first, second = two()
    rival = Rival(lambda: approve(second, "sam"))
    rival.starts_in_the_middle_of(monkeypatch, ledger, "commit")

    approve(first, "sera")

    assert set(told(rival.ends())) <= {"awards.offer-condition-spent", "rulebook.offer-remaining"}
    assert (first.award.state, second.award.state) == ("approved", "recommended")
    assert Ruling.objects.count() == 1
    assert books.figures_of("harbour", 2027).committed == dollars(60_000)


def test_of_two_approvals_of_the_programmes_last_money_one_wins(
    offer: Terms1, sheet: object, fund: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fund(100_000)
    first, second = two(("HBR-1", "HBR-2"))
    rival = Rival(lambda: approve(second, "sam"))
    rival.starts_in_the_middle_of(monkeypatch, rulings, "_keep")

    approve(first, "sera")

    assert set(told(rival.ends())) <= {"ledger.funds-available", "rulebook.R16-funds"}
    assert (first.award.state, second.award.state) == ("approved", "recommended")
    assert second.award.determinations.filter(stage="decision").count() == 0
    assert books.figures_of("harbour", 2027).available == dollars(40_000)


def test_of_two_nominations_of_one_tip_one_wins(
    offer: Terms1, sheet: object, fund: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Road(make_ground(1))
    second = Road(make_ground(tip_refs=first.ground.tips))
    for road in (first, second):
        road.to("drafted")
    rival = Rival(
        lambda: nominating.nominate(
            ref=second.ref, payers_asked=True, actor=acting("nat", "nominator"), now=NOON
        )
    )
    rival.starts_in_the_middle_of(monkeypatch, facts, "facts_of")

    nominating.nominate(ref=first.ref, payers_asked=True, actor=who("nia"), now=NOON)

    assert told(rival.ends()) == ("rulebook.tip-in-two-claims",)
    assert [award_now(road.ref).state for road in (first, second)] == ["nominated", "drafted"]


def test_an_award_is_decided_once(
    offer: Terms1, sheet: object, fund: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    fund(1_000_000)
    road = Road(make_ground(1))
    road.to("recommended")
    rival = Rival(
        lambda: deciding.deny_award(ref=road.ref, reason="known", actor=acting("sam", "secretary"), now=NOON)
    )
    rival.starts_in_the_middle_of(monkeypatch, ledger, "commit")

    approve(road, "sera")

    assert "deny" in str(rival.ends())
    assert list(Ruling.objects.values_list("kind", flat=True)) == ["approve"]

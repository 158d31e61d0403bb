"""What rooms above hang on a tip's page, and what they may know of a tip."""

import pytest

from tipstaff.tips import panels
from tipstaff.tips.panels import Shown
from tipstaff.tips.queries import seen_tips


@pytest.fixture(autouse=True)
def none_yet(monkeypatch):
    monkeypatch.setattr(panels, "_panels", [])


def test_panels_stand_in_their_order_and_once(ben):
    def first(actor, ref):
        return Shown("one.html", (actor.ref, ref))

    def second(actor, ref):
        return Shown("two.html", None)

    for panel in (first, second, first):
        panels.register(panel)

    assert panels.shown(ben, "TIP-1") == (Shown("one.html", ("ben", "TIP-1")), Shown("two.html", None))


def test_a_panel_that_has_nothing_to_say_leaves_no_trace(ben):
    panels.register(lambda actor, ref: None)

    assert panels.shown(ben, "TIP-1") == ()


def test_a_tip_is_known_by_its_day_and_offer_to_who_may_read_it(opened, ben, cleo):
    tip = opened()

    assert seen_tips(cleo, [tip.ref]) == {}
    (fact,) = seen_tips(ben, [tip.ref, "TIP-1"]).values()
    assert (fact.ref, fact.day, fact.compartment) == (tip.ref, tip.day, "harbour")
    assert tip.text not in repr(fact)


def test_nothing_asked_asks_nothing(ben, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert seen_tips(ben, []) == {}

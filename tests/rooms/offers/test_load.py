"""A programme file becomes drafts; what is proposed or public is never touched by a file."""

from dataclasses import replace

import pytest

from tests.rooms.offers.conftest import NOON, REF, everything, offer_now, records
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.offers import actions
from tipstaff.offers.actions import Loaded
from tipstaff.offers.models import Programme
from tipstaff.offers.text import from_json
from tipstaff.people.access import Actor, NotAllowed


def with_cap(programme, minor):
    (text,) = programme.offers
    return replace(programme, offers=(replace(text, cap=Money(minor, "USD")),))


def test_loading_makes_drafts(programme, ana):
    loaded = actions.load_programme(programme=programme, actor=ana, now=NOON)

    offer = offer_now()
    assert loaded == Loaded(drafted=(REF,), redrafted=(), unchanged=())
    assert (offer.state, offer.compartment, offer.public_version) == ("draft", "harbour", None)
    assert from_json(offer.draft) == programme.offers[0]
    assert records() == [("offers.offer.drafted", "ana"), ("offers.programme.loaded", "ana")]


def test_loading_the_same_again_leaves_the_drafts_alone(programme, ana):
    actions.load_programme(programme=programme, actor=ana, now=NOON)
    revision = offer_now().draft_revision

    loaded = actions.load_programme(programme=programme, actor=ana, now=NOON)

    assert loaded == Loaded(drafted=(), redrafted=(), unchanged=(REF,))
    assert offer_now().draft_revision == revision


def test_loading_a_newer_file_replaces_a_draft(programme, ana):
    actions.load_programme(programme=programme, actor=ana, now=NOON)

    loaded = actions.load_programme(programme=with_cap(programme, 450_000_00), actor=ana, now=NOON)

    assert loaded == Loaded(drafted=(), redrafted=(REF,), unchanged=())
    assert from_json(offer_now().draft).cap == Money(450_000_00, "USD")


@pytest.mark.parametrize("state", ["proposed", "approved", "published", "amended", "suspended", "withdrawn"])
def test_a_file_changes_nothing_that_is_proposed_or_public(bring, programme, ana, state):
    bring(state)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.load_programme(programme=with_cap(programme, 450_000_00), actor=ana, now=NOON)

    assert refused.value.rules == ("offers.ref-taken",)
    assert everything() == before


@pytest.mark.parametrize("state", ["proposed", "published", "withdrawn"])
def test_the_same_file_may_be_loaded_again_at_any_time(bring, programme, ana, state):
    before = bring(state)

    loaded = actions.load_programme(programme=programme, actor=ana, now=NOON)

    assert loaded.unchanged == (REF,)
    assert offer_now().state == before.state


def test_one_offer_in_the_way_keeps_the_whole_file_out_and_each_is_named(bring, programme, ana):
    bring("published")
    (text,) = with_cap(programme, 450_000_00).offers
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.load_programme(
            programme=replace(programme, offers=(replace(text, ref="HL-2"), text)), actor=ana, now=NOON
        )

    assert str(refused.value).startswith("HL-1 is already")
    assert everything() == before


def test_another_programmes_reference_is_taken(bring, programme, ana):
    bring("draft")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.load_programme(programme=replace(programme, code="harbour-2027"), actor=ana, now=NOON)

    assert refused.value.rules == ("offers.ref-taken",)
    assert everything() == before


def test_a_programme_stays_in_its_compartment(bring, programme):
    bring("draft")
    both = Actor(
        "fay", "harbour-police", frozenset(("offers.programme.load", c) for c in ("harbour", "ridge"))
    )
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.load_programme(programme=replace(programme, compartment="ridge"), actor=both, now=NOON)

    assert refused.value.rules == ("offers.programme-stays",)
    assert everything() == before


@pytest.mark.parametrize("who", ["ben", "dora", "cleo"])
def test_nobody_loads_who_may_not_in_that_compartment(request, programme, who):
    with pytest.raises(NotAllowed):
        actions.load_programme(programme=programme, actor=request.getfixturevalue(who), now=NOON)

    assert not any(everything().values())


def test_the_ceiling_comes_with_the_programme(programme, ana):
    actions.load_programme(programme=replace(programme, ceiling=Money(1_000_00, "USD")), actor=ana, now=NOON)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.propose_offer(ref=REF, actor=ana, now=NOON)

    assert refused.value.rules == ("offers.ceiling",)
    assert everything() == before
    assert Programme.objects.get().ceiling_minor == 1_000_00

"""What holds on every page in every language: it fits the narrowest phone, and numbers keep their direction."""

from itertools import pairwise

import pytest

from tests.browser.mirrored_office import LANGUAGES
from tests.browser.survey import Survey
from tests.mirror.catalogue import LANGUAGE as MIRRORED

pytestmark = pytest.mark.once
MOST_BYTES = 50_000
# The one order of what helps: past it, home, another language, away; then the page; then the lists and protection.
WAYS = ["skip", "mark", "languages", "exit", "main", "foot"]


def test_every_page_turns_with_its_language(survey: Survey) -> None:
    turned = {str(seen) for seen in survey.seen if seen.direction == "rtl"}

    assert turned == {str(seen) for seen in survey.seen if seen.language == MIRRORED}
    assert len(turned) > 40


def test_nothing_sticks_out_of_a_window_of_320_pixels(survey: Survey) -> None:
    assert survey.found("wide") == {}


def test_numbers_codes_and_amounts_keep_their_own_direction(survey: Survey) -> None:
    assert survey.found("bare") == {}
    assert survey.found("turned") == {}


def test_a_public_page_is_light(survey: Survey) -> None:
    weights = {str(seen): seen.bytes for seen in survey.seen if seen.site == "door"}

    assert min(weights.values()) > 0
    assert {page: weight for page, weight in weights.items() if weight >= MOST_BYTES} == {}


def test_what_helps_stands_in_the_same_order_on_every_public_page(survey: Survey) -> None:
    for seen in survey.seen:
        if seen.site == "door":
            places = [WAYS.index(way) for way in seen.ways]
            assert all(one < next_one for one, next_one in pairwise(places)), f"{seen}: {seen.ways}"
            assert {"skip", "mark", "main", "foot"} <= set(seen.ways), str(seen)


def test_the_way_out_stands_on_every_page_of_the_journey(survey: Survey) -> None:
    journey = {"before", "tip", "mailbox"}
    for seen in survey.seen:
        if seen.site == "door":
            assert ("exit" in seen.ways) == bool(journey & set(seen.path.split("/"))), str(seen)


def test_the_foot_is_the_same_on_every_public_page(survey: Survey) -> None:
    feet = {tuple(seen.foot) for seen in survey.seen if seen.site == "door"}

    assert feet == {
        (f"/{language}/", f"/{language}/mailbox/", f"/{language}/protection/") for language in LANGUAGES
    }


def test_no_page_makes_the_browser_complain(survey: Survey) -> None:
    assert survey.found("complaints") == {}

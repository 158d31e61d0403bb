"""What differs between two texts, part by part: what a second officer reads before approving."""

from dataclasses import replace
from datetime import date

import pytest

from tests.unit.offers.texts import HARBOUR_LIGHT
from tipstaff.kernel.money import Money
from tipstaff.offers.preview import Difference, differences, language_name

CONDITION = HARBOUR_LIGHT.conditions[0]


def with_condition(**changes):
    return replace(HARBOUR_LIGHT, conditions=(replace(CONDITION, **changes),))


@pytest.mark.parametrize(
    "new, expected",
    [
        (HARBOUR_LIGHT, ()),
        (
            replace(HARBOUR_LIGHT, cap=Money(1_00, "USD")),
            (Difference(0, "cap", "", HARBOUR_LIGHT.cap, Money(1_00, "USD")),),
        ),
        (
            replace(HARBOUR_LIGHT, expires=date(2027, 1, 31)),
            (Difference(0, "expires", "", "", "2027-01-31"),),
        ),
        (
            replace(HARBOUR_LIGHT, title=HARBOUR_LIGHT.title | {"es": "El faro"}),
            (Difference(0, "title", "es", "El incendio del faro", "El faro"),),
        ),
        (with_condition(region="Ridge"), (Difference(1, "region", "", "Harbour", "Ridge"),)),
        (
            with_condition(cap=Money(2_00, "USD"), conduct=CONDITION.conduct | {"en": "who lit it"}),
            (
                Difference(1, "cap", "", CONDITION.cap, Money(2_00, "USD")),
                Difference(1, "conduct", "en", "who ordered the fire", "who lit it"),
            ),
        ),
    ],
    ids=lambda value: "",
)
def test_what_an_editor_changed_is_listed_part_by_part(new, expected):
    assert differences(HARBOUR_LIGHT, new) == expected


def test_a_condition_that_is_gone_is_listed_with_nothing_in_its_place():
    gone = differences(HARBOUR_LIGHT, replace(HARBOUR_LIGHT, conditions=()))

    assert {difference.condition for difference in gone} == {1}
    assert {difference.after for difference in gone} == {""}


@pytest.mark.parametrize("code, name", [("en", "English"), ("es", "Español"), ("quc", "quc")])
def test_a_language_is_called_by_its_own_name_where_it_is_known(code, name):
    assert language_name(code) == name

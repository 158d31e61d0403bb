"""The whole table: every move from every state, and the lists that nobody protected stands in."""

import itertools

import pytest

from tipstaff.cases.countries import COUNTRIES
from tipstaff.cases.states import CASE, PROTECTED_ROLES, CaseState, SubjectRole
from tipstaff.kernel.machine import MoveNotInTable

LEGAL = {
    ("close", "open"): "closed",
    ("close", "reopened"): "closed",
    ("reopen", "closed"): "reopened",
}


@pytest.mark.parametrize("move, source", sorted(itertools.product(("close", "reopen"), CaseState)))
def test_every_move_from_every_state(move, source):
    expected = LEGAL.get((move, source.value))
    if expected is None:
        with pytest.raises(MoveNotInTable):
            CASE.after(move, source)
    else:
        assert CASE.after(move, source) == expected


def test_nobody_protected_has_a_role():
    assert PROTECTED_ROLES.isdisjoint(role.value for role in SubjectRole)


def test_countries_are_two_capital_letters():
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in COUNTRIES)

"""The room's own rules: each id is listed with its ground, and amounts come to the whole whatever they are."""

import re
from inspect import getsource
from types import ModuleType

from hypothesis import given
from hypothesis import strategies as st

from tests.house.generate import rules
from tipstaff.awards.policy import concurrence, decision, delegation, finishing, nomination
from tipstaff.awards.policy.decision import AmountFacts, fits_the_condition, may_change
from tipstaff.kernel.money import Money

MODULES = (concurrence, decision, delegation, finishing, nomination)


def test_every_rule_is_listed_with_its_ground_and_every_listed_rule_refuses_something() -> None:
    listed = {rule: ground for module in MODULES for rule, ground in module.RULES.items()}
    said = {
        rule for module in MODULES for rule in re.findall(r'Refusal\(\s*"(awards\.[a-z-]+)"', _source(module))
    }

    assert listed.keys() == said
    assert said <= rules().keys()
    assert all(ground.endswith(".") for ground in listed.values())


def _source(module: ModuleType) -> str:
    return getsource(module)


amounts = st.dictionaries(st.sampled_from("123"), st.integers(-5, 10**12), max_size=3)


@given(amounts, st.integers(-5, 10**12))
def test_amounts_are_decided_only_when_they_come_to_the_whole(typed: dict[str, int], total: int) -> None:
    facts = AmountFacts(
        amounts={number: Money(minor, "USD") for number, minor in typed.items()},
        total=Money(total, "USD"),
        numbers=frozenset("12"),
        recommended={},
    )

    whole = (
        bool(typed) and set(typed) <= {"1", "2"} and min(typed.values()) > 0 and sum(typed.values()) == total
    )
    assert may_change(facts).allowed == whole


@given(st.integers(1, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_condition_is_never_spent_beyond_its_cap(amount: int, cap: int, taken: int) -> None:
    decided = fits_the_condition(Money(amount, "USD"), Money(cap, "USD"), Money(taken, "USD"))

    assert decided.allowed == (amount <= max(0, cap - taken))

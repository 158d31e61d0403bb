"""Published figures: nothing below five, and nobody who knows the rule and the total can work one out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipstaff.awards.policy.statistics import LEAST, disagree, published

LABELS = "abcd"
small_lists = st.lists(st.integers(0, 9), min_size=1, max_size=4)


def named(counts: list[int]) -> dict[str, int]:
    return dict(zip(LABELS, counts, strict=False))


def ways(total: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to write `total` as a sum of so many counts from 1 on."""
    if places == 1:
        if total >= 1:
            yield (total,)
        return
    for first in range(1, total - places + 2):
        for rest in ways(total - first, places - 1):
            yield (first, *rest)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_nothing_below_five_is_published(counts: list[int]) -> None:
    lists = {"list": {str(n): count for n, count in enumerate(counts)}}

    out = published(lists)

    assert all(count in (None, 0) or count >= LEAST for count in out.lists["list"].values())
    assert out.total in (None, 0) or (out.total or 0) >= LEAST


@settings(max_examples=300)
@given(small_lists)
def test_whoever_knows_the_rule_and_the_total_works_nothing_out(counts: list[int]) -> None:
    out = published({"list": named(counts)})
    if out.total is None:
        return
    shown = out.lists["list"]
    hidden = [label for label, count in shown.items() if count is None]
    left = out.total - sum(count for count in shown.values() if count is not None)
    possible: dict[str, set[int]] = defaultdict(set)

    for guess in ways(left, len(hidden)) if hidden else ():
        guessed = dict(zip(hidden, guess, strict=True))
        tried = {label: guessed.get(label, count) or 0 for label, count in shown.items()}
        if published({"list": tried}) == out:
            for label, count in zip(hidden, guess, strict=True):
                possible[label].add(count)

    assert all(len(possible[label]) > 1 for label in hidden)


@pytest.mark.parametrize("counts, shown", [
    ([10, 20], [10, 20]),
    ([0, 20], [0, 20]),
    ([1, 9, 20], [None, None, 20]),  # the 9 is hidden too: the total would give the 1 away
    ([1, 4, 20], [None, None, 20]),  # together they are five
    ([1, 1, 20], [None, None, None]),  # two alone would be one each
    ([1, 1, 9, 20], [None, None, None, 20]),
    ([5, 4, 4], [None, None, None]),  # two alone would be four each
    ([5, 5, 4], [None, 5, None]),  # chosen by its label, not by its size
    ([4], [None]),
    ([], []),
])  # fmt: skip
def test_what_is_hidden_with_it(counts: list[int], shown: list[int | None]) -> None:
    out = published({"list": named(counts)})

    assert list(out.lists["list"].values()) == shown


@pytest.mark.parametrize("lists", [
    {"one": {"a": 2, "b": 1}},  # fewer than five in all
    {"one": {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}},  # five, all of them ones
    {"one": {"a": 3, "b": 3}, "other": {"c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1}},
])  # fmt: skip
def test_what_cannot_be_protected_takes_the_total_and_every_list_with_it(
    lists: Mapping[str, Mapping[str, int]],
) -> None:
    out = published(lists)

    assert out.withheld
    assert all(count is None for counts in out.lists.values() for count in counts.values())


def test_nothing_at_all_is_no_secret() -> None:
    assert published({"one": {"a": 0}}).total == 0


def test_lists_break_down_one_total() -> None:
    with pytest.raises(ValueError, match="the same total"):
        published({"one": {"a": 7}, "other": {"b": 8}})


def test_sources_that_differ_disagree() -> None:
    assert disagree([(300, "domestic"), (260, "domestic")])
    assert disagree([(300, "domestic and international"), (300, "domestic")])
    assert not disagree([(300, "domestic"), (300, "domestic")])
    assert not disagree([(300, "")])

"""Covers: as many as make whole tiles, known to the desk alone."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tipstaff.logbook.covers import cover, next_size, runs

sizes = st.integers(0, 10**9)
tiles = st.integers(0, 10**6).map(lambda count: count * 256)


@given(sizes, tiles)
def test_a_head_is_whole_tiles_and_at_least_one_more_than_the_last(grown: int, last: int) -> None:
    size = last + grown

    after = next_size(size, last)

    assert after % 256 == 0
    assert after >= size
    assert after >= last + 256
    assert after - max(size, last) <= 256, "and no more covers than that takes"


def test_nothing_and_anything_up_to_a_tile_look_alike() -> None:
    assert {next_size(512 + tips, 512) for tips in range(257)} == {768}


def test_a_cover_hangs_on_the_key_and_the_number() -> None:
    key, other = b"k" * 32, b"o" * 32

    made = {cover(key, 0), cover(key, 1), cover(other, 0)}

    assert len(made) == 3
    assert {len(entry) for entry in made} == {32}
    assert cover(key, 1) == cover(key, 1)


@given(st.sets(st.integers(0, 200)))
def test_ranges_hold_exactly_the_numbers(numbers: set[int]) -> None:
    found = list(runs(sorted(numbers)))

    assert {number for start, stop in found for number in range(start, stop)} == numbers
    assert all(earlier[1] < later[0] for earlier, later in pairwise(found))

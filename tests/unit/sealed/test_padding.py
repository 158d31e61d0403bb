"""Sizes that tell little: the laws of both rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed.padding import SMALLEST, bucket, pad_to, padme, zeros

lengths = st.integers(0, 1 << 40)


@given(lengths)
def test_a_bucket_is_the_smallest_power_of_two_that_holds_it(length):
    size = bucket(length)
    assert size >= max(length, SMALLEST)
    assert size.bit_count() == 1
    assert size == SMALLEST or size // 2 < length


@pytest.mark.parametrize(
    "length, size",
    [
        (0, 16384),
        (1, 16384),
        (16384, 16384),
        (16385, 32768),
        (32768, 32768),
        (32769, 65536),
        (1 << 20, 1 << 20),
    ],
)
def test_buckets_by_example(length, size):
    assert bucket(length) == size


@given(lengths)
def test_padme_adds_at_most_an_eighth(length):
    assert length <= padme(length) <= length * 1.12 + 1
    assert padme(padme(length)) == padme(length)


@given(lengths, lengths)
def test_padme_keeps_the_order(one, other):
    assert (padme(one) <= padme(other)) or one > other


@pytest.mark.parametrize(
    "length, size",
    [
        (0, 0),
        (1, 1),
        (2, 2),
        (9, 10),
        (100, 104),
        (1000, 1024),
        (1025, 1088),
        (48_213, 49_152),
        (200_000_000, 201_326_592),
    ],
)
def test_padme_by_example(length, size):
    assert padme(length) == size


def test_padme_leaves_few_sizes():
    """33 sizes, both ends counted, where files of 64 to 128 KiB could have 65,537."""
    assert len({padme(length) for length in range(1 << 16, (1 << 17) + 1)}) == 33


@pytest.mark.parametrize("rule", [bucket, padme])
def test_a_negative_length_is_refused(rule):
    with pytest.raises(ValueError, match="not negative"):
        rule(-1)


@given(st.binary(max_size=1000), st.integers(0, 1000))
def test_pad_to_adds_zeros_only(data, more):
    assert pad_to(data, len(data) + more) == data + bytes(more)


def test_pad_to_cuts_nothing_off():
    with pytest.raises(ValueError, match="do not fit"):
        pad_to(b"four", 3)


@given(st.integers(0, 300_000))
def test_zeros_come_in_small_pieces(count):
    pieces = list(zeros(count))
    assert b"".join(pieces) == bytes(count)
    assert all(0 < len(piece) <= 65536 for piece in pieces)

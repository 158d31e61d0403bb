"""Inclusion and consistency: every small tree whole, larger ones by chance, and what is refused."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.tlog import naive
from tests.unit.tlog.logs import Log
from tipstaff.tlog.tree import (
    EMPTY_ROOT,
    ProofWrong,
    Prover,
    TileMissing,
    consistency,
    inclusion,
    leaf_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

SMALL = 24
LARGE = Log(70_000)  # three levels of tiles, the last tile of each level partial
ROOTS = [naive.root(LARGE.entries[:size]) for size in range(SMALL + 1)]


def leaf(index):
    return leaf_hash(LARGE.entries[index])


def root_at(size):
    return tree_root(LARGE.read, size)


@pytest.mark.parametrize("size", range(1, SMALL + 1))
def test_every_leaf_of_every_small_tree(size):
    for index in range(size):
        path = inclusion(LARGE.read, index, size)
        assert path == naive.path(index, LARGE.entries[:size])
        verify_inclusion(index, size, leaf(index), path, ROOTS[size])


@pytest.mark.parametrize("new", range(SMALL + 1))
def test_every_beginning_of_every_small_tree(new):
    for old in range(new + 1):
        proof = consistency(LARGE.read, old, new)
        assert proof == (naive.proof(old, LARGE.entries[:new]) if old else ())
        verify_consistency(old, ROOTS[old], new, ROOTS[new], proof)


@pytest.mark.parametrize("size", range(1, SMALL + 1))
def test_a_path_proves_one_leaf_at_one_place_in_one_tree(size):
    for index in range(size):
        path = inclusion(LARGE.read, index, size)
        for other_size in range(SMALL + 1):
            for other in range(SMALL + 1):
                if (other, other_size) != (index, size):
                    with pytest.raises(ProofWrong):
                        verify_inclusion(other, other_size, leaf(index), path, ROOTS[other_size])


def test_known_roots_of_the_large_tree():
    assert root_at(LARGE.size) == LARGE.root == naive.root(LARGE.entries)
    assert root_at(0) == EMPTY_ROOT


@given(st.data())
def test_any_leaf_of_a_large_tree(data):
    size = data.draw(st.integers(1, LARGE.size))
    index = data.draw(st.integers(0, size - 1))
    path = inclusion(LARGE.read, index, size)
    verify_inclusion(index, size, leaf(index), path, root_at(size))


@given(st.data())
def test_any_beginning_of_a_large_tree(data):
    new = data.draw(st.integers(1, LARGE.size))
    old = data.draw(st.integers(0, new))
    proof = consistency(LARGE.read, old, new)
    verify_consistency(old, root_at(old), new, root_at(new), proof)


@given(st.data())
def test_a_damaged_path_proves_nothing(data):
    size = data.draw(st.integers(2, 3000))
    index = data.draw(st.integers(0, size - 1))
    path = list(inclusion(LARGE.read, index, size))
    place = data.draw(st.integers(0, len(path) - 1))
    flipped = [*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :]]
    for damaged in (flipped, path[:-1], path[1:], [*path, path[0]], [*path, bytes(32)], []):
        with pytest.raises(ProofWrong):
            verify_inclusion(index, size, leaf(index), damaged, root_at(size))


@given(st.data())
def test_a_damaged_consistency_proof_proves_nothing(data):
    new = data.draw(st.integers(2, 3000))
    old = data.draw(st.integers(1, new - 1))
    proof = list(consistency(LARGE.read, old, new))
    place = data.draw(st.integers(0, len(proof) - 1))
    flipped = [*proof[:place], bytes(32), *proof[place + 1 :]]
    for damaged in (flipped, proof[:-1], proof[1:], [*proof, proof[0]], []):
        with pytest.raises(ProofWrong):
            verify_consistency(old, root_at(old), new, root_at(new), damaged)


@given(st.integers(1, 400), st.integers(1, 400))
def test_another_history_is_no_beginning(old, new):
    assume(old <= new)
    other = Log(old, history="forged ")
    proof = consistency(LARGE.read, old, new)
    with pytest.raises(ProofWrong):
        verify_consistency(old, other.root, new, root_at(new), proof)


@pytest.mark.parametrize(
    "old, new, proof, sentence",
    [
        (5, 4, (), "a log of 5 is no beginning of a log of 4."),
        (0, 4, (bytes(32),), "should be empty"),
        (4, 4, (bytes(32),), "should be empty"),
        (3, 4, (), "shorter than these two sizes need"),
        (3, 8, consistency(LARGE.read, 3, 8)[:-1], "shorter than these two sizes need"),
        (3, 8, (*consistency(LARGE.read, 3, 8), bytes(32)), "longer than these two sizes allow"),
    ],
)
def test_sizes_that_cannot_be(old, new, proof, sentence):
    with pytest.raises(ProofWrong, match=sentence):
        verify_consistency(old, root_at(old), new, root_at(new), proof)


def test_two_roots_of_one_size():
    with pytest.raises(ProofWrong, match="two roots are claimed for one log of 4"):
        verify_consistency(4, root_at(4), 4, root_at(5), ())
    with pytest.raises(ProofWrong, match="two roots are claimed for one log of 0"):
        verify_consistency(0, root_at(1), 4, root_at(4), ())


@pytest.mark.parametrize("index, size", [(-1, 4), (4, 4), (0, 0)])
def test_there_is_no_such_leaf(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        inclusion(LARGE.read, index, size)
    with pytest.raises(ProofWrong, match="is not in a log of"):
        verify_inclusion(index, size, bytes(32), (), bytes(32))


def test_a_larger_log_is_no_beginning():
    with pytest.raises(ValueError, match="no beginning"):
        consistency(LARGE.read, 5, 4)


def test_a_tile_of_another_width_is_refused():
    with pytest.raises(TileMissing, match="has 96 bytes, not 128"):
        inclusion(lambda level, number, width: bytes(32 * (width - 1)), 0, 4)


@given(st.lists(st.tuples(st.integers(1, LARGE.size), st.integers(0, LARGE.size)), max_size=20))
def test_a_prover_that_remembers_gives_the_same_proofs(questions):
    prover = Prover(LARGE.read)
    for size, other in questions:
        index = other % size
        assert prover.inclusion(index, size) == inclusion(LARGE.read, index, size)
        assert prover.consistency(index, size) == consistency(LARGE.read, index, size)


def test_a_prover_reads_one_tile_for_a_second_proof():
    reads = []

    def read(level, number, width):
        reads.append((level, number))
        return LARGE.read(level, number, width)

    prover = Prover(read)
    prover.inclusion(300, 65_536)
    assert set(reads) == {(0, 1), (1, 0)}
    reads.clear()
    prover.inclusion(301, 65_536)
    assert reads == [(0, 1)]

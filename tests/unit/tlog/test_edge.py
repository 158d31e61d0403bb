"""The right edge: growing one by one or by tiles, the newest leaf's path, and what a database keeps of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tlog import naive
from tests.unit.tlog.logs import Log
from tipstaff.tlog.tree import Edge, leaf_hash, verify_inclusion

WHOLE = Log(1100)
LEAVES = [leaf_hash(entry) for entry in WHOLE.entries]
sizes = st.integers(0, WHOLE.size)


def grown(size):
    edge, nodes = Edge(), []
    for leaf in LEAVES[:size]:
        edge, fresh = edge.append(leaf)
        nodes += fresh
    return edge, nodes


@given(sizes)
def test_the_root_is_the_definitions(size):
    assert grown(size)[0].root() == naive.root(WHOLE.entries[:size])


@given(sizes, sizes)
def test_extending_is_appending_many_times(size, more):
    edge, nodes = grown(size)
    extended, fresh = edge.extend(LEAVES[size : size + more])
    whole, all_nodes = grown(min(size + more, WHOLE.size))
    assert extended == whole
    assert sorted(nodes + fresh) == sorted(all_nodes)


@given(sizes)
def test_named_nodes_are_those_of_the_tiles(size):
    _, nodes = grown(size)
    assert [node.number for node in nodes if node.height == 0] == list(range(size))
    assert [node.number for node in nodes if node.height == 8] == list(range(size // 256))
    assert {node.height for node in nodes} <= {0, 8}
    for node in nodes:
        first = node.number << node.height
        assert node.hash == naive.root(WHOLE.entries[first : first + (1 << node.height)])


def test_a_node_of_the_second_tile_level():
    edge, nodes = Edge().extend(LEAVES[:1] * 65_536)
    assert [(node.height, node.number) for node in nodes[-2:]] == [(8, 255), (16, 0)]
    assert nodes[-1].hash == edge.root()


def test_the_newest_leaf_has_its_path_at_hand():
    edge = Edge()
    for size, leaf in enumerate(LEAVES[:600], 1):
        edge, _ = edge.append(leaf)
        assert edge.last_path() == naive.path(size - 1, WHOLE.entries[:size])
        verify_inclusion(size - 1, size, leaf, edge.last_path(), edge.root())


@given(sizes)
def test_a_stored_edge_is_the_same_edge(size):
    edge, _ = Edge().extend(LEAVES[:size])
    read = Edge.from_bytes(edge.to_bytes())
    assert read == edge
    assert len(edge.to_bytes()) == 8 + 32 * (len(edge.hashes) + len(edge.folded))


@given(st.integers(1, WHOLE.size), st.integers(1, 40))
def test_a_damaged_stored_edge_is_refused(size, cut):
    stored = Edge().extend(LEAVES[:size])[0].to_bytes()
    for damaged in (stored[:-cut], stored + bytes(cut), b""):
        with pytest.raises(ValueError, match="a stored edge of size"):
            Edge.from_bytes(damaged)


def test_an_empty_tree_has_no_newest_leaf():
    with pytest.raises(ValueError, match="no newest leaf"):
        Edge().last_path()


def test_a_tile_follows_on_tiles_only():
    edge, _ = Edge().append(LEAVES[0])
    with pytest.raises(ValueError, match="whole tiles"):
        edge.append_tile(b"".join(LEAVES[1:257]))
    with pytest.raises(ValueError, match="whole tiles"):
        Edge().append_tile(b"".join(LEAVES[:255]))

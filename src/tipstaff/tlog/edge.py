"""The right edge of a tree: a few hundred bytes from which a log grows without reading back what it holds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from tipstaff.tlog.hashing import (
    EMPTY_ROOT,
    HASH,
    TILE_HEIGHT,
    TILE_WIDTH,
    node_hash,
    row_above,
    split_hashes,
)


class Node(NamedTuple):
    """A complete subtree: its height (0 for a leaf), its number among the nodes of that height, its hash."""

    height: int
    number: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Edge:
    """All that is needed to append to a tree and to know its root.

    `hashes` are the complete subtrees that make up `size` leaves, the largest first: one for each bit set
    in `size`. `folded` are the left neighbours that the newest leaf was joined with, the largest first; with
    them the newest leaf's own path is read, not recomputed, which is what lets a receipt carry a proof.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()
    folded: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> tuple["Edge", list[Node]]:
        """The edge after one more leaf (a leaf hash), and the completed nodes of height 0, 8, 16, …

        The nodes come lowest first; the first is the leaf itself.
        """
        nodes = [Node(0, self.size, leaf)]
        stack, node = self._joined(0, leaf, nodes)
        return Edge(self.size + 1, (*stack, node), self.hashes[len(stack) :]), nodes

    def extend(self, leaves: Sequence[bytes]) -> tuple["Edge", list[Node]]:
        """The edge after many leaves, and the nodes that `append` would have named one by one, lowest first
        within each tile.

        Whole tiles are hashed at once: a million leaves take a million node hashes and little else.
        """
        edge, nodes, at = self, list[Node](), 0
        while at < len(leaves):
            if edge.size % TILE_WIDTH == 0 and len(leaves) - at >= TILE_WIDTH:
                part = leaves[at : at + TILE_WIDTH]
                nodes += [Node(0, edge.size + place, leaf) for place, leaf in enumerate(part)]
                edge, fresh = edge.append_tile(b"".join(part))
                at += TILE_WIDTH
            else:
                edge, fresh = edge.append(leaves[at])
                at += 1
            nodes += fresh
        return edge, nodes

    def append_tile(self, tile: bytes) -> tuple["Edge", list[Node]]:
        """The edge after a full tile of leaf hashes, and the completed nodes of height 8, 16, …

        ValueError when the tree does not end with a full tile, or `tile` is none.
        """
        if self.size % TILE_WIDTH or len(tile) != TILE_WIDTH * HASH:
            raise ValueError("a whole tile follows only on whole tiles")
        row, beside = tile, list[bytes]()
        while len(row) > HASH:
            beside.append(row[-2 * HASH : -HASH])
            row = row_above(row)
        nodes = [Node(TILE_HEIGHT, self.size >> TILE_HEIGHT, row)]
        stack, node = self._joined(TILE_HEIGHT, row, nodes)
        folded = (*self.hashes[len(stack) :], *reversed(beside))
        return Edge(self.size + TILE_WIDTH, (*stack, node), folded), nodes

    def _joined(self, height: int, node: bytes, nodes: list[Node]) -> tuple[list[bytes], bytes]:
        """Join a new subtree with its left neighbours as far as they are complete, like a carry in binary."""
        stack, number = list(self.hashes), self.size >> height
        while number & 1:
            node = node_hash(stack.pop(), node)
            number, height = number >> 1, height + 1
            if height % TILE_HEIGHT == 0:
                nodes.append(Node(height, number, node))
        return stack, node

    def root(self) -> bytes:
        """The root hash of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in self.hashes[-2::-1]:
            root = node_hash(left, root)
        return root

    def last_path(self) -> tuple[bytes, ...]:
        """The inclusion proof of the newest leaf (index `size` - 1 in this tree), its sibling first.

        Raises ValueError for the empty tree, which has no newest leaf.
        """
        if not self.size:
            raise ValueError("an empty tree has no newest leaf")
        return (*reversed(self.folded), *self.hashes[-2::-1])

    def to_bytes(self) -> bytes:
        """The edge for a database: the size in 8 bytes, then `hashes`, then `folded`; some 300 bytes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes) + b"".join(self.folded)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises ValueError when the length and the size disagree."""
        size = int.from_bytes(data[:8], "big")
        whole = size.bit_count()
        folded = (size & -size).bit_length() - 1 if size else 0
        expected = 8 + HASH * (whole + folded)
        if len(data) != expected:
            raise ValueError(f"a stored edge of size {size} has {expected} bytes, not {len(data)}")
        parts = split_hashes(data[8:])
        return cls(size, parts[:whole], parts[whole:])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    return Edge().extend(list(leaves))[0].root()

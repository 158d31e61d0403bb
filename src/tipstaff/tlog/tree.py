"""The Merkle tree of RFC 6962, section 2.1, in one place to import from.

Heights count from the leaves: a node of height h covers 2**h leaves, and node i of that height covers the
leaves i * 2**h up to (i + 1) * 2**h.

How a store keeps a log that is fast to prove from: `Edge.append` names the nodes of height 8, 16, … at the
moment they become complete. Append each to its tile at once (level = height // 8, tile = number // 256), also
while that tile is still partial. It is one short write in every 256 leaves, and without it a partial tile of
level 1 costs up to 65,280 hashes each time somebody asks for a proof. Level 0 is cheap to compute from the
entries.
"""

from tipstaff.tlog.checking import ProofWrong, verify_consistency, verify_inclusion
from tipstaff.tlog.edge import Edge, Node, root_of
from tipstaff.tlog.hashing import (
    EMPTY_ROOT,
    HASH,
    TILE_HEIGHT,
    TILE_WIDTH,
    leaf_hash,
    node_hash,
    subtree_hash,
)
from tipstaff.tlog.proving import HashReader, Prover, TileMissing, consistency, inclusion, tree_root

__all__ = [
    "EMPTY_ROOT",
    "HASH",
    "TILE_HEIGHT",
    "TILE_WIDTH",
    "Edge",
    "HashReader",
    "Node",
    "ProofWrong",
    "Prover",
    "TileMissing",
    "consistency",
    "inclusion",
    "leaf_hash",
    "node_hash",
    "root_of",
    "subtree_hash",
    "tree_root",
    "verify_consistency",
    "verify_inclusion",
]

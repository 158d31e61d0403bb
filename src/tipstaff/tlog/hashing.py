"""The hashes of RFC 6962, section 2.1: leaves, nodes, complete subtrees. All are the 32 bytes of SHA-256."""

from hashlib import sha256

HASH = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf, from the bytes of its entry. The zero byte keeps leaves and nodes apart."""
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\1" + left + right).digest()


def row_above(row: bytes) -> bytes:
    """The joined hashes of the parents, from the joined hashes of an even number of neighbours."""
    pair = 2 * HASH
    return b"".join([sha256(b"\1" + row[at : at + pair]).digest() for at in range(0, len(row), pair)])


def subtree_hash(row: bytes) -> bytes:
    """The hash over a complete subtree, from one of its rows: a power of two of hashes, joined."""
    while len(row) > HASH:
        row = row_above(row)
    return row


def split_hashes(joined: bytes) -> tuple[bytes, ...]:
    """The hashes that `joined` is made of."""
    return tuple(joined[at : at + HASH] for at in range(0, len(joined), HASH))

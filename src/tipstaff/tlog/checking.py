"""Checking proofs: RFC 9162, sections 2.1.3.2 and 2.1.4.2. The proofs are those of RFC 6962, which leaves the
checking to the reader."""

from collections.abc import Sequence

from tipstaff.tlog.hashing import EMPTY_ROOT, node_hash
from tipstaff.tlog.wrong import Wrong


class ProofWrong(Wrong):
    """A Merkle proof does not lead from what it is said to prove to the root."""


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Check that `proof` leads from the leaf hash at `index` to the root of a tree of `size` leaves.

    Raises ProofWrong.
    """
    if not 0 <= index < size:
        raise ProofWrong(f"leaf {index} is not in a log of {size}.")
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofWrong("the proof is longer than its place in the log allows.")
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofWrong("the proof is shorter than its place in the log needs.")
    if node != root:
        raise ProofWrong(f"the proof does not lead from leaf {index} to the root of the log of {size}.")


def verify_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the tree of `old_size` is the beginning of the tree of `new_size`.

    Raises ProofWrong.
    """
    if not 0 <= old_size <= new_size:
        raise ProofWrong(f"a log of {old_size} is no beginning of a log of {new_size}.")
    if old_size in (0, new_size):
        if proof:
            raise ProofWrong("the proof should be empty between these two sizes.")
        if old_root != (new_root if old_size else EMPTY_ROOT):
            raise ProofWrong(f"two roots are claimed for one log of {old_size}.")
        return
    old, new = _rebuilt(old_size, old_root, new_size, proof)
    if old != old_root:
        raise ProofWrong(f"the proof does not lead to the root of the log of {old_size}.")
    if new != new_root:
        raise ProofWrong(f"the log of {new_size} does not begin with the log of {old_size}.")


def _rebuilt(old_size: int, old_root: bytes, new_size: int, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots, as a consistency proof between two unequal sizes above zero gives them."""
    path = list(proof)
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if place:
        if not path:
            raise ProofWrong("the proof is shorter than these two sizes need.")
        old = new = path.pop(0)
    else:
        old = new = old_root
    for sibling in path:
        if last == 0:
            raise ProofWrong("the proof is longer than these two sizes allow.")
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    if last:
        raise ProofWrong("the proof is shorter than these two sizes need.")
    return old, new

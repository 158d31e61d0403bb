"""Whether the hatch can be believed: the door's head, and each envelope's place under it. No Django.

The desk takes nothing from the hatch on trust. The newest checkpoint must bear the door's signature, and
every envelope must hash to its entry and stand, at the leaf it names, in the tree that the checkpoint signs.
So somebody who can write to the hatch, and has not the door's key, can bring in no envelope and move none.
"""

from dataclasses import dataclass
from hashlib import sha256

from tipstaff.tips.states import SetAside
from tipstaff.tlog.checkpoint import open_checkpoint
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.tree import HashReader, ProofWrong, inclusion, leaf_hash, verify_inclusion
from tipstaff.tlog.wrong import Wrong


class HatchNotBelieved(Exception):
    """The log's private head is not signed by the door: nothing is taken in until somebody has looked."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The hatch's log was not accepted: {why} Nothing was taken in. "
            "Compare the hatch with its last backup, and the door's key in public.json with the door's."
        )


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head that the door signed: `size` leaves under `root`, and a reader of the tree's tiles."""

    size: int
    root: bytes
    read: HashReader


def signed_head(checkpoint: str, door: Verifier, read: HashReader) -> SignedHead:
    """The head in the door's newest checkpoint; each tile is then read once. Raises HatchNotBelieved."""
    try:
        head = open_checkpoint(checkpoint, [door]).checkpoint
    except Wrong as wrong:
        raise HatchNotBelieved(str(wrong)) from None
    return SignedHead(head.size, head.root, _remembering(read))


def fault_of(entry: bytes, leaf: int, body: bytes, head: SignedHead) -> SetAside | None:
    """Why this envelope is not what the log says it is, or None."""
    if sha256(body).digest() != entry:
        return SetAside.ALTERED
    try:
        proof = inclusion(head.read, leaf, head.size)
        verify_inclusion(leaf, head.size, leaf_hash(entry), proof, head.root)
    except (ValueError, ProofWrong, Wrong):
        return SetAside.NOT_IN_LOG
    return None


def _remembering(read: HashReader) -> HashReader:
    seen: dict[tuple[int, int, int], bytes] = {}

    def remembered(level: int, number: int, width: int) -> bytes:
        key = (level, number, width)
        if key not in seen:
            seen[key] = read(level, number, width)
        return seen[key]

    return remembered

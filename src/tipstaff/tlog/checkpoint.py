"""What a log says of itself at one size: c2sp.org/tlog-checkpoint."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tipstaff.tlog.base64 import decode, encode
from tipstaff.tlog.hashing import EMPTY_ROOT, HASH
from tipstaff.tlog.keys import COSIGNATURE, Signer, Verifier
from tipstaff.tlog.note import NoteWrong, Verified, open_note
from tipstaff.tlog.wrong import Wrong

LARGEST_SIZE = 2**63 - 1
NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class CheckpointWrong(Wrong):
    """The signed text is no checkpoint, or another log's."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: the log's `origin`, its `size` in leaves, its 32-byte `root`.

    Extension lines are read and kept, because they are under the signature; ours never have any.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text to sign."""
        lines = (self.origin, str(self.size), encode(self.root), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    def sign(self, signer: Signer) -> str:
        """The checkpoint as a signed note. ValueError when the signer's name is not the origin."""
        if signer.name != self.origin:
            raise ValueError("a log's checkpoint is signed under the log's own name")
        return signer.sign(self.text())

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a checkpoint's text (a note that was opened). Raises CheckpointWrong."""
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):
            raise CheckpointWrong("a checkpoint has an origin, a size and a root, each on its line.")
        origin, size, root, *extensions = lines
        if not NUMBER.fullmatch(size) or int(size) > LARGEST_SIZE:
            raise CheckpointWrong("the size in the checkpoint is not a number as it must be written.")
        try:
            digest = decode(root)
        except ValueError:
            raise CheckpointWrong("the root in the checkpoint is not base64.") from None
        if len(digest) != HASH:
            raise CheckpointWrong(f"the root in the checkpoint has {len(digest)} bytes, not {HASH}.")
        if size == "0" and digest != EMPTY_ROOT:
            raise CheckpointWrong("the checkpoint claims a root for an empty log that no empty log has.")
        return cls(origin, int(size), digest, tuple(extensions))


class SignedCheckpoint(NamedTuple):
    """A checkpoint that was checked: whose key of the log signed it, and which witnesses cosigned it."""

    checkpoint: Checkpoint
    signed: tuple[Verified, ...]
    cosigned: tuple[Verified, ...]


def open_checkpoint(
    note: str | bytes, keys: Iterable[Verifier], witnesses: Iterable[Verifier] = ()
) -> SignedCheckpoint:
    """The checkpoint in a note that at least one of the log's `keys` signed under the log's own name.

    A log may have several keys, and all bear its origin as their name: the door's signs private checkpoints,
    the desk's public heads. A witness's cosignature is reported, and never stands in for the log's signature.
    Raises NoteWrong or CheckpointWrong.
    """
    opened = open_note(note, [*keys, *witnesses])
    checkpoint = Checkpoint.parse(opened.text)
    cosigned = tuple(each for each in opened.signatures if each.verifier.kind == COSIGNATURE)
    signed = tuple(each for each in opened.signatures if each.verifier.kind != COSIGNATURE)
    if not signed:
        raise NoteWrong("only witnesses signed this checkpoint: the log's own signature is missing.")
    for each in signed:
        if each.verifier.name != checkpoint.origin:
            raise CheckpointWrong(
                f"the checkpoint is of the log {checkpoint.origin}, the key of {each.verifier.name}."
            )
    return SignedCheckpoint(checkpoint, signed, cosigned)

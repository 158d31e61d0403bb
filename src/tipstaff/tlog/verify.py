"""The log checked from outside: a saved proof; a whole log with its tiles and its two kinds of checkpoint.

A log has two keys under one name. The door's signs the private checkpoint in a sender's proof; the desk's
signs the public head. A key may be given with its holder (`door=…`, `desk=…`): a public head that only the
door's key signed then does not count.

A proof is compared with a log by reading the whole log. It costs more than asking for the few tiles that a
consistency proof needs, but those few would tell the log's server which leaf the asker cares for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tipstaff.tlog.checking import ProofWrong, verify_inclusion
from tipstaff.tlog.checkpoint import Checkpoint, SignedCheckpoint, open_checkpoint
from tipstaff.tlog.hashing import EMPTY_ROOT, leaf_hash
from tipstaff.tlog.keys import COSIGNATURE, KeyWrong, Verifier
from tipstaff.tlog.note import Verified
from tipstaff.tlog.proof import HEADER, LogProof
from tipstaff.tlog.rederive import LogWrong, Progress, Rederived, rederive, silent
from tipstaff.tlog.sources import Source
from tipstaff.tlog.tiles import CHECKPOINT

Holder = Literal["door", "desk"]


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A log's public key and, if we were told, whose it is."""

    verifier: Verifier
    holder: Holder | None = None

    @classmethod
    def parse(cls, text: str) -> "TrustedKey":
        """Read `vkey`, `door=vkey` or `desk=vkey`. Raises KeyWrong; a witness's key is none of a log's."""
        name, mark, rest = text.strip().partition("=")
        holder: Holder | None = None
        if mark and name == "door":
            holder, text = "door", rest
        elif mark and name == "desk":
            holder, text = "desk", rest
        verifier = Verifier.parse(text)
        if verifier.kind == COSIGNATURE:
            raise KeyWrong(f"the key of {verifier.name} is a witness's, not a log's.")
        return cls(verifier, holder)


@dataclass(frozen=True, slots=True)
class Trust:
    """What a verification starts from: the log's keys, and the witnesses whose cosignatures it reports."""

    keys: tuple[TrustedKey, ...]
    witnesses: tuple[Verifier, ...] = ()

    @classmethod
    def of(cls, *keys: Verifier | TrustedKey) -> "Trust":
        """Trust in these keys, whoever holds those that do not say."""
        return cls(tuple(key if isinstance(key, TrustedKey) else TrustedKey(key) for key in keys))

    def open(self, note: str | bytes) -> SignedCheckpoint:
        """A checkpoint that any of the log's keys signed."""
        return open_checkpoint(note, [key.verifier for key in self.keys], self.witnesses)

    def open_head(self, note: str | bytes) -> SignedCheckpoint:
        """A public head: the door's key, where we know it as such, does not count."""
        keys = [key.verifier for key in self.keys if key.holder != "door"]
        return open_checkpoint(note, keys, self.witnesses)

    def signature_of(self, signed: SignedCheckpoint) -> str:
        """Who signed, in words: `signed by the desk's key (1a2b3c4d)`."""
        holders = {key.verifier: key.holder for key in self.keys}
        names = [_name(each.verifier, holders.get(each.verifier)) for each in signed.signed]
        return f"signed by {' and '.join(names)}"


@dataclass(frozen=True, slots=True)
class ProofReport:
    """A proof that holds: which entry, where, in which signed checkpoint; `sentences` say so to a person."""

    entry: bytes
    index: int
    signed: SignedCheckpoint
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogReport:
    """A log that holds: its public head; `sentences` say what was compared."""

    head: SignedCheckpoint
    sentences: tuple[str, ...]


def verify_proof(proof: LogProof | str | bytes, trust: Trust, entry: bytes | None = None) -> ProofReport:
    """Check a saved proof: the log's signature, and the path from the entry to the signed root.

    The entry is taken from the proof unless it is given. Raises ProofWrong, NoteWrong or CheckpointWrong.
    """
    parsed = proof if isinstance(proof, LogProof) else LogProof.parse(proof)
    entry = _entry_of(parsed, entry)
    signed = trust.open(parsed.checkpoint_note)
    head = signed.checkpoint
    verify_inclusion(parsed.index, head.size, leaf_hash(entry), parsed.hashes, head.root)
    first = (
        f"The proof is whole: entry {entry.hex()} is leaf {parsed.index} of a log of {head.size}, "
        f"{head.origin}, {trust.signature_of(signed)}."
    )
    return ProofReport(entry, parsed.index, signed, (first, *_cosigned(signed.cosigned)))


def _entry_of(proof: LogProof, given: bytes | None) -> bytes:
    entry = proof.entry if given is None else given
    if entry is None:
        raise ProofWrong("the proof does not say which entry it is for: give the entry beside it.")
    if proof.entry not in (None, entry):
        raise ProofWrong(f"the proof is for another entry than {entry.hex()}.")
    return entry


def verify_log(
    source: Source,
    trust: Trust,
    *,
    private: Sequence[SignedCheckpoint] = (),
    proofs: Sequence[ProofReport] = (),
    progress: Progress = silent,
) -> LogReport:
    """Check a whole log: its head's signature, every bundle, every tile of every level, the root.

    Also that each of the `private` checkpoints and of the `proofs`, verified before, belongs to the same
    history. One that is larger than the public head cannot be compared yet, and the report says so.
    Raises LogWrong, NoteWrong, CheckpointWrong or SourceWrong.
    """
    note = source(CHECKPOINT)
    if note is None:
        raise LogWrong("there is no checkpoint here: this is no log, or one that has not shown a head yet.")
    signed = trust.open_head(note)
    head = signed.checkpoint
    others = [*(each.checkpoint for each in private), *(each.signed.checkpoint for each in proofs)]
    for other in others:
        _same_log(other, head)
    found = rederive(
        source,
        head.size,
        roots_at=[other.size for other in others],
        entries_at=[each.index for each in proofs],
        progress=progress,
    )
    _agrees(found, head)
    first = (
        f"The log is whole: its {head.size} entries and every tile lead to the root of the public head of "
        f"{head.origin}, {trust.signature_of(signed)}."
    )
    placed = [_placed(each, found) for each in proofs if each.index < head.size]
    compared = [_compared(other, found, head) for other in dict.fromkeys(others)]
    return LogReport(signed, (first, *_cosigned(signed.cosigned), *placed, *compared))


def _same_log(other: Checkpoint, head: Checkpoint) -> None:
    if other.origin != head.origin:
        raise LogWrong(f"the checkpoint is of the log {other.origin}; this is {head.origin}.")
    if other.size == head.size and other.root != head.root:
        raise LogWrong(f"two roots were signed for {head.origin} at {head.size} leaves: the log was forked.")


def _agrees(found: Rederived, head: Checkpoint) -> None:
    if found.edge.root() != head.root:
        raise LogWrong(
            f"the {head.size} entries do not lead to the root of the signed head: "
            "the log was changed after it was signed."
        )


def _placed(proof: ProofReport, found: Rederived) -> str:
    """That a proof's entry stands in the public log at its place."""
    if found.entries[proof.index] != proof.entry:
        raise LogWrong(f"leaf {proof.index} of the public log is another entry than the proof's.")
    return f"The public log holds the entry as leaf {proof.index}."


def _compared(other: Checkpoint, found: Rederived, head: Checkpoint) -> str:
    """That another checkpoint of this log belongs to the same history as its public head."""
    if other.size > head.size:
        return (
            f"The checkpoint of {other.size} leaves is not yet in the public head, which has {head.size}; "
            "wait for the next head, which comes once a day, and check again."
        )
    root = found.roots.get(other.size, EMPTY_ROOT)
    if other.root != root:
        raise LogWrong(
            f"the public log does not begin with the log of {other.size} leaves that was signed before: "
            "its history was changed."
        )
    return f"The checkpoint of {other.size} leaves is the beginning of the public log."


def read_private(data: bytes, trust: Trust) -> SignedCheckpoint | ProofReport:
    """A file that a sender kept: a proof, verified, or a bare signed checkpoint. Raises as those do."""
    if data.startswith(HEADER.encode()):
        return verify_proof(data, trust)
    return trust.open(data)


def _name(verifier: Verifier, holder: Holder | None) -> str:
    whose = f"the {holder}'s key" if holder else "key"
    return f"{whose} ({verifier.key_id.hex()})" if holder else f"{whose} {verifier.key_id.hex()}"


def _cosigned(cosigned: Iterable[Verified]) -> tuple[str, ...]:
    return tuple(f"{each.verifier.name} witnessed it on {_day(each.time or 0)}." for each in cosigned)


def _day(time: int) -> str:
    try:
        return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return f"second {time}"

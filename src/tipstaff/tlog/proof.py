"""The file that a sender takes away: c2sp.org/tlog-proof, saved as `.tlog-proof`.

A proof shows that one entry stands in the log. Our entries are hashes of envelopes, which the sender does not
keep, so the entry itself travels in the proof's `extra` field: the 17 ASCII bytes `tipstaff/entry/v1`, a
newline, and the 32 bytes of the entry. The field is not signed and need not be: another entry there does not
lead to the signed root.
"""

from dataclasses import dataclass

from tipstaff.tlog.base64 import decode, encode
from tipstaff.tlog.checking import ProofWrong
from tipstaff.tlog.checkpoint import LARGEST_SIZE, NUMBER
from tipstaff.tlog.hashing import HASH

HEADER = "c2sp.org/tlog-proof@v1"
EXTENSION = ".tlog-proof"
MEDIA_TYPE = "text/plain; charset=utf-8"
LONGEST = 256_000
_ENTRY = b"tipstaff/entry/v1\n"


def entry_extra(entry: bytes) -> bytes:
    """The `extra` field for a 32-byte entry."""
    if len(entry) != HASH:
        raise ValueError("an entry has 32 bytes")
    return _ENTRY + entry


@dataclass(frozen=True, slots=True)
class LogProof:
    """An entry's place in a log: zero-based `index`, path `hashes` (the leaf's sibling first), the signed
    checkpoint as a note, verbatim, and unsigned `extra` bytes."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint_note: str
    extra: bytes | None = None

    def text(self) -> str:
        """The file's text."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {encode(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [encode(each) for each in self.hashes]
        return "\n".join(lines) + "\n\n" + self.checkpoint_note

    @property
    def entry(self) -> bytes | None:
        """The 32-byte entry that travels in `extra`, None when something else or nothing does."""
        if self.extra is None or not self.extra.startswith(_ENTRY) or len(self.extra) != len(_ENTRY) + HASH:
            return None
        return self.extra[len(_ENTRY) :]

    @classmethod
    def parse(cls, text: str | bytes) -> "LogProof":
        """Read a proof; nothing is verified yet, the checkpoint's note least of all. Raises ProofWrong."""
        try:
            whole = text.decode() if isinstance(text, bytes) else text
        except UnicodeError:
            raise ProofWrong("this is no log proof: it is not UTF-8 text.") from None
        if len(whole) > LONGEST:
            raise ProofWrong("this is no log proof: it is too long for one.")
        head, gap, note = whole.partition("\n\n")
        lines = head.split("\n")
        if lines.pop(0) != HEADER or not gap:
            raise ProofWrong(f"this is no log proof: its first line should be {HEADER}.")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = _decoded(lines.pop(0).removeprefix("extra "), "extra line")
        index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
        if not NUMBER.fullmatch(index) or int(index) > LARGEST_SIZE:
            raise ProofWrong("the log proof has no index line with a number as it must be written.")
        hashes = tuple(_decoded(line, "path") for line in lines)
        if any(len(each) != HASH for each in hashes):
            raise ProofWrong(f"a hash in the log proof's path has not {HASH} bytes.")
        return cls(int(index), hashes, note, extra)


def _decoded(text: str, where: str) -> bytes:
    try:
        return decode(text)
    except ValueError:
        raise ProofWrong(f"the log proof's {where} is not base64.") from None

"""Keys that sign notes: c2sp.org/signed-note, and the Ed25519 half of c2sp.org/tlog-cosignature.

A key has a name and a 4-byte id, the beginning of a hash over name, kind and key. Both of a log's keys bear
the log's origin as their name and differ by their id.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tipstaff.tlog.base64 import decode, encode
from tipstaff.tlog.wrong import Wrong

ED25519 = 0x01
COSIGNATURE = 0x04
LATEST_TIME = 2**63 - 1
_SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE: 8 + 64}
_NOT_PLAIN = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class KeyWrong(Wrong):
    """The text is no verifier key, or one of a kind that we do not read."""


class SignatureWrong(Wrong):
    """A signature that bears a known key's name and id is not that key's."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key: its `name`, the `kind` of its signatures (0x01, or 0x04 for a witness), its 32 bytes."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read `<name>+<id in hex>+<base64 of kind and key>`. Raises KeyWrong."""
        parts = vkey.strip().split("+", 2)
        if len(parts) != 3:
            raise KeyWrong("a verifier key has three parts with plus signs between: name+1a2b3c4d+AQ….")
        name, identifier, encoded = parts
        if not is_name(name):
            raise KeyWrong("the name in a verifier key is empty or holds a space.")
        try:
            key = decode(encoded)
        except ValueError:
            raise KeyWrong(f"the key of {name} is not whole: its last part is not base64.") from None
        if len(key) != 33 or key[0] not in _SIGNATURE_BYTES:
            raise KeyWrong(f"the key of {name} is of a kind that is not read here; Ed25519 is.")
        verifier = cls(name, key[0], key[1:])
        if verifier.key_id.hex() != identifier:
            raise KeyWrong(f"the key of {name} was altered: its id should be {verifier.key_id.hex()}.")
        return verifier

    @property
    def key_id(self) -> bytes:
        """The 4 bytes that, with the name, stand for this key in a signature line."""
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as text, for configuration and notices."""
        return f"{self.name}+{self.key_id.hex()}+{encode(bytes([self.kind]) + self.public)}"

    def verify(self, text: str, signature: bytes) -> int | None:
        """Check a signature over a note's text; gives the time (POSIX seconds) of a cosignature, else None.

        Raises SignatureWrong.
        """
        if len(signature) != _SIGNATURE_BYTES[self.kind]:
            raise SignatureWrong(f"the signature of {self.name} is not whole: it has {len(signature)} bytes.")
        time, message = None, text.encode()
        if self.kind == COSIGNATURE:
            time, signature = int.from_bytes(signature[:8], "big"), signature[8:]
            message = _cosigned(text, time)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            key = f"{self.name} ({self.key_id.hex()})"
            raise SignatureWrong(f"the signature in the name of {key} is not over this text.") from None
        if time is not None and time > LATEST_TIME:
            raise SignatureWrong(f"the cosignature of {self.name} is of no possible time.")
        return time


class Signer:
    """A private key that signs under a name. `seed` is the 32 bytes of an Ed25519 private key.

    The key is unpacked once: at the door this signs a checkpoint for every tip. ValueError when the name
    cannot be a key's, the seed has another length, or the kind is not known.
    """

    __slots__ = ("_key", "kind", "name", "verifier")

    def __init__(self, name: str, seed: bytes, kind: int = ED25519) -> None:
        if not is_name(name) or len(seed) != 32 or kind not in _SIGNATURE_BYTES:
            raise ValueError(
                "a signer has a name without spaces or plus signs, a seed of 32 bytes, a known kind"
            )
        self.name = name
        self.kind = kind
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, kind, self._key.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The public half as text."""
        return self.verifier.vkey

    def signature(self, text: str, time: int | None = None) -> bytes:
        """The signature over a note's text; a witness's (kind 0x04) needs its `time` in POSIX seconds."""
        if (self.kind == COSIGNATURE) != (time is not None):
            raise ValueError("a witness signs with a time, and only a witness does")
        if time is None:
            return self._key.sign(text.encode())
        return time.to_bytes(8, "big") + self._key.sign(_cosigned(text, time))

    def sign(self, text: str) -> str:
        """The note: `text`, which ends in a newline, with this signature.

        ValueError when the text cannot be a note's: no newline at its end, or a control character in it.
        """
        if not text.endswith("\n") or not is_plain(text):
            raise ValueError("a note's text ends with a newline and holds no other control characters")
        return f"{text}\n{self.line(text)}"

    def line(self, text: str, time: int | None = None) -> str:
        """The signature as a line of a note."""
        raw = self.verifier.key_id + self.signature(text, time)
        return f"\N{EM DASH} {self.name} {encode(raw)}\n"


def _cosigned(text: str, time: int) -> bytes:
    """What a witness signs: the checkpoint under a header that says what the signature means."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def is_name(name: str) -> bool:
    """Whether a key may be called this: not empty, no spaces of any script, no plus sign, no controls."""
    return bool(name) and "+" not in name and is_plain(name) and not any(map(str.isspace, name))


def is_plain(text: str) -> bool:
    """Whether a note may hold this: no control characters but newlines, nothing that UTF-8 cannot hold."""
    return _NOT_PLAIN.search(text) is None

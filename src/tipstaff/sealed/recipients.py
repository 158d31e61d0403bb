"""Who a file is sealed to, and who opens it: hybrid (post-quantum), X25519 and passphrase.

Source: the age v1 specification, "Native recipient types". The hybrid KEM is HPKE's MLKEM768-X25519
(X-Wing), which `cryptography` brings; the identity's 32 bytes expand by SHAKE256 to its two private keys.
"""

import hashlib
import os
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Protocol, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tipstaff.sealed import bech32
from tipstaff.sealed.header import NotSealed, Stanza, decode, encode

__all__ = [
    "BadKey",
    "HybridIdentity",
    "HybridRecipient",
    "Identity",
    "Recipient",
    "ScryptIdentity",
    "ScryptRecipient",
    "Stanza",
    "X25519Identity",
    "X25519Recipient",
    "parse_identity",
    "parse_recipient",
]

FILE_KEY = 16
_WRAPPED = FILE_KEY + 16  # ChaCha20-Poly1305 adds a tag of 16 bytes
_ZERO_NONCE = bytes(12)

_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_HYBRID = "mlkem768x25519"
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_MLKEM_PUBLIC = 1184
_MLKEM_CIPHERTEXT = 1088
_HYBRID_ENC = _MLKEM_CIPHERTEXT + 32
_X25519_INFO = b"age-encryption.org/v1/X25519"
# The u-coordinates of Curve25519's low-order points, as 255 bits can write them (RFC 7748, section 6.1).
_PRIME = 2**255 - 19
_ORDER_EIGHT = (
    325606250916557431795983626356110631294008115727848805560023387167927233504,
    39382357235489614581723060781553021112529911719440698176882885853963445705823,
)
_LOW_ORDER = frozenset({0, 1, *_ORDER_EIGHT, _PRIME - 1, _PRIME, _PRIME + 1})
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_LOG_N = re.compile(r"[1-9][0-9]?")


class BadKey(ValueError):
    """The text is no recipient or identity that we know. The message never repeats it: it may be secret."""


class Recipient(Protocol):
    def wrap(self, file_key: bytes) -> Stanza:
        """The stanza that gives `file_key` (16 bytes) to this recipient alone."""


class Identity(Protocol):
    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The file key (16 bytes), or None when no stanza is for us.

        Raises NotSealed when a stanza of our kind is malformed, whoever it is for.
        """


class HybridRecipient:
    """A post-quantum hybrid recipient, `age1pq1…`: X25519 and ML-KEM-768 together."""

    def __init__(self, mlkem: MLKEM768PublicKey, x25519: X25519PublicKey) -> None:
        self._key = hpke.MLKEM768X25519PublicKey(mlkem, x25519)
        self.raw = mlkem.public_bytes_raw() + x25519.public_bytes_raw()

    @classmethod
    def from_raw(cls, raw: bytes) -> Self:
        """The recipient of 1,184 bytes of ML-KEM-768 and 32 of X25519. Raises BadKey."""
        if len(raw) != _MLKEM_PUBLIC + 32:
            raise BadKey(f"a hybrid recipient has {_MLKEM_PUBLIC + 32} bytes, this one {len(raw)}")
        try:
            mlkem = MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC])
        except ValueError:
            raise BadKey("this hybrid recipient's ML-KEM half is no public key") from None
        return cls(mlkem, _x25519_public(raw[_MLKEM_PUBLIC:]))

    @classmethod
    def parse(cls, text: str) -> "HybridRecipient":
        """The recipient written as `text`. The last few are remembered: parsing costs as much as sealing."""
        return _parsed(text)

    def wrap(self, file_key: bytes) -> Stanza:
        sealed = _SUITE.encrypt(file_key, self._key, _HYBRID_INFO)
        return Stanza(_HYBRID, (encode(sealed[:_HYBRID_ENC]).decode("ascii"),), sealed[_HYBRID_ENC:])

    @cached_property
    def text(self) -> str:
        return bech32.encode("age1pq", self.raw)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<HybridRecipient {self.text[:15]}…>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HybridRecipient) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)


@lru_cache(maxsize=64)
def _parsed(text: str) -> HybridRecipient:
    return HybridRecipient.from_raw(_raw(text, "age1pq", "a hybrid recipient (age1pq1…)"))


class HybridIdentity:
    """The private half of a HybridRecipient, `AGE-SECRET-KEY-PQ-1…`. `str()` is secret, `repr()` is not."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != 32:
            raise BadKey("a hybrid identity is 32 bytes")
        expanded = hashlib.shake_256(seed).digest(96)
        self._seed = seed
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(self._mlkem, self._x25519)

    @classmethod
    def generate(cls) -> Self:
        return cls(os.urandom(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The identity of these 32 bytes, as HKDF gives them for a receipt. Raises BadKey."""
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(_raw(text, "AGE-SECRET-KEY-PQ-", "a hybrid identity (AGE-SECRET-KEY-PQ-1…)"))

    def recipient(self) -> HybridRecipient:
        return HybridRecipient(self._mlkem.public_key(), self._x25519.public_key())

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        found: bytes | None = None
        for stanza in stanzas:
            if stanza.kind == _HYBRID:
                enc = _share(stanza, _HYBRID_ENC)
                found = found or self._open(enc, stanza.body)
        return found

    def _open(self, enc: bytes, body: bytes) -> bytes | None:
        try:
            return _SUITE.decrypt(enc + body, self._key, _HYBRID_INFO)
        except InvalidTag:
            # HPKE says no more than "no"; a low-order point is malformed for everybody, not just not for us.
            if _is_low_order(enc[_MLKEM_CIPHERTEXT:]):
                raise NotSealed("a stanza's key share is a low-order point") from None
            return None

    def __str__(self) -> str:
        return bech32.encode("age-secret-key-pq-", self._seed).upper()

    def __repr__(self) -> str:
        return "<HybridIdentity>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HybridIdentity) and self._seed == other._seed

    def __hash__(self) -> int:
        return hash(self._seed)


class X25519Recipient:
    """A classical recipient, `age1…`."""

    def __init__(self, raw: bytes) -> None:
        """`raw`: 32 bytes. Raises BadKey, also for a low-order point, with which nothing could be sealed."""
        if len(raw) != 32:
            raise BadKey(f"an X25519 recipient has 32 bytes, this one {len(raw)}")
        self._key = _x25519_public(raw)
        self.raw = raw

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(_raw(text, "age", "an X25519 recipient (age1…)"))

    def wrap(self, file_key: bytes) -> Stanza:
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        key = _hkdf(ephemeral.exchange(self._key), share + self.raw, _X25519_INFO)
        body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
        return Stanza("X25519", (encode(share).decode("ascii"),), body)

    def __str__(self) -> str:
        return bech32.encode("age", self.raw)


class X25519Identity:
    """The private half of an X25519Recipient, `AGE-SECRET-KEY-1…`. `str()` is the secret, `repr()` is not."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != 32:
            raise BadKey("an X25519 identity is 32 bytes")
        self._key = X25519PrivateKey.from_private_bytes(secret)
        self._public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> Self:
        return cls(os.urandom(32))

    @classmethod
    def parse(cls, text: str) -> Self:
        return cls(_raw(text, "AGE-SECRET-KEY-", "an X25519 identity (AGE-SECRET-KEY-1…)"))

    def recipient(self) -> X25519Recipient:
        return X25519Recipient(self._public)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        found: bytes | None = None
        for stanza in stanzas:
            if stanza.kind == "X25519":
                share = _share(stanza, 32)
                key = _hkdf(_agree(self._key, share), share + self._public, _X25519_INFO)
                found = found or _unwrapped(key, stanza.body)
        return found

    def __str__(self) -> str:
        return bech32.encode("age-secret-key-", self._key.private_bytes_raw()).upper()

    def __repr__(self) -> str:
        return "<X25519Identity>"


class ScryptRecipient:
    """A passphrase. `log_n`: the work factor's base-two logarithm; 18 takes about a second and 256 MiB."""

    def __init__(self, passphrase: str, log_n: int = 18) -> None:
        if not passphrase:
            raise BadKey("an empty passphrase protects nothing")
        if not 1 <= log_n <= 30:
            raise BadKey("the work factor is a number from 1 to 30")
        self._passphrase = passphrase.encode()
        self._log_n = log_n

    def wrap(self, file_key: bytes) -> Stanza:
        salt = os.urandom(16)
        key = _scrypt(self._passphrase, salt, self._log_n)
        body = ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)
        return Stanza("scrypt", (encode(salt).decode("ascii"), str(self._log_n)), body)


class ScryptIdentity:
    """A passphrase for opening. `max_log_n` bounds the work a stranger's file can ask of us (20: 1 GiB)."""

    def __init__(self, passphrase: str, max_log_n: int = 20) -> None:
        self._passphrase = passphrase.encode()
        self._max_log_n = max_log_n

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        for stanza in stanzas:
            if stanza.kind == "scrypt":
                salt, log_n = self._terms(stanza, len(stanzas))
                return _unwrapped(_scrypt(self._passphrase, salt, log_n), stanza.body)
        return None

    def _terms(self, stanza: Stanza, count: int) -> tuple[bytes, int]:
        """Salt and work factor, checked before any work is done."""
        if count != 1:
            raise NotSealed("a passphrase stanza must stand alone in its header")
        if len(stanza.args) != 2 or len(stanza.body) != _WRAPPED or not _LOG_N.fullmatch(stanza.args[1]):
            raise NotSealed("a passphrase stanza has a salt, a work factor and 32 bytes")
        if int(stanza.args[1]) > self._max_log_n:
            raise NotSealed(f"the file asks for more work than 2^{self._max_log_n}, the most we do")
        salt = decode(stanza.args[0].encode("ascii"))
        if len(salt) != 16:
            raise NotSealed("a passphrase stanza's salt has 16 bytes")
        return salt, int(stanza.args[1])

    def __repr__(self) -> str:
        return "<ScryptIdentity>"


def parse_recipient(text: str) -> HybridRecipient | X25519Recipient:
    """The recipient written as `text` (`age1pq1…` or `age1…`). Raises BadKey."""
    return HybridRecipient.parse(text) if text.startswith("age1pq1") else X25519Recipient.parse(text)


def parse_identity(text: str) -> HybridIdentity | X25519Identity:
    """The identity written as `text` (`AGE-SECRET-KEY-PQ-1…` or `AGE-SECRET-KEY-1…`). Raises BadKey."""
    hybrid = text.startswith("AGE-SECRET-KEY-PQ-1")
    return HybridIdentity.parse(text) if hybrid else X25519Identity.parse(text)


def _raw(text: str, prefix: str, wanted: str) -> bytes:
    """The bytes of a key in Bech32; the prefix says the case too (recipients small, identities capital)."""
    try:
        found, raw = bech32.decode(text)
    except bech32.NotBech32 as wrong:
        raise BadKey(f"not {wanted}: {wrong}") from None
    if found != prefix.lower() or not text.startswith(prefix):
        raise BadKey(f"not {wanted}")
    return raw


def _x25519_public(raw: bytes) -> X25519PublicKey:
    """The public key. Raises BadKey for a low-order point: every exchange with it gives zeros."""
    if _is_low_order(raw):
        raise BadKey("this recipient's X25519 half is a low-order point: nothing can be sealed with it")
    return X25519PublicKey.from_public_bytes(raw)


def _is_low_order(share: bytes) -> bool:
    return int.from_bytes(share, "little") % (1 << 255) in _LOW_ORDER


def _agree(private: X25519PrivateKey, share: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise NotSealed("a stanza's key share is a low-order point") from None


def _share(stanza: Stanza, size: int) -> bytes:
    """The one argument of a public-key stanza, checked, as is the body's length (partitioning oracles)."""
    if len(stanza.args) != 1 or len(stanza.body) != _WRAPPED:
        raise NotSealed(f"a stanza {stanza.kind} has one argument and 32 bytes")
    share = decode(stanza.args[0].encode("ascii"))
    if len(share) != size:
        raise NotSealed(f"a stanza {stanza.kind} has a key share of {size} bytes, this one {len(share)}")
    return share


def _unwrapped(key: bytes, body: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None


def _hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def _scrypt(passphrase: bytes, salt: bytes, log_n: int) -> bytes:
    n = 1 << log_n
    # maxmem: OpenSSL needs 128*N*r bytes and a little; its default of 32 MiB would refuse our own files.
    memory = 128 * 8 * (n + 32)
    return hashlib.scrypt(passphrase, salt=_SCRYPT_LABEL + salt, n=n, r=8, p=1, maxmem=memory, dklen=32)

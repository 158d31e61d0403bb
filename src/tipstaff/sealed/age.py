"""Sealing and opening whole age files, at once or as a stream in constant memory.

Source: the age v1 specification, "Payload". A payload is a nonce and chunks of 64 KiB, each sealed with its
number and a mark on the last one, so that none can be moved, dropped or added.
"""

import hmac
import os
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tipstaff.sealed.header import (
    Altered,
    Header,
    NotForThisKey,
    NotSealed,
    SealError,
    Source,
    encode,
    read_header,
    write_header,
)
from tipstaff.sealed.recipients import FILE_KEY, Identity, Recipient, Stanza

__all__ = [
    "Altered",
    "NotForThisKey",
    "NotSealed",
    "Opener",
    "SealError",
    "Sealer",
    "open_sealed",
    "seal",
    "stanzas_of",
]

CHUNK = 1 << 16
_TAG = 16
_NONCE = 16


class Sealer:
    """One file, sealed as it streams in: `start()`, then `update(data)` as often as needed, then `finish()`.

    What the three return, joined, is the age file. At most one chunk (64 KiB) is held back.
    """

    def __init__(self, recipients: Sequence[Recipient]) -> None:
        """Raises ValueError for no recipient at all, or a passphrase among others."""
        file_key, nonce = os.urandom(FILE_KEY), os.urandom(_NONCE)
        header = write_header(tuple(recipient.wrap(file_key) for recipient in recipients))
        self._start: bytes | None = header + b" " + encode(_mac(file_key, header)) + b"\n" + nonce
        self._aead = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
        self._held = bytearray()
        self._number = 0
        self._open = True

    def start(self) -> bytes:
        """The header and the payload's nonce. Raises RuntimeError when asked twice."""
        if self._start is None:
            raise RuntimeError("this file was started already")
        start, self._start = self._start, None
        return start

    def update(self, data: bytes) -> bytes:
        """The chunks that `data` completes; b"" while there is none. Raises RuntimeError out of order."""
        self._check()
        self._held += data
        out = []
        # A full chunk waits until a byte follows: the last chunk bears a mark and may be full, but not empty.
        with memoryview(self._held) as held:
            whole = max(0, (len(held) - 1) // CHUNK) * CHUNK
            for start in range(0, whole, CHUNK):
                out.append(self._chunk(held[start : start + CHUNK], last=False))
        del self._held[:whole]
        return b"".join(out)

    def finish(self) -> bytes:
        """The last chunk. Raises RuntimeError out of order."""
        self._check()
        self._open = False
        return self._chunk(self._held, last=True)

    def _check(self) -> None:
        if self._start is not None or not self._open:
            raise RuntimeError("call start() first and nothing after finish()")

    def _chunk(self, plain: bytearray | memoryview, *, last: bool) -> bytes:
        nonce = _chunk_nonce(self._number, last)
        self._number += 1
        return self._aead.encrypt(nonce, plain, None)


class Opener:
    """Opens a stream piece by piece; what it yields is authentic so far, but complete only at the end."""

    @staticmethod
    def open_stream(read: Callable[[int], bytes], identities: Sequence[Identity]) -> Iterator[bytes]:
        """The plain chunks (at most 64 KiB each) of the age file behind `read(n)`.

        `read` gives at most n bytes, fewer if it likes, b"" at the end. Raises NotSealed, NotForThisKey or
        Altered, possibly after some chunks: a caller keeps nothing for good before the iterator ends.
        """
        source = Source(read)
        file_key = _unwrap(read_header(source), identities)
        nonce = source.take(_NONCE)
        if len(nonce) < _NONCE:
            raise NotSealed("the file ends before its payload begins")
        yield from _chunks(source, ChaCha20Poly1305(_derive(file_key, nonce, b"payload")))


def seal(data: bytes, recipients: Sequence[Recipient]) -> bytes:
    """An age file of `data` for `recipients`. Raises ValueError as Sealer does."""
    sealer = Sealer(recipients)
    return b"".join((sealer.start(), sealer.update(data), sealer.finish()))


def open_sealed(sealed: bytes, identities: Sequence[Identity]) -> bytes:
    """The data in an age file. Raises NotSealed, NotForThisKey or Altered."""
    return b"".join(Opener.open_stream(BytesIO(sealed).read, identities))


def stanzas_of(sealed_prefix: bytes) -> tuple[Stanza, ...]:
    """The stanzas of the header that `sealed_prefix` begins with; needs no key. Raises NotSealed."""
    return read_header(Source(BytesIO(sealed_prefix).read)).stanzas


def _unwrap(header: Header, identities: Sequence[Identity]) -> bytes:
    """The file key that the first fitting identity finds, once the header's MAC was checked with it."""
    for identity in identities:
        file_key = identity.unwrap(header.stanzas)
        if file_key is not None:
            if not hmac.compare_digest(header.mac, _mac(file_key, header.authenticated)):
                raise Altered("the header was changed after it was sealed")
            return file_key
    raise NotForThisKey("no key at hand opens this file")


def _chunks(source: Source, aead: ChaCha20Poly1305) -> Iterator[bytes]:
    number, last = 0, False
    while not last:
        block = source.take(CHUNK + _TAG)
        # Only the mark in its nonce tells whether a full chunk is the last one; a shorter one must be.
        last = len(block) < CHUNK + _TAG
        plain = _opened(aead, block, number, last)
        if plain is None and not last:
            last = True
            plain = _opened(aead, block, number, last)
        if plain is None:
            raise Altered("the contents were changed or cut off after they were sealed")
        if number and not plain:
            raise Altered("the contents end with an empty chunk, which no age file does")
        yield plain
        number += 1
    if source.take(1):
        raise Altered("something was added behind the contents after they were sealed")


def _opened(aead: ChaCha20Poly1305, block: bytes, number: int, last: bool) -> bytes | None:
    try:
        return aead.decrypt(_chunk_nonce(number, last), block, None)
    except InvalidTag:
        return None


def _chunk_nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), header, "sha256")


def _derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(file_key)

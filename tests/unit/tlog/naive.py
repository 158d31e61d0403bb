"""The tree of RFC 6962, section 2.1, as its definitions are written: slow, and hard to get wrong."""

from collections.abc import Sequence
from hashlib import sha256


def root(entries: Sequence[bytes]) -> bytes:
    """MTH(D[n])."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\0" + entries[0]).digest()
    k = split(len(entries))
    return sha256(b"\1" + root(entries[:k]) + root(entries[k:])).digest()


def path(m: int, entries: Sequence[bytes]) -> tuple[bytes, ...]:
    """PATH(m, D[n])."""
    if len(entries) == 1:
        return ()
    k = split(len(entries))
    if m < k:
        return (*path(m, entries[:k]), root(entries[k:]))
    return (*path(m - k, entries[k:]), root(entries[:k]))


def proof(m: int, entries: Sequence[bytes]) -> tuple[bytes, ...]:
    """PROOF(m, D[n]) for 0 < m <= n."""
    return _subproof(m, entries, whole=True)


def _subproof(m: int, entries: Sequence[bytes], whole: bool) -> tuple[bytes, ...]:
    if m == len(entries):
        return () if whole else (root(entries),)
    k = split(len(entries))
    if m <= k:
        return (*_subproof(m, entries[:k], whole), root(entries[k:]))
    return (*_subproof(m - k, entries[k:], whole=False), root(entries[:k]))


def split(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k

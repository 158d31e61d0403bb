"""Readable references with a check character: `TIP-4KQ7-M2XC-9TRC`.

The letters are Crockford's base 32 (no I, L, O, U) without Z: 31 of them, a prime. What is misread anyway
(O for 0, I or L for 1) is forgiven on reading. The last character is the sum of the values, each times its
place, modulo 31; as 31 is prime and longer than any reference, every single wrong character and every swap of
neighbours is noticed.
"""

import secrets
from hashlib import sha256

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_VALUE = {letter: value for value, letter in enumerate(LETTERS)}
_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUP = 4


class BadReference(ValueError):
    """This is no reference of ours: a character is wrong, missing or too many."""


def new(prefix: str, size: int = 11) -> str:
    """A random reference: `size` letters (31 values, 4.95 bits each) and a check character."""
    return _written(prefix, "".join(secrets.choice(LETTERS) for _ in range(size)))


def of(prefix: str, digest: bytes, size: int = 11) -> str:
    """The reference that belongs to `digest`; the same bytes always give the same reference."""
    number = int.from_bytes(sha256(b"tipstaff/reference/" + digest).digest(), "big")
    body = ""
    for _ in range(size):
        number, value = divmod(number, len(LETTERS))
        body += LETTERS[value]
    return _written(prefix, body)


def read(text: str) -> str:
    """The reference as we write it, from what a person typed (case, spaces and dashes forgiven).

    Raises BadReference when a character is none of ours or the check character disagrees.
    """
    prefix, _, rest = text.strip().upper().partition("-")
    letters = rest.replace("-", "").replace(" ", "").translate(_FORGIVEN)
    if not prefix.isalpha() or len(letters) < 2 or not set(letters) <= _VALUE.keys():
        raise BadReference("a reference looks like TIP-4KQ7-M2XC-9TRC: letters and digits, no Z")
    if _check(letters[:-1]) != letters[-1]:
        raise BadReference("one character of this reference is wrong: compare it with what you wrote down")
    return _written(prefix, letters[:-1])


def _written(prefix: str, body: str) -> str:
    letters = body + _check(body)
    groups = [letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP)]
    return "-".join([prefix, *groups])


def _check(body: str) -> str:
    total = sum((place + 1) * _VALUE[letter] for place, letter in enumerate(body))
    return LETTERS[total % len(LETTERS)]

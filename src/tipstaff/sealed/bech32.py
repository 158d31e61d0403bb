"""Bech32 (BIP 173) without its length limit, as age writes keys: `age1pq1…`, `AGE-SECRET-KEY-PQ-1…`.

The checksum of a hybrid recipient runs over 1,955 symbols, and the door writes one for every tip, so neither
the regrouping to five bits nor the checksum is done symbol by symbol. Both are linear over bits: the
regrouping spreads one big integer by halves, and each of the 30 checksum bits is the parity of the integer
under a mask that is worked out once.
"""

import re
from functools import lru_cache

ALPHABET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_SYMBOLS = bytes(range(32))
_TO_TEXT = bytes.maketrans(_SYMBOLS, ALPHABET)
_TO_SYMBOL = bytes.maketrans(ALPHABET, _SYMBOLS)
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_SYMBOLS = 6
# 1,023 steps lead back to the start (the generator's code has that length), so longer data is folded onto it.
_PLACES = 1023
_CYCLE = (1 << 5 * _PLACES) - 1
_DATA = re.compile(rb"[" + ALPHABET + rb"]{6,}")
_PREFIX = re.compile(r"[!-~]+")


class NotBech32(ValueError):
    """The text is not Bech32: a character, the case, the checksum or the padding is wrong."""


def encode(prefix: str, raw: bytes) -> str:
    """`prefix`, the separator and `raw` in lower case. The prefix is lower-case ASCII."""
    count = -(-len(raw) * 8 // 5)
    number = int.from_bytes(raw, "big") << count * 5 - len(raw) * 8
    check = _checksum(prefix, number << 5 * _CHECK_SYMBOLS, count + _CHECK_SYMBOLS) ^ 1
    symbols = _spread(number << 5 * _CHECK_SYMBOLS | check, count + _CHECK_SYMBOLS)
    return f"{prefix}1{symbols.translate(_TO_TEXT).decode('ascii')}"


def decode(text: str) -> tuple[str, bytes]:
    """The prefix in lower case and the bytes. Raises NotBech32."""
    if text not in (text.lower(), text.upper()):
        raise NotBech32("a key is written all in small or all in capital letters")
    prefix, _, rest = text.lower().rpartition("1")
    if not _PREFIX.fullmatch(prefix) or not rest.isascii() or not _DATA.fullmatch(rest.encode("ascii")):
        raise NotBech32("a key holds a character that does not belong there")
    symbols = rest.encode("ascii").translate(_TO_SYMBOL)
    number = _gather(symbols)
    if _checksum(prefix, number, len(symbols)) != 1:
        raise NotBech32("a key's checksum is wrong: a character was lost or changed")
    number >>= 5 * _CHECK_SYMBOLS
    size, left_over = divmod((len(symbols) - _CHECK_SYMBOLS) * 5, 8)
    if left_over > 4 or number & (1 << left_over) - 1:
        raise NotBech32("a key's last character carries bits that must be zero")
    return prefix, (number >> left_over).to_bytes(size, "big")


def _step(check: int) -> int:
    """One symbol's place further: multiplied by x, modulo BIP 173's generator."""
    top, check = check >> 25, (check & 0x1FFFFFF) << 5
    for bit, generator in enumerate(_GENERATORS):
        if top >> bit & 1:
            check ^= generator
    return check


def _checksum(prefix: str, number: int, count: int) -> int:
    """BIP 173's polymod over the expanded prefix and the `count` symbols packed in `number`."""
    while number > _CYCLE:
        number = number & _CYCLE ^ number >> 5 * _PLACES
    check = _of_prefix(prefix, count)
    for bit, mask in enumerate(_masks()):
        check ^= ((number & mask).bit_count() & 1) << bit
    return check


@lru_cache(maxsize=64)
def _of_prefix(prefix: str, count: int) -> int:
    """What the prefix alone contributes before `count` symbols."""
    check = 1
    for symbol in [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]:
        check = _step(check) ^ symbol
    for _ in range(count % _PLACES):
        check = _step(check)
    return check


@lru_cache
def _masks() -> tuple[int, ...]:
    """For each of the 30 checksum bits, the bits of the last 1,023 symbols that flip it."""
    masks = [0] * 30
    flips = [1 << bit for bit in range(5)]  # of the last symbol; one place earlier is one step further
    for place in range(_PLACES):
        for bit, flip in enumerate(flips):
            for i in range(30):
                if flip >> i & 1:
                    masks[i] |= 1 << place * 5 + bit
        flips = [_step(flip) for flip in flips]
    return tuple(masks)


def _halves(count: int) -> list[int]:
    """1, 2, 4 … symbols: the widths of half a group, up to half of what holds `count`."""
    return [1 << level for level in range((count - 1).bit_length())]


@lru_cache(maxsize=64)
def _low_halves(half: int, count: int) -> int:
    """In each group of 2 * `half` bytes, a mask over the `half` packed symbols at its foot."""
    groups = -(-count // (2 * half))
    ones = (1 << half * 5) - 1
    return sum(ones << group * 2 * half * 8 for group in range(groups))


def _spread(number: int, count: int) -> bytes:
    """`count` symbols of five bits, one to a byte: the gaps between halves open from the widest down."""
    for half in reversed(_halves(count)):
        # Each group holds up to 2*half packed symbols at its foot: lift the upper half to its own byte place.
        low = number & _low_halves(half, count)
        number = low | (number ^ low) << half * 3
    return number.to_bytes(count, "big")


def _gather(symbols: bytes) -> int:
    """The inverse of `_spread`: `symbols` (values 0 to 31) packed to five bits each."""
    number = int.from_bytes(symbols, "big")
    for half in _halves(len(symbols)):
        low = number & _low_halves(half, len(symbols))
        number = low | (number ^ low) >> half * 3
    return number

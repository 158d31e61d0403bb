"""The receipt: twelve words that a source keeps, and everything that may be typed for them.

Source: BIP 39. 128 bits and a checksum of four make twelve numbers of eleven bits; each is a word of a list,
or itself, written with four digits. The number is what counts: the same receipt reads in four languages.
"""

import os
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain, pairwise
from typing import Literal, Self

LANGUAGES = ("en", "es", "fr", "pt")
WORDS = 12
LONGEST = 400
_ENTROPY = 16
_LIST = 2048
_WORD = re.compile(r"[^\W\d_]+")
_WORD_OR_NUMBER = re.compile(r"[^\W\d_]+|\d+")
_FOUR_DIGITS = re.compile(r"\d{4}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LISTED_RUN = re.compile(rb"[^\0]{12,}")
_ORDINAL = re.compile(r"\b\d{1,2}[.):]\s+")
_YEARS = range(1900, 2048)

Kind = Literal["empty", "too-long", "count", "unlisted", "checksum"]


class ReceiptUnreadable(ValueError):
    """What was typed is no receipt. `position` counts from 1; `word` is what stands there: not in `str()`."""

    _SENTENCES = {
        "empty": "no words were given",
        "too-long": f"more than {LONGEST} characters were given: a receipt is twelve words",
        "count": "a receipt has twelve words, and there is another number of them here",
        "unlisted": "one of the words is in no list: compare it with what was written down",
        "checksum": "each word is listed, but they do not belong together: one is wrong, or the order is",
    }

    def __init__(self, kind: Kind, position: int | None = None, word: str = "") -> None:
        super().__init__(self._SENTENCES[kind])
        self.kind = kind
        self.position = position
        self.word = word


@dataclass(frozen=True, slots=True)
class Receipt:
    """128 random bits. They never appear in `repr()`: a traceback must not show a receipt."""

    entropy: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.entropy) != _ENTROPY:
            raise ValueError("a receipt is made of 16 bytes")

    @classmethod
    def new(cls) -> Self:
        return cls(os.urandom(_ENTROPY))

    @classmethod
    def read(cls, text: str, prefer: str = "en") -> Self:
        """The receipt that `text` spells: twelve listed words of one language, or twelve four-digit numbers.

        Case, accents, line ends and whatever stands between the words are forgiven, also their places in
        front ("1. … 2. …"); a word cut short is not, as it would have to be guessed. Where all the words
        stand in several lists, `prefer` is tried first, then the others. Raises ReceiptUnreadable.
        """
        if len(text) > LONGEST:
            raise ReceiptUnreadable("too-long")
        words = _words(fold(text))
        if not words:
            raise ReceiptUnreadable("empty")
        if len(words) != WORDS:
            raise ReceiptUnreadable("count")
        order = sorted(LANGUAGES, key=lambda language: language != prefer)
        readings = [_indices(words, language) for language in order]
        for reading in readings:
            if None not in reading and (entropy := _entropy(reading)) is not None:
                return cls(entropy)
        nearest = min(readings, key=lambda reading: reading.count(None))
        if None in nearest:
            place = nearest.index(None)
            typed = _words(unicodedata.normalize("NFC", text))
            raise ReceiptUnreadable("unlisted", place + 1, (typed if len(typed) == WORDS else words)[place])
        raise ReceiptUnreadable("checksum")

    def indices(self) -> tuple[int, ...]:
        """Twelve numbers from 0 to 2047; the last one ends with the checksum."""
        bits = int.from_bytes(self.entropy, "big") << 4 | sha256(self.entropy).digest()[0] >> 4
        return tuple(bits >> 11 * (WORDS - 1 - place) & _LIST - 1 for place in range(WORDS))

    def words(self, language: str) -> tuple[str, ...]:
        """The twelve words in `language`, one of LANGUAGES; KeyError for another."""
        listed = word_list(language)
        return tuple(listed[index] for index in self.indices())

    def numbers(self) -> tuple[str, ...]:
        """The twelve numbers with four digits each, "0000" to "2047"."""
        return tuple(f"{index:04d}" for index in self.indices())


def contains_receipt(text: str) -> bool:
    """Whether a valid receipt stands anywhere in `text`, as words or as numbers.

    Prose does not hold twelve listed words of one language in a row; where it does, the checksum lets one
    window in sixteen pass. Twelve numbers that could all be years are taken for years.
    """
    folded = fold(text)
    words = _WORD.findall(folded)
    # One byte per word, zero for an unlisted one: a run of twelve is then found without a loop of ours.
    lists = _lists_with().get
    marks = bytes([lists(word, 0) for word in words])
    if any(_spelt(words[run.start() : run.end()]) for run in _LISTED_RUN.finditer(marks)):
        return True
    return _FOUR_DIGITS.search(folded) is not None and _numbered(folded)


def fold(text: str) -> str:
    """`text` in small letters without accents, as the lists are compared."""
    lowered = text.casefold().replace("œ", "oe")
    if lowered.isascii():
        return lowered
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", lowered))


@lru_cache
def word_list(language: str) -> tuple[str, ...]:
    """The 2,048 words of `language` in composed letters (NFC). KeyError for a language without a list."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files("tipstaff.sealed").joinpath("words", f"{language}.txt").read_text("utf-8")
    return tuple(unicodedata.normalize("NFC", text).split())


@lru_cache
def _index(language: str) -> dict[str, int]:
    return {fold(word): index for index, word in enumerate(word_list(language))}


@lru_cache
def _lists_with() -> dict[str, int]:
    """For each folded word of any list, how many lists hold it."""
    return dict(Counter(chain.from_iterable(map(_index, LANGUAGES))))


def _words(text: str) -> list[str]:
    """Words and numbers in `text`; not those of one or two digits, which number a list, as in "1. …"."""
    return [word for word in _WORD_OR_NUMBER.findall(text) if not (word.isdecimal() and len(word) <= 2)]


def _indices(words: list[str], language: str) -> list[int | None]:
    listed = _index(language)
    return [_number(word) if word.isdecimal() else listed.get(word) for word in words]


def _number(word: str) -> int | None:
    value = int(word) if len(word) == 4 else _LIST
    return value if value < _LIST else None


def _entropy(indices: list[int | None]) -> bytes | None:
    """The 16 bytes that twelve numbers stand for, or None when the checksum disagrees."""
    bits = 0
    for index in indices:
        bits = bits << 11 | (index or 0)
    entropy = (bits >> 4).to_bytes(_ENTROPY, "big")
    return entropy if sha256(entropy).digest()[0] >> 4 == bits & 15 else None


def _spelt(words: list[str]) -> bool:
    """Whether twelve neighbours among `words` are a receipt in one language."""
    for language in LANGUAGES:
        indices = _indices(words, language)
        for start in range(len(indices) - WORDS + 1):
            window = indices[start : start + WORDS]
            if None not in window and _entropy(window) is not None:
                return True
    return False


def _numbered(folded: str) -> bool:
    """Whether twelve four-digit numbers in a row are a receipt; a word or another number ends a row."""
    tokens = _WORD_OR_NUMBER.findall(_ORDINAL.sub(" ", folded))
    indices = [_number(token) if token.isdecimal() else None for token in tokens]
    breaks = [-1, *(place for place, index in enumerate(indices) if index is None), len(indices)]
    for before, after in pairwise(breaks):
        for start in range(before + 1, after - WORDS + 1):
            window = indices[start : start + WORDS]
            if not all(index in _YEARS for index in window) and _entropy(window) is not None:
                return True
    return False

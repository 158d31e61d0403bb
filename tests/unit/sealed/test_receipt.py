"""Twelve words: read however they are typed, and never read as another receipt in silence."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed.receipt import LANGUAGES, LONGEST, WORDS, Receipt, ReceiptUnreadable, fold, word_list

receipts = st.binary(min_size=16, max_size=16).map(Receipt)
languages = st.sampled_from(LANGUAGES)
ANA = Receipt(bytes(range(16)))


@st.composite
def spelt(draw, words):
    """`words` as people type them: other cases, accents lost or decomposed, all kinds of separators."""
    text = ""
    for place, word in enumerate(words, 1):
        word = draw(st.sampled_from((str.lower, str.upper, str.title)))(word)
        word = draw(st.sampled_from((str, _decomposed, _unaccented)))(word)
        text += draw(st.sampled_from(("", f"{place}. ", f"{place}) "))) + word
        text += draw(st.sampled_from((" ", "  ", ", ", "-", "\n", "\r\n", "; ", "\t", " – ")))
    return draw(st.sampled_from(("", " ", "\ufeff"))) + text


def _decomposed(word):
    return unicodedata.normalize("NFD", word)


def _unaccented(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@given(st.data(), receipts, languages)
def test_words_are_read_however_they_are_typed(data, receipt, language):
    text = data.draw(spelt(receipt.words(language)))
    assert Receipt.read(text, prefer=data.draw(languages)) == receipt


@given(st.data(), receipts)
def test_numbers_are_read_however_they_are_typed(data, receipt):
    assert Receipt.read(data.draw(spelt(receipt.numbers()))) == receipt


@given(receipts)
def test_numbers_may_be_written_in_any_script(receipt):
    for zero in "٠०０":
        text = " ".join(receipt.numbers())
        digits = {ord(str(n)): chr(ord(zero) + n) for n in range(10)}
        assert Receipt.read(text.translate(digits)) == receipt


def test_known_receipts_have_their_published_words():
    # BIP 39's own test vectors (Trezor): entropy and its English words.
    assert Receipt(bytes(16)).words("en") == ("abandon",) * 11 + ("about",)
    assert Receipt(b"\xff" * 16).words("en") == ("zoo",) * 11 + ("wrong",)
    assert " ".join(Receipt(b"\x7f" * 16).words("en")) == (
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    )
    assert Receipt(b"\xff" * 16).numbers() == ("2047",) * 11 + ("2037",)


@given(receipts, languages)
def test_words_and_numbers_say_the_same(receipt, language):
    listed = word_list(language)
    assert [listed[int(number)] for number in receipt.numbers()] == list(receipt.words(language))


def test_new_receipts_differ():
    assert len({Receipt.new().entropy for _ in range(1000)}) == 1000


@given(receipts, languages, st.integers(0, WORDS - 1), st.from_regex(r"[a-z]{3,9}", fullmatch=True))
def test_an_unlisted_word_is_named_with_its_place(receipt, language, place, word):
    if any(fold(listed) == word for each in LANGUAGES for listed in word_list(each)):
        word += "qx"
    words = list(receipt.words(language))
    words[place] = word.title()
    with pytest.raises(ReceiptUnreadable) as refused:
        Receipt.read(" ".join(words), prefer=language)
    assert (refused.value.kind, refused.value.position, refused.value.word) == (
        "unlisted",
        place + 1,
        word.title(),
    )
    assert word not in str(refused.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_cut_short_is_not_guessed(language):
    words = [word[:4] for word in ANA.words(language)]
    with pytest.raises(ReceiptUnreadable) as refused:
        Receipt.read(" ".join(words), prefer=language)
    assert refused.value.kind == "unlisted"


def test_another_listed_word_is_caught_fifteen_times_in_sixteen():
    """All 24,564 receipts that differ from Ana's in one word."""
    numbers, caught = ANA.numbers(), 0
    for place in range(WORDS):
        for other in range(2048):
            changed = [*numbers[:place], f"{other:04d}", *numbers[place + 1 :]]
            if changed != list(numbers):
                caught += _is_refused_for("checksum", " ".join(changed))
    tried = WORDS * 2047
    print(f"\nof {tried} receipts with one wrong word, {caught} were caught: {caught / tried:.4f}")
    assert abs(caught / tried - 15 / 16) < 0.003


def test_exchanged_words_are_caught_fifteen_times_in_sixteen():
    chance, caught, tried = random.Random(12), 0, 4000
    for _ in range(tried):
        words = list(Receipt(chance.randbytes(16)).words("es"))
        first, second = chance.sample([i for i, w in enumerate(words) if words.count(w) == 1], 2)
        words[first], words[second] = words[second], words[first]
        caught += _is_refused_for("checksum", " ".join(words), prefer="es")
    assert abs(caught / tried - 15 / 16) < 0.01


def _is_refused_for(kind, text, prefer="en"):
    try:
        Receipt.read(text, prefer=prefer)
    except ReceiptUnreadable as refused:
        return refused.kind == kind
    return False


def _in_both(first, second):
    """For each word of both lists, its numbers there."""
    there = {fold(word): number for number, word in enumerate(word_list(second))}
    return [(n, there[fold(w)]) for n, w in enumerate(word_list(first)) if fold(w) in there]


def _ambiguous(chance, *, first_valid, second_valid):
    """Twelve words of the English and the French list, with the wanted checksums."""
    shared, listed = _in_both("en", "fr"), word_list("en")
    while True:
        chosen = [chance.choice(shared) for _ in range(WORDS)]
        valid = [_checks(numbers) for numbers in zip(*chosen, strict=True)]
        if valid == [first_valid, second_valid]:
            return " ".join(listed[english] for english, _ in chosen)


def _checks(numbers):
    return not _is_refused_for("checksum", " ".join(f"{number:04d}" for number in numbers))


def test_words_of_two_lists_follow_the_preferred_language():
    text = _ambiguous(random.Random(1), first_valid=True, second_valid=True)
    english, french = Receipt.read(text, prefer="en"), Receipt.read(text, prefer="fr")
    assert english != french
    assert " ".join(english.words("en")) == text


def test_words_of_two_lists_follow_the_only_checksum_that_fits():
    text = _ambiguous(random.Random(2), first_valid=False, second_valid=True)
    assert Receipt.read(text, prefer="en") == Receipt.read(text, prefer="fr")


def test_words_of_two_lists_without_a_fitting_checksum_are_refused():
    text = _ambiguous(random.Random(3), first_valid=False, second_valid=False)
    assert _is_refused_for("checksum", text, prefer="fr")


ELEVEN = " ".join(ANA.words("en")[:11])


@pytest.mark.parametrize(
    "text, kind",
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("1. 2. 3.", "empty"),
        ("—…!", "empty"),
        (ELEVEN, "count"),
        (ELEVEN + " zoo zoo", "count"),
        (" ".join(ANA.numbers()[:11]), "count"),
        (" ".join(ANA.numbers()[:11]) + " 2048", "unlisted"),
        (" ".join(ANA.numbers()[:11]) + " 00001", "unlisted"),
        (" ".join(ANA.numbers()[:11]) + " 042", "unlisted"),
        (" ".join([*ANA.words("en")[:6], *ANA.words("es")[6:]]), "unlisted"),
        ("a" * (LONGEST + 1), "too-long"),
        (" ".join(ANA.words("en")) + " " * LONGEST, "too-long"),
    ],
)
def test_what_is_no_receipt_is_refused_by_kind(text, kind):
    with pytest.raises(ReceiptUnreadable) as refused:
        Receipt.read(text)
    assert refused.value.kind == kind


@given(st.text(max_size=500))
def test_any_other_text_is_refused(text):
    with pytest.raises(ReceiptUnreadable) as refused:
        Receipt.read(text)
    assert (refused.value.kind == "unlisted") == (refused.value.position is not None)


def test_too_long_a_text_is_refused_before_anything_is_looked_up(monkeypatch):
    monkeypatch.setattr("tipstaff.sealed.receipt.fold", lambda text: pytest.fail("work was done"))
    assert _is_refused_for("too-long", "a" * 1_000_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_receipt_fits(language):
    longest = sorted(word_list(language), key=lambda word: len(_decomposed(word)))[-WORDS:]
    text = ",\r\n".join(f"{place}. {_decomposed(word)}" for place, word in enumerate(longest, 1))
    assert len(text) < LONGEST


def test_a_receipt_is_sixteen_bytes_and_never_shown():
    with pytest.raises(ValueError, match="16 bytes"):
        Receipt(bytes(15))
    assert repr(ANA) == "Receipt()"

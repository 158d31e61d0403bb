"""Bech32 as BIP 173 says, checked against its own examples and against the checksum done step by step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed import bech32
from tipstaff.sealed.bech32 import NotBech32

prefixes = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20).map(str.lower)


def polymod(values):
    """BIP 173's reference computation, symbol by symbol."""
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    return check


@given(prefixes, st.binary(max_size=1300))
def test_what_is_written_is_read(prefix, raw):
    text = bech32.encode(prefix, raw)
    assert bech32.decode(text) == bech32.decode(text.upper()) == (prefix, raw)


@given(prefixes, st.binary(max_size=200))
def test_the_checksum_is_the_reference_one(prefix, raw):
    symbols = [bech32.ALPHABET.index(c) for c in bech32.encode(prefix, raw)[len(prefix) + 1 :].encode()]
    expanded = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    assert polymod(expanded + symbols) == 1


@given(st.binary(min_size=1, max_size=100), st.data())
def test_one_changed_character_is_always_noticed(raw, data):
    text = bech32.encode("age", raw)
    place = data.draw(st.integers(4, len(text) - 1))
    other = data.draw(st.sampled_from(bech32.ALPHABET.decode().replace(text[place], "")))
    with pytest.raises(NotBech32, match="checksum"):
        bech32.decode(text[:place] + other + text[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        # BIP 173, "Test vectors": valid (those whose data part is whole bytes).
        "A12UEL5L",
        "a12uel5l",
        "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
        "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
    ],
)
def test_published_examples_are_read(text):
    prefix, raw = bech32.decode(text)
    assert bech32.encode(prefix, raw) == text.lower()


@pytest.mark.parametrize(
    "text",
    [
        # BIP 173, "Test vectors": invalid.
        "\x201nwldj5",
        "\x7f1axkwrx",
        "\x801eym55h",
        "pzry9x0s0muk",
        "1pzry9x0s0muk",
        "x1b4n0q5v",
        "li1dgmt3",
        "de1lg7wt\xff",
        "A1G7SGD8",
        "10a06t8",
        "1qzzfhee",
        # Our own: mixed case, nothing at all, a dotted capital I that grows when it is made small.
        "a12UEL5L",
        "",
        "1",
        "İ12uel5l",
    ],
)
def test_what_is_not_bech32_is_refused(text):
    with pytest.raises(NotBech32):
        bech32.decode(text)


def test_bits_that_carry_nothing_must_be_zero():
    assert bech32.decode(with_checksum([0] * 7)) == ("age", bytes(4))  # 35 bits: four bytes, three bits over
    with pytest.raises(NotBech32, match="zero"):
        bech32.decode(with_checksum([0] * 6 + [1]))


@pytest.mark.parametrize("count", [1, 3, 6, 9])
def test_a_symbol_that_carries_nothing_is_refused(count):
    with pytest.raises(NotBech32, match="zero"):
        bech32.decode(with_checksum([0] * count))


def with_checksum(symbols):
    expanded = [ord(c) >> 5 for c in "age"] + [0] + [ord(c) & 31 for c in "age"]
    check = polymod(expanded + symbols + [0] * 6) ^ 1
    symbols = symbols + [check >> 5 * (5 - i) & 31 for i in range(6)]
    return "age1" + "".join(chr(bech32.ALPHABET[s]) for s in symbols)


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text):
    try:
        prefix, raw = bech32.decode(text)
    except NotBech32:
        return
    assert bech32.encode(prefix, raw) == text.lower()

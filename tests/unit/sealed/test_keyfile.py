"""The desk's key file: everything comes back, a wrong passphrase is told from a damaged file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.sealed.cast import a_tip
from tipstaff.sealed import armour
from tipstaff.sealed.age import Altered, NotSealed, open_sealed, seal
from tipstaff.sealed.envelope import open_envelope, pack_envelope
from tipstaff.sealed.keyfile import (
    LOG_N,
    BadKeyfile,
    KeyNames,
    Keyring,
    WrongPassphrase,
    read_keyfile,
    write_keyfile,
)
from tipstaff.sealed.recipients import HybridIdentity, ScryptIdentity, ScryptRecipient

ORIGIN = "tips.example.org/log"
KEYRING = Keyring.generate(ORIGIN)
QUICK = 4  # scrypt's work factor in tests; a real file takes LOG_N

seeds = st.binary(min_size=32, max_size=32)


def lines(keyring=KEYRING):
    return (
        open_sealed(write_keyfile(keyring, "words", QUICK), [ScryptIdentity("words")]).decode().splitlines()
    )


def with_lines(changed):
    return seal("\n".join([*changed, ""]).encode(), [ScryptRecipient("words", QUICK)])


@given(st.lists(seeds, min_size=1, max_size=3, unique=True), seeds, seeds, seeds, st.text(min_size=1))
def test_a_keyring_comes_back_whole(identities, notice, head, cover, passphrase):
    names = KeyNames("example.org/notice", "example.org/log")
    keyring = Keyring(tuple(map(HybridIdentity, identities)), notice, head, cover, names)
    assert read_keyfile(write_keyfile(keyring, passphrase, QUICK), passphrase) == keyring


def test_a_new_keyring_is_all_random_and_named_after_the_log():
    other = Keyring.generate(ORIGIN)
    assert KEYRING.names == other.names == KeyNames(notice=f"{ORIGIN}/notice", head=ORIGIN)
    secrets = {KEYRING.notice, KEYRING.head, KEYRING.cover, other.notice, other.head, other.cover}
    assert len(secrets | set(KEYRING.identities) | set(other.identities)) == 8


def test_a_renewed_keyring_still_opens_old_envelopes():
    old = pack_envelope(a_tip(), [KEYRING.identities[0].recipient()])
    renewed = read_keyfile(write_keyfile(KEYRING.renewed(), "words", QUICK), "words")
    assert renewed.identities[1:] == KEYRING.identities
    assert renewed.identities[0] != KEYRING.identities[0]
    new = pack_envelope(a_tip(), [renewed.identities[0].recipient()])
    assert open_envelope(old, renewed.identities) == open_envelope(new, renewed.identities) == a_tip()


def test_identities_come_first_and_the_rest_are_comments():
    text = lines(KEYRING.renewed())
    keys = [line for line in text if line.startswith("AGE-SECRET-KEY-PQ-1")]
    assert len(keys) == 2
    assert all(line.startswith("#") for line in text if line not in keys)
    assert [line.split()[1] for line in text if line.startswith("#: ")] == ["notice", "head", "cover"]
    assert text.index(keys[-1]) < min(place for place, line in enumerate(text) if line.startswith("#: "))


def test_a_wrong_passphrase_is_told_from_a_damaged_file():
    file = write_keyfile(KEYRING, "six plain words", QUICK)
    for wrong in ("six plain word", "Six plain words", "six plain words ", ""):
        with pytest.raises(WrongPassphrase):
            read_keyfile(file, wrong)
    with pytest.raises(Altered):
        read_keyfile(file[:-1], "six plain words")
    with pytest.raises(NotSealed):
        read_keyfile(b"# no key file", "six plain words")


def test_a_file_for_a_public_key_is_no_key_file():
    with pytest.raises(WrongPassphrase):
        read_keyfile(seal(b"", [HybridIdentity.generate().recipient()]), "words")


def test_an_armoured_copy_is_read_as_well():
    printed = armour.write(write_keyfile(KEYRING, "words", QUICK))
    assert read_keyfile(b"\n" + printed.replace(b"\n", b"\r\n"), "words") == KEYRING


def test_unknown_comments_and_empty_lines_are_passed_over():
    file = with_lines(["# kept in the safe of Harbour", "", *lines(), "#:not ours", ""])
    assert read_keyfile(file, "words") == KEYRING


@pytest.mark.parametrize("word", ["notice", "head", "cover"])
def test_each_line_of_ours_is_needed_once_and_whole(word):
    ours = next(line for line in lines() if line.startswith(f"#: {word}"))
    others = [line for line in lines() if line != ours]
    for bad in (
        [],
        [ours, ours],
        [ours[:-2]],
        [ours + "00"],
        [ours + " more"],
        [f"#: {word}"],
        [ours[:-1] + "g"],
    ):
        with pytest.raises(BadKeyfile):
            read_keyfile(with_lines([*others, *bad]), "words")


@pytest.mark.parametrize("line", ["AGE-SECRET-KEY-PQ-1ABC", "a stray word", "AGE-PLUGIN-YUBIKEY-1ABC"])
def test_a_line_that_is_no_identity_is_refused_without_repeating_it(line):
    with pytest.raises(BadKeyfile) as refused:
        read_keyfile(with_lines([*lines(), line]), "words")
    assert line not in str(refused.value)


def test_a_file_without_an_identity_or_with_one_twice_is_refused():
    ours = [line for line in lines() if line.startswith("#")]
    key = str(KEYRING.identities[0])
    for keys in ([], [key, key]):
        with pytest.raises(BadKeyfile):
            read_keyfile(with_lines([*keys, *ours]), "words")


def test_a_file_of_other_letters_is_refused():
    with pytest.raises(BadKeyfile):
        read_keyfile(seal("ñ".encode(), [ScryptRecipient("words", QUICK)]), "words")


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "ñ.example", "x" * 300])
def test_a_name_that_no_note_could_carry_is_refused(origin):
    with pytest.raises(BadKeyfile, match="name"):
        Keyring.generate(origin) if origin else Keyring(
            KEYRING.identities, KEYRING.notice, KEYRING.head, KEYRING.cover, KeyNames("", "")
        )


def test_a_real_file_takes_real_work():
    assert LOG_N >= 17


def test_no_secret_shows_in_repr():
    text = repr(KEYRING)
    for secret in (KEYRING.notice, KEYRING.head, KEYRING.cover):
        assert secret.hex() not in text
        assert repr(secret) not in text
    assert "AGE-SECRET" not in text

"""The vault's key files and what is sealed to them: two keys, or nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipstaff.sealed.age import Altered, NotForThisKey, seal
from tipstaff.sealed.keyfile import BadKeyfile, WrongPassphrase
from tipstaff.sealed.recipients import HybridIdentity, ScryptRecipient
from tipstaff.vault.keys import (
    Half,
    KeyFileAway,
    NoVault,
    Recipients,
    UnfitPassphrases,
    VaultThere,
    key_path,
    make,
    read_key,
    read_public,
)
from tipstaff.vault.sealing import Details, OtherIdentity, open_inner, open_outer, seal_details

FIRST, SECOND = "seven green bottles on the wall", "nobody counts the gulls in winter"
ONE, OTHER = HybridIdentity.generate(), HybridIdentity.generate()
TO = Recipients(ONE.recipient(), OTHER.recipient())
ALMA = Details(name="Alma Quill", family="Ned")


def sealed(details=ALMA, ref="VLT-1"):
    return seal_details(details, ref=ref, compartment="harbour", to=TO)


def opened(body, ref="VLT-1"):
    return open_inner(open_outer(body, ONE), OTHER, ref=ref, compartment="harbour")


def test_each_passphrase_opens_its_own_file_alone(tmp_path):
    made = make(tmp_path, FIRST, SECOND, log_n=4)

    first, second = read_key(tmp_path, Half.FIRST, FIRST), read_key(tmp_path, Half.SECOND, SECOND)
    assert (first.recipient(), second.recipient()) == (made.first, made.second)
    assert read_public(tmp_path) == made
    for half, wrong in ((Half.FIRST, SECOND), (Half.SECOND, FIRST)):
        with pytest.raises(WrongPassphrase):
            read_key(tmp_path, half, wrong)


def test_files_are_their_owners_alone_and_hold_no_key_in_the_clear(tmp_path):
    make(tmp_path, FIRST, SECOND, log_n=4)

    assert {path.name for path in tmp_path.iterdir()} == {"vault-first.key", "vault-second.key", "vault.json"}
    assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()} == {"0o600"}
    assert not any(b"SECRET" in path.read_bytes() for path in tmp_path.iterdir())


@pytest.mark.parametrize("there", ["vault-first.key", "vault-second.key", "vault.json"])
def test_nothing_is_overwritten(tmp_path, there):
    (tmp_path / there).write_text("old")

    with pytest.raises(VaultThere, match=there):
        make(tmp_path, FIRST, SECOND, log_n=4)

    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize(
    "first, second, says", [(FIRST, FIRST, "the same"), (FIRST, "short", "20"), ("short", SECOND, "20")]
)
def test_unfit_passphrases_make_nothing(tmp_path, first, second, says):
    with pytest.raises(UnfitPassphrases, match=says):
        make(tmp_path, first, second, log_n=4)

    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_carried_away_and_one_that_is_none_are_told_apart(tmp_path):
    make(tmp_path, FIRST, SECOND, log_n=4)
    key_path(tmp_path, Half.FIRST).unlink()
    key_path(tmp_path, Half.SECOND).write_bytes(seal(b"no key\n", [ScryptRecipient(SECOND, 4)]))

    with pytest.raises(KeyFileAway):
        read_key(tmp_path, Half.FIRST, FIRST)
    with pytest.raises(BadKeyfile):
        read_key(tmp_path, Half.SECOND, SECOND)


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps({"first": "age1pq1x", "second": 3})])
def test_without_its_public_halves_there_is_no_vault(tmp_path, text):
    with pytest.raises(NoVault):
        read_public(tmp_path)
    (tmp_path / "vault.json").write_text(text)
    with pytest.raises(NoVault):
        read_public(tmp_path)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@given(texts, texts, texts)
@settings(max_examples=30)
def test_what_was_sealed_comes_back_whole(name, family, notes):
    details = Details(name=name, family=family, notes=notes)

    assert opened(sealed(details)) == details


def test_neither_key_opens_it_alone():
    body = sealed()

    with pytest.raises(NotForThisKey):
        open_outer(body, OTHER)
    with pytest.raises(NotForThisKey):
        open_inner(open_outer(body, ONE), ONE, ref="VLT-1", compartment="harbour")
    assert b"Alma" not in body
    assert b"Alma" not in open_outer(body, ONE)


def test_a_sealed_identity_in_anothers_place_is_noticed():
    with pytest.raises(OtherIdentity):
        opened(sealed(ref="VLT-2"))


def test_one_changed_byte_is_noticed():
    body = bytearray(sealed())
    body[-1] ^= 1

    with pytest.raises(Altered):
        opened(bytes(body))


@given(st.integers(0, 12_000))
@settings(max_examples=20)
def test_the_size_tells_only_the_bucket(length):
    assert len(sealed(Details(name="Alma", notes="x" * length))) == len(sealed(Details(name="A")))


def test_longer_ones_double():
    small, large = (len(sealed(Details(name="A", notes="x" * size))) for size in (10, 20_000))

    assert large - small == 1 << 14


def test_a_representation_says_nothing():
    assert repr(ALMA) == "Details()"

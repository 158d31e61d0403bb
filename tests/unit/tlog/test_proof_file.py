"""The saved proof: read back, verified, and refused after a change in any part of it."""

import base64
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, STRANGER, WITNESS, Log
from tipstaff.tlog.checkpoint import CheckpointWrong
from tipstaff.tlog.note import KeyWrong, NoteWrong, Signer, cosign
from tipstaff.tlog.proof import LONGEST, LogProof, entry_extra
from tipstaff.tlog.tree import ProofWrong
from tipstaff.tlog.verify import Trust, TrustedKey, verify_proof
from tipstaff.tlog.wrong import Wrong

LOG = Log(300)
PROOF = LOG.proof(41)
TEXT = PROOF.text()
TRUST = Trust.of(TrustedKey(DOOR.verifier, "door"), TrustedKey(DESK.verifier, "desk"))
SIGNED = f"\n— {ORIGIN} "


def changed(**parts):
    return dataclasses.replace(PROOF, **parts)


def test_the_text_is_as_the_specification_has_it():
    header, extra, index, *path, blank, origin, size, root, gap, signature = TEXT[:-1].split("\n")
    assert header == "c2sp.org/tlog-proof@v1"
    assert base64.b64decode(extra.removeprefix("extra ")) == b"tipstaff/entry/v1\n" + LOG.entries[41]
    assert index == "index 41"
    assert [base64.b64decode(each) for each in path] == list(PROOF.hashes)
    assert (blank, origin, size, gap) == ("", ORIGIN, "300", "")
    assert base64.b64decode(root) == LOG.root
    assert signature.startswith(f"— {ORIGIN} ")


def test_a_proof_is_read_back():
    assert LogProof.parse(TEXT) == LogProof.parse(TEXT.encode()) == PROOF
    assert PROOF.entry == LOG.entries[41]
    single = Log(1).proof(0)
    assert single.hashes == ()
    assert LogProof.parse(single.text()) == single


def test_a_whole_proof_says_so():
    report = verify_proof(TEXT, TRUST)
    assert (report.entry, report.index) == (LOG.entries[41], 41)
    sentence = (
        f"The proof is whole: entry {LOG.entries[41].hex()} is leaf 41 of a log of 300, {ORIGIN}, "
        f"signed by the door's key ({DOOR.verifier.key_id.hex()})."
    )
    assert report.sentences == (sentence,)


def test_keys_that_do_not_say_whose_they_are():
    report = verify_proof(TEXT, Trust.of(DOOR.verifier))
    assert report.sentences[0].endswith(f"signed by key {DOOR.verifier.key_id.hex()}.")


def test_every_leaf_of_a_log():
    for index in range(LOG.size):
        assert verify_proof(LOG.proof(index).text(), TRUST).index == index


def test_any_bit_of_any_byte_flipped_is_refused():
    whole = TEXT.encode()
    accepted = []
    for place in range(len(whole)):
        for bit in range(8):
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            try:
                verify_proof(bytes(damaged), TRUST)
            except Wrong:
                continue
            accepted.append((place, bit))
    assert accepted == []


def test_a_flip_in_a_strangers_signature_changes_nothing_that_is_proved():
    witnessed = cosign(PROOF.checkpoint_note, WITNESS, time=7)
    whole = changed(checkpoint_note=witnessed).text().encode()
    expected = verify_proof(TEXT, TRUST)
    for place in range(len(TEXT.encode()), len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        try:
            assert verify_proof(bytes(damaged), TRUST) == expected
        except NoteWrong:
            continue
    with_witness = dataclasses.replace(TRUST, witnesses=(WITNESS.verifier,))
    sentence = "witness.example.net/one witnessed it on 1970-01-01 00:00 UTC."
    assert verify_proof(whole, with_witness).sentences[1:] == (sentence,)


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_a_proof_with_a_piece_cut_out_is_refused(start, stop):
    if start < stop:
        with pytest.raises(Wrong):
            verify_proof(TEXT[:start] + TEXT[stop:], TRUST)


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_anything_else_is_refused(junk):
    with pytest.raises(Wrong):
        verify_proof(junk, TRUST)


OTHER = Log(300, history="other ")
PARTS = {
    "index": (changed(index=40), ProofWrong, "does not lead from leaf 40"),
    "an index beyond the log": (changed(index=300), ProofWrong, "leaf 300 is not in a log of 300"),
    "a hash": (changed(hashes=(bytes(32), *PROOF.hashes[1:])), ProofWrong, "does not lead"),
    "a hash less": (changed(hashes=PROOF.hashes[1:]), ProofWrong, "shorter"),
    "a hash more": (changed(hashes=(*PROOF.hashes, bytes(32))), ProofWrong, "longer"),
    "another entry": (changed(extra=entry_extra(bytes(32))), ProofWrong, "does not lead"),
    "no entry": (changed(extra=None), ProofWrong, "does not say which entry"),
    "extra of another kind": (
        changed(extra=b"tipstaff/entry/v2\n" + bytes(32)),
        ProofWrong,
        "does not say which",
    ),
    "a longer extra": (changed(extra=entry_extra(bytes(32)) + b"\0"), ProofWrong, "does not say which"),
    "size": (
        changed(checkpoint_note=PROOF.checkpoint_note.replace("\n300\n", "\n301\n")),
        NoteWrong,
        "not over this",
    ),
    "root": (changed(checkpoint_note=OTHER.checkpoint(DOOR)), ProofWrong, "does not lead"),
    "a stranger's signature": (
        changed(checkpoint_note=LOG.checkpoint(STRANGER)),
        NoteWrong,
        "none of the given keys",
    ),
    "no signature": (
        changed(checkpoint_note=PROOF.checkpoint_note.partition(SIGNED)[0] + "\n"),
        NoteWrong,
        "signature",
    ),
    "origin": (
        changed(checkpoint_note=DOOR.sign("other/log\n300\n" + "A" * 43 + "=\n")),
        CheckpointWrong,
        "other/log",
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_changed_is_named(part):
    proof, error, sentence = PARTS[part]
    with pytest.raises(error, match=sentence):
        verify_proof(proof.text(), TRUST)


def test_the_entry_may_stand_beside_the_proof():
    bare = changed(extra=None).text()
    assert verify_proof(bare, TRUST, LOG.entries[41]).entry == LOG.entries[41]
    assert verify_proof(TEXT, TRUST, LOG.entries[41]).entry == LOG.entries[41]
    with pytest.raises(ProofWrong, match="does not lead"):
        verify_proof(bare, TRUST, LOG.entries[40])
    with pytest.raises(ProofWrong, match="for another entry than"):
        verify_proof(TEXT, TRUST, LOG.entries[40])


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("@v1", "@v2"),
        TEXT.replace("index 41", "index 041"),
        TEXT.replace("index 41", "index -1"),
        TEXT.replace("index 41", "index"),
        TEXT.replace("index 41", f"index {10**19}"),
        TEXT.replace("index 41\n", ""),
        TEXT.replace("extra ", "extra"),
        TEXT.replace("\n\n", "\n", 1),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n\n", "\nAAAA\n\n", 1),
        TEXT.replace("\n\n", f"\n{'A' * 42}B=\n\n", 1),
        " " + TEXT,
        TEXT + "x" * LONGEST,
        "",
        b"\xff\xfe",
    ],
)
def test_what_is_no_proof(text):
    with pytest.raises(ProofWrong):
        LogProof.parse(text)


def test_an_entry_has_32_bytes():
    with pytest.raises(ValueError, match="32 bytes"):
        entry_extra(b"short")


def test_whose_key_it_is_can_be_said():
    assert TrustedKey.parse(f"door={DOOR.vkey}") == TrustedKey(DOOR.verifier, "door")
    assert TrustedKey.parse(f" desk={DESK.vkey}\n") == TrustedKey(DESK.verifier, "desk")
    assert TrustedKey.parse(DESK.vkey) == TrustedKey(DESK.verifier)
    named = Signer("host=1/log", bytes(32))
    assert TrustedKey.parse(named.vkey) == TrustedKey(named.verifier)
    with pytest.raises(KeyWrong, match="a witness's"):
        TrustedKey.parse(WITNESS.vkey)

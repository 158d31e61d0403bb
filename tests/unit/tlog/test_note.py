"""Signed notes and cosignatures: the published examples, and everything that is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, STRANGER, WITNESS
from tipstaff.tlog.note import COSIGNATURE, KeyWrong, NoteWrong, Signer, Verified, Verifier, cosign, open_note

# The example in the documentation of Go's note package.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
GO_NOTE = (
    f"{GO_TEXT}\n— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The example of c2sp.org/signed-note; its key is not published.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3Z"
    "ekRwNtIc=\n"
)
NOTE = DOOR.sign("one\n\ntwo\n")
texts = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.just("\n"), max_size=60).map(
    lambda t: t + "\n"
)


def test_the_note_of_another_implementation():
    key = Verifier.parse(GO_KEY)
    assert open_note(GO_NOTE, [key]) == (GO_TEXT, (Verified(key, None),))
    assert key.vkey == GO_KEY


def test_the_note_of_the_specification_is_signed_by_somebody_else():
    with pytest.raises(NoteWrong, match=r"signed by quasimodo.example/salvatore \(367ba04b\)"):
        open_note(POEM, [DOOR.verifier])
    with pytest.raises(NoteWrong, match="the keys given are none"):
        open_note(POEM, [])


def test_a_text_with_empty_lines_is_whole():
    assert open_note(NOTE, [DOOR.verifier]).text == "one\n\ntwo\n"
    assert open_note(NOTE.encode(), [DOOR.verifier]).text == "one\n\ntwo\n"


@given(texts)
def test_any_text_is_signed_and_opened(text):
    assert open_note(DOOR.sign(text), [DOOR.verifier]).text == text


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_any_byte_flipped_is_refused(place, flip):
    note = bytearray(NOTE.encode())
    note[place] ^= flip
    with pytest.raises(NoteWrong):
        open_note(bytes(note), [DOOR.verifier])


def test_two_keys_of_one_name_are_told_apart():
    assert DOOR.name == DESK.name == ORIGIN
    assert DOOR.verifier.key_id != DESK.verifier.key_id
    both = cosign(NOTE, DESK)
    assert [each.verifier for each in open_note(both, [DOOR.verifier, DESK.verifier]).signatures] == [
        DOOR.verifier,
        DESK.verifier,
    ]
    assert open_note(both, [DESK.verifier]).signatures == (Verified(DESK.verifier, None),)


def test_a_signature_of_nobody_we_know_is_ignored():
    assert open_note(cosign(NOTE, STRANGER), [DOOR.verifier]).signatures == (Verified(DOOR.verifier, None),)
    with pytest.raises(NoteWrong, match="none of the given keys"):
        open_note(NOTE, [STRANGER.verifier])


def test_a_forged_signature_of_a_known_key_spoils_the_note():
    forged = cosign(NOTE, DESK).replace("one", "six")
    resigned = forged.replace(forged.splitlines()[4], DOOR.sign("six\n\ntwo\n").splitlines()[4])
    assert open_note(resigned, [DOOR.verifier]).text == "six\n\ntwo\n"
    with pytest.raises(NoteWrong, match="is not over this text"):
        open_note(resigned, [DOOR.verifier, DESK.verifier])


def test_a_signature_given_twice_counts_once():
    assert len(open_note(cosign(NOTE, DOOR), [DOOR.verifier]).signatures) == 1


def test_a_witness_says_when():
    note = cosign(DESK.sign("origin\n1\nroot\n"), WITNESS, time=1_700_000_000)
    opened = open_note(note, [DESK.verifier, WITNESS.verifier])
    assert opened.signatures[1] == Verified(WITNESS.verifier, 1_700_000_000)
    assert WITNESS.verifier.kind == COSIGNATURE
    moved = note.replace("origin", "0rigin")
    with pytest.raises(NoteWrong, match="is not over this text"):
        open_note(moved, [WITNESS.verifier])


def test_only_a_witness_signs_with_a_time():
    with pytest.raises(ValueError, match="only a witness"):
        cosign(NOTE, WITNESS)
    with pytest.raises(ValueError, match="only a witness"):
        cosign(NOTE, DESK, time=1)


def test_a_cosignature_of_no_possible_time():
    with pytest.raises(NoteWrong, match="of no possible time"):
        open_note(cosign(NOTE, WITNESS, time=2**63), [WITNESS.verifier])


@pytest.mark.parametrize(
    "note",
    [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "\n\n",
        NOTE[:-1],
        NOTE + "\n",
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("one", "o\0e"),
        NOTE.replace("one", "o\te"),
        NOTE.replace("one", "o\ud800e"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        NOTE.replace(f"— {ORIGIN} ", "— "),
        NOTE.replace(ORIGIN, "tips+example"),
        NOTE.replace(ORIGIN, "tips\N{NO-BREAK SPACE}example"),
        NOTE[:-2] + "\n",
        f"text\n\n— {ORIGIN} AAAA\n",
        f"text\n\n— {ORIGIN} AAAAAAB=\n",  # another spelling of AAAAAAA=
        f"text\n\n— {ORIGIN} \n",
        "text\n\n" + NOTE.splitlines(keepends=True)[-1] * 101,
        b"\xff" + NOTE.encode(),
    ],
)
def test_what_is_no_signed_note(note):
    with pytest.raises(NoteWrong):
        open_note(note, [DOOR.verifier])


def test_a_short_signature_of_a_known_key():
    line = "— " + ORIGIN + " " + DOOR.sign("text\n").splitlines()[-1].split()[-1][:16]
    with pytest.raises(NoteWrong, match="not whole"):
        open_note(f"text\n\n{line}\n", [DOOR.verifier])


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "a\rb\n", "\ud800\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text):
    with pytest.raises(ValueError, match="ends with a newline"):
        DOOR.sign(text)


def test_two_keys_with_one_id_are_not_used_together():
    class Colliding(Verifier):
        key_id = DOOR.verifier.key_id

    other = Colliding(ORIGIN, 1, bytes(32))
    with pytest.raises(NoteWrong, match="one id"):
        open_note(NOTE, [DOOR.verifier, other])


@pytest.mark.parametrize(
    "vkey, sentence",
    [
        ("", "three parts"),
        ("name", "three parts"),
        ("name+12345678", "three parts"),
        (GO_KEY.replace("PeterNeumann", "Peter Neumann"), "empty or holds a space"),
        (GO_KEY.replace("PeterNeumann", ""), "empty or holds a space"),
        (GO_KEY.replace("PeterNeumann", "Peter\ud800"), "empty or holds a space"),
        (GO_KEY[:-1], "not base64"),
        (GO_KEY[:-4], "of a kind that is not read"),
        (GO_KEY.replace("+ARpc", "+AhpC"), "of a kind that is not read"),
        (GO_KEY.replace("c74f20a3", "c74f20a4"), "was altered: its id should be c74f20a3"),
        (GO_KEY.replace("c74f20a3", "C74F20A3"), "was altered"),
        (GO_KEY.replace("PeterNeumann", "PeterNewman"), "was altered"),
        (GO_KEY.replace("10TW", "10TX"), "was altered"),
    ],
)
def test_what_is_no_key(vkey, sentence):
    with pytest.raises(KeyWrong, match=sentence):
        Verifier.parse(vkey)


@pytest.mark.parametrize(
    "name, seed, kind", [("", b"1" * 32, 1), ("a b", b"1" * 32, 1), ("a", b"1", 1), ("a", b"1" * 32, 2)]
)
def test_what_is_no_signer(name, seed, kind):
    with pytest.raises(ValueError, match="a signer has"):
        Signer(name, seed, kind)


def test_a_signer_does_not_show_its_seed():
    assert bytes([1] * 32).hex() not in repr(DOOR)
    assert not hasattr(DOOR, "seed")

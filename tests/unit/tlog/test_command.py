"""`tipstaff verify` and `tipstaff verify-log`: what they print, with which status, and that they need no office."""

import subprocess
import sys

import pytest

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, STRANGER, WITNESS, Log, write
from tipstaff.config.cli import main
from tipstaff.tlog.note import cosign

LOG = Log(512)
DOOR_ID, DESK_ID = DOOR.verifier.key_id.hex(), DESK.verifier.key_id.hex()
KEYS = ["--key", f"door={DOOR.vkey}", "--key", f"desk={DESK.vkey}"]
WHOLE = (
    f"The log is whole: its 512 entries and every tile lead to the root of the public head of {ORIGIN}, "
    f"signed by the desk's key ({DESK_ID}).\n"
)


@pytest.fixture
def here(tmp_path):
    """A folder with a saved proof and the public log."""
    (tmp_path / "tip.tlog-proof").write_text(LOG.at(300).proof(41).text())
    write(LOG.files(), tmp_path / "log")
    return tmp_path


def run(capsys, *words):
    status = main([str(word) for word in words])
    return (status, *capsys.readouterr())


def test_a_proof(here, capsys):
    said = (
        f"The proof is whole: entry {LOG.entries[41].hex()} is leaf 41 of a log of 300, {ORIGIN}, "
        f"signed by the door's key ({DOOR_ID}).\n"
    )
    assert run(capsys, "verify", here / "tip.tlog-proof", *KEYS) == (0, said, "")


def test_a_proof_and_the_log(here, capsys):
    status, said, _ = run(capsys, "verify", here / "tip.tlog-proof", *KEYS, "--log", here / "log")
    assert status == 0
    assert said.splitlines()[1:] == [
        WHOLE[:-1],
        "The public log holds the entry as leaf 41.",
        "The checkpoint of 300 leaves is the beginning of the public log.",
    ]


def test_a_damaged_proof(here, capsys):
    proof = here / "tip.tlog-proof"
    proof.write_text(proof.read_text().replace("index 41", "index 40"))
    said = "Not verified: the proof does not lead from leaf 40 to the root of the log of 300.\n"
    assert run(capsys, "verify", proof, *KEYS) == (1, "", said)


def test_a_proof_by_a_stranger(here, capsys):
    (here / "tip.tlog-proof").write_text(LOG.proof(41, STRANGER).text())
    status, said, wrong = run(capsys, "verify", here / "tip.tlog-proof", *KEYS)
    assert (status, said) == (1, "")
    assert wrong.startswith("Not verified: none of the given keys signed this.")


def test_an_entry_beside_its_proof(here, capsys):
    proof = here / "tip.tlog-proof"
    proof.write_text(
        "".join(line for line in proof.read_text().splitlines(keepends=True) if not line.startswith("extra "))
    )
    assert run(capsys, "verify", proof, *KEYS)[0] == 1
    assert run(capsys, "verify", proof, *KEYS, "--entry", LOG.entries[41].hex())[0] == 0
    assert run(capsys, "verify", proof, *KEYS, "--entry", LOG.entries[40].hex())[0] == 1


def test_a_whole_log(here, capsys):
    assert run(capsys, "verify-log", here / "log", *KEYS) == (0, WHOLE, "")


def test_a_changed_log(here, capsys):
    bundle = here / "log/tile/entries/001"
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"\0")
    said = "Not verified: leaf 511: its hash in tile/0/001 is not the hash of its entry. One of them was changed.\n"
    assert run(capsys, "verify-log", here / "log", *KEYS) == (1, "", said)


def test_a_log_and_what_was_kept_from_before(here, capsys):
    (here / "private").write_text(LOG.at(77).checkpoint(DOOR))
    kept = ("--checkpoint", here / "private", "--checkpoint", here / "tip.tlog-proof")
    status, said, _ = run(capsys, "verify-log", here / "log", *KEYS, *kept)
    assert (status, said.splitlines()[1:]) == (
        0,
        [
            "The public log holds the entry as leaf 41.",
            "The checkpoint of 77 leaves is the beginning of the public log.",
            "The checkpoint of 300 leaves is the beginning of the public log.",
        ],
    )
    (here / "private").write_text(Log(77, history="forged ").checkpoint(DOOR))
    status, said, wrong = run(capsys, "verify-log", here / "log", *KEYS, *kept)
    assert (status, said) == (1, "")
    assert "does not begin with the log of 77 leaves that was signed before" in wrong


def test_keys_from_files_and_a_witness(here, capsys):
    (here / "desk.key").write_text(DESK.vkey + "\n")
    (here / "witness.key").write_text(WITNESS.vkey + "\n")
    (here / "log/checkpoint").write_text(cosign(LOG.checkpoint(DESK), WITNESS, time=1_700_000_000))
    keys = ("--key", here / "desk.key", "--witness", here / "witness.key")
    status, said, _ = run(capsys, "verify-log", here / "log", *keys)
    assert status == 0
    assert said.splitlines()[1] == "witness.example.net/one witnessed it on 2023-11-14 22:13 UTC."
    named = ("--key", f"desk={here / 'desk.key'}")
    assert run(capsys, "verify-log", here / "log", *named) == (0, WHOLE, "")


@pytest.mark.parametrize("place", ["nowhere", "https://", "ftp://example.org"])
def test_no_log_there(here, capsys, place):
    status, said, wrong = run(capsys, "verify-log", place, *KEYS)
    assert (status, said) == (1, "")
    assert wrong.startswith("Not verified: ")


def test_no_proof_there(here, capsys):
    assert run(capsys, "verify", here / "none", *KEYS) == (
        1,
        "",
        f"Not verified: {here / 'none'} cannot be read: No such file or directory.\n",
    )
    (here / "long").write_bytes(bytes(300_000))
    assert "too long to be a proof" in run(capsys, "verify", here / "long", *KEYS)[2]


def test_a_strangers_text_does_not_steer_the_terminal(here, capsys):
    (here / "note").write_text("origin\n1\nroot\n\n— \N{RIGHT-TO-LEFT OVERRIDE}\x7f\x9b AAAAAAA=\n")
    status, _, wrong = run(capsys, "verify-log", here / "log", *KEYS, "--checkpoint", here / "note")
    assert status == 1
    assert all(letter.isprintable() for letter in wrong[:-1])


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["verify"], "PROOF"),
        (["verify", "p"], "--key"),
        (["verify-log", "d"], "--key"),
        (["verify", "p", "--key", "nonsense"], "a verifier key has three parts"),
        (["verify", "p", "--key", DOOR.vkey[:-1]], "is not whole"),
        (["verify", "p", "--key", WITNESS.vkey], "is a witness's, not a log's"),
        (["verify", "p", "--key", DOOR.vkey, "--witness", DESK.vkey], "is a log's, not a witness's"),
        (["verify", "p", "--key", DOOR.vkey, "--entry", "xyz"], "hexadecimal"),
        ([], "COMMAND"),
    ],
)
def test_what_is_not_understood(capsys, words, sentence):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_no_office_is_needed(here):
    """In a process of its own: no settings, no database, and Django is not even read."""
    program = (
        "import sys; from tipstaff.config.cli import main; status = main(sys.argv[1:]); "
        "print(sorted(each for each in sys.modules if each.partition('.')[0] == 'django')); sys.exit(status)"
    )
    words = ["verify", str(here / "tip.tlog-proof"), *KEYS, "--log", str(here / "log")]
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "[]"

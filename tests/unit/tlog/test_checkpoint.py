"""Checkpoints: what they say, whose signature counts, and what is refused."""

import base64

import pytest

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, WITNESS, Log
from tipstaff.tlog.checkpoint import Checkpoint, CheckpointWrong, open_checkpoint
from tipstaff.tlog.note import NoteWrong, Signer, Verified, cosign
from tipstaff.tlog.tree import EMPTY_ROOT

LOG = Log(512)
NOTE = LOG.checkpoint(DESK)
ROOT = base64.b64encode(LOG.root).decode()


def test_the_text_of_the_specifications_example():
    root = base64.b64decode("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert Checkpoint("example.com/behind-the-sofa", 20852163, root).text() == text
    assert Checkpoint.parse(text) == Checkpoint("example.com/behind-the-sofa", 20852163, root)


def test_a_signed_checkpoint_is_opened():
    opened = open_checkpoint(NOTE, [DOOR.verifier, DESK.verifier])
    assert opened.checkpoint == Checkpoint(ORIGIN, 512, LOG.root)
    assert opened.signed == (Verified(DESK.verifier, None),)
    assert opened.cosigned == ()


def test_extension_lines_are_kept():
    checkpoint = Checkpoint(ORIGIN, 512, LOG.root, ("one", "two"))
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


def test_a_witness_is_reported():
    opened = open_checkpoint(cosign(NOTE, WITNESS, time=7), [DESK.verifier], [WITNESS.verifier])
    assert opened.cosigned == (Verified(WITNESS.verifier, 7),)


def test_a_witness_is_not_the_log():
    alone = NOTE.rpartition("— ")[0]
    witnessed = cosign(alone + DOOR.line(alone), WITNESS, time=7)
    with pytest.raises(NoteWrong, match="only witnesses signed"):
        open_checkpoint(witnessed, [DESK.verifier], [WITNESS.verifier])


def test_a_log_signs_under_its_own_name():
    other = Signer("other.example.org/log", bytes(32))
    with pytest.raises(ValueError, match="own name"):
        Checkpoint(ORIGIN, 512, LOG.root).sign(other)
    with pytest.raises(CheckpointWrong, match=f"of the log {ORIGIN}, the key of other"):
        open_checkpoint(other.sign(Checkpoint(ORIGIN, 512, LOG.root).text()), [other.verifier])


@pytest.mark.parametrize(
    "text",
    [
        "\n",
        f"{ORIGIN}\n",
        f"{ORIGIN}\n512\n",
        f"\n512\n{ROOT}\n",
        f"{ORIGIN}\n512\n{ROOT}",
        f"{ORIGIN}\n512\n{ROOT}\n\n",
        f"{ORIGIN}\n512\n{ROOT}\n\nmore\n",
        f"{ORIGIN}\n0512\n{ROOT}\n",
        f"{ORIGIN}\n-1\n{ROOT}\n",
        f"{ORIGIN}\n+1\n{ROOT}\n",
        f"{ORIGIN}\n 512\n{ROOT}\n",
        f"{ORIGIN}\n٥\n{ROOT}\n",
        f"{ORIGIN}\n5e2\n{ROOT}\n",
        f"{ORIGIN}\n{2**63}\n{ROOT}\n",
        f"{ORIGIN}\n{10**30}\n{ROOT}\n",
        f"{ORIGIN}\n512\n{ROOT[:-1]}\n",
        f"{ORIGIN}\n512\n{ROOT[:40]}\n",
        f"{ORIGIN}\n512\n{LOG.root.hex()}\n",
        f"{ORIGIN}\n0\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint(text):
    with pytest.raises(CheckpointWrong):
        Checkpoint.parse(text)


def test_the_checkpoint_of_an_empty_log():
    empty = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert Checkpoint.parse(empty.text()) == empty
    assert Checkpoint.parse(Checkpoint(ORIGIN, 2**63 - 1, bytes(32)).text()).size == 2**63 - 1

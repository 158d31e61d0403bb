"""A whole log, verified from its files: what holds, and every way in which one can lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, STRANGER, WITNESS, Log, source
from tipstaff.tlog.checkpoint import Checkpoint, CheckpointWrong, open_checkpoint
from tipstaff.tlog.note import NoteWrong, Signer, cosign
from tipstaff.tlog.rederive import LogWrong
from tipstaff.tlog.tiles import encode_bundle
from tipstaff.tlog.verify import Trust, TrustedKey, verify_log, verify_proof
from tipstaff.tlog.wrong import Wrong

LOG = Log(600)
FILES = LOG.files()
TRUST = Trust((TrustedKey(DOOR.verifier, "door"), TrustedKey(DESK.verifier, "desk")), (WITNESS.verifier,))
DESK_ID = DESK.verifier.key_id.hex()
WHOLE = (
    f"The log is whole: its 600 entries and every tile lead to the root of the public head of {ORIGIN}, "
    f"signed by the desk's key ({DESK_ID})."
)


def private(log, signer=DOOR):
    return open_checkpoint(log.checkpoint(signer), [signer.verifier])


def changed(**files):
    """The log's files with some changed; a file changed to None is gone."""
    return {path: data for path, data in (FILES | files).items() if data is not None}


@pytest.mark.parametrize("size", [0, 1, 2, 255, 256, 257, 511, 512, 600])
def test_a_whole_log_says_so(size):
    log = LOG.at(size)
    report = verify_log(source(log.files()), TRUST)
    assert report.head.checkpoint == Checkpoint(ORIGIN, size, log.root)
    assert report.sentences == (WHOLE.replace("600", str(size)),)


def test_a_log_with_three_levels_of_tiles():
    log = Log(65_536 + 300)
    files = log.files()
    assert "tile/2/000.p/1" in files
    assert verify_log(source(files), TRUST).head.checkpoint.size == 65_836
    files["tile/2/000.p/1"] = bytes(32)
    with pytest.raises(
        LogWrong, match="tile/2/000.p/1: hash 0 is not what the tile below it, number 0, comes to"
    ):
        verify_log(source(files), TRUST)


def test_progress_is_told_in_leaves():
    seen = []
    verify_log(source(FILES), TRUST, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(256, 600), (512, 600), (600, 600)]


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_file_is_needed(path):
    with pytest.raises(
        LogWrong, match="does not show" if path != "checkpoint" else "there is no checkpoint here"
    ):
        verify_log(source(changed(**{path: None})), TRUST)


@pytest.mark.parametrize("path", sorted(FILES))
@given(data=st.data())
def test_any_byte_of_any_file_flipped_is_noticed(path, data):
    damaged = bytearray(FILES[path])
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Wrong):
        verify_log(source(changed(**{path: bytes(damaged)})), TRUST)


@pytest.mark.parametrize("path", sorted(FILES))
@pytest.mark.parametrize("junk", [b"", b"x", b"\0" * 8192, b"<html>not a log</html>"])
def test_junk_in_place_of_a_file_is_noticed(path, junk):
    with pytest.raises(Wrong):
        verify_log(source(changed(**{path: junk})), TRUST)


def test_a_partial_file_may_have_given_way_to_the_full_one():
    grown = Log(1024).files()
    earlier = LOG.files()
    for path in ("tile/0/002.p/88", "tile/entries/002.p/88"):
        del earlier[path]
        earlier[path.partition(".p/")[0]] = grown[path.partition(".p/")[0]]
    assert verify_log(source(earlier), TRUST).sentences == (WHOLE,)


def rewritten(entries):
    """A hatch whose rows were changed, with bundles and tiles derived from them again, under the old head."""
    log = Log(0)
    log.entries = entries
    return log.files() | {"checkpoint": FILES["checkpoint"]}


def test_an_entry_changed_with_its_tiles_is_noticed():
    entries = [*LOG.entries]
    entries[41] = bytes(32)
    with pytest.raises(LogWrong, match="the 600 entries do not lead to the root of the signed head"):
        verify_log(source(rewritten(entries)), TRUST)


def test_an_entry_removed_with_its_tiles_is_noticed():
    with pytest.raises(LogWrong, match="does not show tile/entries/002.p/88"):
        verify_log(source(rewritten(LOG.entries[:41] + LOG.entries[42:])), TRUST)


def test_an_entry_changed_alone_is_named():
    entries = [*LOG.entries[:256]]
    entries[41] = bytes(32)
    with pytest.raises(LogWrong, match="leaf 41: its hash in tile/0/000 is not the hash of its entry"):
        verify_log(source(changed(**{"tile/entries/000": encode_bundle(entries)})), TRUST)


def test_an_entry_dropped_from_a_bundle_is_named():
    with pytest.raises(LogWrong, match="tile/entries/001 holds 255 entries, not 256"):
        verify_log(source(changed(**{"tile/entries/001": encode_bundle(LOG.entries[257:512])})), TRUST)


def test_a_head_that_the_desk_did_not_sign_does_not_count():
    for signer in (DOOR, STRANGER):
        with pytest.raises(NoteWrong, match="none of the given keys"):
            verify_log(source(LOG.files(signer)), TRUST)
    assert verify_log(source(LOG.files(DOOR)), Trust.of(DOOR.verifier)).head.checkpoint.size == 600


def test_another_logs_head_does_not_count():
    other = Signer("other.example.org/log", bytes(32))
    note = other.sign(Checkpoint(ORIGIN, 600, LOG.root).text())
    with pytest.raises(CheckpointWrong, match="the key of other"):
        verify_log(source(changed(checkpoint=note.encode())), Trust.of(other.verifier))


def test_witnesses_that_we_know_are_named():
    note = cosign(cosign(FILES["checkpoint"].decode(), WITNESS, time=1_700_000_000), STRANGER)
    report = verify_log(source(changed(checkpoint=note.encode())), TRUST)
    assert report.sentences == (WHOLE, "witness.example.net/one witnessed it on 2023-11-14 22:13 UTC.")


@pytest.mark.parametrize("size", [0, 1, 42, 256, 300, 512, 599, 600])
def test_a_private_checkpoint_is_found_in_the_history(size):
    report = verify_log(source(FILES), TRUST, private=[private(LOG.at(size))])
    assert report.sentences == (WHOLE, f"The checkpoint of {size} leaves is the beginning of the public log.")


@pytest.mark.parametrize("size", [1, 42, 256, 300, 512, 599])
def test_a_private_checkpoint_of_another_history_is_noticed(size):
    forged = private(Log(size, history="forged "))
    with pytest.raises(LogWrong, match=f"does not begin with the log of {size} leaves"):
        verify_log(source(FILES), TRUST, private=[forged])


def test_two_roots_of_one_size_are_a_fork():
    with pytest.raises(LogWrong, match="two roots were signed .* at 600 leaves: the log was forked"):
        verify_log(source(FILES), TRUST, private=[private(Log(600, history="forged "))])


def test_a_private_checkpoint_may_be_ahead_of_the_public_head():
    report = verify_log(source(FILES), TRUST, private=[private(Log(601))])
    sentence = (
        "The checkpoint of 601 leaves is not yet in the public head, which has 600; "
        "wait for the next head, which comes once a day, and check again."
    )
    assert report.sentences == (WHOLE, sentence)


def test_a_private_checkpoint_of_another_log():
    other = Signer("other.example.org/log", bytes(32))
    signed = open_checkpoint(other.sign(Checkpoint(other.name, 1, bytes(32)).text()), [other.verifier])
    with pytest.raises(LogWrong, match="of the log other.example.org/log; this is"):
        verify_log(source(FILES), TRUST, private=[signed])


def test_a_saved_proof_is_found_in_the_public_log():
    report = verify_log(source(FILES), TRUST, proofs=[verify_proof(LOG.at(300).proof(41), TRUST)])
    assert report.sentences == (
        WHOLE,
        "The public log holds the entry as leaf 41.",
        "The checkpoint of 300 leaves is the beginning of the public log.",
    )


def test_a_saved_proof_of_a_dropped_entry_is_noticed():
    kept = verify_proof(LOG.at(300).proof(41), TRUST)
    entries = [*LOG.entries]
    entries[41] = bytes(32)
    other = Log(0)
    other.entries = entries
    with pytest.raises(LogWrong, match="leaf 41 of the public log is another entry than the proof's"):
        verify_log(source(other.files()), TRUST, proofs=[kept])


def test_a_saved_proof_ahead_of_the_public_head():
    report = verify_log(source(LOG.at(256).files()), TRUST, proofs=[verify_proof(LOG.proof(500), TRUST)])
    assert len(report.sentences) == 2
    assert "not yet in the public head, which has 256" in report.sentences[1]

"""Our log read by an implementation that is not ours: `aics-tlog`, and its log read by us."""

import aics_tlog as other
import pytest
from aics_tlog.tree import MerkleTree
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.tlog.logs import DESK, DOOR, ORIGIN, WITNESS, Log
from tipstaff.tlog import tree
from tipstaff.tlog.checkpoint import open_checkpoint
from tipstaff.tlog.note import Verified, Verifier, cosign
from tipstaff.tlog.tiles import decode_bundle
from tipstaff.tlog.tree import consistency, inclusion, leaf_hash, verify_consistency, verify_inclusion

LOG = Log(70_000)
FILES = LOG.files()
READER = other.MemoryTileReader({path: data for path, data in FILES.items() if path != "checkpoint"})
TREE = MerkleTree(LOG.entries)
PLACES = [0, 1, 255, 256, 257, 23_333, 65_535, 65_536, 69_888, 69_999]


def test_they_come_to_the_same_root():
    assert other.tree_root_from_tiles(READER, LOG.size) == LOG.root == TREE.root(LOG.size)
    assert other.EMPTY_HASH == tree.EMPTY_ROOT


@pytest.mark.parametrize("index", PLACES)
def test_they_make_the_same_inclusion_proofs(index):
    proof = inclusion(LOG.read, index, LOG.size)
    assert tuple(other.inclusion_proof_from_tiles(READER, index, LOG.size)) == proof
    leaf = leaf_hash(LOG.entries[index])
    assert other.verify_inclusion(leaf, index, LOG.size, list(proof), LOG.root)
    verify_inclusion(index, LOG.size, leaf, TREE.inclusion_proof(index, LOG.size), TREE.root(LOG.size))


@pytest.mark.parametrize("old", PLACES[1:])
def test_they_make_the_same_consistency_proofs(old):
    proof = consistency(LOG.read, old, LOG.size)
    assert tuple(other.consistency_proof_from_tiles(READER, old, LOG.size)) == proof
    assert other.verify_consistency(old, LOG.size, TREE.root(old), LOG.root, list(proof))
    verify_consistency(old, TREE.root(old), LOG.size, LOG.root, TREE.consistency_proof(old, LOG.size))


def test_they_read_our_bundles():
    for index in PLACES:
        assert other.read_entry(READER, index, LOG.size) == LOG.entries[index]
    assert decode_bundle(FILES["tile/entries/273.p/112"]) == LOG.entries[-112:]


def test_they_open_our_checkpoint():
    note = other.parse_note(FILES["checkpoint"])
    assert other.verify_note(note, [other.parse_vkey(DESK.vkey)])
    assert not other.verify_note(note, [other.parse_vkey(DOOR.vkey)])
    read = other.parse_checkpoint(note.text)
    assert (read.origin, read.size, read.root) == (ORIGIN, LOG.size, LOG.root)


def test_they_accept_our_witness():
    note = other.parse_note(cosign(LOG.checkpoint(DESK), WITNESS, time=1_700_000_000))
    line = note.signatures[1]
    assert line.key_id == other.parse_vkey(WITNESS.vkey).key_id
    assert other.verify_cosignature(
        line.signature, WITNESS.name, WITNESS.verifier.public, ORIGIN, LOG.size, LOG.root
    )


def test_we_open_their_checkpoint_and_witness():
    private = other_key()
    vkey = other.format_vkey(other.vkey_from_ed25519(ORIGIN, private.public_key()))
    witness = other.format_vkey(other.cosignature_vkey("w.example", private.public_key()))
    text = LOG.checkpoint(DESK).partition("\n\n")[0] + "\n"
    signed = other.sign_note(text, private, ORIGIN)
    _, cosigned = other.sign_cosignature(private, "w.example", 1_700_000_000, ORIGIN, LOG.size, LOG.root)
    note = other.Note(text, (signed, cosigned)).serialise()
    opened = open_checkpoint(note, [Verifier.parse(vkey)], [Verifier.parse(witness)])
    assert opened.checkpoint.root == LOG.root
    assert opened.cosigned == (Verified(Verifier.parse(witness), 1_700_000_000),)


def other_key():
    return Ed25519PrivateKey.from_private_bytes(bytes([9]) * 32)

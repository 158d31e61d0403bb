"""A log in memory for the tests: its entries, its files, its two keys."""

from collections.abc import Callable
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import COSIGNATURE, Signer
from tipstaff.tlog.proof import LogProof, entry_extra
from tipstaff.tlog.tiles import encode_bundle, entries_path, hash_tiles, tile_path
from tipstaff.tlog.tree import HASH, TILE_WIDTH, Edge, inclusion, leaf_hash

ORIGIN = "tips.example.org/log"
DOOR = Signer(ORIGIN, bytes([1]) * 32)
DESK = Signer(ORIGIN, bytes([2]) * 32)
STRANGER = Signer(ORIGIN, bytes([3]) * 32)
WITNESS = Signer("witness.example.net/one", bytes([4]) * 32, COSIGNATURE)


def entry(number: int, history: str = "") -> bytes:
    """The 32-byte entry of one envelope."""
    return sha256(f"envelope {history}{number}".encode()).digest()


class Log:
    """A log of `size` entries; `history` makes another log of the same size."""

    def __init__(self, size: int, history: str = "") -> None:
        self.entries = [entry(number, history) for number in range(size)]

    @cached_property
    def grown(self) -> tuple[Edge, dict[int, bytes]]:
        """The edge, and the joined hashes of each tile level."""
        edge, nodes = Edge().extend([leaf_hash(each) for each in self.entries])
        rows: dict[int, bytes] = {}
        for height in sorted({node.height for node in nodes}):
            rows[height // 8] = b"".join(node.hash for node in nodes if node.height == height)
        return edge, rows

    @property
    def size(self) -> int:
        return len(self.entries)

    @property
    def root(self) -> bytes:
        return self.grown[0].root()

    def read(self, level: int, number: int, width: int) -> bytes:
        """The hash reader that proofs are made from."""
        return self.grown[1][level][TILE_WIDTH * HASH * number :][: HASH * width]

    def at(self, size: int) -> "Log":
        """This log as it was when it had `size` entries."""
        earlier = Log(0)
        earlier.entries = self.entries[:size]
        return earlier

    def checkpoint(self, signer: Signer) -> str:
        return Checkpoint(ORIGIN, self.size, self.root).sign(signer)

    def proof(self, index: int, signer: Signer = DOOR) -> LogProof:
        """What a sender takes away."""
        path = inclusion(self.read, index, self.size)
        return LogProof(index, path, self.checkpoint(signer), entry_extra(self.entries[index]))

    def files(self, signer: Signer = DESK) -> dict[str, bytes]:
        """Everything that the log shows to the public."""
        files = {"checkpoint": self.checkpoint(signer).encode()}
        for level, number, width in hash_tiles(self.size):
            assert level is not None
            files[tile_path(level, number, width)] = self.read(level, number, width)
            if level == 0:
                bundle = encode_bundle(self.entries[TILE_WIDTH * number :][:width])
                files[entries_path(number, width)] = bundle
        return files


def source(files: dict[str, bytes]) -> Callable[[str], bytes | None]:
    """A verifier's source over files in memory."""
    return files.get


def write(files: dict[str, bytes], folder: Path) -> Path:
    """The files in a folder."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder

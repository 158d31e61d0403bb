"""Files, sealed as they stream in and kept in the hatch in pieces until the tip that names them is accepted."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b, sha256
from typing import Literal

from tipstaff.hatch import actions
from tipstaff.sealed.age import Sealer
from tipstaff.sealed.envelope import LIMITS, SealedFile
from tipstaff.sealed.padding import padme, zeros
from tipstaff.sealed.recipients import Recipient


@dataclass(frozen=True, slots=True)
class FileFault:
    """Why a file was not taken. `name` is shown to the sender and kept nowhere."""

    kind: Literal["empty", "too-big", "too-many"]
    name: str


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that lies sealed in the hatch: what the tip will say of it, and its 16-byte upload id."""

    name: str
    upload: bytes
    plain_digest: bytes
    sealed: SealedFile


class Staging:
    """Where one form's files go."""

    def __init__(self, recipients: Sequence[Recipient], today: date) -> None:
        self._recipients = recipients
        self._today = today

    def begin(self, name: str, place: int) -> "Stage":
        """Start the file called `name`; `place` counts from 0 in its form."""
        return Stage(name, place, Sealer(self._recipients), self._today)


class Stage:
    """One file on its way in. At most a piece (1 MiB) of it is in memory, sealed."""

    def __init__(self, name: str, place: int, sealer: Sealer, today: date) -> None:
        self._name = name
        self._place = place
        self._sealer = sealer
        self._today = today
        self._upload = os.urandom(16)
        # Compared within minutes, in memory only: a third of the time of SHA-256 on a plain processor.
        self._plain = blake2b(digest_size=32)
        self._sealed = sha256()
        self._held = bytearray(sealer.start())
        self._number = 0
        self.size = 0

    def take(self, data: bytes) -> None:
        """Seal `data`; write a piece to the hatch when one is full."""
        self.size += len(data)
        self._plain.update(data)
        self._put(self._sealer.update(data))

    def finish(self) -> StagedFile:
        """Pad by the Padmé rule, seal the end, write the last piece."""
        for filler in zeros(padme(self.size) - self.size):
            self._put(self._sealer.update(filler))
        self._put(self._sealer.finish())
        if self._held:
            self._write(len(self._held))
        sealed = SealedFile(
            name=self._name,
            size=self.size,
            sha256=self._sealed.hexdigest(),
            upload=self._upload.hex(),
            place=self._place,
        )
        return StagedFile(self._name, self._upload, self._plain.digest(), sealed)

    def _put(self, sealed: bytes) -> None:
        self._held += sealed
        while len(self._held) >= LIMITS.PIECE:
            self._write(LIMITS.PIECE)

    def _write(self, length: int) -> None:
        piece = bytes(self._held[:length])
        del self._held[:length]
        self._sealed.update(piece)
        actions.stage_piece(upload=self._upload, number=self._number, body=piece, today=self._today)
        self._number += 1

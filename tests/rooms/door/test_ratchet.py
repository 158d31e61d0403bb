"""The ratchet turns forward only, and every process of a door turns it alike."""

from pathlib import Path

import pytest

from tipstaff.door.ratchet import EPOCH_SECONDS, KEPT, Ratchet

NOON = 1_800_000_000.0


def test_processes_agree_without_talking(tmp_path: Path) -> None:
    one, other = Ratchet(tmp_path / "ratchet"), Ratchet(tmp_path / "ratchet")

    assert one.secrets(NOON) == other.secrets(NOON)
    later = NOON + 7 * EPOCH_SECONDS
    assert other.secrets(later) == one.secrets(later)
    assert Ratchet(tmp_path / "ratchet").secrets(later) == one.secrets(later)


def test_each_epoch_keeps_the_one_before_and_forgets_the_oldest(tmp_path: Path) -> None:
    ratchet = Ratchet(tmp_path / "ratchet")
    before = ratchet.secrets(NOON)

    after = ratchet.secrets(NOON + EPOCH_SECONDS)

    assert len(before) == len(after) == KEPT
    assert after[1:] == before[:-1]
    assert before[-1] not in after


def test_the_file_never_holds_a_secret_that_is_over(tmp_path: Path) -> None:
    path = tmp_path / "ratchet"
    ratchet = Ratchet(path)
    over = ratchet.secrets(NOON)

    ratchet.secrets(NOON + KEPT * EPOCH_SECONDS)

    assert not any(secret in path.read_bytes() for secret in over)
    assert path.stat().st_mode & 0o077 == 0


def test_a_clock_set_back_turns_nothing_back(tmp_path: Path) -> None:
    ahead = Ratchet(tmp_path / "ratchet").secrets(NOON + 5 * EPOCH_SECONDS)

    assert Ratchet(tmp_path / "ratchet").secrets(NOON) == ahead


@pytest.mark.parametrize("damage", [b"", b"\0" * 39])
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "ratchet"
    path.write_bytes(damage)

    secrets = Ratchet(path).secrets(NOON)

    assert len(secrets) == KEPT
    assert Ratchet(path).secrets(NOON) == secrets

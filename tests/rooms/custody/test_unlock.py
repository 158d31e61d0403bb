"""Unlocking: the right passphrase from the right officer; anything else moves nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.keepers import NOON, records
from tests.offices import PASSPHRASE, TestOffice
from tipstaff.custody import actions, holder
from tipstaff.custody.holder import MISS_WINDOW, MISSES, Holder, NoKeyFile, TooManyMisses
from tipstaff.custody.queries import lock_state, public_keys
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.sealed.keyfile import Keyring, WrongPassphrase


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> list[Keyring]:
    """The keyrings that were handed to what waits for an unlocking."""
    seen: list[Keyring] = []
    monkeypatch.setattr(holder, "_hooks", [seen.append])
    return seen


def unlock(actor: Actor, passphrase: str = PASSPHRASE) -> None:
    actions.unlock(passphrase=passphrase, actor=actor, now=NOON)


def test_the_right_passphrase_unlocks_and_what_waits_is_told(
    office: TestOffice, ana: Actor, hooked: list[Keyring]
) -> None:
    unlock(ana)

    assert holder.current().keyring == office.keyring
    assert hooked == [office.keyring]
    assert records() == [("custody.keys.unlocked", "desk.key", "ana")]
    assert lock_state(ana).by == "ana"


def test_a_wrong_passphrase_moves_nothing_and_is_recorded(
    office: TestOffice, ana: Actor, hooked: list[Keyring]
) -> None:
    with pytest.raises(WrongPassphrase):
        unlock(ana, "not the six invented words")

    assert holder.current().keyring is None
    assert hooked == []
    assert records() == [("custody.keys.unlock_failed", "desk.key", "ana")]


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_others_unlock_nothing_even_with_the_passphrase(
    office: TestOffice, request: pytest.FixtureRequest, who: str, hooked: list[Keyring]
) -> None:
    with pytest.raises(NotAllowed):
        unlock(request.getfixturevalue(who))

    assert (holder.current().keyring, hooked, records()) == (None, [], [])


def test_locking_forgets_the_keys_and_is_recorded_once(office: TestOffice, ana: Actor) -> None:
    unlock(ana)

    for _ in range(2):
        actions.lock(actor=ana, now=NOON)

    assert holder.current().keyring is None
    assert [verb for verb, _, _ in records()] == ["custody.keys.unlocked", "custody.keys.locked"]


def test_an_outsider_does_not_lock(office: TestOffice, ana: Actor, cleo: Actor) -> None:
    unlock(ana)

    with pytest.raises(NotAllowed):
        actions.lock(actor=cleo, now=NOON)

    assert holder.current().keyring == office.keyring


def test_without_a_key_file_the_sentence_says_where_it_should_be(office: TestOffice, ana: Actor) -> None:
    (office.path / "desk" / "desk.key").unlink()

    with pytest.raises(NoKeyFile, match=r"desk/desk\.key.*tipstaff init"):
        unlock(ana)

    assert records() == []


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def held(office: TestOffice, clock: Clock) -> Holder:
    return Holder(office.path / "desk" / "desk.key", idle=timedelta(minutes=60), clock=clock)


def test_five_wrong_ones_make_that_officer_wait_and_nobody_else(held: Holder, clock: Clock) -> None:
    for _ in range(MISSES):
        with pytest.raises(WrongPassphrase):
            held.open("wrong", by="ana")

    with pytest.raises(TooManyMisses, match="Try again in 11 minutes"):
        held.open(PASSPHRASE, by="ana")
    assert held.open(PASSPHRASE, by="ben"), "one who cannot remember locks nobody else out"
    clock.now += MISS_WINDOW.total_seconds()
    assert held.open(PASSPHRASE, by="ana")


def test_unlocking_clears_the_count(held: Holder) -> None:
    for _ in range(3):
        for _ in range(MISSES - 1):
            with pytest.raises(WrongPassphrase):
                held.open("wrong", by="ana")
        held.hold(held.open(PASSPHRASE, by="ana"), by="ana")


@pytest.mark.parametrize("used, keys_stay", [(Holder.use, True), (lambda held: held.keyring, False)])
def test_keys_are_forgotten_when_no_person_uses_them_and_jobs_are_no_persons(
    held: Holder, clock: Clock, used: Callable[[Holder], object], keys_stay: bool
) -> None:
    held.hold(held.open(PASSPHRASE, by="ana"), by="ana")
    for _ in range(4):
        clock.now += 20 * 60
        used(held)

    assert (held.keyring is not None) == keys_stay
    assert (held.unlocked_by, held.minutes_left()) == (("ana", 60) if keys_stay else (None, None))


def test_public_keys_are_those_of_the_private_ones(office: TestOffice) -> None:
    keys = public_keys()

    assert keys.recipients == tuple(str(identity.recipient()) for identity in office.keyring.identities)
    assert (keys.notice_vkey, keys.desk_vkey) == (office.notice_signer.vkey, office.head_signer.vkey)


def test_nothing_secret_shows_in_a_representation(office: TestOffice, held: Holder) -> None:
    held.hold(held.open(PASSPHRASE, by="ana"), by="ana")

    shown = repr(held) + repr(held.keyring) + str(vars(held))

    assert [
        secret for secret in (PASSPHRASE, office.keyring.cover.hex(), "AGE-SECRET-KEY") if secret in shown
    ] == []

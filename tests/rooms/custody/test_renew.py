"""Renewing the keys: a new one in front, the old ones kept, and nobody goes on with what is no longer all."""

import stat

import pytest

from tests.keepers import NOON, records
from tests.offices import PASSPHRASE, TestOffice
from tipstaff.custody import actions, holder
from tipstaff.custody.queries import public_keys
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.sealed.keyfile import Keyring, WrongPassphrase, read_keyfile

QUICK = 4  # scrypt's work factor


def renew(actor: Actor, passphrase: str = PASSPHRASE) -> None:
    actions.renew(passphrase=passphrase, actor=actor, now=NOON, log_n=QUICK)


def in_file(office: TestOffice) -> Keyring:
    return read_keyfile((office.path / "desk" / "desk.key").read_bytes(), PASSPHRASE)


def everything(office: TestOffice) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office.path / "desk").iterdir()}


def test_a_new_key_is_added_and_the_public_is_told_of_it_alone(office: TestOffice, ana: Actor) -> None:
    renew(ana)

    keyring = in_file(office)
    assert keyring.identities[1:] == office.keyring.identities
    assert keyring.identities[0] not in office.keyring.identities
    assert (keyring.notice, keyring.head, keyring.cover) == (
        office.keyring.notice, office.keyring.head, office.keyring.cover,
    )  # fmt: skip
    assert public_keys().recipients == (str(keyring.identities[0].recipient()),)
    assert records() == [("custody.keys.renewed", "desk.key", "ana")]


def test_the_files_are_the_owners_alone_and_nothing_is_left_beside_them(
    office: TestOffice, ana: Actor
) -> None:
    before = set(everything(office))

    renew(ana)

    assert set(everything(office)) == before
    for name in ("desk.key", "public.json"):
        assert stat.S_IMODE((office.path / "desk" / name).stat().st_mode) == 0o600


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_others_renew_nothing_even_with_the_passphrase(
    office: TestOffice, request: pytest.FixtureRequest, who: str
) -> None:
    before = everything(office)

    with pytest.raises(NotAllowed):
        renew(request.getfixturevalue(who))

    assert (everything(office), records()) == (before, [])


def test_a_wrong_passphrase_renews_nothing_and_is_recorded(office: TestOffice, ana: Actor) -> None:
    before = everything(office)

    with pytest.raises(WrongPassphrase):
        renew(ana, "not the six invented words")

    assert everything(office) == before
    assert records() == [("custody.keys.unlock_failed", "desk.key", "ana")]


def test_a_record_that_cannot_be_kept_leaves_the_old_keys(
    office: TestOffice, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **facts: object) -> None:
        raise ConnectionError

    before = everything(office)
    monkeypatch.setattr(actions, "record", broken)

    with pytest.raises(ConnectionError):
        renew(ana)

    assert everything(office) == before


def test_keys_that_were_unlocked_before_are_forgotten(office: TestOffice, ana: Actor) -> None:
    actions.unlock(passphrase=PASSPHRASE, actor=ana, now=NOON)
    assert holder.current().keyring is not None

    renew(ana)

    assert holder.current().keyring is None
    actions.unlock(passphrase=PASSPHRASE, actor=ana, now=NOON)
    assert holder.current().keyring == in_file(office)


def test_a_key_file_that_is_taken_out_again_locks_nothing(office: TestOffice, ana: Actor) -> None:
    actions.unlock(passphrase=PASSPHRASE, actor=ana, now=NOON)

    (office.path / "desk" / "desk.key").unlink()

    assert holder.current().keyring == office.keyring

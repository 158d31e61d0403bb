"""`tipstaff keys renew`, and a worker that runs meanwhile: no tip is set aside because the keys were renewed."""

from pathlib import Path

import pytest

from tests.journeys.conftest import now, open_the_office
from tests.offices import PASSPHRASE, TestOffice
from tests.rooms.config_cli.test_notice import hire_an_approver_for
from tests.rooms.tips.source import Source
from tipstaff.audit.models import Record
from tipstaff.config.cli import main
from tipstaff.config.office import jobs
from tipstaff.config.office.keys import READ_ANEW, START_AGAIN, WorkerKeys
from tipstaff.config.office.passphrase import SETTING
from tipstaff.custody import holder
from tipstaff.custody.queries import public_keys
from tipstaff.hatch import notice, queries
from tipstaff.hatch.notice import Notice
from tipstaff.outbox.models import Parcel
from tipstaff.tips.models import Envelope, Tip
from tipstaff.tlog.note import Verifier


@pytest.fixture
def staffed(office: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """A published office; Rosa keeps its keys, Tomás approves, and a file holds the passphrase."""
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(office.path))
    words = tmp_path / "passphrase"
    words.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    monkeypatch.setenv(SETTING, str(words))
    open_the_office(now())
    hire_an_approver_for(office)
    return office


def renew(actor: str = "rosa", approver: str = "tomas") -> int:
    return main(["keys", "renew", "--actor", actor, "--approver", approver])


def worker_keys(said: list[str]) -> WorkerKeys:
    """As the worker has them after its start."""
    held = holder.current()
    return WorkerKeys(held, held.open(PASSPHRASE, by="system:worker"), said.append)


def published() -> Notice:
    row = queries.latest_notice()
    assert row is not None
    return notice.parse(row.note, Verifier.parse(public_keys().notice_vkey))


def opened() -> list[str]:
    return [tip.text for tip in Tip.objects.unscoped("a test looks").order_by("pk")]


def test_a_running_worker_opens_what_is_sealed_to_the_old_key_and_to_the_new(
    staffed: TestOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    keys = worker_keys(said)
    Source(staffed).tip("Sealed to the old key.")

    assert renew() == 0
    jobs.deliver_parcels(keys(), now())
    new = published()
    Source(TestOffice(staffed.path, staffed.keyring, new)).tip("Sealed to the new key.")
    jobs.open_envelopes(keys(), now())

    assert "waits in the outbox" in capsys.readouterr().out
    assert tuple(new.recipients) == public_keys().recipients != tuple(staffed.notice.recipients)
    assert opened() == ["Sealed to the old key.", "Sealed to the new key."]
    assert said == [READ_ANEW]


def test_a_worker_that_cannot_ask_anybody_lets_envelopes_wait_sealed(
    staffed: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    keys = worker_keys(said)
    assert renew() == 0
    monkeypatch.delenv(SETTING)

    Source(staffed).tip()
    jobs.open_envelopes(keys(), now())
    jobs.open_envelopes(keys(), now())

    assert keys() is None
    assert opened() == []
    assert [envelope.state for envelope in Envelope.objects.unscoped("a test looks")] == ["waiting"]
    assert said == [START_AGAIN]


@pytest.mark.parametrize(
    "actor, approver, sentence",
    [
        ("tomas", "tomas", "tomas may not do this: an officer with the role custodian may."),
        ("rosa", "rosa", "rosa may not do this: an officer with the role approver may."),
        ("nobody", "tomas", "There is no officer nobody: name one with the role custodian."),
        ("rosa", "nobody", "There is no officer nobody: name one with the role approver."),
    ],
)
def test_without_a_custodian_and_an_approver_nothing_is_changed(
    staffed: TestOffice, capsys: pytest.CaptureFixture[str], actor: str, approver: str, sentence: str
) -> None:
    key = (staffed.path / "desk" / "desk.key").read_bytes()
    before = Parcel.objects.count(), Record.objects.unscoped("a test counts").count()

    assert renew(actor, approver) == 2

    assert sentence in capsys.readouterr().err
    assert (staffed.path / "desk" / "desk.key").read_bytes() == key
    assert (Parcel.objects.count(), Record.objects.unscoped("a test counts").count()) == before

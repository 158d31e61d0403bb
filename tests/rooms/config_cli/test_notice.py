"""`tipstaff notice renew`: the same offers once more, when the office's keys or texts changed."""

from datetime import timedelta

import pytest

from tests.journeys.conftest import now, open_the_office
from tests.offices import TestOffice
from tipstaff.config.cli import main
from tipstaff.config.office import jobs
from tipstaff.hatch import queries
from tipstaff.kernel.clock import day
from tipstaff.outbox.models import Parcel
from tipstaff.people.actions import confirm_grant, give_grant
from tipstaff.people.models import Compartment
from tipstaff.people.queries import actor_named


@pytest.fixture
def staffed(new_office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(new_office.path))
    open_the_office(now())
    return new_office


def test_an_approver_renews_the_notice(staffed: TestOffice, capsys: pytest.CaptureFixture[str]) -> None:
    hire_an_approver_for(staffed)

    assert main(["notice", "renew", "--actor", "tomas"]) == 0

    assert "waits in the outbox" in capsys.readouterr().out
    jobs.deliver_parcels(staffed.keyring, now())
    assert queries.newest_number() == 1


@pytest.mark.parametrize(
    "who, sentence", [("rosa", "may not publish"), ("nobody", "There is no officer nobody")]
)
def test_others_renew_nothing(
    staffed: TestOffice, who: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Parcel.objects.count()

    assert main(["notice", "renew", "--actor", who]) == 2

    assert sentence in capsys.readouterr().err
    assert Parcel.objects.count() == before


def hire_an_approver_for(office: TestOffice) -> None:
    """Tomás approves in the office's own compartment too."""
    Compartment.objects.create(code="harbour", name="Harbour", agency_id="darien-desk")
    today = day(now())
    number = give_grant(
        officer="tomas", role="approver", compartment="harbour", starts_on=today, ends_on=today + timedelta(days=9),
        actor=actor_named("lin", today), now=now(),
    )  # fmt: skip
    confirm_grant(number=number, actor=actor_named("mae", today), now=now())

"""Two officers at once: the rival starts in the middle of the first one's transaction, and waits."""

import pytest

from tests.rooms.offers.test_races import Rival
from tests.rooms.vault.conftest import ALMA, NOON, REASON, SECOND, granted, records
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import Actor
from tipstaff.people.roles import ROLES
from tipstaff.vault import actions
from tipstaff.vault.actions import destroying, opening
from tipstaff.vault.models import Opening, Sealed

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


@pytest.fixture
def rosa() -> Actor:
    return Actor("rosa", "harbour-police", granted(ROLES["protector"], "harbour"))


def open_it(actor, request):
    return actions.open_identity(request=request, passphrase=SECOND, actor=actor, now=NOON)


def test_of_two_second_officers_one_sees_it_and_the_other_is_told_why(asked, quinn, rosa, monkeypatch):
    rival = Rival(lambda: open_it(rosa, asked))
    rival.starts_in_the_middle_of(monkeypatch, opening, "agreed")

    assert open_it(quinn, asked) == ALMA

    lost = rival.ends()
    assert isinstance(lost, Refused)
    assert lost.rules == ("vault.request.used",)
    assert [row.agreed_by for row in Opening.objects.all()] == ["quinn"]
    assert records()[-1] == ("vault.identity.opened", "quinn")


def test_what_is_being_destroyed_is_not_opened_meanwhile(alma, asked, petra, quinn, rosa, monkeypatch):
    sentence = actions.ask_to_destroy(ref=alma, reason=REASON, actor=petra, now=NOON)
    rival = Rival(lambda: open_it(rosa, asked))
    rival.starts_in_the_middle_of(monkeypatch, destroying, "agreed")

    actions.destroy_identity(request=sentence, actor=quinn, now=NOON)

    lost = rival.ends()
    assert isinstance(lost, Refused)
    assert lost.rules == ("vault.identity.destroyed",)
    assert not Sealed.objects.exists()
    assert records()[-1] == ("vault.identity.destroyed", "quinn")

"""Destroying: two officers, no key; the row stays and says so, the sealed bytes are in no table."""

from datetime import timedelta

import pytest
from django.test import TestCase

from tests.rooms.vault.conftest import FIRST, NOON, REASON, SECOND, records, tables
from tipstaff.footing.journal import JournalHeld
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.vault import actions, holder, queries
from tipstaff.vault.models import Sealed


@pytest.fixture
def sentenced(alma, petra):
    return actions.ask_to_destroy(ref=alma, reason=REASON, actor=petra, now=NOON)


def destroy(actor, request, now=NOON + timedelta(days=6)):
    actions.destroy_identity(request=request, actor=actor, now=now)


def test_two_officers_destroy_it_without_any_key(alma, sentenced, quinn, folder):
    for path in folder.iterdir():
        path.unlink()

    destroy(quinn, sentenced)

    assert not Sealed.objects.exists()
    assert not queries.identity_exists(alma)
    (row,) = queries.identities(quinn, NOON, limit=9)
    assert (row.ref, row.destroyed, [each.agreed_by for each in row.requests]) == (alma, True, ["quinn"])
    assert records()[1:] == [("vault.identity.destroy_asked", "petra"), ("vault.identity.destroyed", "quinn")]


@pytest.mark.parametrize(
    "who, days, error, rule",
    [
        ("petra", 1, Refused, ("vault.two-officers",)),
        ("quinn", 7, Refused, ("vault.request.expired",)),
        ("dora", 1, NotAllowed, None),
        ("cleo", 1, NotVisible, None),
    ],
)
def test_refused_and_nothing_is_gone(sentenced, request, who, days, error, rule):
    actor, before = request.getfixturevalue(who), tables()

    with pytest.raises(error) as raised:
        destroy(actor, sentenced, NOON + timedelta(days=days))

    assert getattr(raised.value, "rules", None) == rule
    assert tables() == before


def test_what_is_destroyed_is_neither_asked_for_nor_opened_nor_destroyed_again(
    alma, asked, sentenced, petra, quinn
):
    second = actions.ask_to_destroy(ref=alma, reason=REASON, actor=petra, now=NOON)
    destroy(quinn, sentenced)
    assert holder.current().half_open(asked) is None
    before = tables()

    for act in (
        lambda: actions.ask_to_open(ref=alma, reason=REASON, passphrase=FIRST, actor=petra, now=NOON),
        lambda: actions.ask_to_destroy(ref=alma, reason=REASON, actor=petra, now=NOON),
        lambda: actions.open_identity(request=asked, passphrase=SECOND, actor=quinn, now=NOON),
        lambda: destroy(quinn, second),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.rules == ("vault.identity.destroyed",)

    assert tables() == before


def test_a_journal_that_a_reader_holds_stops_no_destruction(sentenced, quinn, monkeypatch):
    def held(_alias):
        raise JournalHeld

    monkeypatch.setattr("tipstaff.vault.actions.destroying.journal.empty", held)
    with TestCase.captureOnCommitCallbacks(execute=True):
        destroy(quinn, sentenced)

    assert not Sealed.objects.exists()

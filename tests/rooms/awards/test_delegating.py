"""Lending the power to decide: given by one, confirmed by another, never beyond what the statute lets be lent."""

from datetime import date, timedelta

import pytest

from tests.rooms.awards.cast import NOON, TODAY, acting, dollars, everything, who
from tests.rooms.awards.test_deciding import refused
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import delegating
from tipstaff.awards.models import Delegation
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.people.models import Agency, Compartment, Grant, Officer


@pytest.fixture
def people(db: None) -> None:
    """Sera, her delegate Dell, and Ann, who only audits, as officers with roles."""
    agency = Agency.objects.create(code="harbour-police", name="Harbour")
    Compartment.objects.create(code="harbour", name="Harbour", agency=agency)
    for ref, role in (("sera", "secretary"), ("dell", "delegate"), ("ann", "auditor"), ("sam", "secretary")):
        officer = Officer.objects.create(username=ref, full_name=ref.title(), agency=agency, added_at=NOON)
        Grant.objects.create(
            officer=officer, role=role, compartment_id="harbour", state="CONFIRMED", starts_on=date(2026, 1, 1),
            founding=True, given_at=NOON,
        )  # fmt: skip


@pytest.fixture(autouse=True)
def ready(people: None, sheet: object) -> None:
    """Every test has the officers and a sheet in force."""


def give(**changes: object) -> Delegation:
    stated = {
        "compartment": "harbour", "delegate": "dell", "most": dollars(100_000), "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=30), "actor": who("sera"), "now": NOON,
    } | changes  # fmt: skip
    return delegating.give_delegation(**stated)  # type: ignore[arg-type]  # a test's shorthand


def test_a_delegation_is_given_confirmed_and_ended() -> None:
    given = give()
    delegating.confirm_delegation(ref=given.ref, actor=who("abel"), now=NOON)
    delegating.end_delegation(ref=given.ref, actor=who("sera"), now=NOON)

    row = Delegation.objects.unscoped("a test looks").get()
    assert (row.principal, row.delegate, row.most_minor, row.currency) == ("sera", "dell", 10_000_000, "USD")
    assert (row.state, row.confirmed_by, row.ended_by, row.ended_on) == ("ended", "abel", "sera", TODAY)


@pytest.mark.parametrize(
    "changes, rule",
    [
        ({"most": dollars(100_001)}, "awards.not-delegable"),
        ({"most": dollars(0)}, "awards.delegation-amount-stated"),
        ({"most": Money(100, "EUR")}, "awards.delegation-amount-stated"),
        ({"delegate": "sera"}, "awards.delegate-holds-the-role"),
        ({"delegate": "sam"}, "awards.delegate-holds-the-role"),
        ({"delegate": "ann"}, "awards.delegate-holds-the-role"),
        ({"delegate": "nobody"}, "awards.delegate-holds-the-role"),
        ({"ends_on": TODAY - timedelta(days=1)}, "awards.delegation-days"),
        ({"starts_on": TODAY + timedelta(days=31)}, "awards.delegation-days"),
        ({"ends_on": TODAY + timedelta(days=366)}, "awards.delegation-days"),
    ],
)
def test_what_may_not_be_lent(changes: dict[str, object], rule: str) -> None:
    assert refused(lambda: give(**changes)) == (rule,)


def test_a_third_officer_confirms() -> None:
    ref = give().ref

    for name in ("sera", "dell"):
        assert refused(
            lambda: delegating.confirm_delegation(ref=ref, actor=acting(name, "attorney"), now=NOON)  # noqa: B023  called at once
        ) == ("awards.delegation-second-officer",)


def test_others_neither_give_nor_confirm_nor_end() -> None:
    ref = give().ref
    before = everything()
    for officer in ("abel", "dell", "cora", "nia"):
        with pytest.raises(NotAllowed), undone():
            give(actor=who(officer))
        with pytest.raises(NotAllowed), undone():
            delegating.end_delegation(ref=ref, actor=who(officer), now=NOON)
    with pytest.raises(NotAllowed), undone():
        delegating.confirm_delegation(ref=ref, actor=who("sera"), now=NOON)
    with pytest.raises(NotVisible), undone():
        delegating.confirm_delegation(ref=ref, actor=who("cleo"), now=NOON)
    assert everything() == before


def test_what_is_ended_is_not_confirmed() -> None:
    ref = give().ref
    delegating.end_delegation(ref=ref, actor=who("sera"), now=NOON)

    with pytest.raises(MoveNotInTable), undone():
        delegating.confirm_delegation(ref=ref, actor=who("abel"), now=NOON)

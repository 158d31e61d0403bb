"""A broken constraint becomes the domain's own error, whatever database said it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tipstaff.footing.integrity import broken_constraints, explains
from tipstaff.people.models import Agency, Officer, SpentCode


class Taken(Exception):
    """Stands for a room's own error."""


class Twice(Exception):
    """Stands for another."""


@pytest.fixture
def ana() -> Officer:
    agency = Agency.objects.create(code="harbour", name="Harbour Police")
    return Officer.objects.create(username="ana", full_name="Ana", agency=agency, added_at=timezone.now())


def again(officer: Officer) -> None:
    Officer.objects.create(
        username=officer.username, full_name="Ana", agency_id=officer.agency_id, added_at=timezone.now()
    )


def test_a_unique_column_is_named_by_table_and_column(ana: Officer) -> None:
    with pytest.raises(Taken), explains({"people_officer.username": Taken}), transaction.atomic():
        again(ana)

    assert Officer.objects.count() == 1


def test_a_unique_constraint_is_named_by_its_sentence(ana: Officer) -> None:
    SpentCode.objects.create(officer=ana, step=7)

    errors = {"code_is_spent_once": Twice, "people_officer.username": Taken}
    with pytest.raises(Twice), explains(errors), transaction.atomic():
        SpentCode.objects.create(officer=ana, step=7)

    assert SpentCode.objects.count() == 1


def test_a_check_is_named_by_its_sentence() -> None:
    with pytest.raises(Taken), explains({"agency_has_a_code": Taken}), transaction.atomic():
        Agency.objects.create(code="", name="Nowhere")

    assert Agency.objects.count() == 0


def test_an_unlisted_breach_goes_on_as_it_is(ana: Officer) -> None:
    with pytest.raises(IntegrityError), explains({"code_is_spent_once": Twice}), transaction.atomic():
        again(ana)


def test_what_is_no_breach_goes_through_untouched() -> None:
    with pytest.raises(ZeroDivisionError), explains({"code_is_spent_once": Twice}):
        _ = 1 // 0


def test_the_error_listed_carries_the_breach_as_its_cause(ana: Officer) -> None:
    with pytest.raises(Taken) as raised, explains({"people_officer.username": Taken}), transaction.atomic():
        again(ana)

    assert isinstance(raised.value.__cause__, IntegrityError)


@pytest.mark.parametrize(
    "text, names",
    [
        ("CHECK constraint failed: grant_role_is_known", ("grant_role_is_known",)),
        (
            "UNIQUE constraint failed: people_spentcode.officer_id, people_spentcode.step",
            ("code_is_spent_once", "people_spentcode.officer_id,step"),
        ),
        ("UNIQUE constraint failed: people_officer.username", ("people_officer.username",)),
        ("UNIQUE constraint failed: index 'one_open_head'", ("one_open_head",)),
        ("FOREIGN KEY constraint failed", ()),
        ("NOT NULL constraint failed: people_officer.full_name", ()),
        ("", ()),
    ],
)
def test_what_sqlite_says_is_read(text: str, names: tuple[str, ...]) -> None:
    assert broken_constraints(IntegrityError(text)) == names


def test_the_database_in_use_names_a_unique_constraint(ana: Officer) -> None:
    SpentCode.objects.create(officer=ana, step=7)

    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        SpentCode.objects.create(officer=ana, step=7)

    assert broken_constraints(broken.value) == ("code_is_spent_once", "people_spentcode.officer_id,step"), (
        connection.vendor
    )

"""Writing a new officer's row: names checked, password hashed, a taken name refused."""

from datetime import datetime, timedelta
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tipstaff.footing.integrity import explains
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.people.access import NotVisible
from tipstaff.people.models import Agency, Officer
from tipstaff.people.names import check_code, check_full_name

OPENING_LASTS: Final = timedelta(hours=72)


def enrol(
    *, username: str, full_name: str, agency: str, password: str, until: datetime | None, now: datetime
) -> Officer:
    """A new officer's row, inside the caller's transaction. A chosen password (no `until`) must be a strong
    one.
    """
    check_code(username)
    check_full_name(full_name)
    agency_named(agency)
    officer = Officer(
        username=username, full_name=full_name, agency_id=agency, added_at=now, opening_until=until
    )
    if until is None:
        _check_password(password, officer)
    officer.set_password(password)
    with explains({"people_officer.username": lambda: taken(username)}), transaction.atomic():
        officer.save(force_insert=True)
    return officer


def _check_password(password: str, officer: Officer) -> None:
    try:
        validate_password(password, officer)
    except ValidationError as weak:
        raise Refused(
            tuple(
                Refusal("people.strong-password", "Choose another password: {fault}", {"fault": fault})
                for fault in weak.messages
            )
        ) from None


def taken(name: str) -> Refused:
    """What to say when the code or user name is in use."""
    refusal = Refusal("people.name-is-free", "The name {name} is taken; choose another.", {"name": name})
    return Refused((refusal,))


def agency_named(code: str) -> Agency:
    """The agency with this code. Raises NotVisible."""
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        raise NotVisible(code)
    return agency

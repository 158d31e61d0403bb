"""Browsers in which the officers of a cast are signed in, each with a second factor. Agencies and grants are made too."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from tipstaff.people.factors import enrol_app, has_factor
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.states import GrantState

TODAY = datetime.now(UTC).date()


def browsers_of(cast: Mapping[str, tuple[str, ...]]) -> Callable[[str], Client]:
    """Hire the `cast` (by name: the compartment, then the roles there) and give each a browser when asked."""
    names = list(cast)
    for place in sorted({place for place, *_ in cast.values()}):
        agency = Agency.objects.create(code=f"{place}-police", name=place.title())
        Compartment.objects.create(code=place, name=place.title(), agency=agency)
    everybody = {
        name: Officer.objects.create(
            username=name, full_name=name.title(), agency_id=f"{place}-police", added_at=datetime.now(UTC)
        )
        for name, (place, *_) in cast.items()
    }
    for name, (place, *roles) in cast.items():
        giver, confirmer = [everybody[other] for other in names if other != name][:2]
        for role in roles:
            Grant.objects.create(
                officer=everybody[name], role=role, compartment_id=place, starts_on=TODAY, state=GrantState.CONFIRMED,
                given_at=datetime.now(UTC), given_by=giver, confirmed_at=datetime.now(UTC), confirmed_by=confirmer,
            )  # fmt: skip

    def browser(name: str) -> Client:
        if not has_factor(everybody[name]):
            enrol_app(name)
        client = Client(enforce_csrf_checks=True)
        client.force_login(everybody[name])
        session = client.session
        session["account_authentication_methods_user"] = user_id_to_str(everybody[name])
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
        return client

    return browser

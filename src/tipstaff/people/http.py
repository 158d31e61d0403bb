"""The request that a desk page gets."""

from django.http import HttpRequest

from tipstaff.people.access import Actor


class OfficerRequest(HttpRequest):
    """A request behind the desk's sign-in: `people.middleware.SignedIn` has put the `actor` there."""

    actor: Actor

"""`{{ grant.role|role_name }}`: a role's name on a page."""

from django import template
from django.utils.functional import Promise

from tipstaff.people import words

register = template.Library()


@register.filter
def role_name(role: str) -> Promise | str:
    """The name of `role`; a role without a name is shown as it is, never hidden."""
    return words.ROLES.get(role, role)

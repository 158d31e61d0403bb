"""`{{ transfer.kind|kind_name }}`, `{{ part|account_name }}`: names of kinds and accounts on a page."""

from django import template
from django.utils.functional import Promise

from tipstaff.ledger import words
from tipstaff.ledger.states import AccountKind, TransferKind

register = template.Library()


@register.filter
def kind_name(kind: str) -> Promise | str:
    """The name of a kind of transfer."""
    return words.KINDS[TransferKind(kind)]


@register.filter
def account_name(kind: str) -> Promise | str:
    """The name of an account."""
    return words.ACCOUNTS[AccountKind(kind)]

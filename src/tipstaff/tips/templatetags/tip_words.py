"""`{{ tip.state|named:states }}`: a state's or reason's words on a page."""

from collections.abc import Mapping

from django import template
from django.utils.functional import Promise

register = template.Library()


@register.filter
def named(value: str, words: Mapping[str, Promise]) -> Promise | str:
    """The words for `value`; a value without words is shown as it is, never hidden."""
    return words.get(value, value)

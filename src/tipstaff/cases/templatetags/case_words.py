"""`{% place "F" row.place %}`: the short number of a source, finding or outcome in its case, left to right."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def place(letter: str, number: int) -> SafeString:
    """`F-3`, in one piece whatever surrounds it."""
    return format_html('<bdi dir="ltr">{}-{}</bdi>', letter, str(number))

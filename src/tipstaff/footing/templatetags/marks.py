"""Tags that every template has: numbers, codes and money keep their order on a right-to-left page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tipstaff.kernel.money import Money

register = template.Library()


@register.simple_tag
def code(text: object) -> SafeString:
    """A reference, number, address or telephone number, left to right whatever surrounds it."""
    return format_html('<bdi dir="ltr">{}</bdi>', text)


@register.simple_tag
def money(amount: Money) -> SafeString:
    """An amount, `$2,000,000` or `EUR 500.50`, left to right whatever surrounds it."""
    shown = f"${amount.whole}" if amount.currency == "USD" else f"{amount.currency} {amount.whole}"
    return format_html('<bdi dir="ltr">{}</bdi>', shown)

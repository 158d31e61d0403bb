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


@register.filter
def said(texts: dict[str, str], language: str) -> str:
    """The text in `language`, else in English, else in whichever language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@register.filter
def said_in(texts: dict[str, str], language: str) -> str:
    """The language in which `said` answers: for the `lang` attribute of what it shows."""
    return language if texts.get(language) else "en" if texts.get("en") else next(iter(texts), "en")

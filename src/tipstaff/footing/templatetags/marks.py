"""Tags that every template has: numbers, codes and money keep their order on a right-to-left page."""

from datetime import date

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tipstaff.kernel.decision import Refusal, Refused
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
def sentence(refusal: Refusal) -> str:
    """What a rule says, in the reader's language; amounts, days and numbers written as that language writes them."""
    says = gettext(refusal.says)
    if not refusal.facts:
        return says
    return format_html(says, **{name: _shown(fact) for name, fact in refusal.facts.items()})


def sentences(refused: Refused) -> SafeString:
    """All that stands in the way, in the reader's language."""
    return format_html_join(" ", "{}", ((sentence(refusal),) for refusal in refused.refusals))


def _shown(fact: object) -> SafeString:
    match fact:
        case Money():
            return money(fact)
        case date():
            return format_html("{}", date_format(fact, "DATE_FORMAT"))
        case int():
            return code(number_format(fact, use_l10n=True, force_grouping=True))
        case _:
            return format_html("<bdi>{}</bdi>", fact)


@register.filter
def said(texts: dict[str, str], language: str) -> str:
    """The text in `language`, else in English, else in whichever language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@register.filter
def said_in(texts: dict[str, str], language: str) -> str:
    """The language in which `said` answers: for the `lang` attribute of what it shows."""
    return language if texts.get(language) else "en" if texts.get("en") else next(iter(texts), "en")

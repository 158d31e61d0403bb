"""What a rule says, in the reader's language, as plain text: for papers. Pages have it with marks (`templatetags`)."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money


class Saying(Protocol):
    """A refusal, or a line of an account: an English sentence with `{named}` places, and the facts for them."""

    @property
    def says(self) -> str: ...

    @property
    def facts(self) -> Mapping[str, object]: ...


def plainly(saying: Saying) -> str:
    """The sentence in the language that is active, its amounts, days and numbers as that language writes them."""
    says = gettext(saying.says)
    if not saying.facts:
        return says
    return says.format(**{name: written(fact) for name, fact in saying.facts.items()})


def written(fact: object) -> str:
    """One fact as the language that is active writes it."""
    match fact:
        case Refusal():
            return plainly(fact)
        case Money():
            return f"${fact.whole}" if fact.currency == "USD" else f"{fact.currency} {fact.whole}"
        case date():
            return date_format(fact, "DATE_FORMAT")
        case int():
            return number_format(fact, use_l10n=True, force_grouping=True)
        case _:
            return str(fact)

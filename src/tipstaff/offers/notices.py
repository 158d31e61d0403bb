"""From a public version and its steps to the offer that the door will show. No database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_noop, override

from tipstaff.hatch.notice import Change, Offer, Texts
from tipstaff.offers.text import OfferText

ANNOUNCED = gettext_noop("Announced.")
# What the public history says of each public move, by language through the catalogue.
WHAT_HAPPENED = {
    "publish": gettext_noop("Published here."),
    "amend": gettext_noop("Amended."),
    "suspend": gettext_noop("Suspended: no new information is asked for at present."),
    "resume": gettext_noop("Open again."),
    "withdraw": gettext_noop("Withdrawn."),
    "satisfy": gettext_noop("Satisfied: what was asked for was achieved."),
    "expire": gettext_noop("Expired."),
}


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A public move of an offer, its day, and what its version said about the change."""

    move: str
    on: date
    change: Texts


def public_offer(
    text: OfferText, *, version: int, state: str, updated: date, steps: Iterable[PublicStep]
) -> Offer:
    """The offer as the notice carries it; `steps` in the order in which they were taken."""
    history = [Change(text.announced, _said(ANNOUNCED, text.languages))]
    for step in steps:
        what = _said(WHAT_HAPPENED[step.move], text.languages)
        if step.move == "amend":
            what = {
                language: f"{what[language]} {step.change.get(language, '')}".strip() for language in what
            }
        history.append(Change(step.on, what))
    return Offer(
        ref=text.ref,
        version=version,
        state=state,
        programme=text.programme,
        authority=text.authority,
        citation=text.citation,
        published=text.announced,
        updated=updated,
        expires=text.expires,
        translated=text.translated,
        title=text.title,
        summary=text.summary,
        wording=text.wording,
        cap=text.cap,
        conditions=text.conditions,
        channels=text.channels,
        history=tuple(history),
        source=text.source,
    )


def all_languages(texts: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Every language that occurs, in the order of first mention."""
    return tuple(dict.fromkeys(language for languages in texts for language in languages))


def _said(message: str, languages: Sequence[str]) -> Texts:
    said: Texts = {}
    for language in languages:
        with override(language):
            said[language] = gettext(message)
    return said

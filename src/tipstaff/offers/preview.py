"""A text as a page lays it out: what every language says, and each condition once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language_info

from tipstaff.hatch.notice import Texts
from tipstaff.kernel.money import Money
from tipstaff.offers.text import OfferText


@dataclass(frozen=True, slots=True)
class LanguagePreview:
    """What the public reads in one language. `whose` is empty for the original, else `ours` or `official`."""

    code: str
    name: str
    whose: str
    title: str
    summary: str
    wording: str
    change: str


@dataclass(frozen=True, slots=True)
class Said:
    """A condition's target and conduct in one language."""

    code: str
    target: str
    conduct: str


@dataclass(frozen=True, slots=True)
class ConditionPreview:
    """One condition, in all its languages."""

    number: int
    outcome: str
    target_kind: str
    said: tuple[Said, ...]
    region: str
    elements: tuple[str, ...]
    paragraphs: tuple[str, ...]
    cap: Money


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole text, ready for a template."""

    text: OfferText
    languages: tuple[LanguagePreview, ...]
    conditions: tuple[ConditionPreview, ...]


def preview(text: OfferText) -> Preview:
    """`text` laid out by language and by condition."""
    return Preview(text, tuple(_languages(text)), tuple(_conditions(text)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that two texts say differently; empty where a text does not have it.

    `condition` counts from 1 and is 0 for the offer itself; `code` is the language of a text, empty for others.
    """

    condition: int
    part: str
    code: str
    before: Money | str
    after: Money | str


def differences(old: OfferText, new: OfferText) -> tuple[Difference, ...]:
    """Every part of `new` that `old` says differently, the offer's own parts first."""
    before, after = dict(_parts(old)), dict(_parts(new))
    keys = dict.fromkeys([*after, *before])
    return tuple(
        Difference(*key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key) != after.get(key)
    )


def language_name(code: str) -> str:
    """A language's own name for itself where Django knows it, as a heading begins it; else its code."""
    try:
        info: Mapping[str, str] = get_language_info(code)
    except KeyError:
        return code
    return info["name_local"][:1].upper() + info["name_local"][1:]


def _languages(text: OfferText) -> Iterator[LanguagePreview]:
    for code in text.languages:
        yield LanguagePreview(
            code=code,
            name=language_name(code),
            whose=text.translated.get(code, ""),
            title=text.title.get(code, ""),
            summary=text.summary.get(code, ""),
            wording=text.wording.get(code, ""),
            change=text.change.get(code, ""),
        )


def _parts(text: OfferText) -> Iterator[tuple[tuple[int, str, str], Money | str]]:
    """Everything that an editor can change, by condition, part and language."""
    yield (0, "cap", ""), text.cap
    yield (0, "expires", ""), f"{text.expires:%Y-%m-%d}" if text.expires else ""
    yield from _by_language(0, title=text.title, summary=text.summary, wording=text.wording)
    for number, condition in enumerate(text.conditions, 1):
        yield (number, "cap", ""), condition.cap
        yield (number, "region", ""), condition.region
        yield from _by_language(number, target=condition.target, conduct=condition.conduct)


def _by_language(condition: int, **parts: Texts) -> Iterator[tuple[tuple[int, str, str], str]]:
    for part, texts in parts.items():
        for code, said in texts.items():
            yield (condition, part, code), said


def _conditions(text: OfferText) -> Iterator[ConditionPreview]:
    for number, condition in enumerate(text.conditions, 1):
        yield ConditionPreview(
            number=number,
            outcome=condition.outcome,
            target_kind=condition.target_kind,
            said=tuple(
                Said(code, condition.target.get(code, ""), condition.conduct.get(code, ""))
                for code in text.languages
            ),
            region=condition.region,
            elements=condition.elements,
            paragraphs=condition.paragraphs,
            cap=condition.cap,
        )

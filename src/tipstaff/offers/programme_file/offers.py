"""The offers of a programme file, and their conditions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tipstaff.footing.toml import BAD_DATE, NO_DATE, Checks, Path
from tipstaff.hatch.notice import Channel, Condition, Source
from tipstaff.kernel.money import Money
from tipstaff.offers.authority import KNOWN, OUTCOMES, TARGET_KINDS
from tipstaff.offers.text import OfferText

WHOSE_TRANSLATION = ("official", "ours")
_REF = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_OFFER_KEYS = ("ref", "announced", "cap", "title", "summary", "wording", "channels", "sources", "conditions")
_CONDITION_KEYS = ("outcome", "target_kind", "target", "conduct", "region", "paragraphs", "cap")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What all offers of a file have in common, and what they may name."""

    programme: str
    authority: str
    citation: str
    ceiling: Money
    languages: tuple[str, ...]
    sources: Mapping[str, Source]
    agencies: Sequence[str]
    channels: Mapping[str, Channel]


def read_offers(checks: Checks, top: Mapping[str, Any], shared: Shared) -> tuple[OfferText, ...]:
    """Every offer under `[[offers]]`; faults are noted in `checks`."""
    offers: dict[str, int] = {}
    texts = []
    for index, item in enumerate(checks.tables(top["offers"], ("offers",)) if "offers" in top else ()):
        text = _offer(checks, item, ("offers", index), shared)
        if text.ref and text.ref in offers:
            first = offers[text.ref] + 1
            checks.fault(
                ("offers", index, "ref"),
                f'"{text.ref}" is offer {first} already; give each a reference of its own',
            )
        offers.setdefault(text.ref, index)
        texts.append(text)
    return tuple(texts)


def _offer(checks: Checks, item: Any, path: Path, shared: Shared) -> OfferText:
    optional = ("expires", "agencies", "translated", "citation")
    table = checks.table(item, path, required=_OFFER_KEYS, optional=optional)
    announced = checks.day(table, "announced", path) if "announced" in table else NO_DATE
    expires = checks.day(table, "expires", path) if "expires" in table else None
    if expires is not None and not {NO_DATE, BAD_DATE} & {expires, announced} and expires < announced:
        checks.fault(
            (*path, "expires"),
            f"the last day {expires} comes before the announcement on {announced}; mend one of them",
        )
    cap = checks.money(table, "cap", path)
    _under_ceiling(checks, cap, (*path, "cap"), shared)
    source = _source(checks, table, path, shared)
    return OfferText(
        ref=checks.shaped(
            table, "ref", path, _is_ref, "capital letters, digits and hyphens, at most 24, such as CDG-1"
        ),
        programme=shared.programme,
        authority=shared.authority,
        citation=checks.text(table, "citation", path) or shared.citation,
        agencies=_named(checks, table, "agencies", path, list(shared.agencies)),
        languages=shared.languages,
        translated=_translated(checks, table, path, shared),
        title=checks.texts(table, "title", path, shared.languages, longest=140),
        summary=checks.texts(table, "summary", path, shared.languages, longest=600),
        wording=checks.texts(table, "wording", path, shared.languages, longest=4000),
        change={},
        cap=cap,
        conditions=_conditions(checks, table, path, cap, shared),
        channels=tuple(
            shared.channels[name]
            for name in _named(checks, table, "channels", path, list(shared.channels), least=1)
        ),
        announced=announced,
        expires=expires,
        source=source,
    )


def _is_ref(value: str) -> bool:
    return bool(_REF.fullmatch(value)) and len(value) <= 24


def _under_ceiling(checks: Checks, cap: Money, path: Path, shared: Shared) -> None:
    ceiling = shared.ceiling
    if not cap.currency or not ceiling.currency:
        return
    if cap.currency != ceiling.currency:
        checks.fault(
            (*path, "currency"),
            f"the authority's ceiling is in {ceiling.currency}; state the cap in {ceiling.currency} too",
        )
    elif cap > ceiling:
        law = KNOWN.get(shared.authority)
        why = f"{ceiling}, the most that {law.ceiling_citation if law else shared.authority} allows"
        checks.fault((*path, "minor"), f"{cap} passes {why}; lower it")


def _source(checks: Checks, table: Mapping[str, Any], path: Path, shared: Shared) -> Source:
    names = _named(checks, table, "sources", path, list(shared.sources), least=1)
    if not names:
        return Source("", NO_DATE)
    first = shared.sources[names[0]]
    if first.on == NO_DATE:
        because = f'"{names[0]}" has no day, and the first source is shown with its day; give it one ("on")'
        checks.fault((*path, "sources", 0), because)
    return first


def _translated(checks: Checks, table: Mapping[str, Any], path: Path, shared: Shared) -> dict[str, str]:
    here = (*path, "translated")
    needed = shared.languages[1:]
    if not shared.languages or ("translated" not in table and not needed):
        return {}
    if "translated" not in table:
        example = f'translated = {{ {needed[0]} = "ours" }}'
        checks.fault(
            path, f'the key "translated" is missing; say whose each translation is, such as {example}'
        )
        return {}
    value = checks.table(table["translated"], here, required=needed)
    return {language: checks.choice(value, language, here, WHOSE_TRANSLATION) for language in needed}


def _conditions(
    checks: Checks, table: Mapping[str, Any], path: Path, cap: Money, shared: Shared
) -> tuple[Condition, ...]:
    here = (*path, "conditions")
    items = checks.tables(table["conditions"], here) if "conditions" in table else []
    return tuple(_condition(checks, item, (*here, index), cap, shared) for index, item in enumerate(items))


def _condition(checks: Checks, item: Any, path: Path, offer_cap: Money, shared: Shared) -> Condition:
    table = checks.table(item, path, required=_CONDITION_KEYS, optional=("elements",))
    cap = checks.money(table, "cap", path)
    if cap.currency and offer_cap.currency and cap.currency != offer_cap.currency:
        checks.fault(
            (*path, "cap", "currency"),
            f"the offer's cap is in {offer_cap.currency}; state this one in it too",
        )
    elif cap.currency and offer_cap.currency and cap > offer_cap:
        checks.fault(
            (*path, "cap", "minor"),
            f"{cap} is more than the offer's own {offer_cap}; lower it, or raise the offer's",
        )
    outcome = checks.choice(table, "outcome", path, OUTCOMES)
    paragraphs = checks.list_of_texts(table, "paragraphs", path)
    _paragraphs_pay(checks, paragraphs, outcome, path, shared)
    return Condition(
        outcome=outcome,
        target_kind=checks.choice(table, "target_kind", path, TARGET_KINDS),
        target=checks.texts(table, "target", path, shared.languages),
        conduct=checks.texts(table, "conduct", path, shared.languages, longest=600),
        region=checks.text(table, "region", path, longest=80),
        elements=tuple(text for text, _ in checks.list_of_texts(table, "elements", path)),
        paragraphs=tuple(text for text, _ in paragraphs),
        cap=cap,
    )


def _paragraphs_pay(
    checks: Checks, paragraphs: Sequence[tuple[str, Path]], outcome: str, path: Path, shared: Shared
) -> None:
    law = KNOWN.get(shared.authority)
    if law is None:
        return
    for paragraph, here in paragraphs:
        if paragraph not in law.paragraphs:
            checks.fault(here, f'expected a paragraph of {law.name} from b1 to b14, found "{paragraph}"')
        elif outcome in OUTCOMES and not law.fits(outcome, paragraph):
            fitting = ", ".join(p for p in law.paragraphs if law.fits(outcome, p))
            checks.fault(here, f"{law.name} {paragraph} does not pay for {outcome}; these do: {fitting}")


def _named(
    checks: Checks, table: Mapping[str, Any], key: str, path: Path, known: Sequence[str], *, least: int = 0
) -> tuple[str, ...]:
    """The texts of a list that name things elsewhere in the file; unknown names are faults and left out."""
    named = checks.list_of_texts(table, key, path)
    if isinstance(table.get(key), list) and len(table[key]) < least:
        checks.fault((*path, key), f"expected at least one of {', '.join(known)}, found an empty list")
    return checks.known(named, known, f"[[{key}]]")

"""From the text of a programme file to a `Programme`, or to every fault in it, each with its line.

The schema is described for those who write such files in docs/programme-file.md.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tipstaff.footing.toml import NO_DATE, BadToml, Checks, Path, nearest, opened
from tipstaff.hatch.notice import Channel, Source
from tipstaff.kernel.money import Money
from tipstaff.offers.authority import KNOWN
from tipstaff.offers.programme_file.codes import is_https, is_language, is_telephone
from tipstaff.offers.programme_file.offers import Shared, read_offers
from tipstaff.offers.text import OfferText

FORMAT = "tipstaff/programme/v1"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class BadProgramme(BadToml):
    """The programme file cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency that takes part: its code, its name and its part by language, and where that is said."""

    code: str
    name: Mapping[str, str]
    part: Mapping[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the office says of itself on every public page, instead of what `tipstaff init` was told."""

    name: dict[str, str]
    answer_within: dict[str, str]
    leave_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A whole programme file. `ceiling` is what its authority allows for one reward.

    `rules` is the code of the rule sheet that its offers carry from publication on; empty: they carry none.
    """

    code: str
    name: str
    authority: str
    citation: str
    ceiling: Money
    compartment: str
    rules: str
    languages: tuple[str, ...]
    office: Office | None
    agencies: tuple[Agency, ...]
    offers: tuple[OfferText, ...]


def read(text: str) -> Programme:
    """The programme in `text`. Raises BadProgramme with every fault found, not only the first."""
    try:
        tree, checks = opened(text, what="a programme file", levels="four levels")
    except BadToml as wrong:
        raise BadProgramme(wrong.faults) from None
    programme = _programme(checks, tree)
    if checks.faults:
        raise BadProgramme(checks.faults)
    return programme


def _programme(checks: Checks, tree: dict[str, Any]) -> Programme:
    keys = ("format", "programme", "sources", "agencies", "channels", "offers")
    top = checks.table(tree, (), required=keys, optional=("office",))
    checks.choice(top, "format", (), [FORMAT])
    path: Path = ("programme",)
    table = checks.table(
        top.get("programme", {}),
        path,
        required=("code", "name", "authority", "citation", "compartment", "languages")
        if "programme" in top
        else (),
        optional=("ceiling", "rules", "sources"),
    )
    languages = _languages(checks, table, path)
    sources = _sources(checks, top)
    _known_sources(checks, table, path, sources)
    authority = checks.text(table, "authority", path, longest=60)
    citation = checks.text(table, "citation", path)
    ceiling = _ceiling(checks, table, path, authority)
    agencies = _agencies(checks, top, languages, sources)
    shared = Shared(
        programme=checks.text(table, "name", path, longest=120),
        authority=authority,
        citation=citation,
        ceiling=ceiling,
        languages=languages,
        sources=sources,
        agencies=tuple(agency.code for agency in agencies),
        channels=_channels(checks, top, languages, sources),
    )
    return Programme(
        code=_slug(checks, table, "code", path),
        name=shared.programme,
        authority=authority,
        citation=citation,
        ceiling=ceiling,
        compartment=_slug(checks, table, "compartment", path),
        rules=_slug(checks, table, "rules", path),
        languages=languages,
        office=_office(checks, top, languages),
        agencies=agencies,
        offers=read_offers(checks, top, shared),
    )


def _slug(checks: Checks, table: Mapping[str, Any], key: str, path: Path) -> str:
    expected = "small letters, digits and hyphens, at most 40 of them, such as darien-2024"
    return checks.shaped(table, key, path, lambda v: bool(_SLUG.fullmatch(v)) and len(v) <= 40, expected)


def _languages(checks: Checks, table: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    before = len(checks.faults)
    listed = checks.list_of_texts(table, "languages", path)
    if table.get("languages") == []:
        checks.fault((*path, "languages"), "expected at least one language; the first is the original's")
    for language, here in listed:
        if not is_language(language):
            checks.fault(
                here, f'expected a language code of ISO 639, such as en, es or quc, found "{language}"'
            )
    # Of faulty languages none is asked for, or each text of the file would be one more fault.
    faulty = len(checks.faults) > before
    return () if faulty else tuple(language for language, _ in listed)


def _ceiling(checks: Checks, table: Mapping[str, Any], path: Path, authority: str) -> Money:
    stated = checks.money(table, "ceiling", path)
    law = KNOWN.get(authority)
    if law is None:
        if authority and "ceiling" not in table:
            meant = nearest(authority, list(KNOWN))
            hint = f'did you mean "{meant}"? Otherwise add' if meant else "add"
            checks.fault(
                (*path, "authority"),
                f'"{authority}" has no ceiling known here; {hint} ceiling = {{ minor = …, currency = "…" }}',
            )
        return stated
    if "ceiling" not in table:
        return law.ceiling
    if stated.currency and (stated.currency != law.ceiling.currency or stated > law.ceiling):
        checks.fault(
            (*path, "ceiling"),
            f"{stated} passes {law.ceiling}, the most under {law.ceiling_citation}; lower it or leave it out",
        )
    return stated


def _office(checks: Checks, top: Mapping[str, Any], languages: Sequence[str]) -> Office | None:
    if "office" not in top:
        return None
    path: Path = ("office",)
    table = checks.table(top["office"], path, required=("name", "answer_within", "leave_to"))
    expected = "a whole https address, to which a reader can leave in a hurry"
    return Office(
        name=checks.texts(table, "name", path, languages, longest=120),
        answer_within=checks.texts(table, "answer_within", path, languages, longest=120),
        leave_to=checks.shaped(table, "leave_to", path, is_https, expected),
    )


def _sources(checks: Checks, top: Mapping[str, Any]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for index, item in enumerate(checks.tables(top["sources"], ("sources",)) if "sources" in top else ()):
        path: Path = ("sources", index)
        table = checks.table(item, path, required=("id", "title"), optional=("on", "says"))
        name = _new_id(checks, table, "id", path, sources)
        checks.text(table, "says", path, longest=1000)
        on = checks.day(table, "on", path) if "on" in table else NO_DATE
        sources[name] = Source(checks.text(table, "title", path), on)
    return sources


def _agencies(
    checks: Checks, top: Mapping[str, Any], languages: Sequence[str], sources: Mapping[str, Source]
) -> tuple[Agency, ...]:
    agencies: dict[str, Agency] = {}
    for index, item in enumerate(checks.tables(top["agencies"], ("agencies",)) if "agencies" in top else ()):
        path: Path = ("agencies", index)
        table = checks.table(item, path, required=("code", "name", "part"), optional=("sources",))
        code = _new_id(checks, table, "code", path, agencies)
        agency = Agency(
            code=code,
            name=checks.texts(table, "name", path, languages),
            part=checks.texts(table, "part", path, languages),
            sources=_known_sources(checks, table, path, sources),
        )
        agencies[code] = agency
    return tuple(agencies.values())


def _channels(
    checks: Checks, top: Mapping[str, Any], languages: Sequence[str], sources: Mapping[str, Source]
) -> dict[str, Channel]:
    channels: dict[str, Channel] = {}
    for index, item in enumerate(checks.tables(top["channels"], ("channels",)) if "channels" in top else ()):
        path: Path = ("channels", index)
        required, optional = ("id", "kind", "value", "label"), ("hours", "languages", "sources")
        table = checks.table(item, path, required=required, optional=optional)
        kind = checks.choice(table, "kind", path, ("telephone", "web"))
        shape, expected = (
            (is_https, "a whole https address")
            if kind == "web"
            else (is_telephone, "a telephone number, such as +1 866 347 2423")
        )
        spoken = checks.list_of_texts(table, "languages", path)
        for language, here in spoken:
            if not is_language(language):
                checks.fault(
                    here, f'expected a language code of ISO 639, such as en, es or quc, found "{language}"'
                )
        _known_sources(checks, table, path, sources)
        channels[_new_id(checks, table, "id", path, channels)] = Channel(
            kind=kind,
            value=checks.shaped(table, "value", path, shape, expected),
            label=checks.texts(table, "label", path, languages, longest=120),
            hours=checks.text(table, "hours", path, longest=60),
            languages=tuple(language for language, _ in spoken),
        )
    return channels


def _new_id(
    checks: Checks, table: Mapping[str, Any], key: str, path: Path, taken: Mapping[str, object]
) -> str:
    name = checks.text(table, key, path, longest=40)
    if name in taken and name:
        checks.fault((*path, key), f'"{name}" names two things here; give one of them another {key}')
    return name


def _known_sources(
    checks: Checks, table: Mapping[str, Any], path: Path, sources: Mapping[str, Source]
) -> tuple[str, ...]:
    named = checks.list_of_texts(table, "sources", path)
    return checks.known(named, list(sources), "[[sources]]")

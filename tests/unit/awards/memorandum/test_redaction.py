"""The public version: what it may not say is in nothing that is printed, whatever was written in the record."""

import dataclasses
import json
import re
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.awards.memorandum.papers import ENGLISH, SPANISH
from tests.unit.awards.memorandum.pdf_text import pages_of
from tipstaff.awards.memorandum import typeset
from tipstaff.awards.memorandum.document import Memorandum
from tipstaff.awards.memorandum.printed import printed
from tipstaff.awards.memorandum.redaction import WITHHELD, redacted
from tipstaff.awards.memorandum.words import words
from tipstaff.kernel.money import Money

# Everything that the public may read, by its place in the record. What is not named here must be nowhere.
PUBLIC = {
    "ref", "record_sha256", "office", "title", "authority", "public_summary", "language",
    "offer.ref", "offer.condition", "offer.cap.currency",
    "outcome.kind", "outcome.country", "outcome.paragraph",
    "factors.name", "findings.rule", "findings.citation",
    "recommendation.amount.currency", "decision.amount.currency",
}  # fmt: skip
CODES = {"findings.result", "vote.cast.ballot", "decision.outcome"}


def marked(value: Any, mark: str, path: str = "") -> Any:
    """The same record with every text replaced by a word that says where it stood."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        prefix = f"{path}." if path else ""
        changed = {
            field.name: marked(getattr(value, field.name), mark, prefix + field.name)
            for field in dataclasses.fields(value)
        }
        return type(value)(**changed)
    if isinstance(value, tuple):
        return tuple(marked(each, mark, path) for each in value)
    if isinstance(value, str) and path not in CODES and path != "language":
        return f"{mark}{path}~"
    return value


def leaves(value: Any, path: str = "") -> list[tuple[str, str]]:
    """Every text in a record with its place."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        prefix = f"{path}." if path else ""
        return [
            leaf
            for field in dataclasses.fields(value)
            for leaf in leaves(getattr(value, field.name), prefix + field.name)
        ]
    if isinstance(value, tuple):
        return [leaf for each in value for leaf in leaves(each, path)]
    return [(path, value)] if isinstance(value, str) else []


def shown(memorandum: Memorandum) -> str:
    public = printed(redacted(memorandum))
    return json.dumps({name: each for name, each in public.items() if name != "words"}, ensure_ascii=False)


@given(st.text("QXZJ", min_size=8, max_size=8), st.sampled_from([ENGLISH, SPANISH]))
@settings(max_examples=60)
def test_no_text_leaves_the_record_but_those_that_are_named_here(mark: str, memorandum: Memorandum) -> None:
    record = marked(memorandum, mark)
    out = shown(record).replace("\u200b", "")

    told = re.findall(rf"{mark}([\w.]+)~", out)
    written = {path for path, text in leaves(record) if text.startswith(mark)}
    assert set(told) == PUBLIC & written
    assert out.count(mark) == len(told), "nor any part of another"


@given(st.integers(10**11, 10**12), st.integers(0, 4))
@settings(max_examples=40)
def test_no_share_option_or_single_score_is_told(minor: int, score: int) -> None:
    share = Money(minor, "USD")
    record = dataclasses.replace(
        ENGLISH,
        options=(dataclasses.replace(ENGLISH.options[1], amount=share),),
        outcome=dataclasses.replace(ENGLISH.outcome, amount=share, on=date(2025, 9, 17)),
        recommendation=dataclasses.replace(
            ENGLISH.recommendation,
            shares=(dataclasses.replace(ENGLISH.recommendation.shares[0], amount=share),),
        ),
        factors=(
            dataclasses.replace(
                ENGLISH.factors[0], scores=(dataclasses.replace(ENGLISH.factors[0].scores[0], score=score),)
            ),
        ),
    )
    public = printed(redacted(record))

    assert f"{minor // 100:,}" not in json.dumps(public)
    assert "September" not in json.dumps(public)
    assert [each["scores"] for each in public["factors"]] == [[]]


def test_it_says_what_it_leaves_out_in_both_languages() -> None:
    for memorandum in (ENGLISH, SPANISH):
        whole = "".join(pages_of(typeset.pdf(redacted(memorandum))))
        names = words(memorandum.language).withheld
        assert [part for part in WITHHELD if names[part].replace(" ", "") not in whole] == []
        assert set(names) == set(WITHHELD)


def test_on_the_pages_no_name_no_source_and_no_blank_to_sign() -> None:
    whole = "".join(pages_of(typeset.pdf(redacted(ENGLISH))))

    hidden = (
        "S-017",
        "S-021",
        "IlseInger",
        "VeraVane",
        "R.Rook",
        "lighthouse",
        "Familyof",
        "acquittal",
        "26-0417",
        "AG-2026",
    )
    assert [word for word in hidden if word in whole] == []
    assert "TLP:CLEAR" in whole
    assert "AMBER" not in whole
    assert ENGLISH.record_sha256 in whole


def test_redacting_again_changes_nothing() -> None:
    once = redacted(ENGLISH)

    assert redacted(once) == once


def test_the_summary_for_the_public_is_not_in_the_whole_memorandum() -> None:
    assert ENGLISH.public_summary not in json.dumps(printed(ENGLISH))

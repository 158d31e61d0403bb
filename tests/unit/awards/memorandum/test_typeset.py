"""The pages: everything is on them, on each what belongs to each, nothing typed is code, and the bytes repeat."""

import dataclasses
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.awards.memorandum.papers import ENGLISH, SPANISH, paper, usd
from tests.unit.awards.memorandum.pdf_text import pages_of
from tipstaff.awards.memorandum import typeset
from tipstaff.awards.memorandum.document import Contribution, Finding, Memorandum, Result
from tipstaff.awards.memorandum.printed import line, paragraphs, printed
from tipstaff.awards.memorandum.redaction import redacted
from tipstaff.awards.memorandum.words import LANGUAGES, words
from tipstaff.kernel.money import Money

PAPERS = {"en": ENGLISH, "es": SPANISH, "public": redacted(ENGLISH)}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def texts(value: Any) -> list[str]:
    """Every text in what is printed, labels aside."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for name, each in value.items() if name != "words" for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list | tuple) else []


def arabic(text: str) -> bool:
    return any("\u0590" <= letter <= "\u06ff" for letter in text)


@pytest.mark.parametrize("name", PAPERS)
def test_every_text_stands_on_the_pages(name: str) -> None:
    memorandum = PAPERS[name]
    pages = pages_of(typeset.pdf(memorandum))

    codes = {memorandum.language, *map(str, Result), "in-favour", "against", "changed"}
    wanted = [squeezed(text) for text in texts(printed(memorandum)) if text not in codes and not arabic(text)]
    # A paragraph may run over a page's end, with footer and header between: its two halves are looked for.
    whole = "".join(pages)
    missing = [text for text in wanted if text not in whole and not broken_over(text, pages)]
    assert missing == []


def broken_over(text: str, pages: list[str]) -> bool:
    return any(
        any(text[:at] in one and text[at:] in other for at in range(1, len(text)))
        for one, other in pairwise(pages)
    )


@pytest.mark.parametrize("name", PAPERS)
def test_each_page_carries_marking_version_hash_and_number(name: str) -> None:
    memorandum = PAPERS[name]
    labels = words(memorandum.language).labels
    pages = pages_of(typeset.pdf(memorandum))

    for at, page in enumerate(pages, 1):
        number = squeezed(labels["page_of"].format(n=at, m=len(pages)))
        assert page.count(memorandum.marking) == 2
        assert memorandum.record_sha256 in page
        assert squeezed(f"{memorandum.ref} · {labels['version']} {memorandum.version}") in page
        assert page.count(number) == 1


def test_parts_come_in_order_and_are_numbered_without_a_gap() -> None:
    for memorandum, most in ((ENGLISH, 15), (redacted(ENGLISH), 10)):
        whole = "".join(pages_of(typeset.pdf(memorandum)))
        places = [whole.index(f"{number}.{word}") for number, word in numbered(memorandum, most)]
        assert places == sorted(places)


def numbered(memorandum: Memorandum, most: int) -> list[tuple[int, str]]:
    public = "summary left_out authority offer outcome factors findings recommendation vote concurrence decision".split()
    every = (
        "purpose authority offer outcome contributions factors findings options recommendation vote recusals "
        "concurrence protection decision distribution".split()
    )
    labels = words(memorandum.language).labels
    names = public if memorandum.withheld else every
    return [(at, squeezed(labels[name])) for at, name in enumerate(names, 1)]


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_memorandum_gives_the_same_bytes(name: str) -> None:
    first, second = typeset.pdf(PAPERS[name]), typeset.pdf(dataclasses.replace(PAPERS[name]))

    assert first == second
    assert typeset.pictures(PAPERS[name], ppi=40) == typeset.pictures(PAPERS[name], ppi=40)


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_tagged_named_and_in_its_language(name: str) -> None:
    memorandum = PAPERS[name]
    made = typeset.pdf(memorandum)

    assert b"/StructTreeRoot" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert f"/Lang({memorandum.language})".encode() in made.replace(b"/Lang (", b"/Lang(")


INERT = r'#panic("boom") #eval("1+1") #include "/etc/passwd" $x^2$ @ref <label> *b* _i_ `raw` [c] //x /*y*/ \ \u{41} = == - + ~'


@pytest.mark.parametrize(
    "field", ["title", "purpose", "authority", "protection", "advice", "office", "marking", "ref"]
)
def test_what_looks_like_code_is_printed_as_typed(field: str) -> None:
    whole = "".join(pages_of(typeset.pdf(paper(**{field: INERT}))))

    assert squeezed(INERT) in whole


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=60))
@settings(max_examples=40)
def test_any_ascii_is_printed_as_typed(typed: str) -> None:
    memorandum = paper(purpose=f"START {typed} END")

    # Two hyphens or dots may be drawn as one sign; nothing else may change.
    assert squeezed(f"START{typed}END") in "".join(pages_of(typeset.pdf(memorandum)))


@given(st.text(max_size=80))
@settings(max_examples=40)
def test_no_text_at_all_breaks_it(typed: str) -> None:
    assert typeset.pdf(paper(title=typed or "–", purpose=typed, distribution=(typed,))).startswith(
        b"%PDF-1.7"
    )


def test_ten_thousand_characters_run_over_pages_and_lose_nothing() -> None:
    typed = " ".join(f"word{number}" for number in range(1_100))
    unbroken = "x" * 10_000
    pages = pages_of(typeset.pdf(paper(purpose=typed, protection=unbroken)))

    assert len(pages) > 8
    assert "".join(pages).count("x") >= 10_000
    whole = "".join(pages)
    assert [number for number in range(1_100) if f"word{number}" not in whole] == []


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    findings = tuple(
        Finding(rule=f"R{number}", citation="Harbour Act", result=Result.MET, sentence="As the file shows.")
        for number in range(120)
    )
    pages = pages_of(typeset.pdf(paper(findings=findings)))

    holding = [page for page in pages if re.search(r"R\d+HarbourAct", page)]
    assert len(holding) >= 4
    assert all("RuleCitationFindingWhy" in page for page in holding)


def test_names_from_the_right_stay_in_their_place() -> None:
    source = dataclasses.replace(ENGLISH.contributions[0], told="Told by אבא to محمد الفارس yesterday.")
    whole = "".join(pages_of(typeset.pdf(paper(contributions=(source,)))))

    assert "Toldby" in whole
    assert "yesterday." in whole
    assert all(letter in whole for letter in "אב")


def test_a_script_without_letters_is_set_all_the_same() -> None:
    made = typeset.pdf(paper(purpose="中文名字"))

    assert made.startswith(b"%PDF")
    assert b"pdfuaid" not in made


def test_amounts_and_days_speak_the_papers_language() -> None:
    cap = Money(1_234_567_05, "USD")
    english, spanish = (
        printed(dataclasses.replace(each, offer=dataclasses.replace(each.offer, cap=cap)))
        for each in (ENGLISH, SPANISH)
    )

    assert (english["offer"]["cap"], english["issued"]) == ("USD\u00a01,234,567.05", "November 20, 2026")
    assert (spanish["offer"]["cap"], spanish["issued"]) == (
        "USD\u00a01.234.567,05",
        "20 de noviembre de 2026",
    )
    assert (
        printed(dataclasses.replace(SPANISH, offer=dataclasses.replace(ENGLISH.offer, cap=usd(5_000))))[
            "offer"
        ]["cap"]
        == "USD\u00a05.000"
    )


def test_lines_are_kept_and_what_has_no_shape_is_not() -> None:
    assert paragraphs("one\r\n\r\ntwo\x00\tthree\u2028four\n") == ["one", "two three", "four"]
    assert line("a" * 25) == "a" * 24 + "\u200ba"
    assert line("\ud800") == "?"


def test_both_languages_have_the_same_words() -> None:
    first, second = (words(language) for language in LANGUAGES)

    assert first.labels.keys() == second.labels.keys()
    assert all(first.labels.values()) and all(second.labels.values())
    assert first.withheld.keys() == second.withheld.keys()
    with pytest.raises(ValueError):
        words("fr")


def test_another_paper_and_an_unknown_one() -> None:
    assert typeset.pdf(ENGLISH, paper="a4") != typeset.pdf(ENGLISH)
    with pytest.raises(ValueError, match="us-letter and a4"):
        typeset.pdf(ENGLISH, paper="papyrus")


def test_pictures_are_one_to_a_page() -> None:
    shown = typeset.pictures(ENGLISH, ppi=40)

    assert len(shown) == len(pages_of(typeset.pdf(ENGLISH)))
    assert all(page.startswith(b"\x89PNG") for page in shown)


def test_a_paper_with_nothing_in_it_is_still_a_paper() -> None:
    bare = paper(
        contributions=(), factors=(), findings=(), options=(), recusals=(), distribution=(), advice="", protection="",
        payment="", purpose="",
    )  # fmt: skip

    assert "Nomemberstoodaside." in "".join(pages_of(typeset.pdf(bare)))


def test_the_hash_is_printed_as_it_is_copied() -> None:
    assert printed(ENGLISH)["record"] == ENGLISH.record_sha256


def test_a_contribution_has_no_place_for_an_identity() -> None:
    assert {field.name for field in dataclasses.fields(Contribution)} == {
        "source", "told_on", "told", "used", "known", "corroborated", "evidence", "attested_by", "agency",
    }  # fmt: skip

"""Pages hold no script and no style of their own, fetch nothing from elsewhere, and can be translated and mirrored."""

import re
from pathlib import Path

import pytest

from tests.house.reading import HOUSE, label

TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.*"))
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
STYLESHEETS = sorted(HOUSE.glob("*/static/**/*.css"))

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script without a file": re.compile(
        r"<script\b(?![^>]*\b(?:src=|type=\"application/json\"))",
        re.IGNORECASE,  # JSON is data: nothing runs it
    ),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|\bautoescape\s+off\b"),
    "something fetched from elsewhere": re.compile(
        r"<(?:link|script|img|iframe|source|video|audio)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//",
        re.IGNORECASE,
    ),
}
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
# Commands to be typed and data for a script are the same in every language.
LITERAL = re.compile(r"<(code|pre|kbd|samp|script)\b.*?</\1>", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)
READ_ALOUD = re.compile(r"\s(?:alt|title|placeholder|aria-label|value)=\"([^\"]*)\"")
# Texts that are the same in every language.
PROPER = re.compile(r"\b(?:Tipstaff|TOTP|UTC|Español|English|Français|Português)\b|&[a-z]+;|&#\w+;")
LETTERS = re.compile(r"[^\W\d_]{2,}")

# Left and right have no meaning on a page that is read from right to left: say start and end.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)")


@pytest.mark.parametrize("page", PAGES, ids=label)
@pytest.mark.parametrize("what", INLINE)
def test_a_page_holds_no(what: str, page: Path) -> None:
    assert INLINE[what].findall(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=label)
def test_every_text_can_be_translated(page: Path) -> None:
    source = TRANSLATED.sub("", COMMENT.sub("", page.read_text(encoding="utf-8")))
    without_tags = LITERAL.sub(" ", TAG.sub("", source))
    shown = [ELEMENT.sub(" ", without_tags), *READ_ALOUD.findall(without_tags)]
    bare = [
        text.strip() for part in shown for text in part.splitlines() if LETTERS.search(PROPER.sub("", text))
    ]

    assert bare == [], "{% translate %} or {% blocktranslate %}, a whole sentence at a time"


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=label)
def test_style_knows_start_and_end_not_left_and_right(sheet: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    sides = [value.split() for value in FOUR_SIDES.findall(source)]
    lopsided = [" ".join(value) for value in sides if len(value) == 4 and value[1] != value[3]]

    assert [found.group() for found in PHYSICAL.finditer(source)] + lopsided == [], (
        "margin-inline-start and its like"
    )


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=label)
def test_style_fetches_nothing(sheet: Path) -> None:
    assert re.findall(r"@import|url\(\s*[\"']?(?!data:)", sheet.read_text(encoding="utf-8")) == []

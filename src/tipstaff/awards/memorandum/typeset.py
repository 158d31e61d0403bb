"""From a memorandum to pages: PDF or PNG, by typst, reproducibly.

Everything typed reaches the template as JSON and is set as text: it is never typst's code. Fonts are those inside
typst itself and any that are passed in, never the machine's: the same memorandum gives the same bytes everywhere.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import typst

from tipstaff.awards.memorandum.document import Memorandum
from tipstaff.awards.memorandum.printed import printed

TEMPLATE: Final = Path(__file__).with_name("memorandum.typ")
PAPERS: Final = ("us-letter", "a4")


class NotTypeset(Exception):
    """The memorandum could not be set. The text says why, and quotes nothing that was typed."""


def pdf(memorandum: Memorandum, *, paper: str = "us-letter", fonts: Sequence[Path] = ()) -> bytes:
    """The memorandum as a tagged PDF, PDF/UA-1 wherever every character has a shape.

    A script for which neither typst nor `fonts` (folders) has letters is set as empty boxes; such a PDF is tagged
    but does not call itself PDF/UA-1. Raises NotTypeset, or ValueError for an unknown language or paper.
    """
    made: bytes
    try:
        made = _compile(memorandum, paper, fonts, format="pdf", pdf_standards=["ua-1"])
    except NotTypeset:
        made = _compile(memorandum, paper, fonts, format="pdf")
    return made


def pictures(
    memorandum: Memorandum, *, paper: str = "us-letter", ppi: int = 110, fonts: Sequence[Path] = ()
) -> list[bytes]:
    """The memorandum's pages as PNG files, for the screen. Raises as `pdf` does."""
    pages: bytes | list[bytes] = _compile(memorandum, paper, fonts, format="png", ppi=ppi)
    return [pages] if isinstance(pages, bytes) else pages


def _compile(memorandum: Memorandum, paper: str, fonts: Sequence[Path], **how: Any) -> Any:
    if paper not in PAPERS:
        raise ValueError(f"the papers are {' and '.join(PAPERS)}")
    data = json.dumps(printed(memorandum) | {"paper": paper}, ensure_ascii=False)
    # Without a fixed time the PDF would carry the hour of its making, and no two would agree.
    noon = datetime.combine(memorandum.issued_on, time(12), UTC)
    try:
        return typst.compile(
            TEMPLATE, root=TEMPLATE.parent, font_paths=list(fonts), ignore_system_fonts=True,
            sys_inputs={"data": data}, timestamp=noon, **how,
        )  # fmt: skip
    except typst.TypstError as error:
        # Its message may quote the paper's text behind a quotation mark or backtick.
        raise NotTypeset(error.message.split('"')[0].split("`")[0].strip()) from None

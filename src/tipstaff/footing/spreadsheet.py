"""Tables for spreadsheets, in which nothing that was typed becomes a formula. Pure."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

# What a spreadsheet takes for the beginning of a formula, also behind blanks that it drops.
_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")


def inert(cell: object) -> str:
    """The cell's text; one that a spreadsheet would run begins with an apostrophe. A number stays a number."""
    if isinstance(cell, int):
        return str(cell)
    text = str(cell)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff\u200b").startswith(_BEGINS) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as CSV (RFC 4180), every cell inert and every text in quotation marks."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([inert(name) for name in header])
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return out.getvalue()

"""The texts that people read, found in the code, and the catalogues that hold their translations.

    python -m tests.house.texts     brings every catalogue up to date: new texts are added empty, texts that are gone
                                    leave, and what only resembles an old text is never guessed

A catalogue lies in src/tipstaff/locale/LANGUAGE/LC_MESSAGES/django.po, for both sites together.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests.house.reading import HOUSE, label, modules

LOCALE = HOUSE / "locale"
CALLS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    # The sentence of a refusal is its second argument.
    "Refusal": (2,),
    "_no": (2,),
}


def catalogues() -> list[Path]:
    """Every catalogue there is."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))


def read(path: Path) -> Catalog:
    """A catalogue, as it stands."""
    with path.open("rb") as source:
        return read_po(source, locale=path.parents[1].name)


def found() -> Catalog:
    """Every text in the code and in the templates, with the files where it stands."""
    texts = Catalog(charset="utf-8", fuzzy=False)
    for path in [*modules(), *sorted(HOUSE.glob("*/templates/**/*.*"))]:
        for line, text, context in _texts_in(path):
            texts.add(text, locations=[(label(path), line)], context=context)
    return texts


def _texts_in(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django's own reading of a template gives one call for each text, among other signs. In brackets they are
        # one expression, whatever their indentation; the lines keep their numbers.
        source = (
            "(\n"
            + "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
            + "\n)"
        )
    for line, text, _comments, context in extract("python", io.BytesIO(source.encode()), CALLS):
        yield line - (path.suffix != ".py"), text, context


def name(message: Message) -> tuple[str | None, str]:
    """What tells one text from another: its context and its (singular) words."""
    words = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, words


def main() -> int:
    """Bring every catalogue up to date and say what is still to be translated."""
    template = found()
    for path in catalogues():
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as out:
            write_po(out, catalogue, width=110, omit_header=False, sort_by_file=True, include_lineno=False)
        waiting = sum(1 for message in catalogue if message.id and not any(forms(message)))
        print(f"{label(path)}: {len(catalogue)} texts, {waiting} to be translated")
    return 0


def forms(message: Message) -> list[str]:
    """The translation's forms: one, or one for each number."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


if __name__ == "__main__":
    sys.exit(main())

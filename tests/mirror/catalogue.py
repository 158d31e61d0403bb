"""A language for tests that is written from the right: every English text in Arabic letters, and no word of Arabic.

It carries the code of Arabic, so dates and directions are the real ones. What stands in the texts' fields stays as it is:
a number, a code or an amount on such a page comes from the page's data, and must keep its order.
"""

import re
import string
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.house import texts

LANGUAGE = "ar"
OWN_NAME = "العربية"
PLURALS = 6
_LETTERS = str.maketrans(string.ascii_lowercase + string.ascii_uppercase, "ابتثجحخدذرزسشصضطظعغفقكلمنه" * 2)
# Fields, elements and entities of a text are no words.
_KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|{\w*}|<[^>]+>|&\w+;)")


def mirrored(text: str) -> str:
    """`text` letter by letter in another alphabet, fields untouched."""
    parts = _KEPT.split(text)
    return "".join(part if number % 2 else part.translate(_LETTERS) for number, part in enumerate(parts))


def write(folder: Path) -> None:
    """A compiled catalogue of every text of both sites, laid out as Django looks for it in `folder`."""
    catalogue = Catalog(locale=LANGUAGE, charset="utf-8")
    for message in texts.found():
        if not message.id:
            continue
        one = mirrored(texts.name(message)[1])
        many = one if isinstance(message.id, str) else (mirrored(message.id[1]),) * PLURALS
        catalogue.add(message.id, many, context=message.context)
    path = folder / LANGUAGE / "LC_MESSAGES" / "django.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as out:
        write_mo(out, catalogue)


def programme(text: str) -> str:
    """A programme file with a third language: whatever it says in English it says mirrored too."""
    said = re.sub(
        r'^(\w+)\.en = "(.*)"$',
        lambda line: f'{line[0]}\n{line[1]}.{LANGUAGE} = "{mirrored(line[2])}"',
        text,
        flags=re.MULTILINE,
    )
    return said.replace('["en", "es"]', f'["en", "es", "{LANGUAGE}"]').replace(
        'translated = { es = "ours" }', f'translated = {{ es = "ours", {LANGUAGE} = "ours" }}'
    )

"""Every text that somebody reads, the public or an officer, stands translated in every language that is offered."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings

from tests.house.reading import label
from tests.house.texts import LOCALE, catalogues, forms, found, name, read
from tipstaff.rulebook.policy import RULES

FIELD = re.compile(r"%\((\w+)\)[sd]|{(\w+)}|%(?:[sd%])")
TEXTS = {name(message): message for message in found() if message.id}
OFFERED = [code for code, _ in settings.LANGUAGES if code != "en"]


def whole(message: Message) -> bool:
    """Is there a translation, in each of its forms, that somebody has looked at?"""
    return bool(message.id) and all(forms(message)) and not message.fuzzy


def fields(text: str) -> list[str]:
    return sorted(match.group() for match in FIELD.finditer(text))


@pytest.mark.parametrize("language", OFFERED)
def test_every_text_is_translated(language: str) -> None:
    there = {
        name(message) for message in read(LOCALE / language / "LC_MESSAGES" / "django.po") if whole(message)
    }
    missing = [text for context, text in TEXTS if (context, text) not in there]

    assert missing == [], "python -m tests.house.texts adds them to the catalogue"


def test_what_a_rule_holds_and_where_it_is_written_are_among_the_texts() -> None:
    texts = {text for _, text in TEXTS}

    assert {rule.title for rule in RULES} <= texts
    assert "Terms of the offer" in texts
    assert "22 U.S.C. 2708(b)" not in texts, "a law is cited as it is, in every language"
    assert "{points} of {most} points of the cap." in texts


@pytest.mark.parametrize("path", catalogues(), ids=label)
def test_a_translation_has_the_fields_of_its_text(path: Path) -> None:
    for message in read(path):
        wanted = fields(message.id if isinstance(message.id, str) else message.id[-1])
        for form in forms(message):
            # A form for a single thing may say "one" in words instead of showing the number.
            assert (
                not form
                or fields(form) == wanted
                or (not isinstance(message.id, str) and set(fields(form)) <= set(wanted))
            )


@pytest.mark.parametrize("path", catalogues(), ids=label)
def test_a_catalogue_holds_no_text_that_nobody_shows(path: Path) -> None:
    stale = [name(message)[1] for message in read(path) if message.id and name(message) not in TEXTS]

    assert stale == [], "python -m tests.house.texts takes them out"

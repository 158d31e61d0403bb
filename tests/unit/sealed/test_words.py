"""The word lists are the published ones, and reading them without accents loses nothing."""

from hashlib import sha256
from importlib.resources import files

import pytest

from tipstaff.sealed.receipt import LANGUAGES, fold, word_list

NAMES = {"en": "english", "es": "spanish", "fr": "french", "pt": "portuguese"}
OURS = files("tipstaff.sealed").joinpath("words")


def test_there_is_a_list_for_each_language():
    assert set(NAMES) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_list_is_the_published_one(language):
    ours = OURS.joinpath(f"{language}.txt").read_bytes()
    published = files("mnemonic").joinpath("wordlist", f"{NAMES[language]}.txt").read_bytes()
    assert ours == published
    assert f"| `{language}.txt` | `{sha256(ours).hexdigest()}` |" in OURS.joinpath("README.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_differ_even_without_accents(language):
    words = word_list(language)
    assert len(words) == len({fold(word) for word in words}) == 2048


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_letters_only(language):
    assert all(fold(word).isascii() and fold(word).isalpha() for word in word_list(language))


def test_a_language_without_a_list_is_named():
    with pytest.raises(KeyError, match="ht"):
        word_list("ht")

"""A receipt that stands in a text is found wherever it stands; prose is not taken for one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed.receipt import LANGUAGES, Receipt, contains_receipt, fold, word_list

receipts = st.binary(min_size=16, max_size=16).map(Receipt)
languages = st.sampled_from(LANGUAGES)
prose = st.text(max_size=300)
ANA = Receipt(bytes(range(16)))

STORIES = {
    "en": "They move people at night, two or three boats from the bay, and the man with the grey truck counts the "
    "money at the gas station near the bridge. I saw him again on 2024-03-02 and 2024-03-09, at 0530 and 0610.",
    "es": "Los llevan de noche en dos o tres lanchas desde la bahía, y el hombre de la camioneta gris cuenta el "
    "dinero en la gasolinera junto al puente. Lo vi otra vez el 2 de marzo de 2024 a las 0530 y el 9 a las 0610.",
    "fr": "Ils font passer les gens la nuit, deux ou trois bateaux depuis la baie, et l'homme au camion gris compte "
    "l'argent à la station près du pont. Je l'ai revu le 2 mars 2024 à 0530, et encore le 9 mars à 0610.",
    "pt": "Levam as pessoas à noite, dois ou três barcos desde a baía, e o homem da caminhonete cinza conta o "
    "dinheiro no posto perto da ponte. Vi-o de novo em 2 de março de 2024 às 0530 e no dia 9 às 0610.",
}


@given(receipts, languages, prose, prose)
def test_words_are_found_anywhere(receipt, language, before, after):
    # Two line ends keep a neighbour's accent or letter from growing into the first or last word.
    text = f"{before}\n\n{', '.join(receipt.words(language))}\n\n{after}"
    assert contains_receipt(text)


@given(receipts, st.sampled_from(list(STORIES.values())))
def test_numbers_are_found_anywhere(receipt, story):
    if all(1900 <= int(number) for number in receipt.numbers()):
        return  # twelve years in a row: see below
    assert contains_receipt(f"{story} {' '.join(receipt.numbers())}. {story}")
    assert contains_receipt(
        story + "\n".join(f"{n}. {number}" for n, number in enumerate(receipt.numbers(), 1))
    )


@given(receipts, languages)
def test_accents_case_and_numbering_do_not_hide_it(receipt, language):
    words = receipt.words(language)
    assert contains_receipt("Mine: " + " ".join(map(fold, words)).upper())
    assert contains_receipt("\r\n".join(f"{n}. {word}" for n, word in enumerate(words, 1)))
    both = zip(words, receipt.numbers(), strict=True)
    assert contains_receipt("\n".join(f"{word} {number}" for word, number in both))


@pytest.mark.parametrize("language", LANGUAGES)
def test_listed_words_around_it_do_not_hide_it(language):
    around = word_list(language)[:40]
    assert contains_receipt(" ".join([*around, *ANA.words(language), *around]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("missing", range(12))
def test_eleven_of_its_words_are_not_enough(language, missing):
    words = list(ANA.words(language))
    words[missing] = "the"
    assert not contains_receipt(" ".join(words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_prose_is_not_taken_for_a_receipt(language):
    assert not contains_receipt(STORIES[language] * 20)


def test_no_false_alarm_in_two_megabytes_that_lean_on_the_lists():
    """Three words in ten from one list, as in English prose, where BIP 39's words are common ones."""
    chance, alarms = random.Random(2024), 0
    common = [word for story in STORIES.values() for word in story.split()]
    for round_ in range(2000):
        listed = word_list(LANGUAGES[round_ % 4])
        words = [chance.choice(listed if chance.random() < 0.3 else common) for _ in range(170)]
        alarms += contains_receipt(" ".join(words))
    assert alarms == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0530",
        " ".join(str(year) for year in range(1990, 2030)),
        "\n".join(f"2024-{month:02d}-{day:02d}" for month in range(1, 13) for day in range(1, 29)),
        "\n".join(f"{day:02d}.05.2024 call from 5550 0199" for day in range(1, 29)),
        "5555 4444 3333 2222 " * 12,
        "+507 6000 0000, " * 12,
    ],
)
def test_dates_years_and_telephone_numbers_are_not_receipts(text):
    assert not contains_receipt(text)


@given(st.text(max_size=2000))
def test_any_text_is_answered(text):
    assert contains_receipt(text) in (True, False)

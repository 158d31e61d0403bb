"""What a rule says, as its reader is told it: in their language, with amounts, days and numbers written its way."""

from datetime import date

import pytest
from django.utils.translation import override

from tipstaff.footing.templatetags.marks import sentence, sentences
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.money import Money

CAP = Refusal(
    "offers.ceiling",
    "{cap} would pass the authority's ceiling of {ceiling}.",
    {"cap": Money(26_000_000_00, "USD"), "ceiling": Money(25_000_000_50, "EUR")},
)
DAY = Refusal(
    "offers.last-day",
    "It holds until {expires}: withdraw it if it has to close now.",
    {"expires": date(2026, 11, 20)},
)
LONG = Refusal("people.name-is-given", "A name has 1 to {most} printable characters.", {"most": 1200})
TAKEN = Refusal("people.name-is-free", "The name {name} is taken; choose another.", {"name": "<b>ana</b>"})
PLAIN = Refusal("tips.claim.already", "You have this tip already.")


@pytest.mark.parametrize(
    "refusal, english, spanish",
    [
        pytest.param(
            CAP,
            '<bdi dir="ltr">$26,000,000</bdi> would pass the authority\'s ceiling of '
            '<bdi dir="ltr">EUR 25,000,000.50</bdi>.',
            '<bdi dir="ltr">$26,000,000</bdi> pasaría del máximo de la autoridad, '
            '<bdi dir="ltr">EUR 25,000,000.50</bdi>.',
            id="amounts",
        ),
        pytest.param(
            DAY,
            "It holds until 20 November 2026: withdraw it if it has to close now.",
            "Vale hasta el 20 de noviembre de 2026: retírela si tiene que cerrarse ahora.",
            id="a day",
        ),
        pytest.param(
            LONG,
            'A name has 1 to <bdi dir="ltr">1,200</bdi> printable characters.',
            'Un nombre tiene de 1 a <bdi dir="ltr">1,200</bdi> caracteres imprimibles.',
            id="a number",
        ),
        pytest.param(
            TAKEN,
            "The name <bdi>&lt;b&gt;ana&lt;/b&gt;</bdi> is taken; choose another.",
            "El nombre <bdi>&lt;b&gt;ana&lt;/b&gt;</bdi> ya está en uso; elija otro.",
            id="what somebody typed",
        ),
        pytest.param(PLAIN, "You have this tip already.", "Usted ya tiene este aviso a cargo.", id="no fact"),
    ],
)
def test_a_sentence_in_each_language(refusal: Refusal, english: str, spanish: str) -> None:
    with override("en"):
        assert sentence(refusal) == english
    with override("es"):
        assert sentence(refusal) == spanish


def test_every_reason_is_said() -> None:
    with override("en"):
        assert sentences(Refused((PLAIN, LONG))) == f"{sentence(PLAIN)} {sentence(LONG)}"


def test_the_record_says_it_in_plain_english() -> None:
    assert str(Refused((CAP, DAY, LONG))) == (
        "USD 26,000,000.00 would pass the authority's ceiling of EUR 25,000,000.50. "
        "It holds until 2026-11-20: withdraw it if it has to close now. A name has 1 to 1,200 printable characters."
    )

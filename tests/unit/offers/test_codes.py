"""Languages, telephone numbers and addresses: what is one and what only looks like one."""

import pytest

from tipstaff.footing.toml.currencies import CURRENCIES
from tipstaff.offers.programme_file.codes import is_https, is_language, is_telephone


@pytest.mark.parametrize("code", ["en", "es", "ht", "quc", "pt-BR", "zh-Hant", "zh-Hant-TW"])
def test_a_language(code):
    assert is_language(code)


@pytest.mark.parametrize("code", ["", "e", "xx", "EN", "english", "en_US", "en-us", "en-USA", "en-", "en US"])
def test_no_language(code):
    assert not is_language(code)


@pytest.mark.parametrize("number", ["866-347-2423", "+1 (802) 872-6199", "123", "+57 601 3000000"])
def test_a_telephone_number(number):
    assert is_telephone(number)


@pytest.mark.parametrize("number", ["", "12", "1-800-CALL", "tel:123", "+", "123 ", "1" * 16, "８６６-347"])
def test_no_telephone_number(number):
    assert not is_telephone(number)


@pytest.mark.parametrize("address", ["https://ice.gov/tips", "https://harbour.example:8443/a?b=c#d"])
def test_an_address(address):
    assert is_https(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ice.gov/tips",
        "http://ice.gov",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://a b",
        "https://a:x/",
        "https://[",
        "data:,",
    ],
)
def test_no_address(address):
    assert not is_https(address)


def test_a_currency_without_hundredths_is_none_of_ours():
    assert {"USD", "EUR", "COP", "PAB"} <= CURRENCIES
    assert not CURRENCIES & {"JPY", "CLP", "KRW", "PYG", "KWD", "BHD", "XAU", "XXX"}
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)

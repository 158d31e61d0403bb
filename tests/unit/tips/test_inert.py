"""A stranger's text shows what it holds: nothing in it turns the page around, moves a cursor or hides."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.tips.inert import kind_of, safe_name, visible, visible_bytes, visible_name


@pytest.mark.parametrize(
    "text, shown",
    [
        ("Three boats.\nTwo men.", "Three boats.\nTwo men."),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\x1b[31mred\x1b[0m", "[U+001B][31mred[U+001B][0m"),
        ("invoice\u202efdp.exe", "invoice[U+202E]fdp.exe"),
        ("a\u2066b\u2069c", "a[U+2066]b[U+2069]c"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("tag\U000e0041", "tag[U+E0041]"),
        ("null\x00", "null[U+0000]"),
        ("ثلاثة قوارب\u200f", "ثلاثة قوارب\u200f"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("<script>alert(1)</script> =cmd", "<script>alert(1)</script> =cmd"),
    ],
)
def test_running_text(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "name, shown",
    [
        ("boats.jpg", "boats.jpg"),
        ("a\nb.txt", "a[U+000A]b.txt"),
        ("gpj.\u202eexe", "gpj.[U+202E]exe"),
        ("x\u200dy", "x[U+200D]y"),
    ],
)
def test_a_name_stays_on_one_line(name: str, shown: str) -> None:
    assert visible_name(name) == shown


@given(st.text())
def test_nothing_hidden_is_left(text: str) -> None:
    left = [
        letter
        for letter in visible(text)
        if (unicodedata.category(letter) == "Cc" and letter not in "\n\t")
        or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff\u2028\u2029"
    ]  # fmt: skip

    assert left == []


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_plain_writing_is_left_alone(text: str) -> None:
    assert visible(text) == text
    assert visible_name(text) == text


@given(st.binary(max_size=2_000))
def test_any_bytes_become_text_that_can_be_shown(data: bytes) -> None:
    visible_bytes(data).encode("utf-8")


def test_bytes_that_are_no_text_are_written_out() -> None:
    assert visible_bytes(b"JPEG \xff\xd8 \xc3\xb1") == "JPEG [0xff][0xd8] ñ"


@pytest.mark.parametrize(
    "name, kind", [("boats.JPG", "jpg"), ("a.tar.gz", "gz"), ("none", ""), ("x.\u202eexe", ""), ("a.b c", "")]
)
def test_a_names_ending_is_for_orientation(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_saved_files_name_is_ours() -> None:
    assert safe_name("TIP-4KQ7-M2XC-9TRC", 2) == "tip-4kq7-m2xc-9trc-file-2.bin"

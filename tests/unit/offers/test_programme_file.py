"""What a programme file may hold, and every way in which it may be at fault: the line, what is wrong, what to do."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.offers.faults import FAULTS
from tests.unit.offers.texts import HARBOUR_LIGHT
from tipstaff.kernel.money import Money
from tipstaff.offers.programme_file import BadProgramme, read

HARBOUR = (Path(__file__).parent / "harbour.toml").read_text()
SECOND = HARBOUR[HARBOUR.index("[[offers]]") :].replace("HL-1", "HL-2")


def faults(text: str) -> list[str]:
    with pytest.raises(BadProgramme) as bad:
        read(text)
    return [str(fault) for fault in bad.value.faults]


def line_of(text: str, part: str, *, nth: int = 1) -> int:
    """The line of the nth place where `part` stands in `text`."""
    return text.count("\n", 0, [match.start() for match in re.finditer(re.escape(part), text)][nth - 1]) + 1


def test_a_whole_file_is_read():
    programme = read(HARBOUR)

    assert programme.offers == (HARBOUR_LIGHT,)
    assert (programme.code, programme.compartment, programme.languages) == (
        "harbour-2026",
        "harbour",
        ("en", "es"),
    )
    assert programme.ceiling == Money(25_000_000_00, "USD")
    assert programme.office is None
    assert [(agency.code, agency.name["es"]) for agency in programme.agencies] == [
        ("HP", "Policía de Harbour")
    ]


@pytest.mark.parametrize("good, bad, where, sentence", FAULTS, ids=[fault[3][:70] for fault in FAULTS])
def test_each_fault_is_named_at_its_line(good, bad, where, sentence):
    assert HARBOUR.count(good) >= 1
    text = HARBOUR.replace(good, bad, 1)
    line = line_of(text, where) if where else 1

    assert faults(text) == [f"line {line}: {sentence}"]


def test_a_second_offer_of_the_same_reference_is_a_fault():
    text = HARBOUR + "\n" + SECOND.replace("HL-2", "HL-1")

    assert faults(text) == [
        f'line {line_of(text, "ref =", nth=2)}: offers 2, ref: "HL-1" is offer 1 already; give each a reference of its own'
    ]


@pytest.mark.parametrize(
    "table, name, sentence",
    [
        ("sources", "id", 'sources 2, id: "gazette" names two things here; give one of them another id'),
        ("agencies", "code", 'agencies 2, code: "HP" names two things here; give one of them another code'),
        ("channels", "id", 'channels 2, id: "line" names two things here; give one of them another id'),
    ],
)
def test_a_name_is_given_once(table, name, sentence):
    start = HARBOUR.index(f"[[{table}]]")
    block = HARBOUR[start : HARBOUR.index("\n\n", start) + 2]
    text = HARBOUR + "\n" + block

    assert faults(text) == [f"line {text[: text.rindex(block)].count(chr(10)) + 2}: {sentence}"]


@pytest.mark.parametrize("table", ["sources", "agencies", "channels", "offers"])
def test_a_part_that_is_no_list_of_tables_is_one_fault_of_its_own(table):
    start = HARBOUR.index(f"[[{table}]]")
    ends = [HARBOUR.find(f"\n[[{other}]]", start + 1) for other in ("agencies", "channels", "offers")]
    end = min([end for end in ends if end > 0], default=len(HARBOUR))
    text = f"{table} = []\n" + HARBOUR[:start] + HARBOUR[end:]

    assert faults(text)[0] == f"line 1: {table}: expected at least one table [[{table}]], found an empty list"


def test_all_faults_come_at_once_in_the_order_of_their_lines():
    text = (
        HARBOUR.replace("22 USC 2708", "Harbour Act")
        .replace("b8", "")
        .replace("Harbour Gazette", "")
        .replace("HL-1", "hl")
    )

    found = faults(text)

    assert [re.match(r"line \d+: [^:]*", fault).group() for fault in found] == [
        f"line {line_of(text, 'authority')}: programme.authority",
        f"line {line_of(text, 'title =')}: sources 1, title",
        f"line {line_of(text, 'ref =')}: offers 1, ref",
        f"line {line_of(text, 'paragraphs')}: offers 1, conditions 1, paragraphs 1",
    ]


@pytest.mark.parametrize(
    "text, line",
    [
        ("format = \n", 1),
        ("a = 1\nb = 2\na = 3\n", 3),
        ("a = 1\nb = [1,\n", 2),
        ('a = 1\nb = "open\nc = 2', 2),
    ],
)
def test_what_is_no_toml_is_named_at_its_line(text, line):
    (fault,) = faults(text)

    # What stands between is Python's own sentence, which differs from release to release.
    assert re.fullmatch(rf"line {line}: this is not TOML: [a-z].*[^)]; mend the line and check again", fault)


def test_a_file_without_anything_names_every_part_that_is_missing():
    parts = ("format", "programme", "sources", "agencies", "channels", "offers")

    assert faults("") == sorted(f'line 1: the key "{part}" is missing; add it' for part in parts)


def test_a_file_too_long_or_too_deep_is_refused_before_it_is_walked():
    assert faults("#" * 1_000_001) == [
        "line 1: a programme file has at most 1,000,000 characters, this has 1,000,001"
    ]
    assert faults("a = " + "[" * 100_000) == [
        "line 1: lists or tables stand too deep within each other; a programme needs four levels"
    ]


def test_an_authority_of_ones_own_states_its_ceiling_and_its_paragraphs():
    text = HARBOUR.replace("22 USC 2708", "Harbour Act").replace('["b8", "b9"]', '["s. 4(1)"]')
    own = text.replace(
        "[[sources]]", '[programme.ceiling]\nminor = 500_000_00\ncurrency = "USD"\n[[sources]]'
    )

    programme = read(own)

    assert programme.ceiling == Money(500_000_00, "USD")
    assert programme.offers[0].conditions[0].paragraphs == ("s. 4(1)",)
    assert faults(own.replace("minor = 500_000_00\n", "minor = 499_999_99\n")) == [
        (
            f"line {line_of(own, 'cap = {')}: offers 1, cap.minor: USD 500,000.00 passes USD 499,999.99, the most that "
            "Harbour Act allows; lower it"
        )
    ]


def test_the_office_may_be_named_in_the_file_and_then_whole():
    office = '[office]\nname = { en = "Harbour", es = "Harbour" }\nleave_to = "https://harbour.example/"\n'
    answer = 'answer_within = { en = "two days", es = "dos días" }\n'

    assert (
        read(HARBOUR.replace("[[sources]]", office + answer + "[[sources]]")).office.answer_within["es"]
        == "dos días"
    )
    text = HARBOUR.replace("[[sources]]", office.replace("https", "ftp") + "[[sources]]")
    assert faults(text) == [
        f'line {line_of(text, "[office]")}: office: the key "answer_within" is missing; add it',
        (
            f"line {line_of(text, 'ftp')}: office.leave_to: expected a whole https address, to which a reader can leave in a "
            'hurry, found "ftp://harbour.example/"'
        ),
    ]


def test_one_language_needs_no_translations():
    one = (
        re.sub(r', es = "[^"]*" }', " }", HARBOUR)
        .replace('["en", "es"]', '["en"]')
        .replace('translated = { es = "ours" }\n', "")
    )

    assert read(re.sub(r'title\.es = "[^"]*"\n', "", one)).offers[0].translated == {}


# Every value of the good file, and others of every type to put in its place.
VALUES = sorted(set(re.findall(r'(?<== )(?:"[^"\n]*"|\[.*\]|\{.*\}|\d[\d_-]*)(?=\n)', HARBOUR)))
OTHERS = ["1", "1.5", '"x"', "true", "[]", "{}", "2026-11-02", "07:30:00", "[[1]]", "{ en = 1 }", '["x"]']


def lines_of_faults(text: str) -> list[int]:
    """The lines of the faults, none for a file in order. Whatever else is raised is what these tests look for."""
    try:
        read(text)
    except BadProgramme as bad:
        return [fault.line for fault in bad.faults]
    return []


@given(st.integers(0, HARBOUR.count("\n") - 1), st.integers(0, HARBOUR.count("\n") - 1))
def test_a_line_lost_and_one_doubled_give_faults_on_lines_that_exist(lost, doubled):
    lines = HARBOUR.splitlines()
    again = lines[doubled]
    del lines[lost]
    lines.insert(doubled, again)

    assert set(lines_of_faults("\n".join(lines))) <= set(range(1, len(lines) + 1))


@pytest.mark.parametrize("value, other", list(itertools.product(VALUES, OTHERS)))
def test_a_value_of_any_other_type_gives_faults_on_lines_that_exist(value, other):
    text = HARBOUR.replace(f"= {value}\n", f"= {other}\n", 1)

    assert set(lines_of_faults(text)) <= set(range(1, HARBOUR.count("\n") + 1))


@given(st.text(max_size=200))
def test_any_text_at_all_is_refused_with_a_line_of_its_own(text):
    lines = lines_of_faults(text)

    assert lines
    assert set(lines) <= set(range(1, text.count("\n") + 2))

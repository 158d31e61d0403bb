"""A rule sheet's file: the shipped ones are in order, and each fault is found at its line."""

from importlib.resources import files

import pytest

from tipstaff.door import wording
from tipstaff.kernel.money import Money
from tipstaff.offers.authority import OUTCOMES, STATE_REWARDS
from tipstaff.rulebook.sheet_file import GATE_OF_QUESTION, SHIPPED, BadSheet, read, shipped
from tipstaff.sealed.claims import QUESTIONS

TEXTS = {
    code: files("tipstaff.rulebook").joinpath("sheets", f"{code}.toml").read_text(encoding="utf-8")
    for code in SHIPPED
}


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_sheet_is_in_order_and_says_what_is_invented(code: str) -> None:
    sheet = shipped(code)

    assert (sheet.code, sheet.number) == (code, 1)
    assert {source.invented for source in sheet.sources} == {True, False}


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_sheet_asks_in_the_words_of_the_mailbox(code: str) -> None:
    """Who approves a sheet reads there what the source will read."""
    asked = {question.code: question.text["en"] for question in shipped(code).questions}

    assert asked.keys() <= set(QUESTIONS)
    assert asked == {code: str(wording.QUESTIONS[code]) for code in asked}


def test_every_question_of_the_mailbox_fills_a_gate_or_is_taken_off_the_amount() -> None:
    assert set(QUESTIONS) == {*GATE_OF_QUESTION, "paid-elsewhere"}


def test_tocrp_has_the_numbers_of_the_statute() -> None:
    sheet = shipped("tocrp")
    leader, deadlines = sheet.caps.leader, sheet.deadlines

    assert leader
    assert sheet.decisions.personally_above == Money(100_000_00, "USD")
    assert (sheet.caps.reward, leader.cap) == (Money(25_000_000_00, "USD"), Money(50_000_000_00, "USD"))
    assert (deadlines.committee, deadlines.crypto_notice, deadlines.payment_report) == (60, 15, 30)
    assert (deadlines.annual_report, deadlines.fiscal_year_ends) == (60, "09-30")
    assert (deadlines.authorization_report, deadlines.announcement_report) == (15, 15)
    assert [(factor.code, factor.weight) for factor in sheet.factors] == [
        ("significance", 30), ("gravity", 20), ("accuracy", 10), ("novelty", 10), ("assistance", 10), ("hardship", 10),
        ("disruption", 10),
    ]  # fmt: skip
    assert [(deduction.code, deduction.most_percent) for deduction in sheet.deductions] == [
        ("culpability", 50), ("delay", 30), ("interference", 100),
    ]  # fmt: skip


FAULTS = [
    ("crime-stoppers", "quorum = 5", "quorum = 1", "decisions.quorum: a board is at least 2: nobody decides alone"),
    ("crime-stoppers", "member_decides = true", "member_decides = false", "decisions.member_decides: where the board decides, its members do; write true"),
    ("crime-stoppers", "concurrence = false", "concurrence = true", "decisions.concurrence: where the board’s vote decides, nothing is asked between; write false"),
    ("crime-stoppers", "delegable = false", "delegable = true", "decisions.deciders 1, delegable: a board lends its vote to nobody; write false"),
    ("tocrp", "committee = 60", "comittee = 60", 'deadlines.comittee: unknown key; did you mean "committee"?'),
    ("tocrp", "committee = 60", 'committee = "60"', "deadlines.committee: expected a whole number that is not negative"),
    ("tocrp", "quorum = 3", "quorum = -3", "decisions.quorum: expected a whole number that is not negative"),
    ("tocrp", "concurrence = true", "concurrence = 1", "decisions.concurrence: expected true or false"),
    ("tocrp", 'fiscal_year_ends = "09-30"', 'fiscal_year_ends = "09-31"', 'deadlines.fiscal_year_ends: expected the last day of the fiscal year, such as "09-30"'),
    ("tocrp", 'personally_by = "secretary"', 'personally_by = "secretry"', 'decisions.personally_by: "secretry" is not in [[decisions.deciders]]; did you mean "secretary"?'),
    ("tocrp", 'reward = { minor = 2_500_000_000, currency = "USD" }', 'reward = { minor = 2_500_000_000, currency = "EUR" }', "caps.reward: expected an amount in USD, the sheet's currency, found EUR"),
    ("tocrp", 'gate = "took_part"', 'gate = "took_prt"', 'questions 4, gate: the answer to "took-part" fills "took_part", not "took_prt"; write "took_part"'),
    ("tocrp", 'code = "on-duty"', 'code = "on-dutty"', 'questions 3, code: the mailbox cannot ask "on-dutty"; did you mean "on-duty"?'),
    ("tocrp", 'code = "convicted"', 'code = "paid-elsewhere"', 'questions 5, code: the mailbox cannot ask "paid-elsewhere"; choose one of individual, official, on-duty, took-part, convicted, protection'),
    ("tocrp", 'code = "gravity"', 'code = "significance"', 'factors 2, code: "significance" stands here twice; name it once'),
    ("tocrp", "weight = 30", "weight = 0", "factors 1, weight: a factor that weighs nothing decides nothing; leave it out"),
    ("tocrp", "most_percent = 50", "most_percent = 101", "deductions 1, most_percent: expected a per cent from 1 to 100"),
    ("tocrp", '  { en = "No part in the outcome", es = "Sin parte en el resultado" },\n', "", "factors 1, levels: expected what each level from 0 to 4 means, found 4"),
    ("tocrp", 'computation = "share-of-cap"', 'computation = "percentage-of-recovery"', "sheet.computation: percentage-of-recovery needs the part recovery; add it"),
    ("tocrp", 'forms = ["money", "item", "crypto"]', 'forms = ["money", "gold"]', 'forms 2: "gold" is not in money, item, crypto, cash-by-number; known there: money, item, crypto, cash-by-number'),
    ("tocrp", 'official = "on-duty"', 'official = "sometimes"', 'payees.official: expected "on-duty" or "always"'),
    ("tocrp", "number = 1", "number = 0", "sheet.number: expected 1 for the first sheet of its code, and one more for each later one"),
    ("tocrp", 'code = "tocrp"', 'code = "TOCRP"', "sheet.code: expected small letters, digits and hyphens, at most 40 of them, such as tocrp"),
    ("crime-stoppers", 'forms = ["cash-by-number"]', "", "forms: expected at least one form in which a reward is paid"),
]  # fmt: skip


@pytest.mark.parametrize("code, good, bad, said", FAULTS, ids=[fault[2][:40] for fault in FAULTS])
def test_each_fault_is_found_at_its_line(code: str, good: str, bad: str, said: str) -> None:
    text = TEXTS[code]
    assert text.count(good) >= 1

    with pytest.raises(BadSheet) as raised:
        read(text.replace(good, bad, 1))

    assert [str(fault).partition(": ")[2] for fault in raised.value.faults] == [said]
    if bad in text.replace(good, bad, 1) and bad:
        line = text[: text.index(good)].count("\n") + 1
        assert raised.value.faults[0].line == line


def test_a_missing_translation_and_a_missing_part_are_faults() -> None:
    text = (
        TEXTS["tocrp"].replace('title.es = "Programa', 'other.es = "Programa').replace("[offers]", "[offres]")
    )

    with pytest.raises(BadSheet) as raised:
        read(text)

    said = [fault.sentence for fault in raised.value.faults]
    assert 'the translation "es" is missing; add it' in said
    assert 'unknown key; did you mean "offers"?' in said


def test_what_is_no_toml_is_said_at_its_line() -> None:
    with pytest.raises(BadSheet, match=r"^line 2: this is not TOML"):
        read("format = 1\n=")


def test_tocrp_and_the_law_that_offers_know_say_the_same() -> None:
    sheet = shipped("tocrp")
    kinds = {each.condition: set(each.outcomes) for each in sheet.fulfilments}

    assert sheet.authority == STATE_REWARDS.name
    assert sheet.caps.reward == STATE_REWARDS.ceiling
    assert set(kinds) == set(OUTCOMES)
    for paragraph in sheet.paragraphs:
        allowed = set[str]().union(*(kinds[outcome] for outcome in STATE_REWARDS.paragraphs[paragraph.code]))
        assert set(paragraph.outcomes) <= allowed, paragraph.code

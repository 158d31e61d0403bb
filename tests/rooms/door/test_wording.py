"""Every question, answer and mistake about a reward has words, and each code can be read out."""

import re
from pathlib import Path

import pytest

from tipstaff.door import reward, wording
from tipstaff.kernel import reference
from tipstaff.sealed.claims import ANSWERS, KINDS, QUESTIONS


def test_whatever_is_asked_or_answered_has_words() -> None:
    assert tuple(wording.QUESTIONS) == QUESTIONS
    assert tuple(wording.ANSWERS) == ANSWERS
    assert set(wording.SENT) == set(KINDS)


def test_every_mistake_has_a_sentence() -> None:
    source = Path(reward.__file__).read_text(encoding="utf-8")
    kinds = set(re.findall(r'Problem\([^,]+, "([a-z-]+)"', source))

    assert len(kinds) > 8
    assert kinds <= wording.PROBLEMS.keys()


def test_a_code_is_read_out_letter_by_letter() -> None:
    assert wording.spelled("VCH-4KQ7-0") == "Victor Charlie Hotel – 4 Kilo Quebec 7 – 0"
    assert set(reference.LETTERS) - set("0123456789") <= wording.SPELLED.keys()


def test_a_day_is_written_as_the_page_writes_days() -> None:
    assert "14 December 2026" in wording.problem("answer-late", "2026-12-14")


@pytest.mark.parametrize("kind", sorted(wording.PROBLEMS))
def test_no_sentence_leaves_a_gap(kind: str) -> None:
    assert "{" not in wording.problem(kind, "2026-12-14")

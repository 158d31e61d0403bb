"""docs/programme-file.md names every key, every word that may be chosen, and every rule with what it rests on."""

import re
from pathlib import Path

import pytest

from tipstaff.offers.authority import OUTCOMES, TARGET_KINDS
from tipstaff.offers.policy import RULES
from tipstaff.offers.programme_file import FORMAT

PAGE = (Path(__file__).parents[3] / "docs" / "programme-file.md").read_text(encoding="utf-8")
HARBOUR = (Path(__file__).parent / "harbour.toml").read_text(encoding="utf-8")
KEYS = sorted(set(re.findall(r"^(\w+)(?:\.\w+)? = ", HARBOUR, flags=re.MULTILINE)))


def test_every_rule_stands_there_with_what_it_rests_on():
    assert dict(re.findall(r"^\| `(offers\.[a-z-]+)` \| (.+) \|$", PAGE, flags=re.MULTILINE)) == dict(RULES)


@pytest.mark.parametrize("word", [*OUTCOMES, *TARGET_KINDS, FORMAT, "telephone", "web", "ours", "official"])
def test_every_word_that_may_be_chosen_stands_there(word):
    assert re.search(rf'`"?{re.escape(word)}"?`|"{word}" \}}`', PAGE)


@pytest.mark.parametrize("key", [*KEYS, "ceiling", "rules", "expires", "answer_within", "leave_to", "says"])
def test_every_key_stands_there(key):
    assert re.search(rf"^\| (`\w+`, )*`{key}`", PAGE, flags=re.MULTILINE)

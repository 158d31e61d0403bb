"""The documents name everything that is there, and nothing that is not."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.generate import DOCS, mark_of, pages, rules, shown_by
from tests.house.protections import PROTECTIONS
from tests.house.reading import HOUSE, ROOT, label, nodes
from tipstaff.people.roles import ROLES, VERBS
from tipstaff.rulebook.policy import RULES, Rule

SETTING = re.compile(r"(?:TIPSTAFF_[A-Z_]+|DATABASE_URL|HATCH_URL)")
PAGES = pages()


@pytest.mark.parametrize("path", sorted(PAGES), ids=label)
def test_written_pages_agree_with_the_code(path: Path) -> None:
    written = path.read_text(encoding="utf-8") if path.is_file() else ""

    assert written == PAGES[path], "python -m tests.house.generate"


def test_no_diagram_outlives_its_machine() -> None:
    assert set((DOCS / "states").glob("*.md")) <= PAGES.keys(), "python -m tests.house.generate"


def test_every_verb_and_role_is_documented() -> None:
    page = (DOCS / "verbs.md").read_text(encoding="utf-8")

    assert [verb for verb in (*VERBS, *ROLES) if verb not in page] == []


def test_every_protection_is_tested_and_every_security_test_belongs_to_one() -> None:
    headed = re.findall(r"^## (\d+)\.", PAGES[DOCS / "security-tests.md"], re.MULTILINE)

    assert [int(number) for number in headed] == sorted(PROTECTIONS)


def test_every_rule_says_why_it_refuses() -> None:
    assert [rule for rule, said in rules().items() if not said] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_of_a_reward_is_shown_by_a_test(rule: Rule) -> None:
    assert shown_by()[rule.id] != [], f"name a test test_{mark_of(rule.id)}_…: what it lets pass and what not"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_of_a_reward_refuses_under_its_own_id(rule: Rule) -> None:
    assert rules().get(rule.id), "a Refusal in its function names the rule's id"


def settings_read() -> set[str]:
    """Every setting that the code or its scripts read from the environment."""
    in_code = {
        node.value
        for path in HOUSE.rglob("*.py")
        for node in nodes(path, ast.Constant)
        if isinstance(node.value, str) and SETTING.fullmatch(node.value)
    }
    in_scripts = {name for path in (ROOT / "bin").iterdir() for name in SETTING.findall(path.read_text())}
    in_tests = {"TIPSTAFF_TEST_DATABASE_URL"}
    return in_code | in_scripts | in_tests


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    named = set(SETTING.findall((DOCS / "settings.md").read_text(encoding="utf-8")))
    # A secret may also come from the file that its name with `_FILE` names: one setting, said in two ways.
    documented = {
        name
        for name in named
        if name.removesuffix("_FILE") == name or name.removesuffix("_FILE") not in named
    }

    assert documented == settings_read(), "docs/settings.md lists each setting, its default and what it does"


@pytest.mark.parametrize("path", sorted([*DOCS.rglob("*.md"), ROOT / "README.md"]), ids=label)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]

    assert broken == []

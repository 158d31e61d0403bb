"""The pages of docs/ that are written from the code:   python -m tests.house.generate

docs/states/*.md from the tables of moves, docs/verbs.md from the roles, docs/rules.md from the refusals,
docs/security-tests.md from the names of the tests.
"""

import ast
import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.house.protections import LATER, PROTECTIONS
from tests.house.reading import HOUSE, ROOT, TESTS, functions, label, modules, nodes, room_of
from tipstaff.kernel.machine import Machine
from tipstaff.people.roles import ROLES, SYSTEM_VERBS, VERBS

DOCS = ROOT / "docs"
WRITTEN = "<!-- Written from the code by `python -m tests.house.generate`; a test compares. -->\n"


def _machines() -> dict[str, Machine[Any]]:
    found = {}
    for path in sorted(HOUSE.glob("*/states.py")):
        room = room_of(path)
        for name, value in vars(import_module(f"tipstaff.{room}.states")).items():
            if isinstance(value, Machine):
                found[f"{room}-{name.lower()}"] = value
    return found


MACHINES = _machines()


def pages() -> dict[Path, str]:
    """Every written page: where it stands, and its text."""
    written = {DOCS / "states" / f"{name}.md": _state_page(name, MACHINES[name]) for name in MACHINES}
    return written | {
        DOCS / "verbs.md": _verbs_page(),
        DOCS / "rules.md": _rules_page(),
        DOCS / "security-tests.md": _security_page(),
    }


def _state_page(name: str, machine: Machine[Any]) -> str:
    room, _, noun = name.partition("-")
    about = inspect.getdoc(machine.states) or ""
    ends = ", ".join(f"`{state}`" for state in sorted(machine.terminal()))
    return "\n".join(
        [
            WRITTEN,
            f"# The states of {noun} (room `{room}`)\n",
            f"{about}\n",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {line}" for line in _diagram(machine)),
            "```\n",
            "| state | moves that leave it |",
            "|---|---|",
            *(f"| `{state}` | {_moves(machine, state)} |" for state in machine.states),
            "",
            f"Nothing leaves {ends}.\n" if ends else "There is no last state.\n",
        ]
    )


def _diagram(machine: Machine[Any]) -> Iterator[str]:
    """The machine's own lines; Mermaid knows no dash in a name, so such states get another and a label."""
    dashed = sorted((str(state) for state in machine.states if "-" in state), key=len, reverse=True)
    yield from (f'state "{state}" as {state.replace("-", "_")}' for state in dashed)
    for line in machine.mermaid():
        for state in dashed:
            line = line.replace(state, state.replace("-", "_"))
        yield line
    yield from (f"{state.replace('-', '_')} --> [*]" for state in sorted(machine.terminal()))


def _moves(machine: Machine[Any], state: StrEnum) -> str:
    leaving = [f"{move.name} → `{move.target}`" for move in machine.moves if state in move.sources]
    return ", ".join(leaving) or "–"


def _verbs_page() -> str:
    rows = [
        f"| `{verb}` | {', '.join(role for role in sorted(ROLES) if verb in ROLES[role]) or '–'} "
        f"| {'yes' if verb in SYSTEM_VERBS else ''} |"
        for verb in VERBS
    ]
    return "\n".join(
        [
            WRITTEN,
            "# Verbs\n",
            "What an officer may be allowed to do, and which roles carry it. A grant of a role holds in one",
            "compartment and was given by two administrators. What has `yes` in the last column is also done by",
            "jobs, with nobody at the keyboard.\n",
            "| verb | roles | jobs |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


@cache
def rules() -> dict[str, set[str]]:
    """Every rule's id, and what it says when it refuses; a `{name}` stands for a fact of the case."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in modules():
        for call in nodes(path, ast.Call):
            match call:
                case ast.Call(
                    func=ast.Name("Refusal" | "_no"),
                    args=[ast.Constant(str(rule)), ast.Constant(str(says)), *_],
                ):
                    found[rule].add(says)
    return dict(found)


def _rules_page() -> str:
    rows = [f"| `{rule}` | {'<br>'.join(sorted(said))} |" for rule, said in sorted(rules().items())]
    return "\n".join(
        [
            WRITTEN,
            "# Rules\n",
            "Why something may be refused: the rule's id, which code and tests speak of, and what it says to people.\n",
            "| rule | what it says |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def _security_page() -> str:
    shown: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.glob("**/test_*.py")):
        for function in functions(path):
            if named := re.fullmatch(r"test_security_(\d+)_(\w+)", function.name):
                sentence = named[2].replace("_", " ")
                line = f"- {sentence[0].upper()}{sentence[1:]} ([{path.stem}](../{label(path)}))"
                shown[int(named[1])].append(line)
    later = {number: [f"- *Later:* {what}"] for number, what in LATER.items()}
    sections = (
        f"## {n}. {PROTECTIONS[n]}\n\n" + "\n".join([*sorted(shown[n]), *later.get(n, [])]) + "\n"
        for n in sorted(shown)
    )
    return "\n".join(
        [
            WRITTEN,
            "# Security tests\n",
            "What the tests show, under the protection they belong to: each line is the name of a test,",
            "`test_security_NN_…`. Numbers that are missing here belong to parts that are not built yet; what is",
            "built and not proved stands in [soundness.md](soundness.md).\n",
            *sections,
        ]
    )


def main() -> int:
    """Write every page that differs, remove diagrams of machines that are gone, and say so."""
    wanted = pages()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {label(path)}")
    for path in (DOCS / "states").glob("*.md"):
        if path not in wanted:
            path.unlink()
            print(f"removed {label(path)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A page parses, makes one call into its room, and answers."""

import ast
from pathlib import Path

import pytest

from tests.house.reading import furniture, imported, label, nodes

MANAGERS = {"objects", "_default_manager", "_base_manager"}


@pytest.mark.parametrize("page", furniture("views"), ids=label)
def test_pages_do_not_touch_the_orm(page: Path) -> None:
    touched = [node.lineno for node in nodes(page, ast.Attribute) if node.attr in MANAGERS]
    touched += [line for line, name in imported(page) if name.startswith("django.db")]
    touched += [line for line, name in imported(page) if ".models." in name and name.startswith("tipstaff.")]

    assert touched == [], (
        f"lines {touched}: fetch with access.py, list with queries.py, change with actions.py"
    )

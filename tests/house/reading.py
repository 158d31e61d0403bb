"""Where the house's files are, and how the rules read them: with `ast`, without importing anything."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "tipstaff"
TESTS = ROOT / "tests"
ROOMS = sorted(path.parent.name for path in HOUSE.glob("*/__init__.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def nodes[N: ast.AST](path: Path, kind: type[N]) -> Iterator[N]:
    """Every node of `kind` in the module, however deep."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, kind))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method in the module."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def verbs(path: Path) -> list[Function]:
    """The public functions that stand at the top of a module of actions."""
    return [node for node in tree(path).body if isinstance(node, Function) and not node.name.startswith("_")]


def modules(room: str = "*") -> list[Path]:
    """Every module of a room, or of all, without migrations."""
    return [path for path in sorted(HOUSE.glob(f"{room}/**/*.py")) if "migrations" not in path.parts]


def furniture(name: str) -> list[Path]:
    """The `name.py`, or every module under the folder `name/`, of every room."""
    return sorted([*HOUSE.glob(f"*/{name}.py"), *HOUSE.glob(f"*/{name}/**/*.py")])


def room_of(path: Path) -> str:
    """The room in which a file lies."""
    return path.relative_to(HOUSE).parts[0]


def label(path: Path) -> str:
    """A short name for a file, for the names of tests."""
    return str(path.relative_to(HOUSE if path.is_relative_to(HOUSE) else ROOT))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that the module imports, names inside modules included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that belongs to the repository."""
    # A clone may belong to another user than the one who runs the tests; git would refuse to read it.
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(ROOT / name for name in listed if name and (ROOT / name).is_file())

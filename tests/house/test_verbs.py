"""Every verb names its actor and its time, is one durable transaction, and leaves a record."""

import ast
from pathlib import Path

import pytest

from tests.house.reading import Function, functions, furniture, label, modules, room_of, tree, verbs
from tipstaff.people.roles import ROLES, SYSTEM_VERBS, VERBS

DURABLE = {"transaction.atomic(durable=True)", "transaction.atomic(using=DESK, durable=True)"}
# Verbs that are not a transaction of their own. The list may only shrink, and each needs one of these reasons.
INSIDE_THE_CALLERS = (
    "belongs inside the transaction of the verb that calls it, and refuses to run outside one"
)
SLOW_FIRST = "derives a key for a second or more first; only the record after it is a transaction"
OF_NOBODY_YET = "keeps pieces that belong to nothing until another verb takes them in and records it"
NOT_A_TRANSACTION = {
    "audit.record": INSIDE_THE_CALLERS,
    "outbox.put": INSIDE_THE_CALLERS,
    "custody.unlock": SLOW_FIRST,
    "custody.lock": SLOW_FIRST,
    "custody.renew": SLOW_FIRST,
}
WITHOUT_ACTOR = {
    "audit.record": INSIDE_THE_CALLERS,
    "outbox.put": INSIDE_THE_CALLERS,
}
WITHOUT_RECORD = WITHOUT_ACTOR | {"tips.copy_pieces": OF_NOBODY_YET}
# Nobody signs in at the hatch: its verbs take a day and no actor, and write in its own single file of writers.
HATCH = "hatch"

ALL = [(path, verb) for path in furniture("actions") for verb in verbs(path)]
OF_THE_DESK = [(path, verb) for path, verb in ALL if room_of(path) != HATCH]
OF_THE_HATCH = [(path, verb) for path, verb in ALL if room_of(path) == HATCH]


def name(given: Path | Function) -> str:
    """Of each pair pytest asks for two names: the room's and the verb's."""
    return room_of(given) if isinstance(given, Path) else given.name


def full(path: Path, verb: Function) -> str:
    return f"{room_of(path)}.{verb.name}"


def keywords(verb: Function) -> set[str]:
    assert not verb.args.posonlyargs, f"{verb.name}: every argument is named by its caller"
    assert not verb.args.args, f"{verb.name}: every argument is named by its caller: begin with `*`"
    return {argument.arg for argument in verb.args.kwonlyargs}


@pytest.mark.parametrize("path, verb", OF_THE_DESK, ids=name)
def test_every_verb_names_its_actor_and_its_time(path: Path, verb: Function) -> None:
    told = {"actor", "now"} <= keywords(verb) if full(path, verb) not in WITHOUT_ACTOR else True

    assert told, "a verb is told who acts, and when"


@pytest.mark.parametrize("path, verb", OF_THE_DESK, ids=name)
def test_every_verb_is_one_transaction(path: Path, verb: Function) -> None:
    # The test database is itself inside a transaction, so no ordinary test sees this missing.
    durable = any(ast.unparse(decorator) in DURABLE for decorator in verb.decorator_list)

    assert durable != (full(path, verb) in NOT_A_TRANSACTION), "@transaction.atomic(durable=True)"


@pytest.mark.parametrize("path, verb", OF_THE_HATCH, ids=name)
def test_every_verb_of_the_hatch_is_one_short_transaction_without_an_actor(
    path: Path, verb: Function
) -> None:
    entered = {
        ast.unparse(item.context_expr)
        for node in ast.walk(verb)
        if isinstance(node, ast.With)
        for item in node.items
    }
    clocks = {argument for argument in keywords(verb) if argument in {"now", "actor", "at"}}

    assert "writing('hatch')" in entered, 'with writing("hatch"):'
    assert clocks == set(), "the hatch knows days, not times, and no actor"


@pytest.mark.parametrize("path, verb", OF_THE_DESK, ids=name)
def test_every_verb_leaves_a_record(path: Path, verb: Function) -> None:
    recorded = full(path, verb) in WITHOUT_RECORD or "record" in reached(path, verb)

    assert recorded, "audit.actions.record(…) in the same transaction"


def reached(path: Path, verb: Function) -> set[str]:
    """Every name that the verb uses, directly or through functions and classes of its own room."""
    local = {
        node.name: node
        for module in modules(room_of(path))
        for node in tree(module).body
        if isinstance(node, Function | ast.ClassDef)
    }
    seen: set[str] = set()
    ahead: list[ast.AST] = [verb]
    while ahead:
        inner = list(ast.walk(ahead.pop()))
        names = {node.id for node in inner if isinstance(node, ast.Name)}
        names |= {node.attr for node in inner if isinstance(node, ast.Attribute)}
        ahead += [local[found] for found in names - seen if found in local]
        seen |= names
    return seen


def test_the_exceptions_still_exist() -> None:
    assert NOT_A_TRANSACTION.keys() | WITHOUT_RECORD.keys() <= {full(path, verb) for path, verb in ALL}


def test_verbs_stand_in_one_alphabetical_list() -> None:
    assert sorted(VERBS) == list(VERBS)
    assert len(set(VERBS)) == len(VERBS)
    assert frozenset().union(*ROLES.values()) | SYSTEM_VERBS == set(VERBS), (
        "a verb that nobody holds, or one not listed"
    )


@pytest.mark.parametrize("path", furniture("access") + furniture("actions") + furniture("queries"), ids=label)
def test_only_listed_verbs_are_asked_for(path: Path) -> None:
    asked = {
        keyword.value.value
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "to" and isinstance(keyword.value, ast.Constant) and "." in str(keyword.value.value)
    }
    assert asked <= set(VERBS), "list it in people/roles.py"

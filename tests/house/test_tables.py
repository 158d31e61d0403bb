"""Tables are private to their room."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from tests.house.reading import ROOMS, imported, label, modules, nodes, room_of

STATEMENT = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN|TABLE)\s+\"?([a-z]+)_[a-z_]+", re.IGNORECASE)


@pytest.mark.parametrize("module", modules(), ids=label)
def test_no_room_imports_anothers_tables(module: Path) -> None:
    own = f"tipstaff.{room_of(module)}."
    foreign = [
        (line, name)
        for line, name in imported(module)
        if re.match(r"tipstaff\.\w+\.models\b", name) and not name.startswith(own)
    ]
    assert foreign == [], "use that room's queries, access or actions"


@pytest.mark.parametrize("module", modules(), ids=label)
def test_no_room_names_anothers_tables_in_sql(module: Path) -> None:
    others = set(ROOMS) - {room_of(module)}
    foreign = [
        (node.lineno, node.value)
        for node in nodes(module, ast.Constant)
        if isinstance(node.value, str) and others & set(STATEMENT.findall(node.value))
    ]
    assert foreign == [], "use that room's queries, access or actions"


def test_no_relation_leads_from_one_room_into_another() -> None:
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("tipstaff.")
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model.__module__.startswith("tipstaff.")
    ]
    assert crossing == [], (
        "keep the other room's reference as text: rooms may come to lie in different databases"
    )


@pytest.mark.parametrize("module", modules("door") + modules("hatch"), ids=label)
def test_the_door_and_the_hatch_stand_on_the_lower_floors_only(module: Path) -> None:
    allowed = {room_of(module), "hatch", "sealed", "tlog", "footing", "kernel"}
    used = {name.split(".")[1] for _, name in imported(module) if name.startswith("tipstaff.")}

    assert used <= allowed, "the host that faces the internet carries none of the desk's code"

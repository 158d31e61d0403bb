"""Which database a table lives in: the hatch's in `hatch`, all others in the desk's own."""

from typing import Any

from django.db.models import Model


class HatchRouter:
    """Tables of the app `hatch` live in the hatch; no relation crosses from one database to the other."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return "hatch" if model._meta.app_label == "hatch" else "default"

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return self.db_for_read(model)

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        # By _meta and not by type(): `request.user` is a lazy stand-in whose type is no model.
        return (one._meta.app_label == "hatch") == (other._meta.app_label == "hatch")

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "hatch") == (app_label == "hatch")

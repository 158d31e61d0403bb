"""Querysets that must be told who is asking.

A page that forgets its filter shows one agency's tips to another. With this manager it crashes instead: a
queryset can be read, counted, changed or deleted only after `.seen_by(actor)` or `.unscoped("why")`.
Creating needs neither.
"""

from collections.abc import Iterator
from typing import Any, Protocol, Self, cast

from django.db import models
from django.db.models import Q


class NoActorGiven(Exception):
    """A query was about to run without saying for whom. Use `.seen_by(actor)` or `.unscoped("reason")`."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(
            f"{model.__name__} was read without an actor: use .seen_by(actor), or .unscoped('reason')."
        )


class Visible(Protocol):
    """What a scoped model offers: the filter that leaves only what `actor` may see."""

    @classmethod
    def visible_to(cls, actor: Any) -> Q: ...


class ScopedQuerySet[M: models.Model](models.QuerySet[M]):
    """Raises NoActorGiven wherever rows would be touched before an actor or a reason was given."""

    _scope_given = False

    def seen_by(self, actor: Any) -> Self:
        """Only what the model's `visible_to(actor)` lets through."""
        seen = self.filter(cast(type[Visible], self.model).visible_to(actor))
        seen._scope_given = True
        return seen

    def unscoped(self, reason: str) -> Self:
        """Every row. `reason` is for the reader of the code and must not be empty."""
        if not reason.strip():
            raise ValueError("unscoped() needs a reason, for whoever reads this line next")
        every = self.all()
        every._scope_given = True
        return every

    def _clone(self) -> Self:
        clone = cast(Self, super()._clone())  # type: ignore[misc]  # the stubs leave private methods out
        clone._scope_given = self._scope_given
        return clone

    def _insist(self) -> None:
        if not self._scope_given:
            raise NoActorGiven(self.model)

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._insist()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[M]:
        self._insist()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._insist()
        return super().count()

    def exists(self) -> bool:
        self._insist()
        return super().exists()

    def contains(self, obj: models.Model) -> bool:
        self._insist()
        return super().contains(obj)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._insist()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._insist()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._insist()
        return super().delete()

    def explain(self, **kwargs: Any) -> str:
        self._insist()
        return super().explain(**kwargs)


class ScopedManager[M: models.Model](models.Manager[M]):
    """The manager of a scoped model: `objects = ScopedManager()`."""

    def get_queryset(self) -> ScopedQuerySet[M]:
        return ScopedQuerySet(self.model, using=self._db)

    def seen_by(self, actor: Any) -> ScopedQuerySet[M]:
        """Only what `actor` may see."""
        return self.get_queryset().seen_by(actor)

    def unscoped(self, reason: str) -> ScopedQuerySet[M]:
        """Every row, for a stated reason."""
        return self.get_queryset().unscoped(reason)

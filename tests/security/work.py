"""How much an answer costs: what has to be equal where "the same time" is promised. Counted, never timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tipstaff.sealed import derive, recipients


@dataclass
class Work:
    """Keys derived from a receipt, sealed pieces that were tried, statements sent to the hatch."""

    derivations: int = 0
    decapsulations: int = 0
    statements: list[str] = field(default_factory=list)


@contextmanager
def counted() -> Iterator[Work]:
    """What happens within the block. The real functions run; they are only counted."""
    work = Work()

    def counting(name: str, real: Any) -> Any:
        def count(*args: Any) -> Any:
            setattr(work, name, getattr(work, name) + 1)
            return real(*args)

        return count

    with pytest.MonkeyPatch.context() as patch, CaptureQueriesContext(connections["hatch"]) as queries:
        patch.setattr(derive, "_derive", counting("derivations", derive._derive))
        real = recipients.HybridIdentity._open
        patch.setattr(recipients.HybridIdentity, "_open", counting("decapsulations", real))
        yield work
    work.statements = [_shape(query["sql"]) for query in queries.captured_queries]


def _shape(statement: str) -> str:
    return " ".join(statement.split()[:4])

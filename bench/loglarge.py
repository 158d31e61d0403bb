"""The log at a million leaves, in the hatch's own tables: append, proof, full verification."""

import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

from bench import machine
from tests import postgres
from tests.offices import DAY
from tests.servers import hatch_at, migrate
from tipstaff.footing.one_writer import writing
from tipstaff.hatch import actions, log, queries
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import Signer, Verifier
from tipstaff.tlog.tree import leaf_hash, verify_inclusion
from tipstaff.tlog.verify import Trust, verify_log

LEAVES = 1_000_000
BATCH = 4096
VERIFY_TARGET, PROOF_TARGET = 10.0, 2.0
ORIGIN = "bench.example/log"


def measure(runs: int, leaves: int = LEAVES) -> None:
    """Print the table for both databases."""
    rows = [row for database in ("SQLite", "PostgreSQL") for row in _measured(database, runs, leaves)]
    machine.show(
        f"The log at {leaves:,} leaves, medians of {runs} runs (least–greatest)", ("", "", "target"), rows
    )


def _measured(database: str, runs: int, leaves: int) -> Iterator[list[str]]:
    signer = Signer(ORIGIN, os.urandom(32))
    with _hatch(database):
        began = time.perf_counter()
        for start in range(0, leaves, BATCH):
            batch = [os.urandom(32) for _ in range(min(BATCH, leaves - start))]
            edge = actions.append_covers(entries=batch, expected_size=start)
        yield [
            f"{database}: append, {BATCH} a commit",
            f"{leaves / (time.perf_counter() - began):,.0f}/s",
            "",
        ]
        yield [
            f"{database}: append, one a commit",
            machine.spread([_appends() for _ in range(runs)]) + "/s",
            "",
        ]
        cold = [_proofs(forget=True) for _ in range(runs)]
        yield [f"{database}: a proof, nothing cached", machine.spread(cold, 3) + " ms", f"{PROOF_TARGET} ms"]
        warm = [_proofs(forget=False) for _ in range(runs)]
        yield [
            f"{database}: a proof, full tiles cached",
            machine.spread(warm, 3) + " ms",
            f"{PROOF_TARGET} ms",
        ]
        edge = queries.private_head().edge
        cover = [os.urandom(32) for _ in range(-edge.size % 256)]
        edge = actions.append_covers(entries=cover, expected_size=edge.size)
        note = Checkpoint(ORIGIN, edge.size, edge.root()).sign(signer)
        actions.put_public_head(size=edge.size, root=edge.root(), note=note, today=DAY)
        whole = [_verified(signer) for _ in range(runs)]
        yield [
            f"{database}: verify the whole public log",
            machine.spread(whole, 2) + " s",
            f"{VERIFY_TARGET} s",
        ]


def _appends(count: int = 300) -> float:
    began = time.perf_counter()
    for _ in range(count):
        with writing("hatch"), connections["hatch"].cursor() as cursor:
            log.save_edge(cursor, log.append(cursor, log.locked_edge(cursor), [os.urandom(32)]), None)
    return count / (time.perf_counter() - began)


def _proofs(*, forget: bool, count: int = 200) -> float:
    edge = queries.private_head().edge
    spent = 0.0
    for _ in range(count):
        index = random.randrange(edge.size)  # noqa: S311  which leaf is proved is no secret
        if forget:
            log.forget_tiles()
        began = time.perf_counter()
        path = queries.inclusion(index, edge.size)
        spent += time.perf_counter() - began
        verify_inclusion(index, edge.size, leaf_hash(queries.leaves(index, index + 1)[0]), path, edge.root())
    return spent / count * 1000


def _verified(signer: Signer) -> float:
    began = time.perf_counter()
    verify_log(queries.log_file, Trust.of(Verifier.parse(signer.vkey)))
    return time.perf_counter() - began


@contextmanager
def _hatch(database: str) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="tipstaff-bench-") as folder:
        if database == "SQLite":
            url = f"sqlite:///{Path(folder) / 'hatch.sqlite3'}"
            migrate(Path(folder), url)
            with hatch_at(url):
                yield
        else:
            with postgres.server(durable=True) as server:
                url = server.create("bench_hatch")
                migrate(Path(folder), url)
                with hatch_at(url):
                    yield

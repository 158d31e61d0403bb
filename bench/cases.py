"""The pages of cases with 100,000 outcomes and 100,000 contributions in the desk's database."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.internal.userkit import user_id_to_str
from django.core.management import call_command
from django.db import connections, transaction
from django.db.models import Model
from django.db.utils import load_backend
from django.test import Client, override_settings

from bench import machine
from tests import postgres
from tipstaff.cases.models import (
    Case,
    CaseCompartment,
    CaseSource,
    Confirmation,
    Contribution,
    Finding,
    FindingSource,
    Outcome,
)
from tipstaff.cases.states import OutcomeKind
from tipstaff.footing.database import from_url
from tipstaff.kernel import reference
from tipstaff.people.factors import enrol_app
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.tips.models import Envelope, Tip

ROWS = 100_000
LARGE = 10_000  # of these in one case; the rest a hundred to each
EACH = 100
TIPS = 10  # to each case
TARGET = 50
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = NOON.date()


def measure(runs: int, rows: int = ROWS) -> None:
    """Print the table for both databases."""
    found = [line for database in ("SQLite", "PostgreSQL") for line in _measured(database, runs, rows)]
    machine.show(
        f"Pages of cases at {rows:,} outcomes and contributions, medians of {runs} × 5 requests (least–greatest)",
        ("", "server time, ms", "CPU of this process, ms", "target"),
        found,
    )


def _measured(database: str, runs: int, rows: int) -> Iterator[list[str]]:
    with desk(database):
        client = signed_in()
        large = fill(rows)
        case, tip = (
            Case.objects.unscoped("a measurement").order_by("-pk").first(),
            Tip.objects.unscoped("as above").last(),
        )
        assert case and tip
        outcome = Outcome.objects.order_by("pk").values_list("ref", flat=True)[rows // 2]
        for name, path, target in (
            (f"a case of {EACH}", f"/cases/{case.ref}/", TARGET),
            (f"a case of {min(LARGE, rows):,}", f"/cases/{large}/", TARGET),
            ("… its contributions, a page of 50", f"/cases/{large}/contributions/", TARGET),
            ("an outcome", f"/cases/outcomes/{outcome}/", TARGET),
            ("a tip with its chain", f"/tips/{tip.ref}/", TARGET),
            ("the list of cases", "/cases/", None),
            ("the register with its totals", "/cases/outcomes/", None),
        ):
            spent = [request(client, path) for _ in range(5 * runs + 1)][1:]
            times = [machine.spread(part, 1) for part in zip(*spent, strict=True)]
            yield [f"{database}: {name}", *times, f"{target} ms" if target else ""]


def request(client: Client, path: str) -> tuple[float, float]:
    """What one request took, by the clock on the wall and by the processor's, which other programs do not slow."""
    began, busy = time.perf_counter(), time.process_time()
    answer = client.get(path)
    spent = time.perf_counter() - began, time.process_time() - busy
    assert answer.status_code == 200, (path, answer.status_code)
    return spent[0] * 1000, spent[1] * 1000


def signed_in() -> Client:
    """A browser of Ana's, who investigates and reads tips in Harbour."""
    office()
    return browser("ana", "investigator")


def office() -> None:
    """Harbour, and its agency."""
    Agency.objects.create(code="harbour-police", name="Harbour police")
    Compartment.objects.create(code="harbour", name="Harbour", agency_id="harbour-police")


def browser(name: str, role: str) -> Client:
    """A browser in which an officer of Harbour with that role is signed in, with a second factor."""
    officer = Officer.objects.create(
        username=name, full_name=name.title(), agency_id="harbour-police", added_at=NOON
    )
    Grant.objects.create(
        officer=officer, role=role, compartment_id="harbour", state="CONFIRMED", starts_on=date(2020, 1, 1),
        founding=True, given_at=NOON,
    )  # fmt: skip
    enrol_app(name)
    client = Client()
    client.force_login(officer)
    session = client.session
    session["account_authentication_methods_user"] = user_id_to_str(officer)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client


def fill(rows: int) -> str:
    """Outcomes and contributions, so many of each: a large case and many small ones; the large one's reference."""
    with transaction.atomic():
        large = _case(min(LARGE, rows))
        for _ in range((rows - min(LARGE, rows)) // EACH):
            _case(EACH)
    connections["default"].cursor().execute("ANALYZE")
    return large


def _case(size: int) -> str:
    case = Case.objects.create(
        ref=reference.new("CAS"), title="Grey Gull", home="harbour", state_on=DAY, opened_by="ana", opened_on=DAY,
        sources=TIPS, findings=size, outcomes=size, contributions=size,
    )  # fmt: skip
    CaseCompartment.objects.create(case=case, compartment="harbour", shared_by="ana", at=NOON)
    tips = [_tip() for _ in range(TIPS)]
    sources = _kept(
        CaseSource, [CaseSource(case=case, number=n, tip=tip, tip_day=DAY) for n, tip in enumerate(tips, 1)]
    )
    places = range(1, size + 1)
    findings = _kept(
        Finding,
        [
            Finding(
                ref=reference.new("FND"), place=n, case=case, statement="Seen at the pier.", stated_by="ana",
                stated_at=NOON,
            )
            for n in places
        ],
    )  # fmt: skip
    graded = {"kind": "tip", "reliability": "B", "credibility": "2", "says": "the pier", "day": DAY}
    _kept(
        FindingSource,
        [
            FindingSource(finding=finding, place=1, reference=tips[n % TIPS], **graded)
            for n, finding in enumerate(findings)
        ],
    )
    outcomes = _kept(Outcome, [_outcome(case, n) for n in places])
    _kept(
        Confirmation,
        [
            Confirmation(outcome=outcome, recorded_by="ana", confirmed_by="eva", confirmed_at=NOON)
            for outcome in outcomes[::2]
        ],
    )
    _kept(
        Contribution,
        [
            Contribution(
                ref=reference.new("CON"), place=n, case=case, source=sources[(n - 1) % TIPS], finding=findings[n - 1],
                outcome=outcomes[n - 1], how_used="watched", used_on=DAY, known="no", attested_by="ana",
                agency="harbour-police", attested_on=DAY,
            )
            for n in places
        ],
    )  # fmt: skip
    return case.ref


def _outcome(case: Case, place: int) -> Outcome:
    kinds = list(OutcomeKind)
    return Outcome(
        ref=reference.new("OUT"), place=place, case=case, kind=kinds[place % len(kinds)].value,
        subject_kind="organisation", subject="Grey Gull", role="group", country=("CO", "PA", "EC")[place % 3],
        day=DAY - timedelta(days=place % 1500), scope="international", outside_us=True, key_leader=False,
        federal_jurisdiction=False, death_resulted=False, recorded_by="ana", recorded_at=NOON,
    )  # fmt: skip


def _tip() -> str:
    ref, mailbox = reference.new("TIP"), os.urandom(32)
    envelope = Envelope.objects.create(
        ref=ref.replace("TIP", "ENV"), entry=mailbox, leaf=0, day=DAY, mailbox=mailbox, compartment="harbour",
        state="opened", kind="tip",
    )  # fmt: skip
    Tip.objects.create(
        ref=ref, envelope=envelope, mailbox=mailbox, compartment="harbour", day=DAY, state_on=DAY, notice=1,
        may_ask=True, reward=True, sealed_by="door", reply="", claim=bytes(32), text="seen at the old pier",
    )  # fmt: skip
    return ref


def _kept[M: Model](model: type[M], rows: list[M]) -> list[M]:
    return model._default_manager.bulk_create(rows, batch_size=1000)


@contextmanager
def desk(database: str) -> Iterator[None]:
    """An empty desk in a database of its own."""
    with tempfile.TemporaryDirectory(prefix="tipstaff-bench-") as folder:
        if database == "SQLite":
            with _default_at(from_url(f"sqlite:///{Path(folder) / 'desk.sqlite3'}")):
                yield
        else:
            with postgres.server(durable=True) as server, _default_at(from_url(server.create("bench_desk"))):
                yield


@contextmanager
def _default_at(settings: Any) -> Iterator[None]:
    connections.configure_settings({"default": settings})
    before = connections["default"]
    connections["default"] = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    try:
        with override_settings(ALLOWED_HOSTS=["testserver"]):
            call_command("migrate", database="default", verbosity=0, interactive=False)
            yield
    finally:
        connections["default"].close()
        connections["default"] = before

"""Whatever anybody typed is text on every page of the desk, and every page says that nothing else may run."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.db.models import TextField

from tests.offices import TestOffice, Visitor, hidden
from tests.security import awarded
from tests.security.crawl import Page
from tests.security.expected import expected
from tests.security.people import NOON
from tests.security.permissions import WholeDesk, furnish, who_may
from tests.security.things import PROGRAMME
from tests.security.typed import ROOMS, TYPED, WRITTEN, type_everywhere
from tests.servers import ROOT
from tipstaff.audit.models import Record
from tipstaff.custody import holder
from tipstaff.outbox.jobs import deliver
from tipstaff.outbox.models import Parcel
from tipstaff.people.models import Agency, Compartment, Officer
from tipstaff.tips import jobs
from tipstaff.tips.models import Tip

CANARY = '</textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>" autofocus onfocus=alert(3) x="'
ADDRESS = "javascript:alert(4)"
FORMULA = "=cmd|' /C calc'!A0"
TURNED = "invoice\u202efdp.exe"
EVERYTHING = f"{CANARY} {ADDRESS} {FORMULA} {TURNED}"


@pytest.fixture
def typed_into(office: TestOffice) -> WholeDesk:
    """A desk where a source, colleagues and a programme file have written canaries wherever they can."""
    whole = furnish(
        office, PROGRAMME.read_text(encoding="utf-8").replace("Harbour Gazette", "<script>alert(5)</script>")
    )
    visitor = Visitor()
    receipt = visitor.tip(EVERYTHING, [(f"{TURNED}<b>.html", CANARY.encode())], people=EVERYTHING, places=EVERYTHING,
                          dates=EVERYTHING)  # fmt: skip
    opened = visitor.come_back(" ".join(receipt.words))
    more = {"token": hidden(opened, "token"), "lent": hidden(opened, "lent"), "text": EVERYTHING, "send": "1"}
    visitor.post("/en/mailbox/", more)
    jobs.open_waiting(office.keyring, NOON)
    whole.there["tips.ref"] = receipt.reference
    type_everywhere(EVERYTHING)
    awarded.figure(FORMULA, FORMULA)
    boss = whole.desk("supervisor")
    for path, fields in (
        ("claim/", {}),
        ("note/", {"text": EVERYTHING}),
        ("write/", {"text": EVERYTHING}),
        ("disposition/", {"kind": "spam", "reason": EVERYTHING}),
    ):
        assert boss.post(whole.address("tips:tip") + path, **fields).status_code == 302, path
    Officer.objects.filter(username="newcomer").update(full_name=CANARY[:100])
    Agency.objects.filter(code="harbour-police").update(name=CANARY[:100])
    Compartment.objects.filter(code="harbour").update(name=CANARY[:100])
    Parcel.objects.update(error=CANARY[:100])
    whole.receipt = receipt.words
    holder.current().hold(office.keyring, by="custodian")
    return whole


_seen: list[tuple[str, Any]] = []


@pytest.fixture
def pages(request: pytest.FixtureRequest) -> list[tuple[str, Any]]:
    """Every page of the desk as all who hold something else see it; asked for once, because they are hundreds."""
    if not _seen:
        _seen.extend(every_page(request.getfixturevalue("typed_into")))
    return _seen


def every_page(whole: WholeDesk) -> Iterator[tuple[str, Any]]:
    """Each address plain, and to who is let in with a canary in each part of its query."""
    names = ("q", "next", "actor", "verb", "subject", "state", "offer")
    query = "?" + "&".join(f"{name}={EVERYTHING}" for name in names)
    table = expected()
    for name, path in whole.addresses():
        allowed = who_may(table, name, "GET")
        refused = {status: who for who, status in table.get((name, "GET"), {}).items() if who not in allowed}
        for who in (*allowed, *refused.values(), "nobody"):
            yield f"{who} {name}", whole.desk(who).get(path)
        for who in allowed[:1]:
            yield f"{who} {name}?", whole.desk(who).get(path + query)
    boss = whole.desk("supervisor")
    yield "file", boss.post(whole.address("tips:view_file"))
    yield "refused", boss.post(whole.address("tips:write"), text=EVERYTHING * 40)
    entrance = whole.desk("nobody")
    yield "sign-in", entrance.fill("/accounts/login/", login=EVERYTHING, password=EVERYTHING, next=ADDRESS)


def is_page(answer: Any) -> bool:
    """Whether a browser shows it; what it saves is handed over as a file."""
    return "attachment" not in answer.headers.get("Content-Disposition", "")


def live(page: Page) -> list[str]:
    """What a browser would run, or follow to a script, on this page."""
    found = []
    for tag, attributes in page.elements:
        found += [f"<{tag} {name}>" for name in attributes if name.startswith("on")]
        if (
            tag == "script"
            and not attributes.get("src", "").startswith("/static/")
            and attributes.get("type") != "application/json"
        ):
            found.append("<script>")
        if tag in ("img", "b") and attributes.get("src") == "x":
            found.append(f"<{tag}>")
    found += [
        address
        for _, _, address in page.addresses
        if re.match(r"\s*(javascript|vbscript|data:text/html)", address, re.IGNORECASE)
    ]
    return found


def test_security_39_what_was_typed_is_inert_on_every_page(pages: list[tuple[str, Any]]) -> None:
    shown, hidden_in = 0, []
    for where, answer in pages:
        if answer.status_code in (301, 302) or answer.streaming or not is_page(answer):
            assert not answer.headers.get("Location", "").startswith("javascript"), where
            continue
        text = answer.content.decode()
        assert live(Page.of(text)) == [], where
        # What an officer typed comes back into the form as it is; what is stored shows its hidden characters.
        stored = re.sub(r"<textarea.*?</textarea>|<input [^>]*>", "", text, flags=re.DOTALL)
        if "\u202e" in stored and not (where.endswith("?") or where in ("refused", "sign-in")):
            hidden_in.append(where)
        shown += "&lt;script&gt;alert(1)" in text
    assert hidden_in == []
    assert shown > 10, "the canaries were on pages at all"


def test_security_39_every_column_in_which_somebody_types_is_typed_into() -> None:
    """A new column of words fails here until it is said whose words they are."""
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = {field.name for field in model._meta.concrete_fields if isinstance(field, TextField)}
            assert not fields or model._meta.label in TYPED or model._meta.label in WRITTEN, model._meta.label
            left = fields - set(TYPED.get(model._meta.label, ()))
            assert not left or model._meta.label in WRITTEN | {"awards.Report"}, (model._meta.label, left)


def test_security_39_nor_does_the_door_run_what_the_desk_wrote(typed_into: WholeDesk) -> None:
    deliver(typed_into.office.keyring, datetime.now(UTC))

    page = Visitor().come_back(" ".join(typed_into.receipt)).content.decode()

    assert "&lt;script&gt;alert(1)" in page
    assert live(Page.of(page)) == []


def test_security_39_nothing_leaves_the_desk_in_a_form_that_a_program_would_run(
    typed_into: WholeDesk, pages: list[tuple[str, Any]]
) -> None:
    """What is no page is handed over as a file, loaded into nothing; in a table no cell begins as a formula does."""
    kinds = {answer.headers.get("Content-Type", "").split(";")[0] for _, answer in pages}
    assert {"text/csv", "application/pdf"} <= kinds
    assert kinds <= {"text/html", "text/plain", "application/json", "text/csv", "application/pdf"}
    for where, answer in pages:
        if answer.headers.get("Content-Type", "").startswith(("text/csv", "application/pdf")):
            assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer["Content-Disposition"]), where
            assert "sandbox" in answer["Content-Security-Policy"], where
    tables = [answer.content.decode() for _, answer in pages if answer["Content-Type"].startswith("text/csv")]
    assert any(FORMULA[:8] in table for table in tables)
    cells = [cell for table in tables for row in csv.reader(StringIO(table)) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    writing = [
        path.name
        for path in (ROOT / "src" / "tipstaff").rglob("*.py")
        if "import csv" in path.read_text(encoding="utf-8")
    ]
    assert writing == ["spreadsheet.py"], "one module writes tables"

    saved = typed_into.desk("supervisor").post(typed_into.address("tips:save_file"))
    assert b"".join(saved.streaming_content) == CANARY.encode()
    assert saved["Content-Type"] == "application/octet-stream"
    assert re.fullmatch(r'attachment; filename="tip-[0-9a-z-]+-file-1\.bin"', saved["Content-Disposition"])
    assert "sandbox" in saved["Content-Security-Policy"]


def test_security_39_no_template_and_no_code_passes_by_the_escaping() -> None:
    """`format_html` escapes what it is given; the ways around it are not used."""
    around = re.compile(r"mark_safe|\bSafeString\(|\|\s*safe\b|autoescape off|\.innerHTML|__html__")
    for path in [*(ROOT / "src" / "tipstaff").rglob("*.py"), *(ROOT / "src" / "tipstaff").rglob("*.html")]:
        assert not around.search(path.read_text(encoding="utf-8")), path


def test_security_39_records_hold_no_word_of_a_source(typed_into: WholeDesk) -> None:
    for facts in Record.objects.unscoped("a test looks").values_list("facts", flat=True):
        assert "alert(" not in str(facts)
    assert Tip.objects.unscoped("a test looks").filter(text__contains="alert(1)").exists(), (
        "the tip itself does"
    )


def test_security_03_every_answer_of_the_desk_runs_only_its_own_files(pages: list[tuple[str, Any]]) -> None:
    for where, answer in pages:
        if not is_page(answer):
            continue
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'", where
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", where
        assert policy["img-src"] == "'self' data:", where
        assert "unsafe" not in answer["Content-Security-Policy"], where
        assert answer["X-Content-Type-Options"] == "nosniff", where
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where


def test_security_04_the_desk_tells_its_origin_to_itself_alone(pages: list[tuple[str, Any]]) -> None:
    assert {answer["Referrer-Policy"] for _, answer in pages} == {"same-origin"}


def test_security_05_no_page_of_the_desk_is_kept_in_a_cache(pages: list[tuple[str, Any]]) -> None:
    kept = {answer["Cache-Control"] for _, answer in pages}

    assert all("no-store" in policy for policy in kept)

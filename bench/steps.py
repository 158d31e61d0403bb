"""Where one submission's milliseconds go: the door's steps one by one, in this process, over a durable SQLite hatch."""

import io
import os
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import override_settings

from bench import load, machine
from bench.envelopes import a_receipt, a_tip
from tests.offices import BOUNDARY, DAY, TestOffice, forget_everything, form_body, found
from tests.servers import hatch_at, migrate
from tipstaff.config.settings import door as door_settings
from tipstaff.door import bulletin, keys, posted, tokens
from tipstaff.door.page import Visit, padded
from tipstaff.door.submission import Received, proof_text
from tipstaff.door.views.tip import RECEIPT_PAGE_BYTES, receipt_page
from tipstaff.hatch import actions
from tipstaff.hatch.actions import Arrival
from tipstaff.sealed.derive import mailbox_address
from tipstaff.sealed.envelope import pack_envelope
from tipstaff.sealed.receipt import Receipt, contains_receipt
from tipstaff.tlog.checkpoint import Checkpoint

TEXT = ("seen at the old pier " * 50)[:1024]


def measure(runs: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="tipstaff-bench-") as folder:
        office = found(Path(folder) / "office")
        url = f"sqlite:///{Path(folder) / 'hatch.sqlite3'}"
        migrate(Path(folder), url)
        with (
            hatch_at(url),
            override_settings(
                ROOT_URLCONF=door_settings.ROOT_URLCONF,
                MIDDLEWARE=door_settings.MIDDLEWARE,
                DOOR_FOLDER=office.path / "door",
            ),
        ):
            forget_everything()
            office.publish()
            rows = [_row(name, step, runs) for name, step in _steps(office)]
    title = f"One submission, step by step: ms of CPU, medians of {runs} runs (least–greatest)"
    machine.show(title, ("", "CPU ms", "ms in all"), rows)


def _steps(office: TestOffice) -> list[tuple[str, Callable[[], object]]]:
    door, current = keys.current(), bulletin.in_force()
    visit = Visit("en", onion=False, proxied=False)
    tip, receipt = a_tip(), Receipt.new()
    sealed = pack_envelope(tip, current.recipients)
    handler = WSGIHandler()
    accepted = _accept(sealed)
    received = Received(receipt, "TIP-0000-0000-0000", proof_text(accepted, sha256(sealed).digest()))
    checkpoint = Checkpoint(door.origin, 1, bytes(32))
    return [
        ("form page: the whole request", lambda: _get(handler)),
        ("post: the whole request", lambda: _submission(handler, door.form)),
        ("  read and parse the body", lambda: posted.read(_request("x"), lambda _: None)),
        ("  look for a receipt in the text", lambda: contains_receipt(TEXT)),
        ("  the receipt's keys and address", a_receipt),
        ("  seal for two recipients, pad, pack", lambda: pack_envelope(tip, current.recipients)),
        ("  sign the head", lambda: checkpoint.sign(door.log)),
        ("  keep it: SQL, leaf, signature, durable commit", lambda: _accept(sealed)),
        (
            "  write the receipt page",
            lambda: padded(receipt_page(visit, current, received), RECEIPT_PAGE_BYTES),
        ),
    ]


def _row(name: str, step: Callable[[], object], runs: int, count: int = 200) -> list[str]:
    cpu, wall = [], []
    step()
    for _ in range(runs):
        began = time.process_time(), time.perf_counter()
        for _ in range(count):
            step()
        cpu.append((time.process_time() - began[0]) / count * 1000)
        wall.append((time.perf_counter() - began[1]) / count * 1000)
    return [name, machine.spread(cpu, 3), f"{machine.middle(wall):.3f}"]


def _get(handler: WSGIHandler) -> None:
    response = handler(_environ("GET", b""), _headers_sent)
    b"".join(response)
    response.close()


def _submission(handler: WSGIHandler, form_key: bytes) -> None:
    body = form_body({"token": tokens.issue(form_key, time.time()), "text": TEXT, "send": "1"}, [])
    response = handler(_environ("POST", body), _headers_sent)
    assert b"".join(response).count(load.WORD) == 12
    response.close()


def _headers_sent(
    status: str, headers: list[tuple[str, str]], error: Any = None
) -> Callable[[bytes], object]:
    """A server that throws the headers away."""
    return len


def _request(token: str) -> WSGIRequest:
    return WSGIRequest(_environ("POST", form_body({"token": token, "text": TEXT, "send": "1"}, [])))


def _environ(method: str, body: bytes) -> dict[str, object]:
    return {
        "REQUEST_METHOD": method, "PATH_INFO": "/en/tip/", "QUERY_STRING": "", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "HTTP_HOST": settings.ALLOWED_HOSTS[0], "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
    }  # fmt: skip


def _accept(sealed: bytes) -> actions.Accepted:
    door = keys.current()
    body = sealed[:-16] + os.urandom(16)
    arrival = Arrival(
        entry=sha256(body).digest(), body=body, mailbox=mailbox_address(Receipt.new()), opens_mailbox=True,
        token=os.urandom(32), seal=bytes(32),
    )  # fmt: skip
    accepted = actions.accept(
        arrival=arrival, sign=lambda size, root: Checkpoint(door.origin, size, root).sign(door.log), today=DAY
    )
    assert accepted is not None
    return accepted

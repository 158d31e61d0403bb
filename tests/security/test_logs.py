"""What the door prints: a day, a place in our code, and nothing of whoever came."""

import logging
import re
import socket
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from django.utils.log import configure_logging

from tests.offices import Receipt, Visitor, written_down
from tests.security.canaries import (
    BROWSER,
    CANARY,
    FINER_THAN_A_DAY,
    KIND,
    NAME,
    tip_form,
)
from tests.servers import Door
from tipstaff.config.settings import door as door_settings


@pytest.fixture
def printed() -> Iterator[StringIO]:
    """Everything that the door's own logging settings print when every level is switched on."""
    stream = StringIO()
    loudest: dict[str, Any] = {
        **door_settings.LOGGING,
        "disable_existing_loggers": False,
        "handlers": {"stderr": {**door_settings.LOGGING["handlers"]["stderr"], "stream": stream}},  # type: ignore[index]  # a literal of dicts
        "root": {"handlers": ["stderr"], "level": "DEBUG"},
        "loggers": {"django": {"handlers": ["stderr"], "level": "DEBUG", "propagate": False}},
    }
    root, django = logging.getLogger(), logging.getLogger("django")
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in (root, django)]
    configure_logging("logging.config.dictConfig", loudest)
    yield stream
    for logger, handlers, level, propagate in before:
        logger.handlers[:], logger.propagate = handlers, propagate
        logger.setLevel(level)


def test_security_22_no_level_of_the_log_says_who_what_or_when(
    visitor: Visitor, printed: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.headers = {"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.47", "Accept-Language": KIND}
    receipt = written_down(visitor.post("/en/tip/", tip_form(visitor.token()), [(NAME, CANARY.encode())]))
    visitor.come_back(" ".join(receipt.words))
    visitor.come_back(f"{CANARY} {CANARY}")
    visitor.get(f"/en/{CANARY}/")
    logging.getLogger("tipstaff.door").warning("somebody wrote %s", CANARY)
    logging.getLogger("anything").debug(CANARY)

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError(f"{CANARY} {receipt.words}")

    monkeypatch.setattr("tipstaff.door.views.tip.receive_tip", broken)
    with pytest.raises(RuntimeError):
        visitor.send(CANARY)

    lines = printed.getvalue()
    assert "RuntimeError" in lines, "something was printed at all"
    assert not [word for word in ("Zarapito", "203.0.113", "/en/") if word in lines]
    assert not of_the_receipt(receipt, lines)
    assert not FINER_THAN_A_DAY.search(lines)


def test_security_22_a_real_server_logs_no_address_path_browser_or_hour(door_server: Door) -> None:
    """The whole printed output of a server that was visited, misused, broken off and made to fail."""
    visitor = door_server.visitor(**{"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.47"})
    receipt = written_down(visitor.post("/en/tip/", tip_form(visitor.token()), [(NAME, CANARY.encode())]))
    for path in (f"/en/{CANARY}/", f"/en/tip/?x={CANARY}", "/en/%ff%00/", f"/log/{CANARY}"):
        visitor.get(path)
    visitor.ask("BREW", "/en/tip/", b"", {"Host": CANARY})
    visitor.begin("/en/tip/", tip_form(visitor.token()), [(NAME, b"x" * 3_000_000)], share=0.9).close()
    with socket.create_connection(("127.0.0.1", door_server.port)) as nonsense:
        nonsense.sendall(f"{CANARY} no HTTP\r\n\r\n".encode())
        nonsense.recv(1000)
    break_the_hatch(door_server)
    failed = visitor.post("/en/mailbox/", {"receipt": " ".join(receipt.words)})
    door_server.stop()

    assert failed.status_code == 500
    said = door_server.said
    assert re.search(r"^\d{4}-\d{2}-\d{2} ERROR .*tipstaff\.", said, re.MULTILINE), said
    assert not [word for word in ("Zarapito", "203.0.113", "127.0.0.1", "/en/", "mailbox/") if word in said]
    assert not FINER_THAN_A_DAY.search(said), said
    assert not of_the_receipt(receipt, said)


def break_the_hatch(door: Door) -> None:
    """Take the mailboxes' table away, so that the next visitor who comes back breaks the page."""
    with door.hatch():
        from django.db import connections

        with connections["hatch"].cursor() as cursor:
            cursor.execute("ALTER TABLE hatch_mailbox RENAME TO hatch_gone")


def of_the_receipt(receipt: Receipt, text: str) -> list[str]:
    """Neighbouring words of the receipt, or its numbers, in `text`. One word alone may stand there by itself."""
    pairs = [rf"\b{first}\W+{second}\b" for first, second in pairwise(receipt.words)]
    return [pair for pair in (*pairs, *receipt.numbers) if re.search(pair, text)]

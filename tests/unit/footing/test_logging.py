"""A log line is built from an allow-list: nothing that a source sent can get into it."""

import io
import logging
import re
import sys
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.footing.environment import BadSetting, Environment
from tipstaff.footing.logging import Discreet, DiscreetFormatter

CANARY = "canary-7Q2M"
LINE = re.compile(r"\d{4}-\d\d-\d\d [A-Z]+ [A-Za-z_][\w.-]*( [A-Za-z_]\w* (tipstaff[\w.]*:\d+|elsewhere))?\n")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What a handler with the discreet formatter writes, for every logger."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    logger = logging.getLogger("tests.discreet")
    logger.addHandler(handler)
    logger.propagate = False
    yield written
    logger.removeHandler(handler)
    logger.propagate = True


def _provoke(cause: Callable[[], object]) -> logging.LogRecord:
    try:
        cause()
    except (ValueError, BadSetting):
        return logging.getLogger("tests.discreet").makeRecord(
            "django.request",
            logging.ERROR,
            f"/{CANARY}.py",
            7,
            f"Error at /{CANARY}",
            (CANARY,),
            sys.exc_info(),
        )
    raise AssertionError("the cause was to fail")


def test_an_exception_is_its_class_and_our_own_line() -> None:
    record = _provoke(lambda: Environment({"S": CANARY}).flag("S"))

    line = DiscreetFormatter().format(record)

    assert CANARY.lower() in str(record.exc_info), "the exception itself says what was given"
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d ERROR django\.request BadSetting tipstaff\.footing\.environment:\d+", line
    ), line


def test_an_exception_outside_our_code_names_no_place() -> None:
    line = DiscreetFormatter().format(_provoke(lambda: int(CANARY)))

    assert line.endswith(" ERROR django.request ValueError elsewhere")


def test_an_event_of_ours_is_printed_by_its_name_and_never_its_arguments() -> None:
    logger = logging.getLogger("tipstaff.hatch")
    plain = logger.makeRecord(logger.name, logging.WARNING, "f", 1, "hatch.pieces.swept", (), None)
    filled = logger.makeRecord(logger.name, logging.WARNING, "f", 1, "hatch.swept %s", (CANARY,), None)

    assert DiscreetFormatter().format(plain).split()[1:] == ["WARNING", "hatch.pieces.swept"]
    assert DiscreetFormatter().format(filled).split()[1:] == ["WARNING", "tipstaff.hatch"]


def test_a_foreign_logger_cannot_print_its_message() -> None:
    record = logging.getLogger("django").makeRecord("django", logging.ERROR, "f", 1, "a.plain.word", (), None)

    assert DiscreetFormatter().format(record).split()[1:] == ["ERROR", "django"]


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_logged_a_line_has_the_shape_of_the_list(name: str, message: str, argument: str) -> None:
    record = logging.LogRecord(name, logging.ERROR, argument, 1, message, (argument,), None)

    assert LINE.fullmatch(DiscreetFormatter().format(record) + "\n")


def test_a_secret_said_anywhere_reaches_no_handler(lines: io.StringIO) -> None:
    logger = logging.getLogger("tests.discreet")
    local = CANARY
    try:
        raise RuntimeError(local)
    except RuntimeError:
        logger.exception(
            "failed for %s at %s", local, "203.0.113.9", extra={"request": local}, stack_info=True
        )
    logger.error(local)
    logger.warning({"tip": local})

    assert lines.getvalue().count("\n") == 3
    assert CANARY not in lines.getvalue()
    assert "203.0.113.9" not in lines.getvalue()


def test_the_day_is_the_finest_time() -> None:
    record = logging.LogRecord("tipstaff.door", logging.ERROR, "f", 1, "door.full", (), None)
    record.created = 1_795_176_123.75  # 20 November 2026, 12:02:03 UTC

    assert DiscreetFormatter().format(record) == "2026-11-20 ERROR door.full"


def test_the_filter_strips_a_record_for_any_other_formatter() -> None:
    record = _provoke(lambda: int(CANARY))
    record.created = 1_795_176_123.75

    bare = Discreet().filter(record)

    everything = logging.Formatter(
        "%(asctime)s.%(msecs)d %(message)s %(pathname)s %(process)s %(args)s"
    ).format(bare)
    assert CANARY not in everything + repr(vars(bare))
    assert everything.startswith("2026-11-20 00:00:00")
    assert bare.exc_info is None

"""What a log line may say. A log is read by people who must not learn who wrote, what, from where or exactly
when.

An allow-list, not a list of things to strike out: a line holds the day, the level, an event's name, the
class of an exception and the line of *our own* code that it passed through last. Messages, arguments, local
variables, request paths, addresses and any time finer than the day have no way in.
"""

import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

PACKAGE: Final = "tipstaff"
# An event is a name that a programmer wrote: lower-case words with dots. Whatever else comes is not printed.
_EVENT: Final = re.compile(r"[a-z][a-z_-]{0,39}(\.[a-z][a-z_-]{0,39}){0,5}")
_LOGGER: Final = re.compile(r"[A-Za-z_][\w.]{0,79}")


class DiscreetFormatter(logging.Formatter):
    """`2026-11-20 ERROR django.request KeyError tipstaff.door.views:41`, or with an event's name.

    A program of ours logs an event by name: `logger.warning("hatch.swept")`; arguments are never printed.
    """

    def format(self, record: logging.LogRecord) -> str:
        day = datetime.fromtimestamp(record.created, UTC).date().isoformat()
        parts = [day, record.levelname if record.levelname.isalpha() else "LEVEL", _event(record)]
        if record.exc_info and record.exc_info[0] is not None:
            parts += [_class_name(record.exc_info[0]), _our_line(record.exc_info[2])]
        return " ".join(parts)


class Discreet(logging.Filter):
    """For a handler whose formatter is not ours: strips a record down to what DiscreetFormatter would say."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        bare = logging.LogRecord(
            name=record.name if _LOGGER.fullmatch(record.name) else "logger",
            level=record.levelno,
            pathname="",
            lineno=0,
            msg=DiscreetFormatter().format(record),
            args=None,
            exc_info=None,
        )
        midnight = datetime.fromtimestamp(record.created, UTC).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        bare.created, bare.msecs, bare.relativeCreated = midnight.timestamp(), 0.0, 0.0
        bare.process = bare.thread = None
        return bare


def _event(record: logging.LogRecord) -> str:
    message = record.msg if isinstance(record.msg, str) and not record.args else ""
    if record.name.split(".")[0] == PACKAGE and _EVENT.fullmatch(message):
        return message
    return record.name if _LOGGER.fullmatch(record.name) else "logger"


def _class_name(kind: type[BaseException]) -> str:
    name = kind.__name__
    return name if name.isidentifier() and name.isascii() else "Exception"


def _our_line(traceback: TracebackType | None) -> str:
    """`module:line` of the innermost frame that runs code of this package, or `elsewhere`."""
    found = "elsewhere"
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "")
        if isinstance(module, str) and module.split(".")[0] == PACKAGE and _LOGGER.fullmatch(module):
            found = f"{module}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found

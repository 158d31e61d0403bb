"""How a command ends: 0 and what it printed, or a sentence on the error output and 1 or 2. Never a stack."""

import argparse
import sys
from collections.abc import Callable

type Command = Callable[[argparse.Namespace], int]


class NotUnderstood(Exception):
    """The command line lacks something or contradicts itself."""


def problem(text: str) -> NotUnderstood:
    """What to raise when the command line is at fault."""
    return NotUnderstood(text)


def answering(command: Command) -> Command:
    """`command`, with our own errors as sentences; errors that are no sentence of ours go on as they are."""

    def answered(args: argparse.Namespace) -> int:
        try:
            return command(args)
        except NotUnderstood as wrong:
            return _ended(str(wrong), 2)
        except KeyboardInterrupt:
            return _ended("Stopped.", 130)
        except Exception as error:
            module = type(error).__module__
            if module.startswith("tipstaff.") and str(error):
                return _ended(str(error), 1)
            if module == "django.db.utils":
                return _ended(
                    "The database does not answer, or is not up to date. `tipstaff doctor` says more.", 1
                )
            raise

    return answered


def _ended(text: str, status: int) -> int:
    sys.stderr.write(f"tipstaff: {text}\n")
    return status

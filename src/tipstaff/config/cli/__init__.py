"""The `tipstaff` command: one file for each noun, with an `add(subparsers)` that names its verbs.

A verb is a parser whose default `func` takes the parsed arguments and gives the exit status: 0 done, 1 not
done (a sentence on the error output says why), 2 not understood. No file here imports Django when it is read,
only when one of its verbs runs: so that `tipstaff verify` works where there is no office.
"""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; `argv` is what follows the program's name. Gives the exit status."""
    parser = argparse.ArgumentParser(prog="tipstaff", description="An office that takes tips.")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in sorted(each.name for each in iter_modules(__path__)):
        import_module(f"{__name__}.{module}").add(subparsers)
    args = parser.parse_args(argv)
    status: int = args.func(args)
    return status

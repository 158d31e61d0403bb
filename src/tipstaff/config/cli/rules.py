"""`tipstaff rules check` and `tipstaff rules propose`: a rule sheet, from a file to a proposal for two officers."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from tipstaff.config.office.saying import answering, problem
from tipstaff.config.office.toml_file import read_file
from tipstaff.rulebook.sheet import Sheet
from tipstaff.rulebook.sheet_file import read


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its two verbs."""
    rules = subparsers.add_parser("rules", help="rule sheets from a file: check one, propose it")
    verbs = rules.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check",
        help="say everything that is wrong with a rule sheet, line by line",
        description="Needs no office. Ends with 0 when the file is in order, 1 when it is not, 2 when it "
        "cannot be read.",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="a rule sheet (docs/rule-sheet.md)")
    check.set_defaults(func=answering(_check))
    propose = verbs.add_parser(
        "propose",
        help="put a rule sheet before two officers",
        description="Nothing is in force by proposing: at the desk two officers approve the sheet, neither of them "
        "its proposer.",
    )
    propose.add_argument("file", type=Path, metavar="FILE", help="a rule sheet (docs/rule-sheet.md)")
    propose.add_argument(
        "--compartment", required=True, metavar="CODE", help="the compartment whose offers it is for"
    )
    propose.add_argument(
        "--actor", required=True, metavar="USERNAME", help="the officer who proposes it, an editor there"
    )
    propose.set_defaults(func=answering(_propose))


def _check(args: argparse.Namespace) -> int:
    sheet = _sheet_in(args.file)
    if sheet is None:
        return 1
    invented = sum(source.invented for source in sheet.sources)
    print(
        f"{args.file} is in order: sheet {sheet.code} {sheet.number}, {sheet.computation}, in force from "
        f"{sheet.in_force_from}, {invented} of {len(sheet.sources)} sources invented."
    )
    print(f"Digest: {sheet.digest()}")
    return 0


def _propose(args: argparse.Namespace) -> int:
    sheet = _sheet_in(args.file)
    if sheet is None:
        return 1
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.kernel.clock import day
    from tipstaff.kernel.decision import Refused
    from tipstaff.people.access import NotAllowed, NotVisible
    from tipstaff.people.queries import actor_named
    from tipstaff.rulebook.actions import propose_sheet

    now = datetime.now(UTC)
    try:
        actor = actor_named(args.actor, day(now))
        proposed = propose_sheet(sheet=sheet, compartment=args.compartment, actor=actor, now=now)
    except NotVisible:
        raise problem(f"There is no officer {args.actor}: name one who may propose rule sheets.") from None
    except NotAllowed:
        return _said(
            f"{args.actor} may not propose a rule sheet in the compartment {args.compartment}: "
            "an officer with the role editor there may, and two administrators grant it."
        )
    except Refused as refused:
        return _said(str(refused))
    print(
        f"{proposed.ref} is proposed: {sheet.code} {sheet.number}. Two other officers approve it at the desk."
    )
    return 0


def _sheet_in(file: Path) -> Sheet | None:
    return read_file(file, read, kind="a rule sheet", guide="docs/rule-sheet.md")


def _said(sentence: str) -> int:
    sys.stderr.write(f"tipstaff: {sentence}\n")
    return 1

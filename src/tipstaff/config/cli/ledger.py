"""`tipstaff ledger check` and `tipstaff ledger export`: prove the books, and hand them to somebody else's checker."""

import argparse
import sys

from tipstaff.config.office.saying import answering


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its two verbs."""
    ledger = subparsers.add_parser("ledger", help="the books: prove them, export them")
    verbs = ledger.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = verbs.add_parser(
        "check",
        help="add up every transfer again and say what does not agree",
        description="Ends with 0 when the books are in order, and with 1 when they are not; each fault is a "
        "sentence on the error output.",
    )
    check.set_defaults(func=answering(_check))
    export = verbs.add_parser(
        "export",
        help="write the books as plain text in beancount's format",
        description="An independent checker reads what this writes: `tipstaff ledger export > books.beancount`, "
        "then `bean-check books.beancount`.",
    )
    export.add_argument("--programme", default="", metavar="CODE", help="only this programme's books")
    export.set_defaults(func=answering(_export))


def _check(args: argparse.Namespace) -> int:
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.ledger.proving import prove
    from tipstaff.people.access import system

    proof = prove(system("command"))
    for fault in proof.faults:
        sys.stderr.write(f"{fault}\n")
    if proof.faults:
        faults = "one fault" if len(proof.faults) == 1 else f"{len(proof.faults)} faults"
        sys.stderr.write(f"tipstaff: The books are not in order: {faults}. Keep the database as it is.\n")
        return 1
    print(f"The books are in order: {proof.books} of them, {proof.transfers} transfers.")
    return 0


def _export(args: argparse.Namespace) -> int:
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.ledger.beancount import exported
    from tipstaff.people.access import NotVisible, system

    try:
        for line in exported(system("command"), args.programme):
            print(line)
    except NotVisible:
        sys.stderr.write(f"tipstaff: There are no books of a programme {args.programme}.\n")
        return 1
    return 0

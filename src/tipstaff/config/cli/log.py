"""`tipstaff log publish` and `tipstaff log account`: the public head by hand, the account for an auditor."""

import argparse
import sys
from datetime import UTC, datetime

from tipstaff.config.office.saying import answering


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its two verbs."""
    log = subparsers.add_parser("log", help="the public log: move its head, account for its leaves")
    verbs = log.add_subparsers(title="verbs", metavar="VERB", required=True)
    publish = verbs.add_parser(
        "publish",
        help="move the public head now",
        description="Check the hatch's log, fill it up with covers, sign the head and deliver it. Asks for "
        "the passphrase of the key file. The worker does the same once a day.",
    )
    publish.add_argument("--insist", action="store_true", help="even within an hour of the last head")
    publish.set_defaults(func=answering(_publish))
    account = verbs.add_parser(
        "account",
        help="every leaf as opened, not openable (why), waiting or cover",
        description="One line for each leaf, its parts separated by tabs; the sums go to the error output.",
    )
    account.add_argument("--from", dest="start", type=int, default=0, metavar="LEAF", help="the first leaf")
    account.add_argument("--to", dest="stop", type=int, metavar="LEAF", help="stop before this leaf")
    account.add_argument("--sums", action="store_true", help="only the sums")
    account.set_defaults(func=answering(_account))


def _publish(args: argparse.Namespace) -> int:
    from tipstaff.config.office import passphrase, start

    start.desk_site()
    from tipstaff.custody import holder
    from tipstaff.custody.queries import public_keys
    from tipstaff.logbook.jobs import publish_by_hand
    from tipstaff.outbox.jobs import deliver
    from tipstaff.people.access import system

    keyring = holder.current().open(passphrase.asked(), by="system:command")
    now = datetime.now(UTC)
    size = publish_by_hand(keyring, public_keys(), actor=system("command"), now=now, insist=args.insist)
    deliver(keyring, now)
    print(f"The public head is signed: {size} leaves.")
    return 0


def _account(args: argparse.Namespace) -> int:
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.logbook import queries
    from tipstaff.people.access import system

    sums = dict.fromkeys(queries.LeafKind, 0)
    for row in queries.account(system("command"), args.start, args.stop):
        sums[row.kind] += 1
        if not args.sums:
            print(f"{row.number}\t{row.entry.hex()}\t{row.kind}\t{row.reason}".rstrip("\t"))
    print("  ".join(f"{kind}: {count}" for kind, count in sums.items()), file=sys.stderr)
    return 0

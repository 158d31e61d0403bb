"""`tipstaff notice renew`: publish what is public once more, after the office's keys or texts changed."""

import argparse
from datetime import UTC, datetime

from tipstaff.config.office.saying import answering, problem


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verb."""
    notice = subparsers.add_parser("notice", help="the signed notice that the door shows")
    verbs = notice.add_subparsers(title="verbs", metavar="VERB", required=True)
    renew = verbs.add_parser(
        "renew",
        help="publish the same offers once more, with the keys and texts of desk/public.json",
        description="Puts a new notice into the outbox; the worker signs and delivers it.",
    )
    renew.add_argument("--actor", required=True, metavar="USERNAME", help="the officer who may publish")
    renew.set_defaults(func=answering(_renew))


def _renew(args: argparse.Namespace) -> int:
    from tipstaff.config.office import start

    start.desk_site()
    from tipstaff.custody.queries import public_keys
    from tipstaff.kernel.clock import day
    from tipstaff.offers.actions import renew_notice
    from tipstaff.people.access import NotAllowed, NotVisible
    from tipstaff.people.queries import actor_named

    now, compartment = datetime.now(UTC), public_keys().compartment
    try:
        number = renew_notice(compartment=compartment, actor=actor_named(args.actor, day(now)), now=now)
    except NotVisible:
        raise problem(f"There is no officer {args.actor}: name one who may publish.") from None
    except NotAllowed:
        raise problem(
            f"{args.actor} may not publish in the compartment {compartment}: an officer with the role approver may."
        ) from None
    print(f"Notice {number} waits in the outbox; the worker signs and delivers it.")
    return 0

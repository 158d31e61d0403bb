"""`tipstaff hatch roles`: the SQL that gives each site a PostgreSQL role of its own with the least rights."""

import argparse
import secrets
import sys

from tipstaff.config.office.saying import answering, problem

SITES = ("door", "desk")


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verb."""
    hatch = subparsers.add_parser("hatch", help="the database between the two sites")
    verbs = hatch.add_subparsers(title="verbs", metavar="VERB", required=True)
    roles = verbs.add_parser(
        "roles",
        help="print the SQL that makes a site's database role",
        description="Run what it prints as the owner of the hatch's PostgreSQL database, after `tipstaff init` "
        "made its tables. The password is new each time; put it into that site's HATCH_URL.",
    )
    roles.add_argument("site", choices=SITES)
    roles.add_argument("--role", metavar="NAME", help="the role's name (tipstaff_door, tipstaff_desk)")
    roles.set_defaults(func=answering(_roles))


def _roles(args: argparse.Namespace) -> int:
    from tipstaff.hatch.roles import statements

    role, password = args.role or f"tipstaff_{args.site}", secrets.token_urlsafe(24)
    try:
        lines = statements(args.site, role, password)
    except ValueError as wrong:
        raise problem(str(wrong)) from None
    print("\n".join(f"{line};" for line in lines))
    print(f"HATCH_URL for the {args.site}: postgresql://{role}:{password}@HOST/NAME", file=sys.stderr)
    return 0

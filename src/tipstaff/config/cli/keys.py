"""`tipstaff keys renew`: a new key for the tips to come; the old ones go on opening what was sealed to them."""

import argparse
from datetime import UTC, datetime

from tipstaff.config.office.saying import answering, problem


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun and its verb."""
    keys = subparsers.add_parser("keys", help="the keys that open tips")
    verbs = keys.add_subparsers(title="verbs", metavar="VERB", required=True)
    renew = verbs.add_parser(
        "renew",
        help="make a new key for the tips to come, and publish it",
        description="Adds a key to desk/desk.key, keeps the old ones, and puts a notice with the new one into the "
        "outbox. Asks for the passphrase, or reads it from the file that TIPSTAFF_PASSPHRASE_FILE names.",
    )
    renew.add_argument("--actor", required=True, metavar="USERNAME", help="the custodian who renews the keys")
    renew.add_argument(
        "--approver", required=True, metavar="USERNAME", help="the officer who may publish them"
    )
    renew.set_defaults(func=answering(_renew))


def _renew(args: argparse.Namespace) -> int:
    from tipstaff.config.office import passphrase, start

    start.desk_site()
    from tipstaff.custody import actions, holder
    from tipstaff.custody.access import RENEW
    from tipstaff.custody.queries import public_keys
    from tipstaff.kernel.clock import day
    from tipstaff.offers.actions import renew_notice
    from tipstaff.people.access import Actor, NotVisible
    from tipstaff.people.queries import actor_named
    from tipstaff.people.roles import OFFICE

    now, compartment = datetime.now(UTC), public_keys().compartment

    def able(username: str, verb: str, where: str, role: str) -> Actor:
        try:
            actor = actor_named(username, day(now))
        except NotVisible:
            raise problem(f"There is no officer {username}: name one with the role {role}.") from None
        if not actor.may(verb, where):
            raise problem(f"{username} may not do this: an officer with the role {role} may.")
        return actor

    # Both are asked before anything is changed: a key that nobody may publish helps no one.
    custodian = able(args.actor, RENEW, OFFICE, "custodian")
    approver = able(args.approver, "offers.offer.publish", compartment, "approver")
    actions.renew(passphrase=passphrase.asked(), actor=custodian, now=now)
    number = renew_notice(compartment=compartment, actor=approver, now=now)
    print(f"""The desk has a new key, and notice {number} with it waits in the outbox; the worker signs and delivers it.
What next:
  1. Copy {holder.current().path} again to two media in two places; its passphrase is the same.
  2. A worker that was started with a typed passphrase works without keys now: start it again.
  3. Keys that were unlocked at the desk are locked: a custodian unlocks them again.""")
    return 0

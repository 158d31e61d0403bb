"""What the worker does, and how often. Each job is one room's; here it gets keys and a clock."""

from datetime import datetime, timedelta

from django.core.management import call_command

from tipstaff.audit.actions import sequence
from tipstaff.awards import jobs as awards
from tipstaff.config.office.worker import Job
from tipstaff.custody.queries import public_keys
from tipstaff.footing import journal
from tipstaff.hatch import actions as hatch
from tipstaff.kernel.clock import day
from tipstaff.logbook.jobs import publish_if_due
from tipstaff.offers.jobs import expire_due
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import system
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips.jobs import open_waiting, take_in_waiting

OFTEN = timedelta(seconds=2)
MINUTELY = timedelta(minutes=1)
HOURLY = timedelta(hours=1)
# Staged files and spent tokens outlive the longest age of a form (a day) by one whole day.
KEPT_DAYS = 2


def jobs(*, opening: bool) -> list[Job]:
    """All jobs. Without `opening`, envelopes stay sealed until an officer unlocks the desk."""
    return [
        Job("envelopes", OFTEN, open_envelopes if opening else take_in_envelopes),
        Job("answers", OFTEN, take_answers),
        Job("outbox", OFTEN, deliver_parcels),
        Job("audit", timedelta(seconds=10), sequence_audit),
        Job("public head", MINUTELY, move_head),
        Job("offers", MINUTELY, expire_offers),
        Job("awards", MINUTELY, end_what_is_due),
        Job("sweeping", HOURLY, sweep),
        Job("journal", HOURLY, empty_journal),
    ]


def open_envelopes(keyring: Keyring | None, now: datetime) -> str:
    """Take in what waits in the hatch and, with the keys, open it."""
    if keyring is None:
        return take_in_envelopes(keyring, now)
    settled = open_waiting(keyring, now)
    opened = f"{settled.opened} opened" if settled.opened else ""
    return ", ".join(filter(None, [opened, f"{settled.set_aside} set aside" if settled.set_aside else ""]))


def take_in_envelopes(keyring: Keyring | None, now: datetime) -> str:
    """Take in what waits in the hatch, sealed as it is."""
    taken = take_in_waiting(now)
    return f"{taken} taken in, still sealed" if taken else ""


def deliver_parcels(keyring: Keyring | None, now: datetime) -> str:
    """Deliver what the desk has put in the outbox."""
    done = deliver(keyring, now)
    parts = [
        f"{done.delivered} delivered" if done.delivered else "",
        f"{done.failed} to be tried again" if done.failed else "",
        f"{done.stuck} stuck: see the desk's Outbox page" if done.stuck else "",
    ]
    return ", ".join(filter(None, parts))


def sequence_audit(keyring: Keyring | None, now: datetime) -> str:
    """Number what was recorded since the last time into the audit log."""
    sequence(now)
    return ""


def move_head(keyring: Keyring | None, now: datetime) -> str:
    """Move the public head of the log when its hour has come and the keys are there."""
    if keyring is None:
        return ""
    size = publish_if_due(keyring, public_keys(), actor=system("worker"), now=now)
    return f"signed at {size} leaves" if size else ""


def expire_offers(keyring: Keyring | None, now: datetime) -> str:
    """Close offers whose last day is over."""
    return ", ".join(f"{ref} expired" for ref in expire_due(now))


def take_answers(keyring: Keyring | None, now: datetime) -> str:
    """Hear what sources answered about rewards, once it was opened."""
    return ", ".join(f"{count} {verdict}" for verdict, count in awards.take_answers(now).items())


def end_what_is_due(keyring: Keyring | None, now: datetime) -> str:
    """End questions, vouchers and notices whose last day is over."""
    parts = [
        *(f"{ref} was not answered" for ref in awards.expire_claims(now)),
        *(f"{ref} was not collected" for ref in awards.lapse_vouchers(now)),
        *(f"the notice of {ref} is over" for ref in awards.end_notices(now)),
    ]
    return ", ".join(parts)


def sweep(keyring: Keyring | None, now: datetime) -> str:
    """Remove what nobody needs any more: abandoned uploads, spent tokens, ended sessions."""
    abandoned = hatch.sweep(before=day(now) - timedelta(days=KEPT_DAYS))
    call_command("clearsessions")
    return f"{abandoned} abandoned files removed" if abandoned else ""


def empty_journal(keyring: Keyring | None, now: datetime) -> str:
    """Empty the desk's journal of what was erased while somebody was reading: a destroyed identity, a message."""
    journal.empty("default")
    return ""

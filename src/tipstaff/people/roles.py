"""Every verb of every room, and the roles that carry them. Pure data.

A verb is `room.noun.act`. An officer holds a verb in one compartment, through a confirmed grant of a role
there. What belongs to the whole office (officers, keys, the log's head) is held in the compartment OFFICE.
"""

from typing import Final

OFFICE: Final = "office"  # the compartment of what no other compartment owns: people, keys, log, parcels

VERBS: Final = (
    "audit.record.see",
    "custody.keys.lock",
    "custody.keys.renew",
    "custody.keys.unlock",
    "logbook.account.see",
    "logbook.head.publish",
    "offers.offer.amend",
    "offers.offer.approve",
    "offers.offer.draft",
    "offers.offer.expire",
    "offers.offer.propose",
    "offers.offer.publish",
    "offers.offer.satisfy",
    "offers.offer.see",
    "offers.offer.suspend",
    "offers.offer.withdraw",
    "offers.programme.load",
    "outbox.parcel.retry",
    "outbox.parcel.see",
    "people.grant.confirm",
    "people.grant.end",
    "people.grant.give",
    "people.grant.see",
    "people.officer.add",
    "people.officer.see",
    "tips.envelope.open",
    "tips.envelope.see",
    "tips.tip.claim",
    "tips.tip.dispose",
    "tips.tip.erase",
    "tips.tip.note",
    "tips.tip.open_file",
    "tips.tip.reassign",
    "tips.tip.release",
    "tips.tip.see",
    "tips.tip.set_state",
    "tips.tip.write",
)

_ANALYST: Final = frozenset(
    {
        "offers.offer.see",
        "tips.envelope.open",
        "tips.envelope.see",
        "tips.tip.claim",
        "tips.tip.dispose",
        "tips.tip.note",
        "tips.tip.open_file",
        "tips.tip.release",
        "tips.tip.see",
        "tips.tip.set_state",
        "tips.tip.write",
    }
)

ROLES: Final[dict[str, frozenset[str]]] = {
    "administrator": frozenset(
        {
            "outbox.parcel.retry",
            "outbox.parcel.see",
            "people.grant.confirm",
            "people.grant.end",
            "people.grant.give",
            "people.grant.see",
            "people.officer.add",
            "people.officer.see",
        }
    ),
    "analyst": _ANALYST,
    "approver": frozenset(
        {
            "offers.offer.amend",
            "offers.offer.approve",
            "offers.offer.expire",
            "offers.offer.publish",
            "offers.offer.satisfy",
            "offers.offer.see",
            "offers.offer.suspend",
            "offers.offer.withdraw",
        }
    ),
    "auditor": frozenset({"audit.record.see", "logbook.account.see"}),
    "custodian": frozenset(
        {
            "custody.keys.lock",
            "custody.keys.renew",
            "custody.keys.unlock",
            "logbook.account.see",
            "logbook.head.publish",
            "outbox.parcel.retry",
            "outbox.parcel.see",
            "tips.envelope.open",
            "tips.envelope.see",
        }
    ),
    "editor": frozenset(
        {
            "offers.offer.amend",
            "offers.offer.draft",
            "offers.offer.propose",
            "offers.offer.see",
            "offers.programme.load",
        }
    ),
    "supervisor": _ANALYST | {"tips.tip.erase", "tips.tip.reassign"},
}

# Roles of the whole office are granted in OFFICE and nowhere else; the others never there; an auditor's
# either way.
OFFICE_ROLES: Final = frozenset({"administrator", "custodian"})
EITHER_ROLES: Final = frozenset({"auditor"})

# What jobs do with nobody at the keyboard.
SYSTEM_VERBS: Final = frozenset(
    {
        "logbook.account.see",
        "logbook.head.publish",
        "offers.offer.expire",
        "offers.offer.see",
        "outbox.parcel.see",
        "tips.envelope.open",
        "tips.envelope.see",
    }
)

# Who hands out power holds none of it, and who checks the records is in none of them: these pairs never meet
# in one officer. (Two people, where one would do, is the offers' and awards' own rule for each decision.)
_DECIDING: Final = ("analyst", "approver", "editor", "supervisor")
KEPT_APART: Final = frozenset(
    frozenset(pair)
    for pair in (
        *(("administrator", role) for role in _DECIDING),
        *(("auditor", role) for role in (*_DECIDING, "administrator", "custodian")),
    )
)

"""Every verb of every room, and the roles that carry them. Pure data.

A verb is `room.noun.act`. An officer holds a verb in one compartment, through a confirmed grant of a role
there. What belongs to the whole office (officers, keys, the log's head) is held in the compartment OFFICE.
"""

from itertools import combinations
from typing import Final

OFFICE: Final = "office"  # the compartment of what no other compartment owns: people, keys, log, parcels

VERBS: Final = (
    "audit.record.see",
    "awards.award.certify",
    "awards.award.close",
    "awards.award.decide",
    "awards.award.reconsider",
    "awards.award.see",
    "awards.clock.pause",
    "awards.committee.convene",
    "awards.committee.record",
    "awards.concurrence.give",
    "awards.conflict.declare",
    "awards.delegation.confirm",
    "awards.delegation.give",
    "awards.delegation.see",
    "awards.eligibility.check",
    "awards.memorandum.issue",
    "awards.memorandum.see",
    "awards.nomination.draft",
    "awards.nomination.endorse",
    "awards.notice.give",
    "awards.packet.see",
    "awards.payment.arrange",
    "awards.payment.pay",
    "awards.payment.see",
    "awards.payment.witness",
    "awards.protection.plan",
    "awards.receipt.hold",
    "awards.report.file",
    "awards.score.give",
    "awards.vote.cast",
    "cases.case.close",
    "cases.case.note",
    "cases.case.open",
    "cases.case.see",
    "cases.contribution.attest",
    "cases.finding.state",
    "cases.outcome.confirm",
    "cases.outcome.record",
    "cases.outcome.see",
    "cases.statistics.see",
    "custody.keys.lock",
    "custody.keys.unlock",
    "ledger.account.see",
    "ledger.book.export",
    "ledger.fund.appropriate",
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
    "rulebook.sheet.approve",
    "rulebook.sheet.propose",
    "rulebook.sheet.see",
    "tips.envelope.open",
    "tips.envelope.see",
    "tips.tip.claim",
    "tips.tip.dispose",
    "tips.tip.erase",
    "tips.tip.note",
    "tips.tip.open_file",
    "tips.tip.release",
    "tips.tip.see",
    "tips.tip.set_state",
    "tips.tip.write",
    "vault.identity.open",
    "vault.identity.seal",
    "vault.identity.see",
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

# What everybody reads who has a part in deciding on an award, and none in paying it.
_READS_AWARDS: Final = frozenset(
    {
        "awards.award.see",
        "awards.memorandum.see",
        "cases.outcome.see",
        "cases.statistics.see",
        "ledger.account.see",
        "offers.offer.see",
        "rulebook.sheet.see",
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
            "rulebook.sheet.approve",
            "rulebook.sheet.see",
        }
    ),
    "auditor": frozenset(
        {
            "audit.record.see",
            "awards.award.see",
            "awards.delegation.see",
            "awards.memorandum.see",
            "cases.outcome.see",
            "cases.statistics.see",
            "ledger.account.see",
            "ledger.book.export",
            "logbook.account.see",
            "rulebook.sheet.see",
        }
    ),
    "custodian": frozenset(
        {
            "custody.keys.lock",
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
            "rulebook.sheet.propose",
            "rulebook.sheet.see",
        }
    ),
    "supervisor": _ANALYST | {"tips.tip.erase"},
    # The road from an outcome to a reward: each step is another person's.
    "investigator": frozenset(
        {
            "cases.case.close",
            "cases.case.note",
            "cases.case.open",
            "cases.case.see",
            "cases.contribution.attest",
            "cases.finding.state",
            "cases.outcome.confirm",
            "cases.outcome.record",
            "cases.outcome.see",
            "cases.statistics.see",
            "offers.offer.see",
            "tips.tip.see",
        }
    ),
    "nominator": _READS_AWARDS | {"awards.nomination.draft", "cases.case.see"},
    "head-of-mission": _READS_AWARDS | {"awards.nomination.endorse", "cases.case.see"},
    "clerk": _READS_AWARDS
    | {
        "awards.award.close",
        "awards.award.reconsider",
        "awards.clock.pause",
        "awards.committee.convene",
        "awards.committee.record",
        "awards.eligibility.check",
        "awards.memorandum.issue",
        "awards.notice.give",
        "awards.receipt.hold",
        "awards.report.file",
    },
    "member": frozenset(
        {
            "awards.conflict.declare",
            "awards.packet.see",
            "awards.score.give",
            "awards.vote.cast",
            "rulebook.sheet.see",
        }
    ),
    "attorney": _READS_AWARDS
    | {"awards.concurrence.give", "awards.delegation.confirm", "awards.delegation.see"},
    "secretary": _READS_AWARDS
    | {"awards.award.certify", "awards.award.decide", "awards.delegation.give", "awards.delegation.see"},
    "delegate": _READS_AWARDS | {"awards.award.certify", "awards.award.decide", "awards.delegation.see"},
    "paymaster": frozenset({"awards.payment.pay", "awards.payment.see"}),
    "witness": frozenset({"awards.payment.witness"}),
    "treasurer": frozenset({"ledger.account.see", "ledger.book.export", "ledger.fund.appropriate"}),
    "protector": frozenset(
        {
            "awards.award.see",
            "awards.payment.arrange",
            "awards.protection.plan",
            "vault.identity.open",
            "vault.identity.seal",
            "vault.identity.see",
        }
    ),
}

# Roles of the whole office are granted in OFFICE and nowhere else; the others never there; an auditor's
# either way.
OFFICE_ROLES: Final = frozenset({"administrator", "custodian"})
EITHER_ROLES: Final = frozenset({"auditor"})

# What jobs do with nobody at the keyboard.
SYSTEM_VERBS: Final = frozenset(
    {
        "awards.award.see",
        "awards.eligibility.check",
        "awards.notice.give",
        "awards.payment.arrange",
        "cases.outcome.see",
        "cases.statistics.see",
        "ledger.account.see",
        "ledger.book.export",
        "rulebook.sheet.see",
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
# The duties of an award: nominator, committee member, decider, payer and administrator are never one person. The
# secretary and the delegate have one duty between them.
DUTIES: Final[dict[str, str]] = {
    "nominator": "nominate",
    "head-of-mission": "endorse",
    "clerk": "convene",
    "member": "deliberate",
    "attorney": "concur",
    "secretary": "decide",
    "delegate": "decide",
    "paymaster": "pay",
    "treasurer": "fund",
    "protector": "protect",
    "investigator": "investigate",
    "administrator": "administer",
}
# Who pays sees an amount, a voucher and a place: nobody who reads tips, cases or awards pays.
_READING: Final = (*_DECIDING, "custodian", "witness")
KEPT_APART: Final = frozenset(
    frozenset(pair)
    for pair in (
        *(("administrator", role) for role in _DECIDING),
        *(("auditor", role) for role in (*_DECIDING, "custodian", "witness", *DUTIES)),
        *((one, other) for one, other in combinations(DUTIES, 2) if DUTIES[one] != DUTIES[other]),
        *(("paymaster", role) for role in _READING),
    )
)

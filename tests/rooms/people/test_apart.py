"""Which roles one officer may hold together: every pair, both ways, in one compartment and in two."""

from datetime import timedelta
from itertools import permutations, product

import pytest

from tests.rooms.people.conftest import TODAY
from tipstaff.people.policy import ConfirmFacts, GiveFacts, Held, may_confirm, may_give
from tipstaff.people.roles import EITHER_ROLES, OFFICE, OFFICE_ROLES, ROLES

ROAD = (
    "nominator",
    "head-of-mission",
    "clerk",
    "member",
    "attorney",
    "paymaster",
    "treasurer",
    "protector",
    "investigator",
)
READING_TIPS = ("analyst", "supervisor")
MEET = {
    # One duty between them: the delegate decides in the secretary's stead.
    frozenset({"secretary", "delegate"}),
    # Who reads tips may also write offers, investigate, or have a duty; on one award their capacities are kept apart.
    *(frozenset(pair) for pair in product((*READING_TIPS, "editor", "approver"), (*ROAD, "secretary", "delegate", "witness"))
      if "paymaster" not in pair),
    *(frozenset(pair) for pair in permutations((*READING_TIPS, "editor", "approver"), 2)),
    # Who keeps the keys reads nothing by that; who witnesses signs a number.
    *(frozenset(pair) for pair in product(("custodian",), (*ROLES,)) if not {"auditor", "paymaster", "custodian"} & {pair[1]}),
    *(frozenset(pair) for pair in product(("witness",), (*ROLES,)) if not {"auditor", "paymaster", "witness"} & {pair[1]}),
}  # fmt: skip
PAIRS = sorted(permutations(ROLES, 2))


def held(role: str, place: str = "harbour") -> Held:
    return Held(role, OFFICE if role in OFFICE_ROLES else place, TODAY, None)


@pytest.mark.parametrize("one, other", PAIRS)
def test_every_pair_of_roles_meets_in_one_officer_or_never(one: str, other: str) -> None:
    """Given and confirmed alike, and not escaped by taking the second role in another compartment."""
    for place in ("harbour", "ridge"):
        second, before = held(other, place), (held(one),)
        given = may_give(GiveFacts(giver="ana", holder="dan", grant=second, today=TODAY, held=before))
        confirmed = may_confirm(
            ConfirmFacts(confirmer="ben", giver="ana", holder="dan", grant=second, today=TODAY, held=before)
        )

        for decision in (given, confirmed):
            refused = [refusal.rule for refusal in decision.refusals]
            assert refused == ([] if frozenset({one, other}) in MEET else ["people.kept-apart"])


def test_roles_that_never_meet_may_follow_each_other() -> None:
    """Who nominated last year may pay this year; on one award their capacities stay apart for ever."""
    last_year = Held("nominator", "harbour", TODAY - timedelta(days=400), TODAY - timedelta(days=1))
    now = held("paymaster")

    assert not may_give(
        GiveFacts(giver="ana", holder="dan", grant=now, today=TODAY, held=(last_year,))
    ).refusals


def test_who_pays_holds_nothing_but_what_paying_needs() -> None:
    """The list and the hand-over; no tip, case, award, name, book or paper. A witness sees less."""
    assert ROLES["paymaster"] == {"awards.payment.pay", "awards.payment.see"}
    assert ROLES["witness"] == {"awards.payment.witness"}
    assert not [pair for pair in MEET if "paymaster" in pair]


def test_what_must_be_one_duty_s_alone_is() -> None:
    """Each of these is carried by the roles named and by no other."""
    alone = {
        "awards.nomination.draft": {"nominator"},
        "awards.nomination.endorse": {"head-of-mission"},
        "awards.eligibility.check": {"clerk"},
        "awards.committee.convene": {"clerk"},
        "awards.committee.record": {"clerk"},
        "awards.packet.see": {"member"},
        "awards.score.give": {"member"},
        "awards.vote.cast": {"member"},
        "awards.conflict.declare": {"member"},
        "awards.concurrence.give": {"attorney"},
        "awards.award.decide": {"secretary", "delegate"},
        "awards.award.certify": {"secretary", "delegate"},
        "awards.delegation.give": {"secretary"},
        "awards.delegation.confirm": {"attorney"},
        "awards.payment.arrange": {"protector"},
        "awards.protection.plan": {"protector"},
        "awards.payment.see": {"paymaster"},
        "awards.payment.pay": {"paymaster"},
        "awards.payment.witness": {"witness"},
        "awards.memorandum.issue": {"clerk"},
        "awards.report.file": {"clerk"},
        "awards.receipt.hold": {"clerk"},
        "cases.outcome.record": {"investigator"},
        "cases.outcome.confirm": {"investigator"},
        "cases.contribution.attest": {"investigator"},
        "cases.case.see": {"investigator", "nominator", "head-of-mission"},
        "ledger.fund.appropriate": {"treasurer"},
        "rulebook.sheet.propose": {"editor"},
        "rulebook.sheet.approve": {"approver"},
        "tips.tip.see": {"analyst", "supervisor", "investigator"},
        "vault.identity.see": {"protector"},
        "vault.identity.seal": {"protector"},
        "vault.identity.open": {"protector"},
    }  # fmt: skip

    carried = {verb: {role for role, verbs in ROLES.items() if verb in verbs} for verb in alone}
    assert carried == alone


def test_who_reads_and_decides_no_award_reaches_it_by_any_verb() -> None:
    """Whoever hands out roles, keeps keys, or reads tips alone holds no verb of an award, a book or the vault."""
    for role in ("administrator", "custodian", "analyst", "supervisor"):
        assert not [
            verb for verb in ROLES[role] if verb.startswith(("awards.", "ledger.", "vault.", "cases."))
        ], role
    assert {"auditor"} == EITHER_ROLES

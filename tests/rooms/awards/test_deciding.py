"""Eligibility, concurrence, decision, certification: what each is refused for, and what it keeps."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.rooms.awards.cast import (
    NOON,
    TODAY,
    Road,
    acting,
    advise,
    answer,
    award_now,
    dollars,
    everything,
    make_ground,
    outcome_text,
    who,
)
from tests.rooms.awards.conftest import Terms1
from tests.rooms.awards.verbs import undone
from tipstaff.awards import facts
from tipstaff.awards.actions import concurrence, deciding, eligibility
from tipstaff.awards.models import (
    Award,
    Concurrence,
    Delegation,
    Determination,
    PayeeCheck,
    Ruling,
    SourceClaim,
)
from tipstaff.cases import actions as cases
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.rulebook.determination import replay


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The rules that refuse it; nothing has moved."""
    before = everything()
    with pytest.raises(Refused) as caught, undone():
        act()
    assert everything() == before
    return caught.value.rules


def change(road: Road, by: str, total: Money, **amounts: Money) -> Award:
    named = {number.removeprefix("n"): amount for number, amount in amounts.items()}
    return deciding.change_award(
        ref=road.ref, amounts=named, total=total, reason="less was new", actor=who(by), now=NOON
    )


def approve(road: Road, by: str = "sera") -> Award:
    return deciding.approve_award(ref=road.ref, reason="as advised", actor=who(by), now=NOON)


def lend(most: int = 100_000, starts: date = TODAY, ends: date = TODAY, **changes: object) -> Delegation:
    return Delegation.objects.create(
        **{
            "ref": "DLG-1", "compartment": "harbour", "principal": "sera", "delegate": "dell",
            "most_minor": dollars(most).minor, "currency": "USD", "starts_on": starts, "ends_on": ends,
            "state": "confirmed", "given_at": NOON, "confirmed_by": "abel", "confirmed_at": NOON,
        } | changes
    )  # fmt: skip


def test_an_answer_that_is_awaited_says_so(road: Road) -> None:
    road.to("endorsed")
    before = everything()

    with pytest.raises(Refused) as caught, undone():
        eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON)

    assert "Whether source 1 is an individual is not answered yet." in str(caught.value)
    assert everything() == before


@pytest.mark.parametrize("said", ["", "unknown"])
def test_whether_an_official_was_on_duty_is_not_guessed(road: Road, said: str) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share, official="yes", **{"on-duty": said or "unknown"})
    if not said:
        for claim in SourceClaim.objects.all():
            del claim.answers["on-duty"]
            claim.save(update_fields=["answers"])

    with pytest.raises(Refused) as caught:
        eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON)

    assert "Whether source 1 told this on duty is not answered yet." in str(caught.value)


def test_a_check_that_found_nothing_does_not_outweigh_a_sources_own_yes(road: Road) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share, convicted="yes")

    rules = refused(lambda: eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON))
    assert set(rules) == {"rulebook.convicted"}


def test_a_sources_no_does_not_outweigh_a_check_that_found_something(road: Road) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share, convicted="no")
        PayeeCheck.objects.create(
            share=share, kind="barred", clear=False, source="a list", actor="pia", at=NOON
        )

    rules = refused(lambda: eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON))
    assert "rulebook.convicted" in rules


def test_an_official_on_duty_is_not_paid(road: Road) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share, official="yes", **{"on-duty": "yes"})

    rules = refused(lambda: eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON))
    assert set(rules) == {"rulebook.R03-official"}

    eligibility.find_ineligible(ref=road.ref, reason="an official", actor=who("cora"), now=NOON)
    kept = road.award.determinations.order_by("-number")[0]
    ruled = {each.rule: each for each in facts.read(kept).verdicts}
    assert (kept.stage, kept.allowed) == ("eligibility", False)
    assert ruled["rulebook.R03-official"].because[0] == "Source 1 is an official who told this while on duty."
    assert ruled["rulebook.R02-individual"].verdict == "passed"


@pytest.mark.parametrize(
    "kind, rule", [("sanctions", "rulebook.sanctioned"), ("barred", "rulebook.convicted")]
)
def test_a_check_that_is_not_clear_stands_against_it(road: Road, kind: str, rule: str) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share)
        share.checks.create(
            kind=kind, clear=False, source="a list", note="the same number", actor="pia", at=NOON
        )

    assert rule in refused(lambda: eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON))


def test_nobody_is_found_ineligible_for_nothing(road: Road) -> None:
    road.to("endorsed")
    for share in road.award.shares.all():
        answer(share)

    assert refused(
        lambda: eligibility.find_ineligible(ref=road.ref, reason="a feeling", actor=who("cora"), now=NOON)
    ) == ("awards.nothing-stands-against",)


def test_a_decision_is_kept_with_its_facts_and_agrees_when_it_is_run_again(road: Road) -> None:
    road.requested = (60_000, 30_000)
    award = road.to("approved")

    assert (award.approved_minor, award.fiscal_year, award.decided_on) == (9_000_000, 2027, TODAY)
    assert set(award.shares.values_list("approved_minor", flat=True)) == {3_000_000, 6_000_000}
    ruling = Ruling.objects.get()
    assert (ruling.kind, ruling.personally, ruling.delegation, ruling.actor) == ("approve", True, "", "sera")
    assert ledger.commitments_of([award.ref])[award.ref][0].committed == dollars(90_000)
    for kept in Determination.objects.all():
        assert replay(facts.read(kept), facts.sheet_of(award)).agrees
    assert list(Determination.objects.order_by("number").values_list("stage", flat=True)) == [
        "nomination", "eligibility", "decision",
    ]  # fmt: skip


def test_an_outcome_that_was_corrected_meanwhile_is_confirmed_before_anything_rests_on_it(road: Road) -> None:
    road.to("recommended")
    text = outcome_text(charge="smuggling by night")
    cases.correct_outcome(
        ref=road.ground.outcome, seen=1, why="the charge", text=text, actor=who("gus"), now=NOON
    )

    rules = refused(lambda: approve(road))
    assert rules[0] == "awards.outcome-confirmed"
    assert "rulebook.led-to" in rules, "what was attested was attested of the older row"


def test_federal_jurisdiction_waits_for_the_attorney_general(ground: object) -> None:
    road = Road(make_ground(federal_jurisdiction=True))
    assert road.to("recommended").needs_concurrence

    assert "rulebook.R04-concurrence" in refused(lambda: approve(road))

    concurrence.seek_concurrence(ref=road.ref, actor=who("cora"), now=NOON)
    concurrence.concur(ref=road.ref, reference="AG-1", actor=who("abel"), now=NOON)
    assert approve(road).state == "approved"
    assert list(Concurrence.objects.values_list("given", "reference", "actor")) == [(True, "AG-1", "abel")]


@pytest.mark.parametrize("reference", ["", " ", "x" * 201])
def test_an_answer_of_the_attorney_can_be_found_again(road: Road, reference: str) -> None:
    road.to("concurrence-sought")

    assert refused(
        lambda: concurrence.concur(ref=road.ref, reference=reference, actor=who("abel"), now=NOON)
    ) == ("awards.concurrence-reference",)


def test_an_objection_says_why(road: Road) -> None:
    road.to("concurrence-sought")

    assert refused(
        lambda: concurrence.object_to_award(
            ref=road.ref, reference="AG", reason="", actor=who("abel"), now=NOON
        )
    ) == ("awards.reason-given",)


def test_who_sat_on_the_committee_does_not_decide(road: Road) -> None:
    road.to("eligible")
    amounts = {share.number: share.requested_minor for share in road.award.shares.all()}
    advise(road.award, amounts, members=("mia", "max", "sera"))

    assert refused(lambda: approve(road)) == ("awards.duties-apart",)


def test_without_a_quorum_nothing_is_decided(road: Road) -> None:
    road.to("eligible")
    amounts = {share.number: share.requested_minor for share in road.award.shares.all()}
    advise(road.award, amounts, members=("mia", "max"))

    assert refused(lambda: approve(road)) == ("rulebook.quorum",)


def test_amounts_come_to_the_whole_for_sources_of_this_award(road: Road) -> None:
    road.to("recommended")

    for total, amounts, rule in [
        (dollars(30_001), {"n1": dollars(10_000), "n2": dollars(20_000)}, "awards.amounts-sum"),
        (dollars(30_000), {"n1": dollars(30_000), "n3": dollars(0)}, "awards.amounts-per-source"),
        (dollars(0), {}, "awards.amounts-per-source"),
        (dollars(120_000), {"n1": dollars(60_000), "n2": dollars(60_000)}, "awards.same-as-recommended"),
        (dollars(10_000), {"n1": Money(1_000_000, "EUR")}, "awards.amounts-sum"),
    ]:
        assert rule in refused(lambda: change(road, "sera", total, **amounts))  # noqa: B023  called in the same round


def test_an_amount_in_another_currency_is_refused_by_the_sheet(road: Road) -> None:
    road.to("recommended")
    euros = Money(1_000_000, "EUR")

    assert "rulebook.currency" in refused(lambda: change(road, "sera", euros, n1=euros))


def test_a_change_may_leave_a_source_out(road: Road) -> None:
    road.to("recommended")

    award = change(road, "sera", dollars(40_000), n2=dollars(40_000))

    assert dict(award.shares.values_list("number", "approved_minor")) == {"1": None, "2": 4_000_000}
    assert award.approved_minor == 4_000_000
    deciding.certify_award(ref=road.ref, actor=who("sera"), now=NOON)


def test_what_was_declined_is_changed_or_denied(road: Road) -> None:
    road.to("declined")

    assert refused(lambda: approve(road)) == ("awards.nothing-recommended",)
    assert change(road, "sera", dollars(5_000), n1=dollars(5_000)).state == "approved"


def test_a_ceiling_is_passed_by_nobody(road: Road, offer: Terms1, fund: Callable[[int], None]) -> None:
    fund(100_000_000)
    offer.cap(60_000_000)
    road.to("recommended")
    most = dollars(25_000_001)

    assert refused(lambda: change(road, "sera", most, n1=most)) == ("rulebook.R07-ceiling",)


def test_the_condition_is_shared_with_other_awards(road: Road, offer: Terms1) -> None:
    conditions = (replace(offer.now.conditions[0], cap=dollars(200_000)),)
    offer.change(conditions=conditions)
    road.to("approved")
    second = Road(make_ground(1), requested=(90_000,))
    second.to("recommended")

    assert refused(lambda: approve(second)) == ("awards.offer-condition-spent",)


def test_the_funds_are_there_or_nothing_is_decided(road: Road) -> None:
    road.to("recommended")
    Award.objects.unscoped("a test arranges").filter(ref=road.ref).update(programme="lighthouse")

    assert "rulebook.R16-funds" in refused(lambda: approve(road))


class TestDelegates:
    def test_above_the_threshold_only_the_secretary_decides(self, road: Road) -> None:
        road.to("recommended")
        lend(most=500_000)

        rules = refused(lambda: approve(road, "dell"))
        assert set(rules) == {"rulebook.R05-secretary-decides", "rulebook.may-decide"}

    @pytest.mark.parametrize(
        "lent, rule",
        [
            (None, "awards.delegation-held"),
            ({"starts": TODAY + timedelta(days=1), "ends": TODAY + timedelta(days=9)}, "awards.delegation-held"),
            ({"starts": TODAY - timedelta(days=9), "ends": TODAY - timedelta(days=1)}, "awards.delegation-held"),
            ({"state": "given", "confirmed_by": "", "confirmed_at": None}, "awards.delegation-held"),
            ({"state": "ended"}, "awards.delegation-held"),
            ({"compartment": "ridge"}, "awards.delegation-held"),
            ({"delegate": "dora"}, "awards.delegation-held"),
            ({"most": 79_999}, "awards.delegation-amount"),
        ],
    )  # fmt: skip
    def test_a_delegation_reaches_so_far(self, road: Road, lent: dict[str, object] | None, rule: str) -> None:
        road.requested = (50_000, 30_000)
        road.to("recommended")
        if lent is not None:
            lend(**lent)  # type: ignore[arg-type]  # a test's shorthand

        assert refused(lambda: approve(road, "dell")) == (rule,)

    def test_within_it_a_delegate_decides_and_certifies(self, road: Road) -> None:
        road.requested = (50_000, 50_000)
        road.to("recommended")
        lend()

        approve(road, "dell")
        deciding.certify_award(ref=road.ref, actor=who("dell"), now=NOON)

        ruling = Ruling.objects.get()
        assert (ruling.personally, ruling.delegation, ruling.actor) == (False, "DLG-1", "dell")
        kept = facts.read(road.award.determinations.order_by("-number")[0]).facts.ruling
        assert (kept.role, kept.certifier_role, kept.certified_on) == ("delegate", "delegate", TODAY)

    def test_a_delegate_certifies_only_what_a_delegation_reaches(self, road: Road) -> None:
        road.to("approved")
        lend()

        assert refused(lambda: deciding.certify_award(ref=road.ref, actor=who("dell"), now=NOON)) == (
            "awards.delegation-amount",
        )


def test_two_roles_in_one_officer_still_act_once(road: Road) -> None:
    road.to("recommended")
    both = acting("nia", "nominator", "secretary")

    assert refused(lambda: deciding.deny_award(ref=road.ref, reason="mine", actor=both, now=NOON)) == (
        "awards.duties-apart",
    )


def test_a_denial_keeps_its_reason_and_commits_nothing(road: Road) -> None:
    award = road.to("denied")

    assert (award.approved_minor, award.decided_on) == (None, TODAY)
    assert Ruling.objects.get().amounts == {}
    assert ledger.commitments_of([award.ref]) == {}
    assert award_now(award.ref).steps.order_by("-id")[0].reason == "known before"

"""Vouchers: to whom they go, what replaces them, how they end, and what of an award follows."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection

from tests.rooms.awards.cast import NOON, PROGRAMME, TODAY, YEAR, Road, acting, who
from tests.rooms.awards.verbs import undone
from tests.rooms.awards.window import (
    AFTER,
    PLACE,
    WINDOW,
    check,
    issued,
    moved,
    paid,
    payout_now,
    presented,
    refused,
    sources_of,
)
from tipstaff.audit.models import Record
from tipstaff.awards import jobs
from tipstaff.awards.actions import checking, finishing, paying, vouchers
from tipstaff.awards.models import Determination, PayeeCheck, Payout, SourceClaim
from tipstaff.awards.policy.payout import NewVoucher, Return
from tipstaff.footing.append_only import lifted
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.ledger import queries as ledger
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.sealed.claims import CODE_LETTERS


def issue(road: Road, **changes: object) -> tuple[Payout, ...]:
    told = {"ref": road.ref, "window": WINDOW, "actor": who("pia"), "now": NOON} | changes
    return vouchers.issue_vouchers(**told)  # type: ignore[arg-type]  # a test's shorthand


def reissue(payout: Payout, **changes: object) -> Payout:
    told = {
        "ref": payout.ref, "cause": NewVoucher.LOST, "reason": "the paper is gone", "window": WINDOW,
        "actor": who("pia"), "now": NOON,
    } | changes  # fmt: skip
    return vouchers.reissue_voucher(**told)  # type: ignore[arg-type]  # a test's shorthand


def give_back(payout: Payout, **changes: object) -> Payout:
    told = {
        "ref": payout.ref, "cause": Return.BARRED, "reason": "a court says so", "actor": who("pia"), "now": NOON,
    } | changes  # fmt: skip
    return vouchers.return_share(**told)  # type: ignore[arg-type]  # a test's shorthand


def books() -> tuple[str, str]:
    figures = ledger.figures_of(PROGRAMME, YEAR)
    return str(figures.committed), str(figures.paid)


def test_each_source_gets_a_voucher_that_only_it_can_read(road: Road) -> None:
    sources = issued(road)

    assert road.award.state == "vouchered"
    assert len({source.code for source in sources}) == 2
    for source in sources:
        payout, told = payout_now(source), source.told("voucher")
        assert told is not None
        assert bytes(payout.voucher_sha256) == sha256(source.code.encode()).digest()
        assert (payout.number, payout.state, payout.amount_minor, payout.place) == (
            1,
            "issued",
            6_000_000,
            PLACE,
        )
        assert (told["amount"], told["place"]) == ({"minor": 6_000_000, "currency": "USD"}, PLACE)
        assert source.told("reward") is None
        assert len(source.code.removeprefix("VCH").replace("-", "")) == CODE_LETTERS + 1
    whole = str(
        [list(Record.objects.unscoped("a test looks").values()), list(Payout.objects.unscoped("x").values())]
    )
    assert [source.code for source in sources if source.code in whole] == []
    assert Determination.objects.filter(award=road.award, stage="payment", allowed=True).count() == 1
    assert books() == ("USD 120,000.00", "USD 0.00")


@pytest.mark.parametrize("name, error", [
    ("cora", NotAllowed), ("pam", NotAllowed), ("sera", NotAllowed), ("ann", NotAllowed), ("wes", NotAllowed),
    ("cleo", NotVisible),
])  # fmt: skip
def test_only_the_protector_arranges_payment(road: Road, name: str, error: type[Exception]) -> None:
    source = issued(road)[0]
    payout = payout_now(source)
    before = moved()
    for act in (
        lambda: issue(road, actor=who(name)),
        lambda: reissue(payout, actor=who(name)),
        lambda: give_back(payout, actor=who(name)),
    ):
        with pytest.raises(error), undone():
            act()
    assert moved() == before
    assert refused(lambda: reissue(payout, actor=acting("sera", "protector"))) == ("awards.duties-apart",)
    assert refused(lambda: give_back(payout, actor=acting("nia", "protector"))) == ("awards.duties-apart",)


@pytest.mark.parametrize("state", ["certified", "approved", "vouchered", "paid", "closed", "denied"])
def test_vouchers_follow_the_protection_plan(road: Road, state: str) -> None:
    road.to(state)
    before = moved()
    with pytest.raises(MoveNotInTable), undone():
        issue(road)
    assert moved() == before


def test_every_reason_is_said_and_nothing_is_sent(road: Road) -> None:
    road.to("protected")
    SourceClaim.objects.filter(share__number="1").update(state="asked")
    check(road, "2", "sanctions", False)

    assert refused(lambda: issue(road)) == ("awards.claim-accepted", "awards.payee-checked")
    assert "awards.window-days" in refused(
        lambda: issue(road, window=replace(WINDOW, closes_on=TODAY - timedelta(1)))
    )


def test_a_payee_that_was_never_checked_is_not_paid(road: Road) -> None:
    road.to("protected")
    share = road.award.shares.get(number="1")
    # As if the checks had been another source's: an append-only table forgets nothing.
    other = road.award.shares.get(number="2")
    SourceClaim.objects.filter(share=other).update(state="declined")

    with lifted(connection):
        PayeeCheck.objects.filter(share=share, kind="barred").delete()

    assert refused(lambda: issue(road)) == ("awards.payee-checked",)


def test_who_declined_is_let_go_and_the_others_are_paid(road: Road) -> None:
    road.to("protected")
    sources_of(road)
    SourceClaim.objects.filter(share__number="1").update(state="declined")

    (payout,) = issue(road)

    assert payout.share.number == "2"
    assert books() == ("USD 120,000.00", "USD 0.00")


def test_nobody_left_to_pay_is_said(road: Road) -> None:
    road.to("protected")
    SourceClaim.objects.update(state="expired")

    assert refused(lambda: issue(road)) == ("awards.voucher-left",)


def test_who_is_in_danger_is_in_the_vault_before_a_window_opens(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tipstaff.vault.queries.identity_exists", lambda ref: ref == "IDN-1")
    road.answers = {"protection": "yes"}
    road.to("certified")
    sources_of(road)
    finishing.plan_protection(
        ref=road.ref, needed=True, plan="another town", vaults={"1": "IDN-1"}, actor=who("pia"), now=NOON
    )

    def keep(ref: str) -> object:
        return checking.keep_identity(ref=road.ref, number="2", vault_ref=ref, actor=who("pia"), now=NOON)

    assert refused(lambda: issue(road)) == ("awards.identity-sealed",)
    assert refused(lambda: keep("IDN-2")) == ("awards.identity-kept",)
    keep(" IDN-1 ")
    assert len(issue(road)) == 2


def test_a_lost_voucher_is_replaced_and_the_old_one_is_dead(road: Road) -> None:
    source = issued(road)[0]
    old = source.code

    reissue(payout_now(source))

    assert payout_now(source).number == 2
    assert source.code != old
    answer = paying.present_voucher(code=old, actor=who("pam"), now=NOON)
    assert getattr(answer, "rule", "") == "awards.voucher-unknown"
    presented(source)


def test_a_lost_receipt_is_not_helped_by_a_new_voucher(road: Road) -> None:
    payout = payout_now(issued(road)[0])

    assert refused(lambda: reissue(payout, cause=NewVoucher.RECEIPT_LOST)) == ("awards.receipt-lost",)
    give_back(payout, cause=Return.RECEIPT_LOST, reason="nobody can prove who it is")
    assert payout_now_ref(payout.ref).state == "returned"


def payout_now_ref(ref: str) -> Payout:
    return Payout.objects.unscoped("a test looks").get(ref=ref)


def test_a_part_leaves_a_rest_for_a_new_voucher(road: Road) -> None:
    source = issued(road)[0]
    old = source.code
    paid(source, 1_000_000)

    assert (payout_now(source).state, source.told("voucher")) == ("part-paid", None)
    assert books() == ("USD 110,000.00", "USD 10,000.00")
    assert refused(lambda: paying.present_voucher(code=old, actor=who("pam"), now=NOON)) == (
        "awards.voucher-presented",
    )
    reissue(payout_now(source), cause=NewVoucher.REST, reason="the rest")
    told = source.told("voucher")
    assert told is not None and told["amount"] == {"minor": 5_000_000, "currency": "USD"}
    paid(source)
    assert (payout_now(source).state, payout_now(source).paid_minor) == ("paid", 6_000_000)
    assert books() == ("USD 60,000.00", "USD 60,000.00")


def test_what_is_not_collected_lapses_and_can_be_sent_again(road: Road) -> None:
    sources = issued(road)
    codes = [source.code for source in sources]
    assert jobs.lapse_vouchers(NOON + timedelta(days=30)) == []

    assert len(jobs.lapse_vouchers(AFTER)) == 2

    assert road.award.state == "lapsed"
    assert [source.told("voucher") for source in sources] == [None, None]
    assert books() == ("USD 120,000.00", "USD 0.00")
    assert refused(lambda: paying.present_voucher(code=codes[0], actor=who("pam"), now=AFTER)) == (
        "awards.voucher-days",
    )
    later = replace(WINDOW, opens_on=AFTER.date(), closes_on=AFTER.date() + timedelta(days=9))
    with pytest.raises(MoveNotInTable), undone():
        reissue(payout_now(sources[0]), window=later, now=AFTER)
    issue(road, window=later, now=AFTER)
    assert [payout_now(source).number for source in sources] == [2, 2]
    assert road.award.state == "vouchered"
    paid(sources[0], now=AFTER)


def test_what_was_never_collected_goes_back_when_the_award_is_closed(road: Road) -> None:
    issued(road)
    jobs.lapse_vouchers(AFTER)

    finishing.close_award(ref=road.ref, reason="nobody came", actor=who("cora"), now=AFTER)

    assert books() == ("USD 0.00", "USD 0.00")
    assert str(ledger.figures_of(PROGRAMME, YEAR).available) == "USD 5,000,000.00"


def test_once_something_was_paid_the_award_does_not_lapse(road: Road) -> None:
    first, second = issued(road)
    paid(first)

    jobs.lapse_vouchers(AFTER)

    assert (road.award.state, payout_now(second).state) == ("vouchered", "lapsed")
    give_back(payout_now(second), cause=Return.NOT_COLLECTED, reason="never came", now=AFTER)
    assert (road.award.state, road.award.paid_on) == ("paid", AFTER.date())
    assert books() == ("USD 60,000.00", "USD 60,000.00")


@pytest.mark.parametrize("kind, cause", [("barred", Return.BARRED), ("sanctions", Return.SANCTIONED)])
def test_who_turns_out_barred_is_not_paid_and_the_share_goes_back(
    road: Road, kind: str, cause: Return
) -> None:
    first, second = issued(road)
    check(road, "1", kind, False)

    assert refused(lambda: paying.present_voucher(code=first.code, actor=who("pam"), now=NOON)) == (
        "awards.payee-checked",
    )
    assert refused(lambda: reissue(payout_now(first))) == ("awards.payee-checked",)
    give_back(payout_now(first), cause=cause)
    assert (payout_now(first).state, first.told("voucher"), road.award.state) == (
        "returned",
        None,
        "vouchered",
    )
    paid(second)
    assert road.award.state == "paid"


def test_a_returned_share_is_not_given_back_twice_or_paid(road: Road) -> None:
    source = issued(road)[0]
    code = source.code
    give_back(payout_now(source), cause=Return.DECLINED, reason="did not want it")

    for act in (lambda: give_back(payout_now(source)), lambda: reissue(payout_now(source))):
        with pytest.raises(MoveNotInTable), undone():
            act()
    assert refused(lambda: paying.present_voucher(code=code, actor=who("pam"), now=NOON)) == (
        "awards.voucher-presented",
    )


def test_all_shares_returned_leave_nothing_to_collect(road: Road) -> None:
    for source in issued(road):
        give_back(payout_now(source))

    assert road.award.state == "lapsed"
    assert refused(lambda: issue(road)) == ("awards.voucher-left",)


def test_a_check_is_written_by_the_clerk_or_the_protector(road: Road) -> None:
    road.to("protected")

    def by(actor: object) -> object:
        return checking.record_check(
            ref=road.ref,
            number="1",
            kind="barred",
            clear=True,
            source="courts, today",
            actor=actor,
            now=NOON,  # type: ignore[arg-type]  # an actor
        )

    by(who("pia"))
    by(who("cora"))
    for name, error in (("nia", NotAllowed), ("pam", NotAllowed), ("hana", NotAllowed), ("cleo", NotVisible)):
        with pytest.raises(error), undone():
            by(who(name))
    assert refused(lambda: by(acting("nia", "clerk"))) == ("awards.duties-apart",)


def test_the_days_of_notice_end_by_themselves(road: Road) -> None:
    road.form = "crypto"
    road.to("in-notice")

    assert jobs.end_notices(NOON + timedelta(days=14)) == []
    assert jobs.end_notices(NOON + timedelta(days=15)) == [road.ref]
    assert road.award.state == "notice-over"


def test_a_rule_that_stands_against_paying_stops_the_voucher(road: Road) -> None:
    road.to("protected")
    SourceClaim.objects.filter(share__number="1").update(
        answers={"individual": "yes", "official": "yes", "on-duty": "yes"}
    )

    assert "rulebook.R03-official" in refused(lambda: issue(road))

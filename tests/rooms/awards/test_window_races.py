"""Two officers at once at one window: the rival starts in the middle of the first one's verb, waits, and is told why."""

import pytest

from tests.rooms.awards.cast import NOON, PROGRAMME, YEAR, Road, acting, who
from tests.rooms.awards.window import AFTER, WINDOW, check, counted, issued, payout_now, presented, witness
from tests.rooms.offers.test_races import Rival
from tipstaff.awards.actions import claiming, paying, vouchers
from tipstaff.awards.models import HandOver, Heard, Witness
from tipstaff.awards.policy import payout as arranging
from tipstaff.awards.policy import window as policy
from tipstaff.awards.policy.payout import NewVoucher
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.ledger import actions as ledger
from tipstaff.ledger import queries as books
from tipstaff.people.access import system

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


def told(outcome: object) -> tuple[str, ...]:
    assert isinstance(outcome, Refused), outcome
    return outcome.rules


def paid() -> str:
    return str(books.figures_of(PROGRAMME, YEAR).paid)


def test_of_two_paymasters_with_one_voucher_one_pays(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    source = issued(road)[0]
    code = source.code
    rival = Rival(lambda: paying.present_voucher(code=code, actor=acting("pat", "paymaster"), now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_present")

    paying.present_voucher(code=code, actor=who("pam"), now=NOON)

    assert told(rival.ends()) == ("awards.voucher-presented",)
    assert payout_now(source).state == "presented"


def test_money_is_counted_once(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    payout = presented(issued(road)[0])

    def count(name: str) -> object:
        actor = acting(name, "paymaster")
        return paying.begin_hand_over(ref=payout.ref, amount=payout.left, actor=actor, now=NOON)

    rival = Rival(lambda: count("pat"))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_hand_over")

    count("pam")

    assert told(rival.ends()) == ("awards.hand-over-begun",)
    assert HandOver.objects.count() == 1


def test_two_witnesses_at_once_make_it_final_once(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    source = issued(road)[0]
    payout = counted(source)

    def sign(name: str) -> object:
        return paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness(name), now=NOON)

    rival = Rival(lambda: sign("wim"))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_witness")

    sign("wes")

    assert rival.ends() is None
    assert (payout_now(source).state, payout_now(source).paid_minor, paid()) == (
        "paid",
        6_000_000,
        "USD 60,000.00",
    )
    assert Witness.objects.count() == 2


def test_a_third_witness_in_the_middle_of_the_second_pays_nothing_again(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issued(road)[0]
    payout = counted(source)

    def sign(name: str) -> object:
        return paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness(name), now=NOON)

    sign("wes")
    rival = Rival(lambda: sign("wyn"))
    rival.starts_in_the_middle_of(monkeypatch, ledger, "pay")

    sign("wim")

    assert told(rival.ends()) == ("awards.witnesses-two",)
    assert (Witness.objects.count(), paid()) == (2, "USD 60,000.00")


def test_a_cancellation_in_the_middle_of_the_last_signature_comes_too_late(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issued(road)[0]
    payout = counted(source)
    paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness("wes"), now=NOON)
    rival = Rival(lambda: paying.cancel_presentation(ref=payout.ref, actor=who("pam"), now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, ledger, "pay")

    paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness("wim"), now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert (payout_now(source).state, paid()) == ("paid", "USD 60,000.00")


def test_a_voucher_that_is_being_presented_does_not_lapse(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issued(road)[0]
    ref = payout_now(source).ref
    rival = Rival(lambda: vouchers.lapse_voucher(ref=ref, actor=system("worker"), now=AFTER))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_present")

    paying.present_voucher(code=source.code, actor=who("pam"), now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert (payout_now(source).state, road.award.state) == ("presented", "vouchered")


def test_a_voucher_that_is_being_replaced_is_not_presented(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issued(road)[0]
    old = source.code
    rival = Rival(lambda: paying.present_voucher(code=old, actor=who("pam"), now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, arranging, "may_reissue")

    vouchers.reissue_voucher(
        ref=payout_now(source).ref,
        cause=NewVoucher.LOST,
        reason="gone",
        window=WINDOW,
        actor=who("pia"),
        now=NOON,
    )

    assert rival.ends() is None  # counted as a wrong code
    assert (payout_now(source).state, payout_now(source).number) == ("issued", 2)
    assert source.code != old


def test_a_check_in_the_middle_of_the_last_signature_stops_it_or_comes_after(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issued(road)[0]
    payout = counted(source)
    paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness("wes"), now=NOON)
    rival = Rival(lambda: check(road, "1", "sanctions", False))
    rival.starts_in_the_middle_of(monkeypatch, policy, "may_witness")

    paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness("wim"), now=NOON)

    assert rival.ends() is None
    assert (payout_now(source).state, paid()) == ("paid", "USD 60,000.00")


def test_one_answer_is_heard_once(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    from tipstaff.awards.policy import claim
    from tipstaff.sealed.claims import Claim
    from tipstaff.tips.queries import claims_after

    source = issued(road)[0]
    source.says(Claim(source.asked().ref, bytes(32), "decline", {}, ""))
    (row,) = claims_after(0, 10)
    rival = Rival(lambda: claiming.hear_answer(answer=row, actor=system("worker"), now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, claim, "verdict")

    claiming.hear_answer(answer=row, actor=system("worker"), now=NOON)

    assert type(rival.ends()).__name__ == "IntegrityError"
    assert Heard.objects.count() == 1

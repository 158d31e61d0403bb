"""The window: a voucher is presented once, the source signs there, two witnesses make it final, and not before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.rooms.awards.cast import NOON, PROGRAMME, TODAY, YEAR, Road, acting, who
from tests.rooms.awards.verbs import undone
from tests.rooms.awards.window import (
    AFTER,
    WINDOW,
    Source,
    check,
    counted,
    issued,
    moved,
    paid,
    payout_now,
    presented,
    refused,
    witness,
)
from tipstaff.awards import jobs, proof
from tipstaff.awards.actions import paying, vouchers
from tipstaff.awards.models import HandOver, Heard, Payout, SourceClaim, Witness, WrongVoucher
from tipstaff.awards.policy.payout import NewVoucher, Return
from tipstaff.awards.states import PayoutState
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.people.access import Actor, NotAllowed, NotVisible, system
from tipstaff.sealed.claims import Claim, new_code, window_challenge


def present(code: str, name: str = "pam", now: object = NOON) -> Payout | Refusal:
    return paying.present_voucher(code=code, actor=acting(name, "paymaster"), now=now)  # type: ignore[arg-type]  # a time


def count(payout: Payout, minor: int = 6_000_000, currency: str = "USD") -> HandOver:
    return paying.begin_hand_over(ref=payout.ref, amount=Money(minor, currency), actor=who("pam"), now=NOON)


def sign(payout: Payout, name: str, window: str = "") -> Payout:
    return paying.witness_hand_over(
        ref=payout.ref, window=window or payout.window, actor=witness(name), now=NOON
    )


def books() -> tuple[str, str]:
    figures = ledger.figures_of(PROGRAMME, YEAR)
    return str(figures.committed), str(figures.paid)


@pytest.fixture
def sources(road: Road) -> list[Source]:
    return issued(road)


def test_from_the_code_to_the_second_witness(road: Road, sources: list[Source]) -> None:
    source = sources[0]
    code = source.code
    payout = present(code.lower().replace("-", " ", 3).replace(" ", "-", 1))
    assert isinstance(payout, Payout)
    assert (payout.state, len(payout.window), payout.window.isdigit()) == ("presented", 6, True)
    assert proof.accepted(payout) and not proof.answered_at_the_window(payout)
    assert refused(lambda: count(payout)) == ("awards.answered-at-window",)

    source.collects(payout, code)
    assert proof.answered_at_the_window(payout)
    count(payout)
    assert books() == ("USD 120,000.00", "USD 0.00")
    sign(payout, "wes")
    assert (payout_now(source).state, books()) == ("presented", ("USD 120,000.00", "USD 0.00"))
    sign(payout, "wim")

    done = payout_now(source)
    assert (done.state, done.paid_minor, done.collected_on, done.window) == ("paid", 6_000_000, TODAY, "")
    assert (books(), source.told("voucher")) == (("USD 60,000.00", "USD 60,000.00"), None)
    assert road.award.state == "vouchered"
    paid(sources[1])
    assert (road.award.state, road.award.paid_on) == ("paid", TODAY)
    assert books() == ("USD 0.00", "USD 120,000.00")


@pytest.mark.parametrize("state", PayoutState)
def test_every_verb_from_every_state(road: Road, sources: list[Source], state: PayoutState) -> None:
    source = sources[0]
    code = source.code
    payout = counted(source)
    if state != "presented":
        Payout.objects.unscoped("a test arranges").filter(pk=payout.pk).update(state=state)
    works = {
        "present": {"issued"},
        "cancel": {"presented"},
        "count": set[str](),  # counted once already
        "witness": {"presented"},
        "reissue": {"issued", "lapsed", "part-paid"},
        "return": {"issued", "lapsed", "part-paid"},
        "lapse": {"issued"},
    }
    acts: dict[str, Callable[[], object]] = {
        "present": lambda: present(code),
        "cancel": lambda: paying.cancel_presentation(ref=payout.ref, actor=who("pam"), now=NOON),
        "count": lambda: count(payout),
        "witness": lambda: sign(payout, "wes"),
        "reissue": lambda: vouchers.reissue_voucher(
            ref=payout.ref,
            cause=NewVoucher.LOST,
            reason="gone",
            window=WINDOW,
            actor=who("pia"),
            now=NOON,
        ),
        "return": lambda: vouchers.return_share(
            ref=payout.ref, cause=Return.DECLINED, reason="no", actor=who("pia"), now=NOON
        ),
        "lapse": lambda: vouchers.lapse_voucher(ref=payout.ref, actor=system("worker"), now=AFTER),
    }
    for name, act in acts.items():
        before = moved()
        if state in works[name]:
            with undone():
                act()
                assert moved() != before, name
        else:
            with pytest.raises((Refused, MoveNotInTable)), undone():
                act()
        assert moved() == before, name


PAYS = ("present", "cancel", "count")


@pytest.mark.parametrize("name", [*PAYS, "witness"])
def test_who_may_do_what_at_the_window(road: Road, sources: list[Source], name: str) -> None:
    code = sources[0].code
    payout = presented(sources[0]) if name in ("cancel", "count") else payout_now(sources[0])
    if name == "witness":
        payout = counted(sources[0])
    acts: dict[str, Callable[[Actor], object]] = {
        "present": lambda actor: paying.present_voucher(code=code, actor=actor, now=NOON),
        "cancel": lambda actor: paying.cancel_presentation(ref=payout.ref, actor=actor, now=NOON),
        "count": lambda actor: paying.begin_hand_over(
            ref=payout.ref, amount=payout.left, actor=actor, now=NOON
        ),
        "witness": lambda actor: paying.witness_hand_over(
            ref=payout.ref, window=payout.window, actor=actor, now=NOON
        ),
    }
    right = "wes" if name == "witness" else "pam"
    before = moved()
    for other in (
        "hana",
        "gus",
        "nia",
        "hugo",
        "cora",
        "mia",
        "abel",
        "sera",
        "pia",
        "tess",
        "ann",
        "pam",
        "wes",
    ):
        if other != right:
            with pytest.raises(NotAllowed), undone():
                acts[name](who(other))
    if name != "present":
        with pytest.raises(NotVisible), undone():
            acts[name](who("cleo"))
    assert moved() == before
    with undone():
        acts[name](who(right))


def test_another_compartments_paymaster_finds_no_such_voucher(road: Road, sources: list[Source]) -> None:
    answer = paying.present_voucher(code=sources[0].code, actor=who("cleo"), now=NOON)

    assert isinstance(answer, Refusal) and answer.rule == "awards.voucher-unknown"
    assert payout_now(sources[0]).state == "issued"


@pytest.mark.parametrize("name", ["nia", "hugo", "cora", "mia", "sera", "pia", "hana", "gus"])
def test_nobody_who_acted_on_the_award_pays_or_witnesses_it(
    road: Road, sources: list[Source], name: str
) -> None:
    code = sources[0].code
    pays, sees = acting(name, "paymaster"), acting(name, "witness")
    assert refused(lambda: paying.present_voucher(code=code, actor=pays, now=NOON)) == (
        "awards.duties-apart",
    )
    payout = presented(sources[0])
    assert refused(
        lambda: paying.begin_hand_over(ref=payout.ref, amount=payout.left, actor=pays, now=NOON)
    ) == ("awards.duties-apart",)
    count(payout)
    assert refused(
        lambda: paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=sees, now=NOON)
    ) == ("awards.duties-apart",)


def test_a_wrong_code_is_counted_for_who_typed_it(road: Road, sources: list[Source]) -> None:
    for tries in range(1, 6):
        answer = present(new_code())
        assert isinstance(answer, Refusal)
        assert (answer.rule, answer.facts["tries"]) == ("awards.voucher-unknown", tries)
    assert refused(lambda: present(sources[0].code)) == ("awards.voucher-tries",)
    assert WrongVoucher.objects.count() == 5
    with undone():
        assert isinstance(present(sources[0].code, "pat"), Payout)
    assert isinstance(present(sources[0].code, now=NOON + timedelta(days=1)), Payout)


@pytest.mark.parametrize("typed", ["", "VCH", "heron", "VCH-0000-0000-0000-0000-01"])
def test_one_wrong_letter_is_told_and_not_counted(sources: list[Source], typed: str) -> None:
    code = sources[0].code
    swapped = code[:-1] + ("0" if code[-1] != "0" else "1")
    for each in (typed, swapped):
        assert refused(lambda each=each: present(each)) == ("awards.voucher-typed",)  # type: ignore[misc]  # a loop's value


def test_a_voucher_is_presented_once_and_paid_once(road: Road, sources: list[Source]) -> None:
    code = sources[0].code
    presented(sources[0])
    for name in ("pam", "pat"):
        assert refused(lambda name=name: present(code, name)) == ("awards.voucher-presented",)  # type: ignore[misc]  # a loop's value
    paying.cancel_presentation(ref=payout_now(sources[0]).ref, actor=who("pam"), now=NOON)
    paid(sources[0])

    assert refused(lambda: present(code)) == ("awards.voucher-presented",)
    assert books() == ("USD 60,000.00", "USD 60,000.00")


@pytest.mark.parametrize("days", [-1, 31])
def test_a_voucher_has_its_days(sources: list[Source], days: int) -> None:
    code = sources[0].code

    assert refused(lambda: present(code, now=NOON + timedelta(days=days))) == ("awards.voucher-days",)


def test_more_than_the_voucher_and_another_currency_are_refused(sources: list[Source]) -> None:
    payout = presented(sources[0])

    for minor, currency in ((6_000_001, "USD"), (0, "USD"), (6_000_000, "EUR")):
        assert refused(lambda m=minor, c=currency: count(payout, m, c)) == ("awards.hand-over-amount",)  # type: ignore[misc]  # a loop's value


def test_cancelling_makes_what_was_counted_and_signed_void(road: Road, sources: list[Source]) -> None:
    payout = counted(sources[0], 1_000_000)
    sign(payout, "wes")
    assert refused(lambda: count(payout)) == ("awards.hand-over-begun",)

    paying.cancel_presentation(ref=payout.ref, actor=who("pam"), now=NOON)

    assert refused(lambda: sign(payout, "wim", payout.window)) == ("awards.witnesses-two",)
    again = counted(sources[0])
    assert again.window != payout.window
    assert refused(lambda: sign(again, "wim", payout.window)) == ("awards.witnesses-two",)
    sign(again, "wes")
    assert refused(lambda: sign(again, "wes")) == ("awards.witnesses-two",)
    sign(again, "wim")
    assert payout_now(sources[0]).paid_minor == 6_000_000
    assert refused(lambda: sign(again, "wyn", again.window)) == ("awards.witnesses-two",)
    assert Witness.objects.count() == 3


def test_the_code_without_the_receipts_key_is_worth_nothing(road: Road, sources: list[Source]) -> None:
    source = sources[0]
    code = source.code
    payout = present(code)
    assert isinstance(payout, Payout)
    challenge = window_challenge(code, payout.window)
    source.says(Claim(payout.claim, challenge, "collect", {}, ""), Ed25519PrivateKey.generate())
    source.collects(payout, code, number="000000" if payout.window != "000000" else "000001")
    sources[1].says(Claim(payout.claim, challenge, "collect", {}, ""))
    jobs.take_answers(NOON)

    assert list(Heard.objects.order_by("number").values_list("verdict", flat=True)) == [
        "not-genuine", "wrong-challenge", "unknown-claim",
    ]  # fmt: skip
    assert refused(lambda: count(payout)) == ("awards.answered-at-window",)


def test_an_answer_from_an_earlier_presentation_is_worth_nothing(sources: list[Source]) -> None:
    code = sources[0].code
    presented(sources[0])
    payout = payout_now(sources[0])
    paying.cancel_presentation(ref=payout.ref, actor=who("pam"), now=NOON)
    again = present(code)
    assert isinstance(again, Payout)
    if again.window != payout.window:
        assert refused(lambda: count(again)) == ("awards.answered-at-window",)


@pytest.mark.parametrize("column, value", [
    ("signed", b"tipstaff/v1/message\n{}"), ("signature", bytes(64)), ("challenge", bytes(32)), ("answers", {}),
])  # fmt: skip
def test_the_acceptance_is_checked_again_from_its_bytes(
    sources: list[Source], column: str, value: object
) -> None:
    payout = presented(sources[0])
    SourceClaim.objects.filter(share=payout.share).update(**{column: value})

    assert not proof.accepted(payout)
    assert refused(lambda: count(payout)) == ("awards.signature-fits",)


@pytest.mark.parametrize("kind", ["sanctions", "barred"])
def test_what_is_found_out_at_the_last_minute_stops_it(road: Road, sources: list[Source], kind: str) -> None:
    payout = presented(sources[0])
    check(road, "1", kind, False)
    assert refused(lambda: count(payout)) == ("awards.payee-checked",)
    check(road, "1", kind, True)
    count(payout)
    sign(payout, "wes")
    check(road, "1", kind, False)

    assert refused(lambda: sign(payout, "wim")) == ("awards.payee-checked",)
    assert books() == ("USD 120,000.00", "USD 0.00")


def test_cash_by_number_is_paid_on_the_number(road: Road, sources: list[Source]) -> None:
    type(road.award).objects.unscoped("a test arranges").filter(ref=road.ref).update(form="cash-by-number")
    payout = present(sources[0].code)
    assert isinstance(payout, Payout)

    count(payout)


def test_a_presented_voucher_does_not_lapse_under_the_paymasters_hands(
    road: Road, sources: list[Source]
) -> None:
    payout = presented(sources[0], now=NOON + timedelta(days=30))

    assert jobs.lapse_vouchers(AFTER) == [payout_now(sources[1]).ref]
    paying.cancel_presentation(ref=payout.ref, actor=who("pam"), now=AFTER)
    assert jobs.lapse_vouchers(AFTER) == [payout.ref]
    assert road.award.state == "lapsed"

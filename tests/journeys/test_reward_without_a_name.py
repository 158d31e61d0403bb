"""A reward without a name, from the notice to the window: a source with only the receipt, through the door's pages;
the desk tells and verifies. Who decides, and who pays, is told by the journey from tip to payment."""

import re
from datetime import timedelta

from django.db import transaction
from django.http import HttpResponse

from tests.journeys.conftest import now
from tests.offices import TestOffice, Visitor, hidden
from tipstaff.kernel import reference
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.outbox.jobs import deliver
from tipstaff.people.access import Actor
from tipstaff.sealed.claims import QUESTIONS, new_code, window_challenge
from tipstaff.sealed.envelope import RewardNotice, Voucher
from tipstaff.tips import actions, jobs
from tipstaff.tips.queries import ClaimRow, claim_is_genuine, claims_after, sources_of

DECIDES = Actor("mae", "darien-desk", frozenset())
CASE = reference.new("CLM")
CHALLENGE = bytes(range(32))


def test_a_reward_is_accepted_and_collected_with_a_receipt_alone(office: TestOffice) -> None:
    receipt = Visitor("es").tip("Salen tres lanchas.", reward="1")
    words = " ".join(receipt.words)
    assert heard(office, 0) == ()
    assert sources_of([receipt.reference])[receipt.reference].wants_reward

    today = day(now())
    notice = RewardNotice(CASE, CHALLENGE, QUESTIONS, today + timedelta(days=30), None)
    with transaction.atomic():
        actions.tell_reward(tip=receipt.reference, notice=notice, text="", actor=DECIDES, now=now())
    deliver(office.keyring, now())
    pressed(words, "accept", {f"q-{question}": "no" for question in QUESTIONS})
    [accepted] = heard(office, 0)
    assert (accepted.tip, accepted.answer, accepted.challenge) == (receipt.reference, "accept", CHALLENGE)
    assert accepted.genuine and claim_is_genuine(accepted)

    code = new_code()
    voucher = Voucher(CASE, code, Money(5_000_00, "USD"), "Ventanilla 3", today, today + timedelta(days=5))
    with transaction.atomic():
        actions.take_back(tip=receipt.reference, claim=CASE, kind="reward", actor=DECIDES, now=now())
        actions.tell_voucher(tip=receipt.reference, voucher=voucher, text="", actor=DECIDES, now=now())
    deliver(office.keyring, now())
    page = Visitor("es").come_back(words)
    assert code in page.content.decode()
    assert 'id="reward"' not in page.content.decode()

    # The paymaster reads out a number, and learns yes or no.
    pressed(words, "collect", {"number": "604 871"})
    [collected] = heard(office, accepted.number)
    assert collected.challenge == window_challenge(code, "604871")
    assert collected.genuine and claim_is_genuine(collected)
    assert collected.challenge != window_challenge(code, "604872")

    with transaction.atomic():
        actions.take_back(tip=receipt.reference, claim=CASE, kind="voucher", actor=DECIDES, now=now())
    deliver(office.keyring, now())
    assert code not in Visitor("es").come_back(words).content.decode()
    assert [row.number for row in claims_after(0, 10)] == [1, 2]


def test_whoever_found_the_code_but_not_the_receipt_gets_nothing(office: TestOffice) -> None:
    receipt = Visitor().tip("Three boats.")
    thief = Visitor().tip("Something else.")
    heard(office, 0)
    today, code = day(now()), new_code()
    voucher = Voucher(CASE, code, Money(5_000_00, "USD"), "Window 3", today, today)
    with transaction.atomic():
        actions.tell_voucher(tip=receipt.reference, voucher=voucher, text="", actor=DECIDES, now=now())
    deliver(office.keyring, now())

    answer = pressed(" ".join(thief.words), "collect", {"number": "604871"})

    assert "no voucher in your mailbox now" in answer.content.decode()
    assert heard(office, 0) == ()


def pressed(words: str, button: str, fields: dict[str, str]) -> HttpResponse:
    """Come back with the receipt and press a button of the reward's part."""
    page = Visitor().come_back(words)
    sent = {name: hidden(page, name) for name in ("token", "lent")} | fields | {button: "1"}
    about = re.search(r'name="about" value="(\w+)"', page.content.decode())
    return Visitor().post("/en/mailbox/", sent | ({"about": about[1]} if about else {}))


def heard(office: TestOffice, after: int) -> tuple[ClaimRow, ...]:
    """What the desk has of answers once it has opened everything that waits."""
    jobs.open_waiting(office.keyring, now())
    return claims_after(after, 10)

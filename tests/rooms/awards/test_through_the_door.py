"""A source with nothing but its receipt, through the door's pages; the desk asks, hears, pays, and learns no name."""

import re
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse

from tests.offices import TestOffice, Visitor, hidden
from tests.rooms.awards.cast import NOON, STEPS, TIP_DAY, Road, make_ground, who
from tests.rooms.awards.window import witness
from tipstaff.awards import jobs
from tipstaff.awards.actions import claiming, eligibility, paying, vouchers
from tipstaff.awards.actions.vouchers import Window
from tipstaff.awards.models import PayeeCheck, Payout, SourceClaim
from tipstaff.awards.queries.arranging import arranging
from tipstaff.kernel.clock import day
from tipstaff.outbox.jobs import deliver
from tipstaff.sealed.claims import QUESTIONS
from tipstaff.tips.jobs import open_waiting
from tipstaff.tips.models import Tip

NO = {f"q-{question}": "no" for question in QUESTIONS if question != "individual"}


def now() -> datetime:
    return datetime.now(UTC)


def test_a_source_is_asked_accepts_and_collects_with_its_receipt(
    office: TestOffice, offer: object, sheet: object, fund: object
) -> None:
    receipt = Visitor("es").tip("Salen tres lanchas.", reward="1", may_ask="1")
    words = " ".join(receipt.words)
    open_waiting(office.keyring, now())
    Tip.objects.unscoped("a test arranges").filter(ref=receipt.reference).update(day=TIP_DAY)
    fund(5_000_000)  # type: ignore[operator]  # the fixture is a function
    road = Road(make_ground(tip_refs=[receipt.reference]))
    road.to("nominated")

    today = day(now())
    asked = claiming.ask_sources(
        ref=road.ref, answer_by=today + timedelta(days=30), text="Gracias.", actor=who("cora"), now=now()
    )
    assert asked == ("1",)
    deliver(office.keyring, now())
    page = Visitor("es").come_back(words).content.decode()
    assert "Gracias." in page
    pressed(words, "accept", NO | {"q-individual": "yes"})
    heard(office)
    claim = SourceClaim.objects.get()
    assert (claim.state, claim.answers["individual"], claim.answers["official"]) == ("accepted", "yes", "no")
    assert [row.state for row in arranging(who("cora"), road.ref).sources] == ["accepted"]

    road_to_vouchers(road)
    window = Window(place="Ventanilla 3", opens_on=today, closes_on=today + timedelta(days=5))
    vouchers.issue_vouchers(ref=road.ref, window=window, actor=who("pia"), now=now())
    deliver(office.keyring, now())
    page = Visitor("es").come_back(words).content.decode()
    code = re.search(r"VCH(?:-[0-9A-Y]{2,4})+", page)
    assert code is not None
    payout = paying.present_voucher(code=code[0], actor=who("pam"), now=now())
    assert isinstance(payout, Payout)
    pressed(words, "collect", {"number": payout.window})
    heard(office)
    paying.begin_hand_over(ref=payout.ref, amount=payout.left, actor=who("pam"), now=now())
    for name in ("wes", "wim"):
        paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness(name), now=now())

    assert (Payout.objects.unscoped("a test looks").get().state, road.award.state) == ("paid", "paid")
    deliver(office.keyring, now())
    assert code[0] not in Visitor("es").come_back(words).content.decode()


def road_to_vouchers(road: Road) -> None:
    """From the nomination to the protection plan; the source has answered itself, and was checked."""
    share = road.award.shares.get()
    for kind in ("sanctions", "barred"):
        PayeeCheck.objects.create(share=share, kind=kind, clear=True, source="a list", actor="cora", at=NOON)
    for step in ("endorse", "recommend", "approve", "certify", "protect"):
        if step == "recommend":
            eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON)
        STEPS[step](road)


def heard(office: TestOffice) -> None:
    open_waiting(office.keyring, now())
    jobs.take_answers(now())


def pressed(words: str, button: str, fields: dict[str, str]) -> HttpResponse:
    """Come back with the receipt and press a button of the reward's part."""
    page = Visitor().come_back(words)
    sent = {name: hidden(page, name) for name in ("token", "lent")} | fields | {button: "1"}
    about = re.search(r'name="about" value="(\w+)"', page.content.decode())
    return Visitor().post("/en/mailbox/", sent | ({"about": about[1]} if about else {}))

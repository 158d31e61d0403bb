"""Sources with keys, as far as awards meet them: they answer, they read their voucher, they sign at the window."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.rooms.awards.cast import NOON, PROGRAMME, TODAY, YEAR, Road, acting, everything, who
from tests.rooms.awards.verbs import undone
from tipstaff.awards import jobs
from tipstaff.awards.actions import checking, paying, vouchers
from tipstaff.awards.actions.vouchers import Window
from tipstaff.awards.models import Payout, SourceClaim
from tipstaff.kernel import reference
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor
from tipstaff.sealed.claims import Claim, window_challenge
from tipstaff.sealed.items import Message as Signed
from tipstaff.tips.answers import kept
from tipstaff.tips.models import Envelope, Message, Tip
from tipstaff.tips.states import Direction

ANSWERS = {
    "individual": "yes",
    "official": "no",
    "on-duty": "no",
    "took-part": "no",
    "convicted": "no",
    "paid-elsewhere": "no",
    "protection": "no",
}
PLACE = "Window 3, Grey Gull Street"
WINDOW = Window(place=PLACE, opens_on=TODAY, closes_on=TODAY + timedelta(days=30))
AFTER = NOON + timedelta(days=31)


def tip_now(ref: str) -> Tip:
    return Tip.objects.unscoped("a test looks").get(ref=ref)


@dataclass
class Source:
    """The author of a tip, with the key that its receipt gives."""

    tip: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def __post_init__(self) -> None:
        public = self.key.public_key().public_bytes_raw()
        Tip.objects.unscoped("a test arranges").filter(ref=self.tip).update(claim=public)

    def signed(self, claim: Claim, key: Ed25519PrivateKey | None = None, on: date = TODAY) -> Signed:
        mailbox = bytes(tip_now(self.tip).mailbox)
        return Signed.signed(
            key or self.key, mailbox=mailbox, notice=1, notice_sha256="0" * 64, text="", day=on, claim=claim
        )

    def says(self, claim: Claim, key: Ed25519PrivateKey | None = None, on: date = TODAY) -> int:
        """Put an answer where an opened envelope would have put it; gives its number over all tips."""
        tip = tip_now(self.tip)
        tip.numbers += 1
        tip.save(update_fields=["numbers"])
        number = Message.objects.filter(kind="claim").count() + 1
        envelope = Envelope.objects.create(
            ref=reference.new("ENV"), entry=os.urandom(32), leaf=0, day=on, mailbox=bytes(tip.mailbox),
            compartment="harbour", state="opened", kind="message",
        )  # fmt: skip
        Message.objects.create(
            tip=tip, number=tip.numbers, direction=Direction.FROM_SOURCE, kind="claim", claim_number=number, day=on, text="",
            envelope=envelope, part=kept(self.signed(claim, key, on), claim),
        )  # fmt: skip
        return number

    def told(self, kind: str) -> dict[str, object] | None:
        """What of a reward stands in the mailbox now: the newest notice or voucher that was not taken back."""
        found = (
            Message.objects.filter(tip__ref=self.tip, kind=kind, erased_on__isnull=True)
            .order_by("-number")
            .first()
        )
        return found.part if found else None

    @property
    def code(self) -> str:
        told = self.told("voucher")
        assert told is not None
        return str(told["code"])

    def asked(self) -> SourceClaim:
        return SourceClaim.objects.get(share__tip=self.tip)

    def accepts(self, now: datetime = NOON, **changes: str) -> None:
        claim = self.asked()
        self.says(Claim(claim.ref, bytes(claim.challenge), "accept", ANSWERS | changes, ""), on=now.date())
        jobs.take_answers(now)

    def collects(self, payout: Payout, code: str, number: str = "", now: datetime = NOON) -> None:
        challenge = window_challenge(code, number or payout.window)
        self.says(Claim(payout.claim, challenge, "collect", {}, ""), on=now.date())
        jobs.take_answers(now)


def sources_of(road: Road) -> list[Source]:
    """The authors of the award's tips. What the cast wrote down as accepted is signed by them now."""
    found = []
    for share in road.award.shares.order_by("id"):
        source = Source(share.tip)
        for claim in share.claims.all():
            said = source.signed(Claim(claim.ref, bytes(claim.challenge), "accept", claim.answers, ""))
            claim.signed, claim.signature = said.signed_bytes(), said.signature
            claim.save()
        found.append(source)
    return found


def issued(road: Road) -> list[Source]:
    """Vouchers for both sources of the award."""
    road.to("protected")
    sources = sources_of(road)
    vouchers.issue_vouchers(ref=road.ref, window=WINDOW, actor=who("pia"), now=NOON)
    return sources


def payout_now(source: Source) -> Payout:
    return Payout.objects.unscoped("a test looks").select_related("share__award").get(share__tip=source.tip)


def presented(source: Source, name: str = "pam", now: datetime = NOON) -> Payout:
    """The source stands at the window, and has signed the number that was read out."""
    code = source.code
    payout = paying.present_voucher(code=code, actor=who(name), now=now)
    assert not isinstance(payout, Refusal)
    source.collects(payout, code, now=now)
    return payout


def counted(source: Source, minor: int | None = None, now: datetime = NOON) -> Payout:
    """The money lies on the table."""
    payout = presented(source, now=now)
    left = payout.amount_minor - payout.paid_minor
    amount = Money(left if minor is None else minor, "USD")
    paying.begin_hand_over(ref=payout.ref, amount=amount, actor=who("pam"), now=now)
    return payout_now(source)


def paid(source: Source, minor: int | None = None, now: datetime = NOON) -> Payout:
    """Handed over before Wes and Wim."""
    payout = counted(source, minor, now)
    for name in ("wes", "wim"):
        paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=witness(name), now=now)
    return payout_now(source)


def witness(name: str) -> Actor:
    """Wes, Wim or another who may witness in Harbour."""
    return acting(name, "witness")


def check(road: Road, number: str, kind: str, clear: bool) -> None:
    checking.record_check(
        ref=road.ref, number=number, kind=kind, clear=clear, source="a newer list", actor=who("pia"), now=NOON
    )


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The rules that stand in the way of a verb; and that nothing moved: here, in the ledger, in the record, in the
    mailboxes."""
    before = moved()
    with pytest.raises(Refused) as stopped, undone():
        act()
    assert moved() == before
    return stopped.value.rules


def moved() -> dict[str, list[object]]:
    """Everything that a verb of this road writes, and the balances of the books."""
    rows = everything()
    rows["Message"] = list(Message.objects.order_by("pk").values())
    rows["Parcel"] = list(Parcel.objects.order_by("pk").values())
    books = ledger.figures_of(PROGRAMME, YEAR)
    return rows | {"books": [str(books.available), str(books.committed), str(books.paid)]}

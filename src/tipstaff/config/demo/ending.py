"""The end of the demo's finished case: protection, vouchers, the window, and the papers."""

from tipstaff.awards.actions import finishing, memoranda, paying, reporting, vouchers
from tipstaff.awards.jobs import take_answers
from tipstaff.config.demo.cast import HARBOUR
from tipstaff.config.demo.office import deliver_what_waits
from tipstaff.config.demo.road import Road, dollars
from tipstaff.config.demo.sources import Source
from tipstaff.kernel.decision import Refusal
from tipstaff.tips.jobs import open_waiting
from tipstaff.vault.actions import seal_identity
from tipstaff.vault.sealing import Details

PLACE = "Window 3, the old customs house, Harbour (invented)"
WITNESSES = ("wes", "win")


class VoucherNotTaken(Exception):
    """The window did not take a voucher that the story says is good."""


def protect(road: Road) -> None:
    """Pia seals who is in danger into the vault, and writes down how all are protected."""
    pia, now = road.who("pia", 57), road.at(57)
    vaults = {
        number: seal_identity(compartment=HARBOUR[0], details=_invented(number), actor=pia, now=now)
        for number, (given, _) in zip(road.numbers(), road.given(), strict=True)
        if given.answers.get("protection") == "yes"
    }
    finishing.plan_protection(
        ref=road.award,
        needed=bool(vaults),
        plan="Paid in cash at a window far from the pier, after dark. Nobody there knows what for.",
        vaults=vaults,
        actor=pia,
        now=now,
    )


def send_vouchers(road: Road) -> None:
    """Pia sends each source its voucher, sealed."""
    window = vouchers.Window(place=PLACE, opens_on=road.on(60), closes_on=road.on(90))
    vouchers.issue_vouchers(ref=road.award, window=window, actor=road.who("pia", 58), now=road.at(58))
    deliver_what_waits(road.keyring, road.at(58))


def paid_at_the_window(road: Road) -> None:
    """Each source brings its voucher to Pam, signs her number with its receipt, and is paid before Wes and Win."""
    for amount, source in zip(road.story.advised, road.sources, strict=True):
        _paid(road, source, amount)


def put_on_paper(road: Road) -> None:
    """Cora holds the receipt, reports the payment, issues the memorandum, and closes the file."""
    cora = road.who("cora", 66)
    reporting.hold_receipt(ref=road.award, reference="DEMO-RECEIPT-1", actor=cora, now=road.at(66))
    reporting.report_payment(
        ref=road.award,
        reference="DEMO-REPORT-1",
        significance="Without these sources nobody would have known the house or the day.",
        actor=cora,
        now=road.at(76),
    )
    memoranda.issue_memorandum(
        ref=road.award,
        public_summary="An invented leader of an invented company was arrested; two invented sources were paid.",
        actor=cora,
        now=road.at(80),
    )
    finishing.close_award(ref=road.award, reason="Paid, receipted and reported.", actor=cora, now=road.at(84))


def _paid(road: Road, source: Source, amount: int) -> None:
    pam, now = road.who("pam", 64), road.at(64)
    payout = paying.present_voucher(code=source.voucher().code, actor=pam, now=now)
    if isinstance(payout, Refusal):
        raise VoucherNotTaken(str(payout.because))
    source.collect(payout.window, road.on(64))
    open_waiting(road.keyring, now)
    take_answers(now)
    paying.begin_hand_over(ref=payout.ref, amount=dollars(amount), actor=pam, now=now)
    for witness in WITNESSES:
        paying.witness_hand_over(ref=payout.ref, window=payout.window, actor=road.who(witness, 64), now=now)
    deliver_what_waits(road.keyring, now)


def _invented(number: str) -> Details:
    return Details(
        name=f"Invented Person {number}",
        contact="A telephone that does not exist",
        protection="Nothing here is about anybody.",
    )

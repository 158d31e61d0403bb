"""Arranging that a share is paid: to whom a voucher goes, when it is replaced, when it lapses or goes back. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tipstaff.awards.states import ClaimState, PayoutState
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money

RULES: Mapping[str, str] = {
    "awards.claim-accepted": "Nothing is paid to a source that has not accepted with the key of its receipt.",
    "awards.payee-checked": "A reward may not reach who is on a sanctions list or barred: asked until the last.",
    "awards.identity-sealed": "Who is paid under protection is known to the vault, and to nobody at the window.",
    "awards.window-days": "Whoever travels to a window needs days to do it, and the programme an end.",
    "awards.window-place": "A voucher says where it is paid.",
    "awards.voucher-left": "A voucher pays what is left of a share.",
    "awards.voucher-cause": "A voucher that was replaced without a reason was perhaps paid twice.",
    "awards.receipt-lost": "Whoever brings no receipt cannot be told from anybody else.",
    "awards.share-returned": "What is given up is given up with a reason.",
}

LONGEST_DAYS = 366
KINDS = ("sanctions", "barred")


class NewVoucher(StrEnum):
    """Why a share gets a new voucher."""

    LOST = "lost"
    WRONG = "wrong"
    NOT_COLLECTED = "not-collected"
    REST = "rest"
    RECEIPT_LOST = "receipt-lost"


class Return(StrEnum):
    """Why what was not paid of a share goes back."""

    BARRED = "barred"
    SANCTIONED = "sanctioned"
    DECLINED = "declined"
    RECEIPT_LOST = "receipt-lost"
    NOT_COLLECTED = "not-collected"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeeFacts:
    """One source by number: what it said, what the last check of each kind found, and whether the vault knows it.

    `in_danger`: it said that being paid is dangerous; `sealed`: its identity is in the vault.
    """

    number: str
    claim: ClaimState | None
    checks: Mapping[str, bool]
    in_danger: bool = False
    sealed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowFacts:
    """Where and when a voucher would be paid; `unclaimed_on` is the rule sheet's last day, where it has one."""

    place: str
    opens_on: date
    closes_on: date
    today: date
    unclaimed_on: date | None = None


def clear(checks: Mapping[str, bool]) -> bool:
    """Whether the last check of every kind found nothing."""
    return all(checks.get(kind) is True for kind in KINDS)


def may_issue(payees: Sequence[PayeeFacts], window: WindowFacts) -> Decision:
    """Whether a voucher goes to each of these sources. Who declined or did not answer in time is not among them."""
    refusals = list(may_open(window).refusals)
    if not payees:
        refusals.append(
            Refusal(
                "awards.voucher-left",
                "No source that accepted has anything left to be paid: ask them again, or close the award.",
            )
        )
    for payee in payees:
        refusals += may_pay(payee).refusals
    return Decision(tuple(refusals))


def may_pay(payee: PayeeFacts) -> Decision:
    """Whether this source may be sent to a window."""
    return Decision((*_accepted(payee), *_checked(payee), *_protected(payee)))


def _accepted(payee: PayeeFacts) -> Iterator[Refusal]:
    if payee.claim != ClaimState.ACCEPTED:
        yield Refusal(
            "awards.claim-accepted",
            "Source {source} has not accepted yet: ask it, and wait for its answer.",
            {"source": payee.number},
        )


def _checked(payee: PayeeFacts) -> Iterator[Refusal]:
    for kind in KINDS:
        named = {"source": payee.number, "check": kind}
        if kind not in payee.checks:
            yield Refusal(
                "awards.payee-checked",
                "Source {source} was not checked yet ({check}): record that check first.",
                named,
            )
        elif not payee.checks[kind]:
            yield Refusal(
                "awards.payee-checked",
                "The last check of source {source} was not clear ({check}): nothing is paid to it. Return its share.",
                named,
            )


def _protected(payee: PayeeFacts) -> Iterator[Refusal]:
    if payee.in_danger and not payee.sealed:
        yield Refusal(
            "awards.identity-sealed",
            "Source {source} needs protection: seal its identity in the vault, and name its reference here.",
            {"source": payee.number},
        )


def may_open(window: WindowFacts) -> Decision:
    """Whether a window has a place, days to come to it, and an end."""
    refusals = []
    if not window.place.strip() or len(window.place) > 200:
        refusals.append(
            Refusal(
                "awards.window-place",
                "Say where the voucher is paid, in at most {longest} characters.",
                {"longest": 200},
            )
        )
    last = window.opens_on + timedelta(days=LONGEST_DAYS)
    if not window.today <= window.opens_on <= window.closes_on <= last:
        refusals.append(
            Refusal(
                "awards.window-days",
                "The first day is not over, and the last one comes after it, by {last} at the latest: choose "
                "other days.",
                {"last": last},
            )
        )
    if window.unclaimed_on is not None and window.closes_on > window.unclaimed_on:
        refusals.append(
            Refusal(
                "awards.window-days",
                "After {last} the reward counts as unclaimed: choose an earlier last day.",
                {"last": window.unclaimed_on},
            )
        )
    return Decision(tuple(refusals))


def may_reissue(
    cause: NewVoucher, payee: PayeeFacts, window: WindowFacts, *, left: Money, reason: str
) -> Decision:
    """Whether a share gets a new voucher, which makes the old one worthless."""
    if cause is NewVoucher.RECEIPT_LOST:
        return Decision(
            (
                Refusal(
                    "awards.receipt-lost",
                    "A new voucher would go to the mailbox that the lost receipt no longer opens, and to no other. "
                    "If the vault knows the source, two officers open it and the protector agrees on another way; "
                    "otherwise return the share.",
                ),
            )
        )
    refusals = list(may_issue([payee], window).refusals)
    if left.minor <= 0:
        refusals.append(
            Refusal("awards.voucher-left", "Everything was paid: there is nothing left for a voucher.")
        )
    refusals += _said_why("awards.voucher-cause", reason)
    return Decision(tuple(refusals))


def may_return(state: PayoutState, reason: str) -> Decision:
    """Whether what is left of a share goes back."""
    refusals = _said_why("awards.share-returned", reason)
    if state is PayoutState.PRESENTED:
        refusals.append(
            Refusal(
                "awards.share-returned", "The voucher lies at the window: let the paymaster cancel first."
            )
        )
    return Decision(tuple(refusals))


def _said_why(rule: str, reason: str) -> list[Refusal]:
    if reason.strip() and len(reason) <= 2_000:
        return []
    if rule == "awards.voucher-cause":
        return [
            Refusal("awards.voucher-cause", "Say why a new voucher is needed, in at most 2,000 characters.")
        ]
    return [Refusal("awards.share-returned", "Say why the share is returned, in at most 2,000 characters.")]


def may_lapse(*, closes_on: date, today: date) -> Decision:
    """Whether the last day of a voucher is over."""
    if today > closes_on:
        return Decision()
    return Decision(
        (
            Refusal(
                "awards.window-days",
                "The voucher is good until {last}: wait until that day is over.",
                {"last": closes_on},
            ),
        )
    )

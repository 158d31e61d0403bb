"""What a source answered about a reward: whether we asked that, how it is kept, and whether it is still what was
signed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Max

from tipstaff.sealed.envelope import Claim, Message
from tipstaff.sealed.items import plain
from tipstaff.tips import models
from tipstaff.tips.states import MessageKind


class Asked:
    """The notices and vouchers that we sent to some tips and have not taken back."""

    def __init__(self, tips: Collection[int]) -> None:
        told = models.Message.objects.filter(
            tip__in=tips, kind__in=[MessageKind.REWARD, MessageKind.VOUCHER], erased_on__isnull=True
        )
        self._known = {
            (tip, kind, part["claim"], part.get("challenge", ""))
            for tip, kind, part in told.values_list("tip", "kind", "part")
            if part is not None
        }

    def fits(self, tip: int, claim: Claim) -> bool:
        """Was this tip's source asked that? At the window only the paymaster knows the number: who collects
        needs a voucher, and what was signed there is compared there."""
        if claim.answer == "collect":
            return (tip, MessageKind.VOUCHER, claim.claim, "") in self._known
        return (tip, MessageKind.REWARD, claim.claim, claim.challenge.hex()) in self._known


def kept(message: Message, claim: Claim) -> dict[str, Any]:
    """The answer as its row keeps it: its fields, and the very bytes that were signed."""
    fields: dict[str, Any] = plain(claim)
    return fields | {"signed": message.signed_bytes().decode(), "signature": message.signature.hex()}


def claim_of(part: Mapping[str, Any]) -> Claim:
    """The answer that a row keeps."""
    return Claim(
        part["claim"], bytes.fromhex(part["challenge"]), part["answer"], dict(part["answers"]), part["reason"]
    )


def last_number() -> int:
    """The number of the newest answer, 0 before the first. Whoever numbers takes turns, so that no answer is
    committed with a smaller number than one that was read before."""
    list(models.Message.objects.select_for_update().filter(claim_number=1))
    return models.Message.objects.aggregate(last=Max("claim_number"))["last"] or 0

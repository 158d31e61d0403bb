"""One round of opening: decrypt without a transaction, ask where each tip belongs, keep it all in one."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from tipstaff.custody.queries import public_keys
from tipstaff.offers import queries as offers
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import Tip
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips import actions
from tipstaff.tips.actions.opening import Routing, Settled
from tipstaff.tips.opening import open_one
from tipstaff.tips.queries import account
from tipstaff.tips.queries.account import ClosedEnvelope
from tipstaff.tlog.note import Signer


def open_round(closed: Sequence[ClosedEnvelope], keyring: Keyring, actor: Actor, now: datetime) -> Settled:
    """Open these envelopes outside any transaction, then keep the outcomes in one. Raises NotAllowed."""
    outcomes = [open_one(each.pk, each.mailbox, each.body, keyring.identities) for each in closed]
    routing = _routing([outcome.item for outcome in outcomes if isinstance(outcome.item, Tip)], keyring)
    return actions.settle(outcomes=outcomes, routing=routing, actor=actor, now=now)


def _routing(tips: Sequence[Tip], keyring: Keyring) -> Routing:
    # A notice's hash is of the note as it was published, signature and all; Ed25519 signs the same text the
    # same way.
    signer = Signer(keyring.names.notice, keyring.notice)
    texts = {number: offers.offers_in_notice(number) for number in {tip.notice for tip in tips}}
    return Routing(
        notices={
            n: hashlib.sha256(signer.sign(text).encode()).hexdigest() for n, text in texts.items() if text
        },
        compartments=offers.compartments_of(tip.offer for tip in tips if tip.offer),
        default=public_keys().compartment,
    )


def open_again(*, ref: str, keyring: Keyring, actor: Actor, now: datetime) -> bool:
    """Try an envelope that did not open once more, with the keys there are now. Did it open?

    Raises NotVisible or NotAllowed.
    """
    return open_round([account.closed_body(actor, ref)], keyring, actor, now).opened == 1

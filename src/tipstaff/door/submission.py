"""A tip on its way in: sealed in memory, accepted in one commit, answered with a receipt and a proof."""

import threading
import time
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from tipstaff.door.bulletin import Bulletin
from tipstaff.door.forms import TipForm
from tipstaff.door.keys import DoorKeys
from tipstaff.door.reward import mark
from tipstaff.door.staging import StagedFile
from tipstaff.door.tokens import Token
from tipstaff.hatch import actions, queries
from tipstaff.hatch.actions import Accepted, Arrival
from tipstaff.sealed.derive import claim_key, mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.envelope import Claim, Message, Tip, pack_envelope
from tipstaff.sealed.receipt import Receipt
from tipstaff.tlog.checkpoint import Checkpoint
from tipstaff.tlog.note import open_note
from tipstaff.tlog.proof import LogProof, entry_extra

# In each process one tip at a time is worked on once it has arrived whole. Threads that share an interpreter gain
# nothing by sealing side by side; taking turns at every statement cost a third of the throughput.
_workbench = threading.Lock()


class ChangedSince(Exception):
    """This form was sent before, and what was sent then is not what stands in it now."""


class AnsweredAlready(Exception):
    """This notice has another answer already, or this window its signature."""


class SentLongAgo(Exception):
    """This form was sent before, too long ago to show its receipt again."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a sender takes away."""

    receipt: Receipt
    reference: str
    proof: str


def receive_tip(
    token: Token, form: TipForm, files: list[StagedFile], content: bytes, visit_language: str, current: Bulletin,
    keys: DoorKeys, today: date,
) -> Received:  # fmt: skip
    """Seal and keep a tip. `content` is the SHA-256 of all that was filled in.

    The same form sent again within ten minutes gives the same receipt and stores nothing twice. Raises ChangedSince,
    SentLongAgo or UploadGone; then nothing was kept.
    """
    with _workbench:
        secret = keys.ratchet.secrets(time.time())[0]
        receipt = token.receipt(secret)
        address = mailbox_address(receipt)
        offer = current.notice.offer(form.offer)
        tip = Tip(
            mailbox=address,
            reply=str(reply_identity(receipt).recipient()),
            claim=claim_key(receipt).public_key().public_bytes_raw(),
            notice=current.notice.number,
            notice_sha256=current.digest,
            offer=offer.ref if offer else None,
            offer_version=offer.version if offer else None,
            language=visit_language,
            text=form.text,
            people=form.people,
            places=form.places,
            dates=form.dates,
            how=form.how,
            may_ask=form.may_ask,
            reward=form.reward,
            files=tuple(file.sealed for file in files),
            day=today,
            sealed_by="door",
        )
        proof = _keep(tip, token.digest, token.seal(secret, content), files, current, keys, today)
        return Received(receipt, tip_reference(address), proof) if proof else _again(token, content, keys)


def receive_message(
    token: Token, receipt: Receipt, text: str, files: list[StagedFile], content: bytes, current: Bulletin,
    keys: DoorKeys, today: date,
) -> str | None:  # fmt: skip
    """Seal and keep something more for a mailbox that exists; returns its proof, None when this was sent before.

    Raises UploadGone. Whether the mailbox exists is the caller's to know.
    """
    with _workbench:
        secret = keys.ratchet.secrets(time.time())[0]
        message = Message.signed(
            claim_key(receipt),
            mailbox=mailbox_address(receipt),
            notice=current.notice.number,
            notice_sha256=current.digest,
            text=text,
            files=[file.sealed for file in files],
            day=today,
        )
        return _keep(message, token.digest, token.seal(secret, content), files, current, keys, today)


def receive_answer(
    token: Token,
    receipt: Receipt,
    claim: Claim,
    content: bytes,
    current: Bulletin,
    keys: DoorKeys,
    today: date,
) -> None:
    """Sign, seal and keep the answer about a reward, once for each notice. The same form sent again is the same answer.

    What marks it as given is made of what was signed, not of the form. Raises AnsweredAlready.
    """
    with _workbench:
        spent = mark(claim.answer, claim.challenge)
        message = Message.signed(
            claim_key(receipt),
            mailbox=mailbox_address(receipt),
            notice=current.notice.number,
            notice_sha256=current.digest,
            text="",
            day=today,
            claim=claim,
        )
        in_force = keys.ratchet.secrets(time.time())
        if _keep(message, spent, token.seal(in_force[0], content), [], current, keys, today) is None:
            sealed = queries.spent_seal(spent)
            if all(sealed != token.seal(secret, content) for secret in in_force):
                raise AnsweredAlready


def given(answer: str, challenge: bytes) -> bool:
    """Was such an answer taken in the last days? After them the door has forgotten."""
    return queries.spent_seal(mark(answer, challenge)) is not None


def _keep(
    item: Tip | Message, spent: bytes, seal: bytes, files: list[StagedFile], current: Bulletin, keys: DoorKeys,
    today: date,
) -> str | None:  # fmt: skip
    """Seal `item` and hand it to the hatch; its proof, or None when `spent` was spent before."""
    body = pack_envelope(item, current.recipients)
    entry = sha256(body).digest()
    arrival = Arrival(
        entry=entry,
        body=body,
        mailbox=item.mailbox,
        opens_mailbox=isinstance(item, Tip),
        token=spent,
        seal=seal,
        uploads=[file.upload for file in files],
    )
    accepted = actions.accept(arrival=arrival, sign=_signer(keys), today=today)
    return proof_text(accepted, entry) if accepted else None


def proof_text(accepted: Accepted, entry: bytes) -> str:
    """The `.tlog-proof` for an accepted entry."""
    return LogProof(accepted.leaf, accepted.path, accepted.checkpoint, entry_extra(entry)).text()


def later_proof(leaf: int, keys: DoorKeys) -> str:
    """The proof of an older leaf: to the public head once that covers it, to the door's newest head until then."""
    head = queries.public_head()
    if head is not None and leaf < head.size:
        size, note = head.size, head.note
    else:
        note = queries.private_head().checkpoint
        text, _ = open_note(note, [keys.log.verifier])
        size = Checkpoint.parse(text).size
    entry = queries.leaves(leaf, leaf + 1)[0]
    return LogProof(leaf, queries.inclusion(leaf, size), note, entry_extra(entry)).text()


def _again(token: Token, content: bytes, keys: DoorKeys) -> Received:
    """The answer to a form that was sent before: shown again only for the very same content, and not for long."""
    sealed = queries.spent_seal(token.digest)
    in_force = keys.ratchet.secrets(time.time())
    for secret in in_force:
        if sealed == token.seal(secret, content):
            receipt = token.receipt(secret)
            address = mailbox_address(receipt)
            mailbox = queries.mailbox(address)
            if mailbox is not None:
                return Received(receipt, tip_reference(address), later_proof(mailbox.leaf, keys))
    if any(queries.mailbox(mailbox_address(token.receipt(secret))) for secret in in_force):
        raise ChangedSince
    raise SentLongAgo


def _signer(keys: DoorKeys) -> actions.SignHead:
    def sign(size: int, root: bytes) -> str:
        return Checkpoint(keys.origin, size, root).sign(keys.log)

    return sign

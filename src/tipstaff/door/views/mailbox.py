"""Come back with a receipt: the state, messages, the proof, and a box to answer in.

The receipt is posted, never part of an address. For one request the door can open this mailbox's replies; it
shows them and forgets. Whatever is found or not found, the answer has one length and costs the same work.
"""

import base64
import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tipstaff.door import keys, posted, tokens
from tipstaff.door.bulletin import Bulletin
from tipstaff.door.forms import Problem, text_problems
from tipstaff.door.page import Visit, compose, padded, show
from tipstaff.door.submission import later_proof, receive_message
from tipstaff.door.tokens import TokenWrong
from tipstaff.door.views.reading import in_language
from tipstaff.door.views.tip import file_problems, staging
from tipstaff.hatch import queries
from tipstaff.hatch.actions import UploadGone
from tipstaff.kernel.clock import day
from tipstaff.sealed.derive import mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.envelope import SLOT_SIZE, SLOTS, Reply, filler_slot, open_slot
from tipstaff.sealed.header import SealError
from tipstaff.sealed.receipt import Receipt, ReceiptUnreadable

MAILBOX_PAGE_BYTES = 45_056
RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies in a mailbox, opened for one answer. `leaf` is None when there is no such mailbox."""

    leaf: int | None
    state: str
    state_on: date | None
    messages: tuple[Reply, ...]


@in_language
def mailbox(request: HttpRequest, visit: Visit, current: Bulletin) -> HttpResponse:
    """GET: asks for the receipt. POST: opens the mailbox, or takes something more for it."""
    if request.method != "POST":
        return HttpResponse(compose("door/return.html", visit, current, path="mailbox/", **_blank()).fill({}))
    sent = posted.read(request, lambda fields: staging(fields, current))
    if (language := sent.fields.get("language", "")) in current.languages:
        visit = Visit(language, visit.onion, visit.proxied)
    lent = sent.fields.get("lent", "")
    if lent:
        receipt = tokens.lent(lent, keys.current().ratchet.secrets(time.time()))
        if receipt is None:
            return _ask(visit, current, [Problem("receipt", "lent-over")], sent.fields.get("text", ""))
        if "send" in sent.fields or sent.named:
            return _add(visit, current, receipt, sent)
        return _opened_page(visit, current, receipt, {"text": sent.fields.get("text", "")})
    try:
        receipt = Receipt.read(sent.fields.get("receipt", ""), prefer=visit.language)
    except ReceiptUnreadable as wrong:
        problem = Problem("receipt", f"receipt-{wrong.kind}", str(wrong.position or ""))
        return _ask(
            visit, current, [problem], sent.fields.get("text", ""), sent.fields.get("receipt", "")[:2000]
        )
    return _opened_page(visit, current, receipt, {"text": sent.fields.get("text", "")})


def open_mailbox(receipt: Receipt) -> Opened:
    """Open all the slots behind `receipt`. A mailbox that is not there costs the same: its slots are made up."""
    address = mailbox_address(receipt)
    row = queries.mailbox(address)
    identity = reply_identity(receipt)
    slots = row.slots if row else b""
    state, messages = None, list[Reply]()
    for place in range(SLOTS):
        slot = slots[place * SLOT_SIZE : (place + 1) * SLOT_SIZE] or filler_slot()
        try:
            reply = open_slot(slot, identity)
        except SealError:
            continue
        if reply is None or reply.mailbox != address:
            continue
        if reply.kind == "message":
            messages.append(reply)
        elif state is None or reply.number > state.number:
            state = reply
    messages.sort(key=lambda reply: reply.number)
    return Opened(
        leaf=row.leaf if row else None,
        state=state.state or RECEIVED if state else RECEIVED,
        state_on=state.day if state else None,
        messages=tuple(messages),
    )


def _opened_page(visit: Visit, current: Bulletin, receipt: Receipt, extra: dict[str, Any]) -> HttpResponse:
    opened = open_mailbox(receipt)
    if opened.leaf is None:
        response = _ask(
            visit, current, [Problem("receipt", "nothing-found")], extra.get("text", ""), status=200
        )
        response.content = padded(response.content, MAILBOX_PAGE_BYTES)
        return response
    door = keys.current()
    now = time.time()
    proof = later_proof(opened.leaf, door)
    context: dict[str, Any] = {
        "path": "mailbox/",
        "reference": tip_reference(mailbox_address(receipt)),
        "opened": opened,
        "proof": proof,
        "proof_base64": base64.b64encode(proof.encode()).decode(),
        "lent": tokens.lend(receipt, door.ratchet.secrets(now)[0]),
        "token": tokens.issue(door.form, now),
        "problems": (),
        "faulty": frozenset(),
        "named": (),
        "text": "",
        "added": False,
    }
    response = show("door/mailbox.html", visit, current, context | extra)
    response.content = padded(response.content, MAILBOX_PAGE_BYTES)
    return response


def _add(visit: Visit, current: Bulletin, receipt: Receipt, sent: posted.Posted) -> HttpResponse:
    text = sent.fields.get("text", "")
    problems = file_problems(sent)
    if sent.whole and not (sent.files and not text.strip()):
        problems += text_problems(text, has_files=False)
    door = keys.current()
    try:
        token = tokens.read(sent.fields.get("token", ""), door.form, time.time())
    except TokenWrong:
        problems.append(Problem("text", "token"))
    if problems:
        return _kept(visit, current, receipt, text, problems, sent.named)
    if queries.mailbox(mailbox_address(receipt)) is None:
        return _opened_page(visit, current, receipt, {"text": text})
    try:
        proof = receive_message(
            token, receipt, text, sent.files, sent.content, current, door, day(timezone.now())
        )
    except UploadGone:
        return _kept(visit, current, receipt, text, [Problem("files", "gone")], sent.named)
    extra: dict[str, Any] = {"added": True}
    if proof is not None:
        extra |= {"proof": proof, "proof_base64": base64.b64encode(proof.encode()).decode()}
    return _opened_page(visit, current, receipt, extra)


def _kept(
    visit: Visit, current: Bulletin, receipt: Receipt, text: str, problems: list[Problem], named: list[str]
) -> HttpResponse:
    faulty = frozenset(problem.field for problem in problems)
    extra = {"text": text, "problems": problems, "faulty": faulty, "named": named}
    return _opened_page(visit, current, receipt, extra)


def _ask(
    visit: Visit, current: Bulletin, problems: list[Problem], text: str, receipt: str = "", status: int = 422
) -> HttpResponse:
    """The page that asks for the receipt, with what was wrong; an answer that was being written stays."""
    faulty = frozenset(problem.field for problem in problems)
    context = _blank() | {"problems": problems, "faulty": faulty, "text": text, "receipt": receipt}
    return show("door/return.html", visit, current, {"path": "mailbox/", **context}, status=status)


def _blank() -> dict[str, Any]:
    return {"problems": (), "faulty": frozenset(), "text": "", "receipt": ""}

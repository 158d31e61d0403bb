"""Come back with a receipt: the state, messages, a reward, the proof, and a box to answer in.

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
from tipstaff.door.reward import (
    RewardForm,
    RewardPart,
    VoucherPart,
    answer_of,
    notice_problems,
    presence_of,
    questions_of,
    window_on,
    window_problems,
)
from tipstaff.door.submission import AnsweredAlready, given, later_proof, receive_answer, receive_message
from tipstaff.door.tokens import TokenWrong
from tipstaff.door.views.reading import in_language
from tipstaff.door.views.tip import file_problems, staging
from tipstaff.hatch import queries
from tipstaff.hatch.actions import UploadGone
from tipstaff.kernel.clock import day
from tipstaff.sealed.claims import KINDS
from tipstaff.sealed.derive import mailbox_address, reply_identity, tip_reference
from tipstaff.sealed.envelope import SLOT_SIZE, SLOTS, Reply, filler_slot, open_slot
from tipstaff.sealed.header import SealError
from tipstaff.sealed.receipt import Receipt, ReceiptUnreadable

MAILBOX_PAGE_BYTES = 45_056
RECEIVED = "received"
NO_CHALLENGE = bytes(32)


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies in a mailbox, opened for one answer. `leaf` is None when there is no such mailbox."""

    leaf: int | None
    state: str
    state_on: date | None
    messages: tuple[Reply, ...]
    reward: Reply | None
    voucher: Reply | None


@in_language
def mailbox(request: HttpRequest, visit: Visit, current: Bulletin) -> HttpResponse:
    """GET: asks for the receipt. POST: opens the mailbox, or takes something more for it."""
    if request.method != "POST":
        return HttpResponse(compose("door/return.html", visit, current, path="mailbox/", **_blank()).fill({}))
    sent = posted.read(request, lambda fields: staging(fields, current))
    if (language := sent.fields.get("language", "")) in current.languages:
        visit = Visit(language, visit.onion, visit.proxied)
    typed = {"text": sent.fields.get("text", ""), "form": RewardForm.of(sent.fields)}
    lent = sent.fields.get("lent", "")
    if lent:
        receipt = tokens.lent(lent, keys.current().ratchet.secrets(time.time()))
        if receipt is None:
            return _ask(visit, current, [Problem("receipt", "lent-over")], typed)
        if pressed := next((kind for kind in KINDS if kind in sent.fields), ""):
            return _answer(visit, current, receipt, sent, typed, pressed)
        if "send" in sent.fields or sent.named:
            return _add(visit, current, receipt, sent, typed)
        return _opened_page(visit, current, receipt, typed)
    try:
        receipt = Receipt.read(sent.fields.get("receipt", ""), prefer=visit.language)
    except ReceiptUnreadable as wrong:
        problem = Problem("receipt", f"receipt-{wrong.kind}", str(wrong.position or ""))
        return _ask(visit, current, [problem], typed, sent.fields.get("receipt", "")[:2000])
    return _opened_page(visit, current, receipt, typed)


def open_mailbox(receipt: Receipt) -> Opened:
    """Open all the slots behind `receipt`. A mailbox that is not there costs the same: its slots are made up."""
    address = mailbox_address(receipt)
    row = queries.mailbox(address)
    identity = reply_identity(receipt)
    slots = row.slots if row else b""
    newest, messages = dict[str, Reply](), list[Reply]()
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
        elif reply.kind not in newest or reply.number > newest[reply.kind].number:
            newest[reply.kind] = reply
    messages.sort(key=lambda reply: reply.number)
    state = newest.get("state")
    return Opened(
        leaf=row.leaf if row else None,
        state=state.state or RECEIVED if state else RECEIVED,
        state_on=state.day if state else None,
        messages=tuple(messages),
        reward=newest.get("reward"),
        voucher=newest.get("voucher"),
    )


def _opened_page(visit: Visit, current: Bulletin, receipt: Receipt, extra: dict[str, Any]) -> HttpResponse:
    opened = open_mailbox(receipt)
    if opened.leaf is None:
        response = _ask(visit, current, [Problem("receipt", "nothing-found")], extra, status=200)
        response.content = padded(response.content, MAILBOX_PAGE_BYTES)
        return response
    door = keys.current()
    now = time.time()
    proof = later_proof(opened.leaf, door)
    context: dict[str, Any] = {
        "path": "mailbox/",
        "reference": tip_reference(mailbox_address(receipt)),
        "opened": opened,
        **_reward_parts(opened, extra.get("form", RewardForm())),
        "proof": proof,
        "proof_base64": base64.b64encode(proof.encode()).decode(),
        "lent": tokens.lend(receipt, door.ratchet.secrets(now)[0]),
        "token": tokens.issue(door.form, now),
        "problems": (),
        "faulty": frozenset(),
        "named": (),
        "text": "",
        "form": RewardForm(),
        "added": False,
        "answered": "",
    }
    response = show("door/mailbox.html", visit, current, context | extra)
    response.content = padded(response.content, MAILBOX_PAGE_BYTES)
    return response


def _reward_parts(opened: Opened, form: RewardForm) -> dict[str, Any]:
    """The notice and the voucher as the page shows them. Where there is none the door is asked for marks all the
    same, so that a mailbox costs one work."""
    today = day(timezone.now())
    notice = opened.reward.reward if opened.reward else None
    about = notice.challenge if notice else NO_CHALLENGE
    answered, reviewed = given("accept", about), given("review", about)
    parts: dict[str, Any] = {"reward": None, "voucher": None}
    if opened.reward and notice:
        parts["reward"] = RewardPart(
            notice=notice,
            text=opened.reward.text,
            told_on=opened.reward.day,
            questions=questions_of(notice, form),
            may_answer=today <= notice.answer_by and not answered,
            may_review=notice.review_by is not None and today <= notice.review_by and not reviewed,
            answered=answered,
            reviewed=reviewed,
        )
    if opened.voucher and (voucher := opened.voucher.voucher):
        window = window_on(voucher, today)
        parts["voucher"] = VoucherPart(voucher, opened.voucher.text, opened.voucher.day, window)
    return parts


def _answer(
    visit: Visit,
    current: Bulletin,
    receipt: Receipt,
    sent: posted.Posted,
    typed: dict[str, Any],
    answer: str,
) -> HttpResponse:
    """Send what the source says about a reward, signed with the receipt's key; all else that was typed stays."""
    form, today = typed["form"], day(timezone.now())
    opened = open_mailbox(receipt)
    notice = opened.reward.reward if opened.reward else None
    voucher = opened.voucher.voucher if opened.voucher else None
    if answer == "collect":
        place, again, problems = "number", "window-used", window_problems(form, voucher, today)
    else:
        place, again, problems = "reward", "answered", notice_problems(answer, form, notice, today)
    door = keys.current()
    try:
        token = tokens.read(sent.fields.get("token", ""), door.form, time.time())
    except TokenWrong:
        problems.append(Problem(place, "reward-token"))
    if not sent.whole:
        problems.append(Problem(place, "broken"))
    claim = None
    if not problems and answer == "collect" and voucher:
        claim = presence_of(form, voucher)
    elif not problems and notice:
        claim = answer_of(answer, form, notice)
    if claim is not None:
        try:
            receive_answer(token, receipt, claim, sent.content, current, door, today)
        except AnsweredAlready:
            problems.append(Problem(place, again))
    if problems:
        return _kept(visit, current, receipt, typed, problems, sent.named)
    extra = {"text": typed["text"], "answered": answer, "named": sent.named}
    return _opened_page(visit, current, receipt, extra)


def _add(
    visit: Visit, current: Bulletin, receipt: Receipt, sent: posted.Posted, typed: dict[str, Any]
) -> HttpResponse:
    text = typed["text"]
    problems = file_problems(sent)
    if sent.whole and not (sent.files and not text.strip()):
        problems += text_problems(text, has_files=False)
    door = keys.current()
    try:
        token = tokens.read(sent.fields.get("token", ""), door.form, time.time())
    except TokenWrong:
        problems.append(Problem("text", "token"))
    if problems:
        return _kept(visit, current, receipt, typed, problems, sent.named)
    if queries.mailbox(mailbox_address(receipt)) is None:
        return _opened_page(visit, current, receipt, typed)
    try:
        proof = receive_message(
            token, receipt, text, sent.files, sent.content, current, door, day(timezone.now())
        )
    except UploadGone:
        return _kept(visit, current, receipt, typed, [Problem("files", "gone")], sent.named)
    extra: dict[str, Any] = {"added": True, "form": typed["form"]}
    if proof is not None:
        extra |= {"proof": proof, "proof_base64": base64.b64encode(proof.encode()).decode()}
    return _opened_page(visit, current, receipt, extra)


def _kept(
    visit: Visit,
    current: Bulletin,
    receipt: Receipt,
    typed: dict[str, Any],
    problems: list[Problem],
    named: list[str],
) -> HttpResponse:
    faulty = frozenset(problem.field for problem in problems)
    extra = typed | {"problems": problems, "faulty": faulty, "named": named}
    return _opened_page(visit, current, receipt, extra)


def _ask(
    visit: Visit,
    current: Bulletin,
    problems: list[Problem],
    typed: dict[str, Any],
    receipt: str = "",
    status: int = 422,
) -> HttpResponse:
    """The page that asks for the receipt, with what was wrong; an answer that was being written stays."""
    faulty = frozenset(problem.field for problem in problems)
    kept = typed.get("form", RewardForm()).kept()
    context = _blank() | {"problems": problems, "faulty": faulty, "receipt": receipt, "kept": kept}
    context["text"] = typed.get("text", "")
    return show("door/return.html", visit, current, {"path": "mailbox/", **context}, status=status)


def _blank() -> dict[str, Any]:
    return {"problems": (), "faulty": frozenset(), "text": "", "receipt": "", "kept": ()}

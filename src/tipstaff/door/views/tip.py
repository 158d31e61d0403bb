"""The form: one page, one box that has to be filled, sealed as it is posted; the receipt is the answer."""

import base64
import time
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tipstaff.door import keys, posted, tokens
from tipstaff.door.bulletin import Bulletin
from tipstaff.door.forms import HOW, Problem, TipForm
from tipstaff.door.page import Visit, compose, padded, show
from tipstaff.door.staging import Staging
from tipstaff.door.submission import ChangedSince, Received, SentLongAgo, receive_tip
from tipstaff.door.tokens import Token, TokenWrong
from tipstaff.door.views.reading import in_language
from tipstaff.hatch.actions import UploadGone
from tipstaff.kernel.clock import day
from tipstaff.sealed import receipt as receipts

RECEIPT_PAGE_BYTES = 1 << 14
_WORD_GAPS = tuple(f"word_{letter}" for letter in "abcdefghijkl")
_NUMBER_GAPS = tuple(f"number_{letter}" for letter in "abcdefghijkl")
_RECEIPT_GAPS = ("reference", "proof", "proof_base64", *_WORD_GAPS, *_NUMBER_GAPS)


@in_language
def tip(request: HttpRequest, visit: Visit, current: Bulletin, ref: str = "") -> HttpResponse:
    """GET: the empty form. POST: seal it, keep it, answer with the receipt; or say what to put right."""
    if request.method != "POST":
        return _empty_form(visit, current, ref)
    door = keys.current()
    sent = posted.read(request, lambda fields: staging(fields, current))
    form = TipForm.of(sent.fields)
    if (language := sent.fields.get("language", "")) in current.languages:
        switched = Visit(language, visit.onion, visit.proxied)
        return _form_again(switched, current, form, [], sent.named)
    problems, token = _problems(sent, form, current)
    if problems or token is None:
        return _form_again(visit, current, form, problems, sent.named)
    try:
        received = receive_tip(
            token, form, sent.files, sent.content, visit.language, current, door, day(timezone.now())
        )
    except ChangedSince:
        return _form_again(visit, current, form, [Problem("text", "changed-since")], sent.named)
    except SentLongAgo:
        return _form_again(visit, current, form, [Problem("text", "sent-long-ago")], sent.named)
    except UploadGone:
        return _form_again(visit, current, form, [Problem("files", "gone")], sent.named)
    return HttpResponse(padded(receipt_page(visit, current, received), RECEIPT_PAGE_BYTES))


def receipt_page(visit: Visit, current: Bulletin, received: Received) -> bytes:
    """The page with the words, the numbers, the proof and what happens next."""
    spelled = visit.language if visit.language in receipts.LANGUAGES else "en"
    page = compose("door/receipt.html", visit, current, _RECEIPT_GAPS, spelled=spelled)
    proof = received.proof
    return page.fill(
        {
            "reference": received.reference,
            "proof": proof,
            "proof_base64": base64.b64encode(proof.encode()).decode(),
        }
        | dict(zip(_WORD_GAPS, received.receipt.words(spelled), strict=True))
        | dict(zip(_NUMBER_GAPS, received.receipt.numbers(), strict=True))
    )


def file_problems(sent: posted.Posted) -> list[Problem]:
    """What was wrong with the files, and with the post as a whole."""
    found = [Problem("files", f"file-{fault.kind}", fault.name) for fault in sent.faults]
    if not sent.whole:
        found.insert(0, Problem("text", "broken"))
    return found


def staging(fields: dict[str, str], current: Bulletin) -> Staging | None:
    """Files are sealed only for a genuine form that is being sent; anything else is read and let go."""
    if "language" in fields:
        return None
    try:
        tokens.read(fields.get("token", ""), keys.current().form, time.time())
    except TokenWrong:
        return None
    return Staging(current.recipients, day(timezone.now()))


def _problems(sent: posted.Posted, form: TipForm, current: Bulletin) -> tuple[list[Problem], Token | None]:
    problems = file_problems(sent)
    if not sent.whole:
        return problems, None
    problems += form.problems(has_files=bool(sent.files))
    offer = current.notice.offer(form.offer)
    if form.offer and offer is None:
        problems.append(Problem("offer", "offer-unknown"))
    elif offer is not None and not offer.open:
        problems.append(Problem("offer", "offer-closed"))
    try:
        return problems, tokens.read(sent.fields.get("token", ""), keys.current().form, time.time())
    except TokenWrong:
        return [*problems, Problem("text", "token")], None


def _empty_form(visit: Visit, current: Bulletin, ref: str) -> HttpResponse:
    offer = current.notice.offer(ref)
    chosen = offer.ref if offer is not None and offer.open else ""
    page = compose("door/tip.html", visit, current, ("token",), chosen=chosen, **_empty())
    return HttpResponse(page.fill({"token": tokens.issue(keys.current().form, time.time())}))


def _form_again(
    visit: Visit, current: Bulletin, form: TipForm, problems: Iterable[Problem], named: list[str]
) -> HttpResponse:
    """The form with all that was typed, a fresh token, what to put right, and the files to choose again."""
    problems = list(problems)
    # A closed or unknown offer is let go of, so that the next press of the button sends what was written.
    dropped = any(problem.field == "offer" for problem in problems)
    context: dict[str, Any] = _empty() | {
        "token": tokens.issue(keys.current().form, time.time()),
        "form": form,
        "chosen": "" if dropped else form.offer,
        "problems": problems,
        "faulty": frozenset(problem.field for problem in problems),
        "named": named,
    }
    return show("door/tip.html", visit, current, context, status=422 if problems else 200)


def _empty() -> dict[str, Any]:
    return {"form": TipForm(), "problems": (), "faulty": frozenset(), "named": (), "how": HOW, "path": "tip/"}

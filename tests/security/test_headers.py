"""What every answer of the door tells the browser, errors and refusals included."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse

from tests.offices import TestOffice, Visitor
from tests.security import crawl
from tests.security.crawl import Answer
from tipstaff.door import bulletin
from tipstaff.door.views import mailbox, reading, tip
from tipstaff.hatch.models import Notice

PUBLIC_LOG = "/log/"
STATIC = "/static/tipstaff.css"


_answers: list[Answer] = []


@pytest.fixture
def answers(office: TestOffice, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """Every answer: each address by each method, each form, and what is said when something breaks."""
    if not _answers:  # asked for once: they are hundreds
        _answers.extend(ask_everything(visitor, monkeypatch))
    return _answers


def ask_everything(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    everything = [*crawl.every_answer(), *crawl.posted(visitor)]
    everything.append(crawl.ask("GET", "/en/", host="evil.example"))
    everything.append(crawl.ask("POST", "/en/tip/", host="evil.example"))
    everything.append(crawl.ask("GET", "/en/", host="not a host"))
    for view in (reading, tip, mailbox):
        for broken in ("compose", "show"):
            with monkeypatch.context() as patch:
                patch.setattr(view, broken, _break, raising=False)
                everything += [crawl.ask(method, f"/en/{page}") for page in ("", "tip/", "mailbox/")
                               for method in ("GET", "POST")]  # fmt: skip
    bulletin.forget()
    with monkeypatch.context() as patch:
        patch.setattr(bulletin, "_verified", lambda row, keys: None)  # as if no notice were the desk's
        everything += [crawl.ask(method, path) for path in ("/", "/en/", "/en/tip/", "/en/mailbox/", "/leave")
                       for method in ("GET", "POST")]  # fmt: skip
    bulletin.forget()
    seen = {answer.response.status_code for answer in everything}
    assert {200, 303, 400, 404, 405, 422, 500, 503} <= seen, "each kind of answer is among them"
    return everything


def _break(*args: Any, **kwargs: Any) -> HttpResponse:
    raise RuntimeError("CANARY in an exception")


def failing(answers: list[Answer], good: Callable[[Answer], bool]) -> list[str]:
    return [str(answer) for answer in answers if not good(answer)]


def header(answer: Answer, name: str) -> str:
    return str(answer.response.headers.get(name, ""))


def test_security_03_nothing_may_be_loaded_but_our_own(answers: list[Answer]) -> None:
    allowed = {"'self'", "'none'"}

    def good(answer: Answer) -> bool:
        policy = dict(
            part.strip().split(" ", 1) for part in header(answer, "Content-Security-Policy").split(";")
        )
        return (
            policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            and policy["form-action"] == "'self'"
            and {source for sources in policy.values() for source in sources.split()} <= allowed
        )

    pages = [answer for answer in answers if answer.path != STATIC or answer.response.status_code != 200]
    assert failing(pages, good) == []


def test_security_03_every_answer_is_isolated(answers: list[Answer]) -> None:
    def good(answer: Answer) -> bool:
        log_file = answer.path.startswith(PUBLIC_LOG) and answer.response.status_code == 200
        return (
            header(answer, "Cross-Origin-Opener-Policy") == "same-origin"
            and header(answer, "Cross-Origin-Embedder-Policy") == "require-corp"
            # The public log is for any verifier, also one in a browser.
            and header(answer, "Cross-Origin-Resource-Policy")
            == ("cross-origin" if log_file else "same-origin")
            and header(answer, "X-Content-Type-Options") == "nosniff"
            and header(answer, "X-Frame-Options") == "DENY"
        )

    assert failing(answers, good) == []


def test_security_04_no_answer_lets_a_referrer_go(answers: list[Answer]) -> None:
    assert failing(answers, lambda answer: header(answer, "Referrer-Policy") == "no-referrer") == []


def test_security_05_no_page_is_kept_in_a_cache(answers: list[Answer]) -> None:
    """All but static files and the public log, which are the same for everybody; refusals of those too."""

    def good(answer: Answer) -> bool:
        same_for_all = answer.path.startswith((PUBLIC_LOG, "/static/")) and answer.response.status_code == 200
        return same_for_all or header(answer, "Cache-Control") == "no-store"

    assert failing(answers, good) == []


def test_security_06_only_get_head_and_post_are_answered(answers: list[Answer]) -> None:
    others = [answer for answer in answers if answer.method not in crawl.READ]

    assert len(others) > 100
    assert failing(others, lambda answer: answer.response.status_code == 405) == []
    assert failing(others, lambda answer: header(answer, "Allow") == "GET, HEAD, POST") == []


def test_security_06_a_page_that_is_only_read_does_nothing_when_posted_to(office: TestOffice) -> None:
    body = b"receipt=abandon"
    for path in ("/en/", "/en/before/", "/en/protection/", "/en/offers/HBR-1/"):
        read, posted = crawl.ask("GET", path), crawl.ask("POST", path, body)
        assert read.response.content == posted.response.content


def test_security_07_no_answer_ever_sets_a_cookie(answers: list[Answer]) -> None:
    assert failing(answers, lambda answer: not answer.response.cookies) == []
    assert failing(answers, lambda answer: "Set-Cookie" not in answer.response.headers) == []


def test_security_07_a_cookie_that_is_sent_changes_nothing(office: TestOffice) -> None:
    cookies = "sessionid=stolen; desk=stolen; django_language=es; csrftoken=x"
    for path in ("/", "/en/", "/es/before/", "/en/mailbox/"):
        assert (
            crawl.ask("GET", path).response.content == crawl.ask("GET", path, cookie=cookies).response.content
        )


def test_security_23_errors_give_no_version_path_or_stack(answers: list[Answer]) -> None:
    errors = [answer for answer in answers if answer.response.status_code >= 400]
    tells = re.compile(
        r"CANARY|Traceback|RuntimeError|Exception|django|granian|python|sqlite|postgres|/src/|\.py\b|[0-9]+\.[0-9]+\.[0-9]+",
        re.IGNORECASE,
    )

    assert {answer.response.status_code for answer in errors} >= {400, 404, 405, 422, 500, 503}
    assert [(str(answer), found[0]) for answer in errors if (found := tells.search(answer.text))] == []
    assert failing(errors, lambda answer: "Server" not in answer.response.headers) == []


def test_security_23_a_refusal_repeats_nothing_of_the_request(office: TestOffice) -> None:
    for path, host in (("/CANARY", "testserver"), ("/en/CANARY/", "testserver"), ("/en/", "canary.example")):
        assert "CANARY" not in crawl.ask("GET", path, host=host).text.upper()
    assert Notice.objects.count() == 1

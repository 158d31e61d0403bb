"""The room's pages over HTTP: who gets which answer, what a stranger's words can do there (nothing), and files."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse

from tests.offices import PASSPHRASE, TestOffice
from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.officers import Browser, Desk, text
from tests.rooms.tips.source import Source, put_in_hatch
from tipstaff.audit.models import Record
from tipstaff.custody import holder
from tipstaff.people.access import Actor
from tipstaff.tips import actions, jobs, urls
from tipstaff.tips.models import Attachment, Envelope, Judgement, Message, Note, Piece, Tip

Opened = Callable[..., Tip]
CANARY = (
    '<script>alert(1)</script> javascript:alert(2) \u202egnp.exe =cmd|calc "><img src=x onerror=alert(3)>'
)


@pytest.fixture
def unlocked(harbour: TestOffice) -> None:
    """The keys, unlocked in this process."""
    holder.current().hold(holder.current().open(PASSPHRASE, by="kim"), by="kim")


def routes() -> Iterator[tuple[str, bool]]:
    """Every name in the room's addresses, and whether it is a page to read."""
    pages = {"queue", "envelopes", "tip"}
    for pattern in urls.urlpatterns:
        yield str(pattern.name), pattern.name in pages


ROUTES = list(routes())


def address(name: str, tip: Tip, envelope: str) -> str:
    given: dict[str, Any] = {}
    if name == "open_again":
        given["ref"] = envelope
    elif name not in ("queue", "envelopes"):
        given["ref"] = tip.ref
    if name in ("erase", "save_file", "view_file"):
        given["number"] = 1
    return reverse(f"tips:{name}", kwargs=given)


@pytest.fixture
def shelf(opened: Opened, source: Source, unlocked: None) -> tuple[Tip, str]:
    """A tip with a file, and an envelope that did not open."""
    tip = opened(source, files=(source.file("boats.txt", b"three boats"),))
    put_in_hatch(b"no envelope at all", bytes(32), new=False)
    jobs.open_waiting(source.office.keyring, NOON)
    return tip, Envelope.objects.unscoped("a test looks").get(state="not-openable").ref


def moved() -> tuple[object, ...]:
    """Everything that a refused act must leave as it was."""
    tips = Tip.objects.unscoped("a test looks").values_list("state", "urgency", "disposition", "claimed_by")
    counts = [model.objects.count() for model in (Note, Judgement, Message, Attachment, Piece)]
    return (
        list(tips),
        counts,
        Record.objects.unscoped("a test looks").filter(verb__startswith="tips.").count(),
    )


# Forms that are wrong in themselves come back as 409 to one who may send them; the rest is done.
DONE_BY_BEN = {
    "claim": 302, "release": 302, "set_urgency": 302, "open_again": 302, "save_file": 200, "view_file": 200,
    "erase": 403, "reassign": 403,
}  # fmt: skip
PEOPLE = ["nobody", "ben", "dora", "cleo", "kim"]


def expected(name: str, readable: bool, who: str, method: str) -> int:
    if who == "nobody":
        return 302
    if (method == "get") != readable:
        return 405
    if who == "ben":
        return 200 if readable else DONE_BY_BEN.get(name, 409)
    if name in ("queue", "envelopes"):
        allowed = {"queue": {"cleo"}, "envelopes": {"cleo", "kim"}}[name]
        return 200 if who in allowed else 403
    if name == "open_again":
        return {"kim": 302, "dora": 404, "cleo": 404}[who]
    # A reader of Harbour's records may know that the tip is there; Ridge and the keeper of the keys may not.
    return 403 if who == "dora" else 404


@pytest.mark.parametrize("who", ["dora", "cleo", "kim"])
def test_whether_the_keys_are_locked_is_told_to_nobody_who_may_not_use_them(
    shelf: tuple[Tip, str], browser: Browser, who: str
) -> None:
    holder.current().forget()
    desk = browser(who)

    for name in ("open_again", "save_file", "view_file"):
        answer = desk.post(address(name, *shelf))
        assert answer.status_code == expected(name, False, who, "post"), name


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", PEOPLE)
def test_every_address_answers_everybody_as_it_should(
    shelf: tuple[Tip, str], browser: Browser, who: str, method: str
) -> None:
    desk = browser(who) if who != "nobody" else Desk(None)
    before = moved()

    for name, readable in ROUTES:
        path = address(name, *shelf)
        answer = desk.get(path) if method == "get" else desk.post(path)
        assert answer.status_code == expected(name, readable, who, method), (name, who, method)
        if answer.status_code == 302 and who == "nobody":
            assert answer["Location"].startswith("/accounts/login/")
        b"".join(answer.streaming_content) if answer.streaming else None

    if who != "ben":
        without_looks = moved()
        assert without_looks[:2] == before[:2]
        assert who == "kim" or without_looks == before


@pytest.mark.parametrize("name", [name for name, readable in ROUTES if not readable])
def test_nothing_is_done_without_the_pages_token(shelf: tuple[Tip, str], browser: Browser, name: str) -> None:
    ben = browser("ben")
    before = moved()

    answer = ben.client.post(address(name, *shelf), {"text": "hello", "move": "read"})

    assert answer.status_code == 403
    assert "The form is out of date" in text(answer)
    assert moved() == before


def test_a_tips_way_through_the_page(opened: Opened, source: Source, browser: Browser) -> None:
    tip = opened(source)
    ana, page = browser("ana"), f"/tips/{tip.ref}/"

    assert "Nobody has this tip." in text(ana.get(page))
    for path, fields, says in [
        ("claim/", {}, "You have this tip."),
        ("state/", {"move": "read"}, "Being read"),
        ("urgency/", {"urgency": "time-bound"}, "Time-bound"),
        ("note/", {"text": "Seen this boat before."}, "Seen this boat before."),
        ("write/", {"text": "Which pier?"}, "Which pier?"),
        ("disposition/", {"kind": "actionable", "reason": "A name and a day."}, "A name and a day."),
        ("hand-over/", {"to": "ben"}, "Ben Brook has this tip."),
    ]:
        answer = ana.post(page + path, **fields)
        assert (answer.status_code, answer["Location"]) == (302, page), path
        assert says in text(ana.get(page)), path
    history = text(ana.get(page))
    assert "Ana Amador: Handed it over To: ben" in history


def test_the_late_one_is_told_who_was_first(opened: Opened, browser: Browser) -> None:
    tip = opened()
    ana, ben = browser("ana"), browser("ben")
    ben.get(f"/tips/{tip.ref}/")
    ana.post(f"/tips/{tip.ref}/claim/")

    answer = ben.post(f"/tips/{tip.ref}/claim/")

    assert answer.status_code == 409
    assert "Ana Amador has this tip. Ask them to release it or hand it over." in text(answer)
    assert get_tip(tip.ref).claimed_by == "ana"


@pytest.mark.parametrize(
    "path, field, too_long",
    [("write/", "text", 2_501), ("note/", "text", 10_001), ("disposition/", "reason", 1_001)],
)
def test_a_refusal_keeps_what_was_typed(
    opened: Opened, browser: Browser, path: str, field: str, too_long: int
) -> None:
    tip = opened()
    ana = browser("ana")
    ana.post(f"/tips/{tip.ref}/claim/")
    typed = "boats & men " + "x" * too_long

    answer = ana.post(f"/tips/{tip.ref}/{path}", **{field: typed, "kind": "spam"})

    assert answer.status_code == 409
    assert typed.replace("&", "&amp;") in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_a_strangers_words_are_inert_on_every_page(
    source: Source, opened: Opened, browser: Browser, unlocked: None
) -> None:
    everywhere = dict.fromkeys(("people", "places", "dates", "how"), CANARY)
    tip = opened(source, CANARY, files=(source.file(CANARY, CANARY.encode()),), **everywhere)
    source.message(CANARY)
    source.message(CANARY, signer=Source(source.office))
    jobs.open_waiting(source.office.keyring, NOON)
    ana = browser("ana")
    ana.post(f"/tips/{tip.ref}/claim/")
    ana.post(f"/tips/{tip.ref}/note/", text=CANARY)
    ana.post(f"/tips/{tip.ref}/write/", text=CANARY)
    ana.post(f"/tips/{tip.ref}/disposition/", kind="spam", reason=CANARY)

    pages = {path: ana.get(path).content.decode() for path in ("/", "/tips/", f"/tips/{tip.ref}/")}
    pages["file"] = ana.post(f"/tips/{tip.ref}/files/1/view/").content.decode()

    for path, page in pages.items():
        assert "<script" not in page.lower(), path
        assert "onerror=alert(3)>" not in page, path
        assert not re.search(r'(?:href|src|action)="\s*javascript:', page, re.IGNORECASE), path
        assert "\u202e" not in page, path
    assert pages[f"/tips/{tip.ref}/"].count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 10
    assert "[U+202E]gnp.exe" in pages["file"]


def test_a_message_that_is_not_proved_is_not_shown_as_the_sources(
    source: Source, opened: Opened, browser: Browser
) -> None:
    tip = opened(source)
    source.message("Meet me at the pier.", signer=Source(source.office))
    jobs.open_waiting(source.office.keyring, NOON)

    page = text(browser("ana").get(f"/tips/{tip.ref}/"))

    assert "Not proved to be the source" in page
    assert "The signature on this message does not fit" in page
    assert "The source , " not in page


def test_a_file_is_saved_as_bytes_that_nothing_runs(
    source: Source, opened: Opened, browser: Browser, unlocked: None
) -> None:
    data = bytes(range(256)) * 9_000
    tip = opened(source, files=(source.file('../../"evil\n.html', data),))

    answer = browser("ana").post(f"/tips/{tip.ref}/files/1/save/")

    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{tip.ref.lower()}-file-1.bin"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Length"] == str(len(data))
    assert ("tips.tip.file_opened", "ana") in records()


def test_files_rest_sealed(source: Source, opened: Opened, browser: Browser, unlocked: None) -> None:
    tip = opened(source, files=(source.file("marmalade.txt", b"marmalade " * 1_000),))
    browser("ana").post(f"/tips/{tip.ref}/files/1/view/")

    assert all(b"marmalade" not in bytes(body) for body in Piece.objects.values_list("body", flat=True))


@pytest.mark.parametrize("verb", ["save", "view"])
def test_while_the_keys_are_locked_files_stay_shut(
    source: Source, opened: Opened, browser: Browser, verb: str
) -> None:
    tip = opened(source, files=(source.file("boats.txt", b"three boats"),))

    answer = browser("ana").post(f"/tips/{tip.ref}/files/1/{verb}/")

    assert answer.status_code == 409
    assert "The keys are locked" in text(answer)
    assert not [record for record in records() if record[0] == "tips.tip.file_opened"]


def test_a_file_that_was_changed_here_is_not_shown(
    source: Source, opened: Opened, browser: Browser, unlocked: None
) -> None:
    tip = opened(source, files=(source.file("boats.txt", b"three boats"),))
    piece = Piece.objects.get()
    Piece.objects.update(body=bytes(piece.body)[:-1] + bytes([bytes(piece.body)[-1] ^ 1]))

    ana = browser("ana")
    for verb in ("save", "view"):
        answer = ana.post(f"/tips/{tip.ref}/files/1/{verb}/")
        assert answer.status_code == 409, verb
        assert "This file does not open" in text(answer)


@pytest.mark.parametrize("number", [0, 2, 99])
def test_there_is_no_other_file(
    source: Source, opened: Opened, browser: Browser, unlocked: None, number: int
) -> None:
    tip = opened(source, files=(source.file("boats.txt", b"three boats"),))

    assert browser("ana").post(f"/tips/{tip.ref}/files/{number}/view/").status_code == 404


def test_the_queues_address_keeps_its_filters_from_page_to_page(
    opened: Opened, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = [opened().ref for _ in range(3)]
    monkeypatch.setattr("tipstaff.tips.views.PAGE", 2)
    ana = browser("ana")

    first = ana.get("/tips/?language=es").content.decode()
    link = re.search(r'rel="next" href="\?([^"]+)"', first)
    assert link
    assert "language=es" in link[1]
    second = ana.get("/tips/?" + link[1].replace("&amp;", "&")).content.decode()

    assert [every[2] in first, every[2] in second, every[0] in second] == [False, True, False]


@pytest.mark.parametrize(
    "query", ["after=x", "after=1-", "after=0-99999999999999999999", "state=%00", "mine=1"]
)
def test_a_meddled_address_is_read_as_nothing(opened: Opened, browser: Browser, query: str) -> None:
    opened()

    assert browser("ana").get(f"/tips/?{query}").status_code == 200


def test_reading_is_not_looking_at_what_one_may_not(opened: Opened, ana: Actor, browser: Browser) -> None:
    tip = opened()
    actions.claim(ref=tip.ref, actor=ana, now=NOON)

    cleo = browser("cleo")
    assert cleo.get(f"/tips/{tip.ref}/").status_code == 404
    assert cleo.get("/tips/TIP-0000-0000-0000/").status_code == 404
    assert [verb for verb, _ in records()] == ["tips.tip.claimed"]

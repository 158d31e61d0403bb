"""The desk's language: chosen on any page, kept by this browser, and nothing is lost or opened by choosing it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.tips.conftest import NOON
from tests.rooms.tips.officers import PASSWORD, Browser, Desk, text
from tests.rooms.tips.source import Source, put_in_hatch
from tipstaff.config.settings import desk as desk_settings
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.logbook.actions import raise_alarm
from tipstaff.people.access import system
from tipstaff.people.factors import code_now, enrol_app
from tipstaff.tips import jobs
from tipstaff.tips.models import Tip

Opened = Callable[..., Tip]
SIGN_IN = "/accounts/login/"


def language(desk: Desk, path: str = SIGN_IN) -> str:
    found = re.search(r'<html lang="(\w+)"', desk.get(path).content.decode())
    assert found
    return found[1]


def switch(desk: Desk, code: str, back: str = "/") -> str:
    """Choose a language as the form on the page does; gives the address to which that leads."""
    answer = desk.post("/language/", language=code, next=back)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_the_page_for_signing_in_offers_the_other_language_and_takes_it(staff: None) -> None:
    desk = Desk(None)
    page = desk.get(f"{SIGN_IN}?next=/tips/").content.decode()
    assert 'action="/language/"' in page
    assert 'name="next" value="/accounts/login/?next=/tips/"' in page
    assert '<button class="plain" name="language" value="es" lang="es">Español</button>' in page

    assert switch(desk, "es", f"{SIGN_IN}?next=/tips/") == f"{SIGN_IN}?next=/tips/"

    page = desk.get(SIGN_IN).content.decode()
    assert "<h1>Iniciar sesión</h1>" in page
    assert 'value="en" lang="en">English</button>' in page
    switch(desk, "en", SIGN_IN)
    assert "<h1>Sign in</h1>" in desk.get(SIGN_IN).content.decode()


def test_the_choice_outlasts_signing_in_and_out(staff: None) -> None:
    secret, desk = enrol_app("ana"), Desk(None)
    switch(desk, "es")

    desk.fill(SIGN_IN, login="ana", password=PASSWORD)
    assert "Su segundo factor" in desk.get("/accounts/2fa/authenticate/").content.decode()
    desk.fill("/accounts/2fa/authenticate/", code=code_now(secret))
    assert "<h1>Mi trabajo</h1>" in desk.get("/").content.decode()
    desk.post("/accounts/logout/")

    assert language(desk) == "es"


@pytest.mark.parametrize("who", ["nobody", "half signed in", "ana", "kim"])
def test_everybody_may_choose_and_it_opens_nothing(browser: Browser, who: str) -> None:
    desk = browser(who) if who in {"ana", "kim"} else Desk(None)
    if who == "half signed in":
        enrol_app("ana")
        desk.fill(SIGN_IN, login="ana", password=PASSWORD)
    before = desk.get("/").status_code

    switch(desk, "es")

    assert desk.get("/").status_code == before == (200 if who in {"ana", "kim"} else 302)
    assert language(desk, "/no/such/page/") == "es"


def test_every_room_reads_in_spanish(source: Source, opened: Opened, browser: Browser) -> None:
    tip = opened(source).ref
    source.message("The blue one is gone.")
    put_in_hatch(b"no envelope at all", Source(source.office).mailbox, new=True)
    jobs.open_waiting(source.office.keyring, NOON)
    rooms = {
        "ana": ["/", "/tips/", f"/tips/{tip}/"],
        "dora": ["/audit/"],
        "kim": ["/log/", "/log/leaves/", "/keys/", "/outbox/", "/tips/envelopes/", "/accounts/2fa/"],
    }
    for who, paths in rooms.items():
        desk = browser(who)
        switch(desk, "es")
        for path in paths:
            answer = desk.get(path)
            assert answer.status_code == 200, path
            assert '<html lang="es"' in answer.content.decode(), path


def test_the_cookie_is_for_this_host_and_no_script(staff: None) -> None:
    desk = Desk(None)
    switch(desk, "es")

    cookie = desk.client.cookies["desk-language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("es", True, "Strict")
    assert (cookie["domain"], cookie["path"], cookie["max-age"]) == ("", "/", 365 * 24 * 60 * 60)
    assert desk_settings.LANGUAGE_COOKIE_SECURE is desk_settings.SECURE


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_it_leads_to_no_other_site(staff: None, elsewhere: str) -> None:
    assert switch(Desk(None), "es", elsewhere) == "/"


def test_no_other_site_can_choose_and_no_address_does(staff: None) -> None:
    desk = Desk(None)
    desk.get(SIGN_IN)

    assert desk.client.post("/language/", {"language": "es", "next": "/"}).status_code == 403
    assert desk.get("/language/?language=es").status_code == 405
    assert Client().get("/language/").status_code == 405
    switch(desk, "tlh")
    assert "desk-language" not in desk.client.cookies
    assert language(desk) == "en"


def test_where_a_page_shows_something_once_nothing_loads_it_again(browser: Browser) -> None:
    """New recovery codes, the secret of an app, what was typed into a form that came back."""
    ana = browser("ana")
    ana.fill("/accounts/2fa/recovery-codes/generate/")
    codes = ana.get("/accounts/2fa/recovery-codes/").content.decode()
    assert len(re.findall(r'<bdi dir="ltr">\d{8}</bdi>', codes)) == 10
    refused = browser("kim").fill("/keys/unlock/", passphrase="not this one").content.decode()
    assert "The keys are still locked" in refused
    beginner = Desk(None)
    beginner.fill(SIGN_IN, login="ben", password=PASSWORD)
    secret = beginner.get("/accounts/2fa/totp/activate/").content.decode()
    assert re.search(r"[A-Z2-7]{32}", secret)

    assert not [page for page in (codes, refused, secret) if "/language/" in page]


def test_a_refusal_speaks_the_officers_language(source: Source, opened: Opened, browser: Browser) -> None:
    tip = opened(source).ref
    browser("ben").post(f"/tips/{tip}/claim/")
    ana = browser("ana")
    switch(ana, "es")

    taken = ana.post(f"/tips/{tip}/claim/")
    ana.post(f"/tips/{tip}/note/", text="x")
    long = ana.post(f"/tips/{tip}/note/", text="x" * 10_001)

    assert (taken.status_code, long.status_code) == (409, 409)
    assert "Ben Brook tiene este aviso a cargo. Pídale que lo deje libre o que se lo pase." in text(taken)
    assert "En una nota caben 10,000 caracteres como máximo. Haga dos notas." in text(long)


def test_a_refused_head_speaks_the_auditors_language(staff: None, browser: Browser) -> None:
    forked = Refusal("logbook.forked", "The first {last} entries are not the ones that were signed: "
                     "one was changed or removed.", {"last": 1256})  # fmt: skip
    signer = system("worker")
    raise_alarm(refused=Refused((forked,)), size=1300, actor=signer, now=NOON)
    kim = browser("kim")
    switch(kim, "es")

    page = text(kim.get("/log/"))

    assert page.count("Las primeras 1,256 entradas no son las que se firmaron") == 2

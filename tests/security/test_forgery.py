"""Nothing changes because a page was fetched, and nothing because somebody else's page posted a form."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db import connection

from tests.offices import TestOffice
from tests.rooms.tips.officers import Browser
from tests.security.expected import expected
from tests.security.people import OFFICERS
from tests.security.permissions import furnish, undone, who_may
from tests.servers import ROOT
from tipstaff.config.settings import desk as desk_settings
from tipstaff.people import gate

# A first look at a tip is kept: who has read it. Signing in, idling and the limits on guessing are the sessions' own.
LOOKS = {"audit_record", "tips_reading"}
SESSIONS = {"django_session", "people_sign_in_limits"}


def contents() -> dict[str, list[Any]]:
    """Every row of every table of the desk, but for the sessions."""
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label != "hatch"}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - SESSIONS):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_security_38_the_forgery_check_is_on_and_nothing_is_exempt() -> None:
    assert "django.middleware.csrf.CsrfViewMiddleware" in desk_settings.MIDDLEWARE
    for path in (ROOT / "src" / "tipstaff").rglob("*.py"):
        assert "csrf_exempt" not in path.read_text(encoding="utf-8"), path
    assert desk_settings.CSRF_COOKIE_SAMESITE == desk_settings.SESSION_COOKIE_SAMESITE == "Strict"
    assert desk_settings.CSRF_COOKIE_HTTPONLY is desk_settings.SESSION_COOKIE_HTTPONLY is True


def test_security_38_our_own_tests_run_with_the_check_on() -> None:
    """Every browser of an officer in the tests' helpers enforces it; the plain client of a test would not."""
    helpers = [
        *(ROOT / "tests").rglob("conftest.py"),
        *(ROOT / "tests").rglob("officers.py"),
        ROOT / "tests/offices.py",
    ]
    for path in helpers:
        for call in re.findall(r"\bClient\(([^)]*)\)", path.read_text(encoding="utf-8")):
            assert "enforce_csrf_checks=True" in call, path


def test_security_38_no_post_without_the_pages_own_token_does_anything(office: TestOffice) -> None:
    """Every address, posted to by each who may do it there; a stranger's page has no other way in."""
    whole, table = furnish(office), expected()
    stranger = whole.desk("nobody")
    stranger.get("/accounts/login/")
    tokens = {"no token": "", "a made-up token": "x" * 64,
              "another browser's token": stranger.client.cookies["desk-form"].value}  # fmt: skip
    for who in OFFICERS:
        whole.desk(who)
    before = contents()

    for name, path in whole.addresses():
        for forgery, token in tokens.items():
            body = urlencode({"csrfmiddlewaretoken": token} if token else {"text": "x"})
            for who in who_may(table, name, "POST"):
                answer = whole.desk(who).client.post(
                    path, body, content_type="application/x-www-form-urlencoded"
                )
                assert answer.status_code in (403, 405), (name, who, forgery)
    for who in OFFICERS:
        assert whole.desk(who).get("/").status_code == 200, f"{who} was signed out by a forged request"
    assert contents() == before


def test_security_38_fetching_changes_nothing(office: TestOffice) -> None:
    whole, table = furnish(office), expected()
    for who in OFFICERS:
        whole.desk(who)
    before = contents()

    for name, path in whole.addresses():
        for who in who_may(table, name, "GET"):
            with undone():
                answer = whole.desk(who).get(path)
                after = contents() if answer.status_code == 200 else before
            changed = {table for table in before if after[table] != before[table]}
            assert changed <= (LOOKS if name == "tips:tip" else set()), (name, who)


def test_security_38_signing_out_is_posted_with_the_pages_token(browser: Browser) -> None:
    ana = browser("ana")

    ana.get("/accounts/logout/")
    assert ana.get("/").status_code == 200, "fetching the page signs nobody out"
    assert ana.client.post("/accounts/logout/").status_code == 403
    assert ana.get("/").status_code == 200, "nor does a forged post"
    ana.fill("/accounts/logout/")
    assert ana.get("/").status_code == 302


def test_security_38_every_form_of_the_desk_posts_and_carries_the_token() -> None:
    """But the filters, which only read: they are fetched, and carry nothing."""
    for path in (ROOT / "src" / "tipstaff").rglob("templates/**/*.html"):
        if "door" in path.parts:
            continue
        page = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL):
            posts = 'method="post"' in form
            assert posts == ("csrf_token" in form), f"{Path(path).name}: {form[:80]}"


def test_security_38_the_door_has_no_session_to_forge_for() -> None:
    from tipstaff.config.settings import door as door_settings

    assert not [
        name for name in door_settings.MIDDLEWARE if "session" in name.lower() or "auth" in name.lower()
    ]
    assert "account_logout" in gate.OPEN

"""Every page of both sites, and how one gets there by pressing what stands on it, whatever language it speaks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.furnishing import Furnished

SEND = "main form button[name=send]"
SUBMIT = "main form[method=post] button"


def nothing(page: Page) -> None:
    """The page at the address is the one."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page: a name, its address, what to press after it has come, and at the desk who looks at it."""

    name: str
    path: str
    press: Callable[[Page], None] = nothing
    officer: str = ""


def fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)


def unfold(page: Page) -> None:
    """Open every folded part of the page."""
    folded = page.locator("main details:not([open]) > summary")
    while folded.count():
        folded.first.click()


def _empty_form(page: Page) -> None:
    page.locator(SEND).first.click()
    unfold(page)


def _sent(page: Page) -> None:
    fill(page, text="Three boats lie at the old pier.")
    page.locator(SEND).first.click()
    unfold(page)


def _wrong_receipt(page: Page) -> None:
    fill(page, receipt="twelve words that are in no list at all, or so it seems")
    page.locator(SUBMIT).first.click()


def door(language: str, furnished: Furnished) -> Iterator[Stop]:
    """The public pages in `language`."""

    def come_back(page: Page) -> None:
        fill(page, receipt=" ".join(furnished.receipt))
        page.locator(SUBMIT).first.click()

    def add(page: Page) -> None:
        come_back(page)
        fill(page, text="At night.")
        page.locator(SEND).click()

    at = f"/{language}"
    yield Stop("home", f"{at}/")
    yield Stop("offer", f"{at}/offers/CDG-1/")
    yield Stop("suspended offer", f"{at}/offers/CDG-2/")
    yield Stop("before", f"{at}/before/")
    yield Stop("before, about an offer", f"{at}/before/CDG-3/")
    yield Stop("form", f"{at}/tip/")
    yield Stop("form, about an offer, unfolded", f"{at}/tip/CDG-3/", unfold)
    yield Stop("form with a problem", f"{at}/tip/", _empty_form)
    yield Stop("receipt", f"{at}/tip/", _sent)
    yield Stop("come back", f"{at}/mailbox/")
    yield Stop("come back with a problem", f"{at}/mailbox/", _wrong_receipt)
    yield Stop("mailbox", f"{at}/mailbox/", come_back)
    yield Stop("mailbox, added to", f"{at}/mailbox/", add)
    yield Stop("protection", f"{at}/protection/")
    yield Stop("no such page", f"{at}/nothing/")


def door_without_language() -> Iterator[Stop]:
    """What the door answers where there is no language to answer in."""
    yield Stop("no such language", "/xx/")
    yield Stop("nothing there", "/nothing")


def signing_in(furnished: Furnished) -> Iterator[Stop]:
    """The desk as a stranger sees it, and on the way in."""

    def sign_in_as(name: str, password: str = "") -> Callable[[Page], None]:
        def press(page: Page) -> None:
            fill(page, login=name, password=password or furnished.people[name].password)
            page.locator(SUBMIT).first.click()

        return press

    login = "/accounts/login/"
    yield Stop("sign in", login)
    yield Stop("sign in, wrong password", login, sign_in_as("rosa", "not her password"))
    yield Stop("second factor", login, sign_in_as("rosa"))
    yield Stop("opening code", login, sign_in_as("nia"))
    yield Stop("account closed", "/accounts/inactive/")


def setting_up() -> Iterator[Stop]:
    """What somebody sees who has a password and no second factor yet. They are signed in as omar."""
    yield Stop("factors, none yet", "/accounts/2fa/", officer="omar")
    yield Stop("set up an app", "/accounts/2fa/totp/activate/", officer="omar")
    yield Stop("add a passkey", "/accounts/2fa/webauthn/add/", officer="omar")


def factors() -> Iterator[Stop]:
    """How rosa signs in: she has an app, and a passkey since she signed in for these tests."""

    def wrong_code(page: Page) -> None:
        fill(page, code="000000")
        page.locator(SUBMIT).first.click()

    def first_key(page: Page) -> None:
        page.locator("article.card a.button").first.click()

    def remove_key(page: Page) -> None:
        page.locator("article.card a.button").nth(1).click()

    at = "/accounts"
    yield Stop("factors", f"{at}/2fa/", officer="rosa")
    yield Stop("passkeys", f"{at}/2fa/webauthn/", officer="rosa")
    yield Stop("rename a passkey", f"{at}/2fa/webauthn/", first_key, "rosa")
    yield Stop("remove a passkey", f"{at}/2fa/webauthn/", remove_key, "rosa")
    yield Stop("remove the app", f"{at}/2fa/totp/deactivate/", officer="rosa")
    yield Stop("recovery codes", f"{at}/2fa/recovery-codes/", officer="rosa")
    yield Stop("new recovery codes", f"{at}/2fa/recovery-codes/generate/", officer="rosa")
    yield Stop("change the password", f"{at}/password/change/", officer="rosa")
    yield Stop("is it you, password", f"{at}/reauthenticate/", officer="rosa")
    yield Stop("is it you, code", f"{at}/2fa/reauthenticate/", wrong_code, "rosa")
    yield Stop("is it you, passkey", f"{at}/2fa/webauthn/reauthenticate/", officer="rosa")
    yield Stop("sign out", f"{at}/logout/", officer="rosa")


def desk(furnished: Furnished) -> Iterator[Stop]:
    """The rooms, each seen by somebody who has something to do there. Rosa has unlocked the keys."""

    def as_text(page: Page) -> None:
        page.locator("form[action$='/view/'] button").first.click()

    def send_nothing(page: Page) -> None:
        page.locator("form[action$='/write/'] button").click()

    def pressed(selector: str) -> Callable[[Page], None]:
        return lambda page: page.locator(selector).first.click()

    def refused(page: Page) -> None:
        fill(page, username="lin", full_name="Lin")
        page.locator(SUBMIT).first.click()

    def added(page: Page) -> None:
        # A name that no other visit to this page has taken.
        fill(page, username=f"kit-{page.evaluate('Date.now().toString(36)')}", full_name="Kit")
        page.locator(SUBMIT).first.click()

    tip = {name: f"/tips/{ref}/" for name, ref in furnished.tips.items()}
    yield Stop("my work", "/", officer="rosa")
    yield Stop("tips", "/tips/", officer="rosa")
    yield Stop("tips, none fits", "/tips/?language=zz", officer="rosa")
    yield Stop("tip, mine", tip["talked"], unfold, "rosa")
    yield Stop("tip, a refusal", tip["talked"], send_nothing, "rosa")
    yield Stop("tip, a colleague's", tip["theirs"], unfold, "rosa")
    yield Stop("tip, nobody's", tip["urgent"], officer="rosa")
    yield Stop("file as text", tip["talked"], as_text, "rosa")
    yield Stop("envelopes", "/tips/envelopes/", officer="rosa")
    yield Stop("offers", "/offers/", officer="rosa")
    yield Stop("offer, in draft", "/offers/CDG-1/", unfold, "rosa")
    yield Stop("offer, suspended", "/offers/CDG-2/", unfold, "rosa")
    yield Stop("offer, proposed", "/offers/CDG-3/", unfold, "rosa")
    yield Stop("draft", "/offers/CDG-1/draft/", officer="rosa")
    yield Stop("version", "/offers/CDG-3/versions/2/", officer="rosa")
    yield Stop("log", "/log/", officer="rosa")
    yield Stop("leaves", "/log/leaves/", officer="rosa")
    yield Stop("keys", "/keys/", officer="rosa")
    yield Stop("no such page at the desk", "/nothing/", officer="rosa")
    yield Stop("my work of an administrator", "/", officer="lin")
    yield Stop("people", "/people/", officer="lin")
    yield Stop("add an officer", "/people/add/", officer="lin")
    yield Stop("add an officer, refused", "/people/add/", refused, "lin")
    yield Stop("officer added", "/people/add/", added, "lin")
    yield Stop("officer", "/people/officer/nia/", unfold, "lin")
    yield Stop("outbox", "/outbox/", officer="lin")
    yield Stop("record", "/audit/", officer="ines")
    yield Stop("record, none fits", "/audit/?actor=nobody", officer="ines")
    yield Stop("check the record", "/audit/check/", unfold, "ines")
    yield Stop("record checked", "/audit/check/", pressed(SUBMIT), "ines")
    yield Stop("log of an auditor", "/log/", officer="ines")
    yield Stop("not allowed", "/keys/", officer="ines")

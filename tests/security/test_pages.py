"""What stands on the door's pages: nothing from elsewhere, nothing secret in an address, and honest advice."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf.locale import LANG_INFO
from django.contrib.staticfiles import finders
from django.utils.html import escape

from tests.offices import TestOffice, Visitor, hidden, written_down
from tests.security import crawl
from tests.security.crawl import Answer, Page
from tipstaff.config.settings import door as door_settings
from tipstaff.sealed.receipt import LANGUAGES, Receipt

ONION = "harbourtipsharbourtipsharbourtipsharbourtipsharbourtips2.onion"
SVG = "http://www.w3.org/2000/svg"  # the name of a format, which no browser fetches
OURS = re.compile(r"/(?!/)[^\\]*|#[a-z-]+|data:,|data:text/plain;base64,[A-Za-z0-9+/=]*")


@pytest.fixture
def pages(office: TestOffice, visitor: Visitor) -> list[Answer]:
    """Every page that a visitor can see, with and without a receipt."""
    return [*crawl.every_page(), *(answer for answer in crawl.posted(visitor) if answer.html)]


def test_security_01_the_whole_road_needs_no_script_and_no_cookie(
    office: TestOffice, visitor: Visitor
) -> None:
    """Each request is made by a new browser that knows only what a person wrote down or has before them."""
    assert "Give information" in visitor.get("/en/").content.decode()
    receipt = visitor.tip("Three boats at the old pier.")

    opened = visitor.come_back(" ".join(receipt.words))
    fields = {
        "token": hidden(opened, "token"),
        "lent": hidden(opened, "lent"),
        "text": "At night.",
        "send": "1",
    }
    added = visitor.post("/en/mailbox/", fields)

    assert "We have what you added" in added.content.decode()
    assert receipt.reference in visitor.come_back(" ".join(receipt.numbers)).content.decode()


def test_security_01_no_page_has_a_script_or_depends_on_one(pages: list[Answer]) -> None:
    scripted = {
        "script",
        "noscript",
        "object",
        "embed",
        "iframe",
        "frame",
        "applet",
        "svg",
        "canvas",
        "video",
        "audio",
    }
    for answer in pages:
        for tag, attributes in answer.page.elements:
            assert tag not in scripted, f"{answer}: <{tag}>"
            assert not [name for name in attributes if name.startswith("on") or name == "style"], str(answer)


def test_security_02_no_page_asks_for_anything_from_elsewhere(pages: list[Answer]) -> None:
    assert len(pages) > 20
    for answer in pages:
        for tag, attribute, address in answer.page.addresses:
            assert OURS.fullmatch(address), f"{answer}: <{tag} {attribute}={address}>"
        refresh = [found for tag, found in answer.page.elements if tag == "meta" and "http-equiv" in found]
        assert refresh == [], str(answer)


def test_security_02_no_static_file_of_the_door_asks_for_anything_from_elsewhere() -> None:
    apps = {name.rsplit(".", 1)[-1] for name in door_settings.INSTALLED_APPS if name.startswith("tipstaff.")}
    served = [
        storage.path(name)
        for finder in finders.get_finders()
        for name, storage in finder.list([])
        if any(f"/tipstaff/{app}/static/" in storage.path(name) for app in apps)
    ]

    assert served
    for path in served:
        text = Path(path).read_text(encoding="utf-8").replace(SVG, "")
        assert not re.search(r"https?:|//[a-z]|@import|url\(", text), path


def test_security_04_an_onion_address_is_printed_and_never_a_link(office: TestOffice, settings: Any) -> None:
    settings.ONION_ADDRESS = ONION
    pages = crawl.every_page()

    printed = [answer for answer in pages if ONION in answer.text]
    assert {answer.path for answer in printed} >= {"/en/before/", "/es/before/"}
    for answer in printed:
        assert not [address for _, _, address in answer.page.addresses if ".onion" in address], str(answer)


def test_security_04_the_way_out_tells_nobody_where_one_came_from(office: TestOffice) -> None:
    leaving = crawl.ask("GET", "/leave").response

    assert leaving.status_code == 303
    assert leaving.headers["Location"] == office.notice.office.leave_to
    assert leaving.headers["Referrer-Policy"] == "no-referrer"
    assert '"storage"' in leaving.headers["Clear-Site-Data"]


def test_security_06_every_form_is_posted_to_an_address_that_says_nothing(pages: list[Answer]) -> None:
    forms = [(answer, form) for answer in pages for form in answer.page.forms]

    assert forms
    for answer, form in forms:
        assert form["method"] == "post", str(answer)
        assert re.fullmatch(r"/(en|es)/(tip|mailbox)/", form["action"]), str(answer)
        assert form["enctype"] == "multipart/form-data", str(answer)


def road(visitor: Visitor) -> tuple[list[str], set[str]]:
    """The pages from the form to the opened mailbox: every address on them, and what only this source has."""
    token = visitor.token()
    sent = visitor.post("/en/tip/", {"token": token, "text": "Three boats.", "send": "1"})
    receipt = written_down(sent)
    opened = visitor.come_back(" ".join(receipt.words))
    pages = (sent, opened, visitor.come_back("abandon " * 11 + "about"), visitor.send(""))
    assert not any("Location" in page.headers for page in pages)
    addresses = [address for page in pages for _, _, address in Page.of(page.content.decode()).addresses]
    # The proof lies in the page itself; it is no secret, and a browser sends it nowhere.
    addresses = [unescape(address) for address in addresses if not address.startswith("data:")]
    return addresses, {*receipt.numbers, token, hidden(opened, "lent"), hidden(opened, "token")}


def test_security_06_no_address_on_any_page_holds_what_a_source_has(visitor: Visitor) -> None:
    """Two sources with two receipts see the very same addresses, so none of them holds a word or a token."""
    (first, mine), (second, _) = road(visitor), road(visitor)

    assert first == second
    assert not [address for address in first if "?" in address or any(secret in address for secret in mine)]


def test_security_06_a_receipt_in_an_address_opens_nothing(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")

    asked = visitor.get(f"/en/mailbox/?receipt={'+'.join(receipt.words)}")

    assert asked.content == visitor.get("/en/mailbox/").content


def test_security_09_a_gateway_that_reads_everything_is_warned_of_on_every_page(office: TestOffice) -> None:
    warning = "You came through a gateway that can read everything"
    for path in crawl.paths():
        plain, proxied = crawl.ask("GET", path), crawl.ask("GET", path, x_tor2web="1")
        if proxied.html and proxied.text and not path.startswith("/es"):
            assert warning in proxied.text, path
            assert warning not in plain.text, path


def test_security_09_and_on_every_answer_to_a_form(office: TestOffice) -> None:
    visitor = Visitor(headers={"X-Tor2web": "1"})
    for answer in crawl.posted(visitor):
        assert "gateway that can read everything" in answer.text or 'lang="es"' in answer.text, str(answer)


def test_security_09_nobody_reaches_the_form_without_the_tor_advice(pages: list[Answer]) -> None:
    """All links to the form stand on the page before it, and that page names the Tor Browser."""
    to_the_form = re.compile(r"/\w+/tip/.*")
    leading = [answer for answer in pages if any(to_the_form.fullmatch(link) for link in answer.page.links())]

    assert leading
    for answer in leading:
        assert re.fullmatch(r"/\w+/before/(HBR-\d/)?", answer.path), str(answer)
        assert "Tor" in answer.text, str(answer)


def test_security_09_who_came_by_the_onion_is_not_told_to(office: TestOffice, settings: Any) -> None:
    settings.ALLOWED_HOSTS = [ONION]

    assert "Tor Browser" not in crawl.ask("GET", "/en/before/", host=ONION).text


@pytest.mark.parametrize("language", ["en", "es"])
def test_security_24_page_and_words_come_in_the_language_of_the_address(
    office: TestOffice, language: str
) -> None:
    answer = Visitor(language).send("Tres lanchas.")
    receipt = written_down(answer)

    assert f'<html lang="{language}" dir="ltr"' in answer.content.decode()
    assert tuple(receipt.words) == Receipt.read(" ".join(receipt.numbers)).words(language)


def test_security_24_words_of_every_list_open_the_mailbox_on_every_page(visitor: Visitor) -> None:
    receipt = Receipt.read(" ".join(visitor.tip("Three boats.").words))

    for page in ("en", "es"):
        for spelled in LANGUAGES:
            opened = Visitor(page).come_back(" ".join(receipt.words(spelled))).content.decode()
            assert 'name="lent"' in opened, f"{spelled} words on the {page} page"


def test_security_24_the_choice_lives_in_the_address_alone(office: TestOffice) -> None:
    """Every page links to itself in every language, or switches by a button of its form; no cookie is needed."""
    visitor = Visitor("es")
    for path in ("/es/", "/es/before/", "/es/mailbox/", "/es/protection/", "/es/offers/HBR-1/"):
        page = Page.of(visitor.get(path).content.decode())
        assert path.replace("/es/", "/en/", 1) in page.links(), path
    for answer in crawl.posted(visitor):
        if answer.page.forms and 'name="token"' in answer.text:
            buttons = [found for tag, found in answer.page.elements if tag == "button" and "value" in found]
            assert any(button.get("name") == "language" for button in buttons), str(answer)


def test_security_24_a_right_to_left_language_turns_the_page_and_not_the_numbers(
    office: TestOffice, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a pseudo-language of our own, until a real one that is written from the right comes."""
    pseudo = {"bidi": True, "code": "xr", "name": "Mirrored", "name_local": "derorriM"}
    monkeypatch.setitem(LANG_INFO, "xr", pseudo)
    settings.LANGUAGES = [*settings.LANGUAGES, ("xr", "derorriM")]
    office.publish(languages=("en", "es", "xr"))
    visitor = Visitor("xr")

    for path in crawl.SAMPLES["ref"][:1]:
        assert '<html lang="xr" dir="rtl">' in visitor.get(f"/xr/offers/{path}/").content.decode()
    answer = visitor.send("Three boats.")
    page = answer.content.decode()
    receipt = written_down(answer)

    assert '<html lang="xr" dir="rtl">' in page
    assert '<ol class="words" translate="no" lang="en" dir="ltr">' in page, "there is no such word list"
    assert f'<bdi dir="ltr">{escape(receipt.reference)}</bdi>' in page
    assert all(f'<bdi dir="ltr">{number}</bdi>' in page for number in receipt.numbers)
    assert receipt.reference in visitor.come_back(" ".join(receipt.words)).content.decode()


def test_security_24_the_stylesheet_knows_no_left_and_no_right() -> None:
    path = finders.find("tipstaff.css")
    assert path
    rules = re.sub(r"/\*.*?\*/", "", Path(path).read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"(?:^|[;{\s-])(?:left|right)\b[^;}]*", rules) == []

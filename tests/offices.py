"""An office for the tests: real keys in a folder of its own, a signed notice in the hatch, and a visitor at the door.

Everything in it is invented: Harbour and Ridge, their offers, their people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client, override_settings

from tipstaff.config.office import folder
from tipstaff.config.settings import door as door_settings
from tipstaff.custody.holder import Holder
from tipstaff.door import bulletin, keys, page
from tipstaff.hatch import actions, log, notice
from tipstaff.hatch.notice import Change, Channel, Condition, LogKeys, Notice, Offer, Office, Source
from tipstaff.kernel.money import Money
from tipstaff.sealed.keyfile import Keyring, read_keyfile
from tipstaff.tlog.note import Signer
from tipstaff.vault.holder import Holder as VaultHolder

PASSPHRASE = "six invented words for the harbour office"
ORIGIN = "tips.harbour.example/log"
DAY = date(2026, 11, 20)
BOUNDARY = "----harbour"


def texts(en: str, es: str) -> dict[str, str]:
    return {"en": en, "es": es}


def invented_offer(**changes: Any) -> Offer:
    """HBR-1: up to $2,000,000 on whoever leads the invented Grey Gull company."""
    cap = Money(2_000_000_00, "USD")
    offer = Offer(
        ref="HBR-1", version=1, state="published", programme="Harbour rewards", authority="the Harbour Board",
        citation="Harbour Act", published=DAY, updated=DAY, expires=None, translated={"es": "ours"},
        title=texts("The Grey Gull’s leaders", "Los jefes de la Gaviota Gris"),
        summary=texts("Who leads the Grey Gull company?", "¿Quién dirige la compañía Gaviota Gris?"),
        wording=texts("Up to $2 million for information", "Hasta 2 millones de dólares por información"),
        cap=cap,
        conditions=(
            Condition(
                outcome="arrest_and_or_conviction", target_kind="role", target=texts("any leader", "cualquier jefe"),
                conduct=texts("smuggling at the old pier", "contrabando en el muelle viejo"), region="Harbour",
                elements=(), paragraphs=("(b)(8)",), cap=cap,
            ),
        ),
        channels=(Channel("telephone", "555 0100", texts("Harbour line", "Línea del puerto"), "", ("en", "es")),),
        history=(Change(DAY, texts("Announced", "Anunciada")),),
        source=Source("An invented gazette", DAY),
    )  # fmt: skip
    return replace(offer, **changes)


@dataclass
class TestOffice:
    """The office's folder, its unlocked keyring, and how it publishes."""

    __test__ = False
    path: Path
    keyring: Keyring
    notice: Notice

    @property
    def notice_signer(self) -> Signer:
        return Signer(self.keyring.names.notice, self.keyring.notice)

    @property
    def head_signer(self) -> Signer:
        return Signer(self.keyring.names.head, self.keyring.head)

    def publish(self, **changes: Any) -> Notice:
        """Sign and put up a notice, the present one with `changes`, under the next number."""
        self.notice = replace(self.notice, **{"number": self.notice.number + 1, **changes})
        note = self.notice_signer.sign(notice.text(self.notice))
        actions.put_notice(number=self.notice.number, note=note, today=DAY)
        bulletin.forget()
        return self.notice


@dataclass
class Receipt:
    """What a sender writes down and saves."""

    words: list[str]
    numbers: list[str]
    reference: str
    proof: str


@dataclass
class Visitor:
    """Somebody at the door with a plain browser: no script, no cookie kept from one page to the next."""

    language: str = "en"
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> HttpResponse:
        with at_the_door():
            return Client(enforce_csrf_checks=True, headers=self.headers | headers).get(path)  # type: ignore[return-value]  # the client's answer is an HttpResponse with more on it

    def post(
        self, path: str, fields: dict[str, str], files: list[tuple[str, bytes]] | None = None
    ) -> HttpResponse:
        return self.post_raw(path, form_body(fields, files or []))

    def post_raw(self, path: str, body: bytes, kind: str | None = None) -> HttpResponse:
        with at_the_door():
            client = Client(enforce_csrf_checks=True, headers=self.headers)
            kind = kind or f"multipart/form-data; boundary={BOUNDARY}"
            return client.post(path, body, content_type=kind)  # type: ignore[return-value]  # as above

    def token(self) -> str:
        """A fresh form token, as the form page carries it."""
        return hidden(self.get(f"/{self.language}/tip/"), "token")

    def send(self, text: str, files: list[tuple[str, bytes]] | None = None, **fields: str) -> HttpResponse:
        """Open the form and send it."""
        filled = {"token": self.token(), "text": text, **fields, "send": "1"}
        return self.post(f"/{self.language}/tip/", filled, files)

    def tip(self, text: str, files: list[tuple[str, bytes]] | None = None, **fields: str) -> Receipt:
        """Send a tip that is accepted, and write the receipt down."""
        return written_down(self.send(text, files, **fields))

    def come_back(self, receipt: str) -> HttpResponse:
        return self.post(f"/{self.language}/mailbox/", {"receipt": receipt})


def form_body(fields: dict[str, str], files: list[tuple[str, bytes]]) -> bytes:
    """A multipart body as browsers write it: the fields first, then the files."""
    out = b""
    for name, value in fields.items():
        out += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
    for name, data in files:
        heading = f'form-data; name="files"; filename="{name}"\r\nContent-Type: application/octet-stream'
        out += f"--{BOUNDARY}\r\nContent-Disposition: {heading}\r\n\r\n".encode() + data + b"\r\n"
    return out + f"--{BOUNDARY}--\r\n".encode()


def hidden(response: HttpResponse, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"no hidden field {name} in: {response.content[:300]!r}"
    return unescape(found[1])


def written_down(response: HttpResponse) -> Receipt:
    """The receipt on the page that says “We have it”."""
    text = response.content.decode()
    assert response.status_code == 200, text
    words = re.findall(r'class="word">([^<]+)<', text)
    numbers = re.findall(r'class="code"><bdi dir="ltr">(\d{4})<', text)
    reference = re.search(r"TIP-[0-9A-Z-]+", text)
    proof = re.search(r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL)
    assert len(words) == len(numbers) == 12, text
    assert reference and proof
    return Receipt([unescape(word) for word in words], numbers, reference[0], unescape(proof[1]))


def at_the_door() -> override_settings:
    return override_settings(
        ROOT_URLCONF=door_settings.ROOT_URLCONF, MIDDLEWARE=door_settings.MIDDLEWARE, APPEND_SLASH=False
    )


def forget_everything() -> None:
    """Empty what a door process remembers between requests."""
    keys.forget()
    bulletin.forget()
    page.forget()
    log.forget_tiles()


def found(path: Path) -> TestOffice:
    """Make the office's folder at `path` with new keys. Its notice with one offer is not published yet."""
    plan = folder.Plan(
        origin=ORIGIN, compartment="harbour", name=texts("Harbour tips", "Avisos del puerto"),
        leave_to="https://weather.example/", demo=False,
    )  # fmt: skip
    public = folder.make(path, plan, PASSPHRASE, log_n=4)
    first = Notice(
        number=0, office=Office(public.name, False, public.leave_to, texts("two days", "dos días")),
        recipients=public.recipients, log=LogKeys(ORIGIN, public.door_vkey, public.desk_vkey, 3),
        languages=("en", "es"), offers=(invented_offer(),),
    )  # fmt: skip
    return TestOffice(path, read_keyfile((path / "desk" / "desk.key").read_bytes(), PASSPHRASE), first)


@pytest.fixture
def new_office(tmp_path: Path, db: None, settings: Any) -> Iterator[TestOffice]:
    """A Harbour office with new keys that has published nothing yet; this process's door and desk are its."""
    path = tmp_path / "office"
    made = found(path)
    settings.DOOR_FOLDER, settings.DESK_FOLDER = path / "door", path / "desk"
    custody: Any = apps.get_app_config("custody")
    vault: Any = apps.get_app_config("vault")
    before = custody.folder, custody.holder, vault.holder
    custody.folder, custody.holder = path / "desk", Holder(path / "desk" / "desk.key", idle=before[1].idle)
    vault.holder = VaultHolder(path / "desk")
    forget_everything()
    yield made
    custody.folder, custody.holder, vault.holder = before
    forget_everything()


@pytest.fixture
def office(new_office: TestOffice) -> TestOffice:
    """The Harbour office with one published offer."""
    new_office.publish()
    return new_office


@pytest.fixture
def visitor(office: TestOffice) -> Visitor:
    """Nobody in particular, in English."""
    assert django_settings.DOOR_FOLDER == office.path / "door"
    return Visitor()

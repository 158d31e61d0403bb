"""The sealed road in a real browser on a real office: a phone 360 pixels wide, and JavaScript switched off.

Whatever happens here happens by reading a page and pressing what stands on it. The worker and the desk's own opening
do their rounds by themselves; the story looks again until they have.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page

from tests.browser import chromium
from tests.browser.chromium import Device
from tests.browser.demo_office import DemoOffice, eventually, sign_in, standing, unlock
from tipstaff.config.demo.story import TIPS

STORY = "Veo salir las lanchas de noche desde el muelle viejo. Un hombre al que llaman El Zurdo decide quién sube."
QUESTION = "¿Cuál de los dos muelles?"
ANSWER = "El del norte, junto a la grúa."
PHOTO = FilePayload(
    name="muelle.jpg", mimeType="image/jpeg", buffer=b"\xff\xd8\xff\xe0 an invented photo" * 4000
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    """A demo office, as bin/run makes it."""
    with standing(tmp_path_factory.mktemp("sealed-road")) as office:
        yield office


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.launched() as browser:
        yield browser


def a_phone(browser: Browser) -> Device:
    return Device.of(browser, java_script_enabled=False, is_mobile=True, has_touch=True)


def test_the_sealed_road_on_a_phone_without_scripts(
    office: DemoOffice, browser: Browser, tmp_path: Path
) -> None:
    yadira, rosa = a_phone(browser), a_phone(browser)

    send(yadira.page, office)
    words, numbers, reference = read_receipt(yadira.page)
    proof = save_proof(yadira.page, tmp_path)
    leave(yadira, office)

    desk = sign_in(rosa, office)
    open_the_tip(desk, office, reference)
    claim_and_ask(desk)
    answer(yadira.page, office, numbers)
    eventually(lambda: shows(desk, ANSWER), "the answer at the desk")

    assert verified(yadira.page, office, proof).returncode == 0
    altered = tmp_path / "altered"
    altered.write_text(proof.read_text(encoding="utf-8").replace("index ", "index 1"), encoding="utf-8")
    assert verified(yadira.page, office, altered).returncode == 1
    come_back(yadira.page, office, words)
    assert "Se pide más" in yadira.page.inner_text("main")
    assert (yadira.alarms, rosa.alarms) == ([], [])
    assert yadira.context.cookies() == [], "the door gives none"


def send(page: Page, office: DemoOffice) -> None:
    """From the list to the offer, past the warning, into the one form, with a photo from a folded part."""
    page.goto(f"{office.door}/es/")
    page.get_by_role("link", name=re.compile("con resultado de muerte")).click()
    assert "$5,000,000" in page.inner_text(".amount")
    page.get_by_role("link", name="Dar información sobre esto").click()
    assert page.inner_text("h1") == "Antes de empezar"
    page.get_by_role("link", name="Continuar").click()

    page.get_by_label("¿Qué sabe?").fill(STORY)
    assert page.get_by_label(re.compile("con resultado de muerte")).is_checked()
    page.get_by_text("Fotos y archivos", exact=True).click()
    page.get_by_label("Archivos (opcional)").set_input_files(PHOTO)
    page.get_by_text("Cómo lo sabe, preguntas, recompensa").click()
    page.get_by_label(re.compile("Pueden hacerme preguntas")).check()
    page.get_by_role("button", name="Enviar esta información").last.click()


def read_receipt(page: Page) -> tuple[list[str], list[str], str]:
    """What a person copies from the page: twelve words, twelve numbers, the tip's number."""
    assert page.inner_text("h1") == "Ya lo tenemos"
    words = page.locator(".words .word").all_inner_texts()
    numbers = page.locator(".words .code").all_inner_texts()
    assert len(words) == len(numbers) == 12
    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)
    return words, numbers, page.get_by_text(re.compile("^TIP-")).first.inner_text()


def save_proof(page: Page, folder: Path) -> Path:
    """Press the button; the browser saves the file without asking anybody for it."""
    with page.expect_download() as saving:
        page.get_by_role("link", name="Guardar la prueba").click()
    assert saving.value.suggested_filename == "tip.tlog-proof"
    path = folder / "tip.tlog-proof"
    saving.value.save_as(path)
    return path


def leave(device: Device, office: DemoOffice) -> None:
    """The red button asks our own site to end the visit, and that sends the browser elsewhere at once."""
    device.page.goto(f"{office.door}/es/mailbox/")
    with device.page.expect_event("requestfailed") as left:  # no name of another host is ever looked up here
        device.page.locator(".exit a").click(no_wait_after=True)
    ours = left.value.redirected_from
    assert ours is not None
    assert ours.url == f"{office.door}/leave"
    assert not left.value.url.startswith(office.door)


def open_the_tip(page: Page, office: DemoOffice, reference: str) -> None:
    """With the keys unlocked the envelopes open by themselves: the queue fills, and the new tip is in it."""
    page.get_by_role("link", name="Tips", exact=True).click()
    assert page.get_by_role("link", name=reference).count() == 0
    unlock(page, office)
    page.get_by_role("link", name="Tips", exact=True).click()
    waiting = len(TIPS) + 1
    eventually(lambda: rows(page) == waiting, "all tips in the queue")
    page.get_by_role("link", name=reference).click()
    assert STORY in page.inner_text("main")
    assert "muelle.jpg" in page.inner_text("main")


def rows(page: Page) -> int:
    page.reload()
    return page.locator("table.tips tbody tr").count()


def claim_and_ask(page: Page) -> None:
    """Claim it, ask, and let the source see that more is wanted."""
    page.get_by_role("button", name="Claim it").click()
    assert "You have this tip." in page.inner_text("main")
    page.get_by_label("Write to the source").fill(QUESTION)
    page.get_by_role("button", name="Send to the source").click()
    for move in ("Being read", "More wanted"):
        page.get_by_role("radio", name=re.compile(move)).check()
        page.get_by_role("button", name="Tell the source").click()
    assert QUESTION in page.inner_text(".talk")


def come_back(page: Page, office: DemoOffice, receipt: list[str]) -> None:
    """Type the receipt; the address shows nothing of it."""
    page.goto(f"{office.door}/es/mailbox/")
    page.get_by_label("Sus doce palabras o doce números").fill(" ".join(receipt))
    page.get_by_role("button", name="Abrir mi información").click()
    assert page.url == f"{office.door}/es/mailbox/"


def answer(page: Page, office: DemoOffice, numbers: list[str]) -> None:
    """She finds the question as soon as the worker has delivered it, and answers."""

    def question() -> bool:
        come_back(page, office, numbers)
        return QUESTION in page.inner_text("main")

    eventually(question, "the question in the mailbox")
    page.get_by_label("Su mensaje, en cualquier idioma").fill(ANSWER)
    page.get_by_role("button", name="Enviar esto").click()
    assert "Tenemos lo que agregó" in page.inner_text("main")


def shows(page: Page, text: str) -> bool:
    page.reload()
    return text in page.inner_text("main")


def verified(page: Page, office: DemoOffice, proof: Path) -> subprocess.CompletedProcess[str]:
    """Run the command that the public page gives for checking a proof, with the keys that stand in it."""
    page.goto(f"{office.door}/es/protection/")
    program, verb, _file, *keys = shlex.split(page.inner_text("pre"))
    assert (program, verb) == ("tipstaff", "verify")
    return subprocess.run(
        [sys.executable, "-m", "tipstaff", verb, str(proof), *keys],
        env=office.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip

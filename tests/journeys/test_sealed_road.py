"""The sealed road, told from end to end: an offer is published, a tip is taken, opened, answered and proved.

Everybody uses the pages, as they would. Only the worker's rounds are called by name, because nobody presses them.
"""

import base64
import re
from pathlib import Path

import pytest

from tests.journeys.conftest import Officer, now, open_the_office
from tests.offices import PASSPHRASE, Receipt, TestOffice, Visitor, hidden, written_down
from tipstaff.audit.queries import verify
from tipstaff.config.office import jobs
from tipstaff.custody import holder
from tipstaff.custody.queries import public_keys
from tipstaff.door import bulletin
from tipstaff.hatch import queries as hatch
from tipstaff.logbook.jobs import publish_by_hand
from tipstaff.offers.actions import load_programme
from tipstaff.offers.programme_file import read
from tipstaff.people.access import system
from tipstaff.people.queries import actor_named
from tipstaff.rulebook.actions import approve_sheet, propose_sheet
from tipstaff.rulebook.sheet_file import shipped
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.verify import Trust, read_private, verify_log, verify_proof

PROGRAMME = Path(__file__).parents[2] / "programmes" / "darien-2024.toml"
OFFERS = ("CDG-1", "CDG-2", "CDG-3")
STORY = "Veo salir las lanchas de noche desde el muelle viejo. Un hombre al que llaman El Zurdo decide quién sube."
PHOTO = b"\xff\xd8\xff\xe0 an invented photo" * 5000


@pytest.fixture
def story(new_office: TestOffice) -> TestOffice:
    """The office stands, its officers have their roles, the rules are in force, the programme is loaded as drafts."""
    open_the_office(now())
    today = now().date()
    rosa, *approvers = (actor_named(name, today) for name in ("rosa", "tomas", "elena"))
    rules = shipped("tocrp")
    proposed = propose_sheet(sheet=rules, compartment="darien", actor=rosa, now=now())
    for approver in approvers:
        approve_sheet(ref=proposed.ref, digest=rules.digest(), actor=approver, now=now())
    load_programme(programme=read(PROGRAMME.read_text(encoding="utf-8")), actor=rosa, now=now())
    return new_office


def test_the_sealed_road(story: TestOffice) -> None:
    rosa, tomas = Officer.sign_in("rosa"), Officer.sign_in("tomas")

    publish(story, rosa, tomas)
    receipt = yadira_sends()
    tip = rosa_opens(rosa, receipt)
    rosa_asks(story, rosa, tip)
    yadira_answers(receipt)
    rosa_reads_the_answer(story, rosa, tip)
    everybody_can_check(story, receipt)


def publish(office: TestOffice, rosa: Officer, tomas: Officer) -> None:
    """Rosa proposes, Tomás approves and publishes; the door shows nothing before the desk's signed notice is there."""
    assert Visitor("es").get("/es/").status_code == 503
    for ref in OFFERS:
        assert rosa.do(f"/offers/{ref}/propose/", on=f"/offers/{ref}/", version="1").status_code == 302
        assert rosa.do(f"/offers/{ref}/approve/", on=f"/offers/{ref}/", version="1").status_code in (403, 409)
        assert tomas.do(f"/offers/{ref}/approve/", on=f"/offers/{ref}/", version="1").status_code == 302
        assert tomas.do(f"/offers/{ref}/publish/", on=f"/offers/{ref}/", version="1").status_code == 302
    assert Visitor("es").get("/es/").status_code == 503
    jobs.deliver_parcels(office.keyring, now())
    bulletin.forget()  # the door looks again after a second; the story does not wait for it

    home = Visitor("es").get("/es/").content.decode()

    assert all(f"/es/offers/{ref}/" in home for ref in OFFERS)
    assert "$2,000,000" in home
    assert "$5,000,000" in home
    offer = Visitor("en").get("/en/offers/CDG-2/").content.decode()
    assert "disruption of financial mechanisms of the Clan del Golfo" in offer
    assert "866-347-2423" in offer


def yadira_sends() -> Receipt:
    """One box, one photo, one press; the answer is the receipt."""
    yadira = Visitor("es")
    assert "Antes de empezar" in yadira.get("/es/before/CDG-3/").content.decode()
    form = yadira.get("/es/tip/CDG-3/")
    assert 'value="CDG-3" checked' in form.content.decode()

    fields = {
        "token": hidden(form, "token"),
        "text": STORY,
        "offer": "CDG-3",
        "may_ask": "1",
        "reward": "1",
        "send": "1",
    }
    answer = yadira.post("/es/tip/", fields, [("muelle.jpg", PHOTO)])

    assert "Ya lo tenemos" in answer.content.decode()
    return written_down(answer)


def rosa_opens(rosa: Officer, receipt: Receipt) -> str:
    """The envelope waits closed; Rosa unlocks the keys, the tip opens, and she claims it."""
    assert hatch.count_waiting() == 1
    answer = rosa.do("/keys/unlock/", on="/keys/", passphrase=PASSPHRASE)
    assert answer.status_code == 302
    jobs.open_envelopes(holder.current().keyring, now())

    assert hatch.count_waiting() == 0
    assert receipt.reference in rosa.read("/tips/")
    tip = f"/tips/{receipt.reference}/"
    assert rosa.do(f"{tip}claim/", on=tip).status_code == 302
    page = rosa.read(tip)
    assert STORY in page
    assert "CDG-3" in page
    assert "muelle.jpg" in page
    saved = rosa.do(f"{tip}files/1/save/", on=tip)
    content = b"".join(saved.streaming_content) if saved.streaming else saved.content  # type: ignore[attr-defined]  # only a streamed answer has it
    assert content == PHOTO
    assert "attachment" in saved.headers["Content-Disposition"]
    assert "muelle" not in saved.headers["Content-Disposition"]
    return tip


def rosa_asks(office: TestOffice, rosa: Officer, tip: str) -> None:
    """A question to the source, a note for colleagues, and the state that the source may see."""
    assert rosa.do(f"{tip}write/", on=tip, text="¿Cuál de los dos muelles?").status_code == 302
    assert rosa.do(f"{tip}note/", on=tip, text="Compare with the harbour plan.").status_code == 302
    assert rosa.do(f"{tip}state/", on=tip, move="read").status_code == 302
    assert rosa.do(f"{tip}state/", on=tip, move="want_more").status_code == 302
    jobs.deliver_parcels(office.keyring, now())


def yadira_answers(receipt: Receipt) -> None:
    """From another device, with the numbers she copied onto a bus ticket."""
    yadira = Visitor("es")
    page = yadira.come_back(" ".join(receipt.numbers))
    shown = page.content.decode()
    assert "Se pide más" in shown
    assert "¿Cuál de los dos muelles?" in shown
    assert "harbour plan" not in shown

    fields = {
        "token": hidden(page, "token"),
        "lent": hidden(page, "lent"),
        "text": "El del norte.",
        "send": "1",
    }
    answer = yadira.post("/es/mailbox/", fields)

    assert "Tenemos lo que agregó" in answer.content.decode()


def rosa_reads_the_answer(office: TestOffice, rosa: Officer, tip: str) -> None:
    jobs.open_envelopes(office.keyring, now())

    assert "El del norte." in rosa.read(tip)


def everybody_can_check(office: TestOffice, receipt: Receipt) -> None:
    """The sender's own proof, the public log that anyone can fetch, the auditor's account, the record of every act."""
    keys = public_keys()
    trust = Trust.of(Verifier.parse(keys.door_vkey), Verifier.parse(keys.desk_vkey))
    assert Visitor().get("/log/checkpoint").status_code == 404
    publish_by_hand(office.keyring, keys, actor=system("worker"), now=now())
    jobs.deliver_parcels(office.keyring, now())

    def fetch(path: str) -> bytes | None:
        answer = Visitor().get(f"/log/{path}")
        return answer.content if answer.status_code == 200 else None

    mine = read_private(receipt.proof.encode(), trust)
    report = verify_log(fetch, trust, proofs=[verify_proof(receipt.proof, trust)], private=[])
    assert report.head.checkpoint.size == 256, "two envelopes and their covers fill one tile"
    assert mine is not None
    later = hidden_proof(Visitor("es").come_back(" ".join(receipt.words)))
    assert verify_proof(later, trust).signed.checkpoint.size == 256, (
        "the mailbox now proves to the public head"
    )
    ines = Officer.sign_in("ines")
    account = ines.read("/log/")
    assert "254" in account, "covers"
    jobs.sequence_audit(None, now())
    assert verify(now()).problem is None


def hidden_proof(answer: object) -> str:
    """The proof behind the mailbox page's button."""
    found = re.search(rb"base64,([A-Za-z0-9+/=]+)", answer.content)  # type: ignore[attr-defined]  # an HttpResponse
    assert found
    return base64.b64decode(found[1]).decode()

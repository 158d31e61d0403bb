"""From a tip to a payment, told from end to end: two people tell, an arrest follows, and both are paid without a name.

Everybody uses the pages, as they would. Only the worker's rounds are called by name, because nobody presses them.
"""

import re
from dataclasses import dataclass, field

import pytest

from tests.journeys.reward import (
    OFFERS,
    Town,
    appropriation,
    contribution,
    done,
    finding,
    in_days,
    motion,
    nomination,
    open_the_office_of_harbour,
    outcome,
    refused,
    scores,
    with_the_receipt,
)
from tests.offices import Receipt, TestOffice, Visitor
from tipstaff.config.cli import main
from tipstaff.door import bulletin
from tipstaff.sealed.claims import QUESTIONS

YADIRA = "El capitán duerme en la casa verde, detrás del muelle viejo."
ENGINEER = "The captain fetches the large boat himself on Thursday."


@dataclass
class Story:
    """What people hand on to each other."""

    town: Town
    receipts: list[Receipt] = field(default_factory=list)
    case: str = ""
    outcome: str = ""
    award: str = ""
    item: str = ""
    payouts: list[str] = field(default_factory=list)
    seen_by_the_paymaster: list[str] = field(default_factory=list)

    @property
    def page(self) -> str:
        """The award's page."""
        return f"/awards/{self.award}/"


@pytest.fixture
def story(new_office: TestOffice, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("TIPSTAFF_OFFICE", str(new_office.path))  # where commands look
    open_the_office_of_harbour()
    return Story(Town(new_office, {}))


def test_from_a_tip_to_a_payment(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    the_rules_are_approved_and_the_offers_published(story)
    tess_takes_up_money(story)
    two_people_tell(story)
    hana_reads_them(story)
    gus_finds_and_eva_confirms(story)
    gus_attests_what_each_tip_gave(story)
    nia_nominates_and_hugo_endorses(story)
    both_sources_accept(story)
    cora_finds_it_eligible(story)
    the_committee_recommends(story)
    abel_concurs(story)
    sera_decides_and_certifies(story)
    pia_plans_the_protection_and_sends_vouchers(story)
    both_are_paid_at_the_window(story)
    cora_reports_and_closes(story)
    the_memorandum_is_there(story)
    the_books_and_every_determination_are_proved(story, capsys)
    the_paymaster_saw_nothing_of_it(story)


def the_rules_are_approved_and_the_offers_published(story: Story) -> None:
    """Edi proposed the rules; Ben and Fay approve them. Edi proposes each offer; Ben approves and publishes it."""
    town = story.town
    sheet = linked(town.ben.read("/rules/"), r"/rules/RUL-[\w-]+/")
    digest = re.search(r'name="digest" value="(\w{64})"', town.ben.read(sheet))
    assert digest
    for approver in (town.ben, town.fay):
        done(approver.do(f"{sheet}approve/", on=sheet, digest=digest[1]))
    for ref in OFFERS:
        done(town.edi.do(f"/offers/{ref}/propose/", on=f"/offers/{ref}/", version="1"))
        done(town.ben.do(f"/offers/{ref}/approve/", on=f"/offers/{ref}/", version="1"))
        done(town.ben.do(f"/offers/{ref}/publish/", on=f"/offers/{ref}/", version="1"))
    town.unlock()
    town.worker()
    bulletin.forget()  # the door looks again after a second; the story does not wait for it


def tess_takes_up_money(story: Story) -> None:
    done(story.town.tess.do("/ledger/appropriate/", **appropriation()))


def two_people_tell(story: Story) -> None:
    """Neither gives a name; each takes a receipt home."""
    for language, text in (("es", YADIRA), ("en", ENGINEER)):
        story.receipts.append(Visitor(language).tip(text, offer="GULL-1", may_ask="1", reward="1"))


def hana_reads_them(story: Story) -> None:
    """The tips open, and Hana claims them."""
    story.town.worker()
    for receipt, text in zip(story.receipts, (YADIRA, ENGINEER), strict=True):
        tip = f"/tips/{receipt.reference}/"
        done(story.town.hana.do(f"{tip}claim/", on=tip))
        assert text in story.town.hana.read(tip)


def gus_finds_and_eva_confirms(story: Story) -> None:
    """Gus opens a case and records the arrest; he cannot confirm it himself."""
    gus, eva = story.town.gus, story.town.eva
    opened = gus.do("/cases/open/", title="The captain", organisation="Grey Gull", compartment="harbour")
    story.case = done(opened)
    recorded = done(gus.do(f"{story.case}outcome/", **outcome()))
    story.outcome = recorded.split("/")[-2]
    refused(gus.do(f"{recorded}confirm/", on=recorded, seen="1"), "a second officer has to confirm it")
    done(eva.do(f"{recorded}confirm/", on=recorded, seen="1"))


def gus_attests_what_each_tip_gave(story: Story) -> None:
    """A finding for each tip, and what it gave to the arrest; the case page shows the whole chain."""
    gus = story.town.gus
    for receipt, (says, used) in zip(story.receipts, GIVEN, strict=True):
        tip = receipt.reference
        found = done(gus.do(f"{story.case}finding/", **finding(tip, says, says)))
        joined = contribution(tip, found.split("/")[-2], story.outcome, used)
        done(gus.do(f"{story.case}contribution/", **joined))
    page = gus.read(story.case)
    assert all(text in page for text in ("<svg", *(says for says, _ in GIVEN)))
    assert YADIRA not in page


def nia_nominates_and_hugo_endorses(story: Story) -> None:
    """Nia asks $160,000 for both, having asked the other agencies; Hugo endorses."""
    nia, hugo = story.town.nia, story.town.hugo
    assert f"/awards/nominate/{story.outcome}/" in nia.read("/awards/nominate/")
    story.award = done(nia.do(f"/awards/nominate/{story.outcome}/", **nomination())).split("/")[-2]
    refused(nia.do(f"{story.page}nominate/", on=story.page), "Ask the other agencies")
    done(nia.do(f"{story.page}nominate/", on=story.page, payers_asked="on"))
    done(hugo.do(f"{story.page}endorse/", on=story.page, reason="It rests on what they told."))


def both_sources_accept(story: Story) -> None:
    """Cora asks through the mailbox; each says yes with the receipt, and answers what the law asks."""
    payment = f"{story.page}payment/"
    done(
        story.town.cora.do(
            f"{payment}ask/", on=payment, **{"ask-answer_by": in_days(30), "ask-text": "Thank you."}
        )
    )
    story.town.worker()
    for receipt in story.receipts:
        shown = Visitor("en").come_back(" ".join(receipt.words)).content.decode()
        assert "Thank you." in shown
        answers = {f"q-{question}": "no" for question in QUESTIONS} | {"q-individual": "yes"}
        assert with_the_receipt(receipt.words, "accept", answers).status_code == 200
    story.town.worker()


def cora_finds_it_eligible(story: Story) -> None:
    """Nothing is found against either payee, by number; then no rule stands against the award."""
    cora, payment = story.town.cora, f"{story.page}payment/"
    for number in ("1", "2"):
        for kind in ("sanctions", "barred"):
            check = {"kind": kind, "clear": "yes", "source": "An invented list of today", "note": ""}
            typed = {f"check-{number}-{name}": value for name, value in check.items()}
            done(cora.do(f"{payment}sources/{number}/check/", on=payment, **typed))
    done(cora.do(f"{story.page}eligible/", on=story.page))


def the_committee_recommends(story: Story) -> None:
    """Three members declare, score alone and vote, two for and one against. No paper of theirs names a tip."""
    town, members = story.town, ("mia", "max", "moe")
    called = {"title": "November", "held_on": in_days(0), "members": members}
    meeting = done(town.cora.do("/awards/committee/convene/harbour/", **called))
    done(town.cora.do(f"{meeting}docket/", on=meeting, award=story.award))
    story.item = item = f"{meeting}1/"
    for name in members:
        done(getattr(town, name).do(f"{item}declare/", on=item, answer="none", reason=""))
    done(town.cora.do(f"{item}open-scoring/", on=item))
    for name, level in zip(members, (4, 3, 2), strict=True):
        packet = getattr(town, name).read(f"{item}packet/")
        assert not any(receipt.reference in packet for receipt in story.receipts)
        done(getattr(town, name).do(f"{item}scores/", **scores(level)))
    done(town.cora.do(f"{meeting}open/", on=meeting))
    done(town.cora.do(f"{item}motion/", **motion()))
    for name, choice in zip(members, ("for", "for", "against"), strict=True):
        voted = {"motion": "1", "choice": choice, "reason": f"{name.title()} has read it."}
        done(getattr(town, name).do(f"{item}vote/", on=item, **voted))
    done(town.cora.do(f"{item}close-vote/", on=item))
    done(town.cora.do(f"{meeting}close/", on=meeting))


def abel_concurs(story: Story) -> None:
    """There is federal criminal jurisdiction, so nobody decides before the Attorney General has concurred."""
    decide = f"{story.page}decide/"
    refused(story.town.sera.do(decide, approve="1", reason="As advised.", **DECIDED), "concur")
    done(story.town.cora.do(f"{story.page}seek-concurrence/", on=story.page))
    done(story.town.abel.do(f"{story.page}concur/", on=story.page, reference="AG-26-1"))


def sera_decides_and_certifies(story: Story) -> None:
    """Sera decides as advised, in person: it is more than a delegate may. The money is set aside with it."""
    done(story.town.sera.do(f"{story.page}decide/", approve="1", reason="As advised.", **DECIDED))
    assert "150,000" in story.town.tess.read("/ledger/")
    done(story.town.sera.do(f"{story.page}certify/", on=story.page))


def pia_plans_the_protection_and_sends_vouchers(story: Story) -> None:
    """Neither source said that it is in danger; the vouchers go into the mailboxes, sealed."""
    pia, payment = story.town.pia, f"{story.page}payment/"
    done(pia.do(f"{story.page}protection/", on=story.page, plan="Nobody asked for it; paid after dark."))
    window = {"place": "Window 3", "opens_on": in_days(0), "closes_on": in_days(30)}
    done(pia.do(f"{payment}issue/", on=payment, **{f"issue-{name}": value for name, value in window.items()}))
    story.town.worker()


def both_are_paid_at_the_window(story: Story) -> None:
    """Each reads the code in the mailbox, signs the paymaster's number with the receipt, and is paid before two."""
    pam, saw = story.town.pam, story.seen_by_the_paymaster
    for receipt in story.receipts:
        mailbox = Visitor("en").come_back(" ".join(receipt.words)).content.decode()
        code = re.search(r"VCH-[\w-]+", mailbox)
        assert code
        saw.append(pam.read("/awards/payments/"))
        payout = done(pam.do("/awards/payments/present/", on="/awards/payments/", code=code[0]))
        saw.append(pam.read(payout))
        number = re.search(r"\b(\d{3}) ?(\d{3})\b", words_of(saw[-1]))
        assert number
        typed = {"amount": "95,000" if receipt is story.receipts[0] else "55,000"}
        refused(pam.do(f"{payout}hand-over/", on=payout, **typed), "not")
        assert (
            with_the_receipt(receipt.words, "collect", {"number": "".join(number.groups())}).status_code
            == 200
        )
        story.town.worker()
        done(pam.do(f"{payout}hand-over/", on=payout, **typed))
        two_witnesses_sign(story)
        saw.append(pam.read(payout))
        story.town.worker()
        again = Visitor("en").come_back(" ".join(receipt.words)).content.decode()
        assert code[0] not in again
        refused(pam.do("/awards/payments/present/", on="/awards/payments/", code=code[0]), "paid")


def two_witnesses_sign(story: Story) -> None:
    for name in ("wes", "win"):
        witness = getattr(story.town, name)
        waiting = linked(witness.read("/awards/payments/witness/"), r"/awards/payments/witness/PAY-[\w-]+/")
        shown = witness.read(waiting)
        window = re.search(r'name="window" value="(\d{6})"', shown)
        assert window
        done(witness.do(waiting, window=window[1]))


def cora_reports_and_closes(story: Story) -> None:
    """The receipt is held, the payment reported, the memorandum issued, the file closed."""
    cora, papers = story.town.cora, f"{story.page}papers/"
    done(cora.do(f"{papers}receipt/", on=papers, reference="RECEIPT-1"))
    done(cora.do(f"{papers}report/", on=papers, reference="REPORT-1", significance="It named the house."))
    done(cora.do(f"{papers}issue/", on=papers, public_summary="Two sources were paid."))
    done(cora.do(f"{story.page}close/", on=story.page, reason="Paid and reported."))
    assert "Closed" in cora.read(story.page)


def the_memorandum_is_there(story: Story) -> None:
    """On screen and as PDF, whole and redacted, in both languages; neither names a tip."""
    page = f"{story.page}papers/1/"
    shown = story.town.ann.read(page)
    assert not any(receipt.reference in shown for receipt in story.receipts)
    for version in ("whole", "public"):
        for language in ("en", "es"):
            answer = story.town.ann.browser.get(f"{page}{version}/a4/{language}.pdf")
            assert answer.content.startswith(b"%PDF-")


def the_books_and_every_determination_are_proved(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    """`tipstaff ledger check` proves the books; `tipstaff awards replay` runs every decision again and agrees."""
    assert "150,000" in words_of(story.town.tess.read("/ledger/"))
    assert main(["ledger", "check"]) == 0
    assert main(["awards", "replay", story.award]) == 0
    capsys.readouterr()


def the_paymaster_saw_nothing_of_it(story: Story) -> None:
    """No page that Pam saw names a tip, the case, the outcome or the award."""
    assert len(story.seen_by_the_paymaster) == 6
    secrets = [receipt.reference for receipt in story.receipts] + [
        story.award, story.outcome, story.case.split("/")[-2], "GULL", "Captain",
    ]  # fmt: skip
    for page in story.seen_by_the_paymaster:
        assert [secret for secret in secrets if secret in page] == []


GIVEN = (
    ("The captain sleeps in the green house.", "The watch was put on the green house."),
    ("The captain fetches the boat on Thursday.", "The arrest was moved to Thursday."),
)
DECIDED = {"amount.1": "95,000", "amount.2": "55,000", "total": "150,000", "exceeding": ""}


def linked(page: str, pattern: str) -> str:
    """The first address of that form on a page."""
    found = re.search(rf'href="({pattern})"', page)
    assert found, pattern
    return found[1]


def words_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())

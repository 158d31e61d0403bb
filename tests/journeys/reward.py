"""The people of the road from a tip to a payment, and what they type. Everything and everybody is invented.

In Harbour Hana reads tips, Gus and Eva investigate, Nia nominates, Hugo heads the mission, Cora is the clerk, Mia, Max
and Moe sit on the committee, Abel is the attorney, Sera the secretary, Pia protects, Tess funds, Pam pays, Wes and Win
witness, and Ann audits. Edi, Ben and Fay publish.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.http import HttpResponse

from tests.journeys.conftest import AGENCY, PASSWORD, Officer, hire, now
from tests.offices import PASSPHRASE, TestOffice, Visitor, hidden
from tipstaff.config.office import jobs
from tipstaff.custody import holder
from tipstaff.kernel.clock import day
from tipstaff.ledger.policy import fiscal_year
from tipstaff.offers.actions import load_programme
from tipstaff.offers.programme_file import read
from tipstaff.people.access import system
from tipstaff.people.founding import Founder, found_office
from tipstaff.people.queries import actor_named
from tipstaff.rulebook.actions import propose_sheet
from tipstaff.rulebook.sheet_file import shipped

PROGRAMME = Path(__file__).parents[2] / "programmes" / "grey-gull-demo.toml"
OFFERS = ("GULL-1", "GULL-2")
ROLES = {
    "edi": "editor", "ben": "approver", "fay": "approver", "hana": "analyst", "gus": "investigator",
    "eva": "investigator", "nia": "nominator", "hugo": "head-of-mission", "cora": "clerk", "mia": "member",
    "max": "member", "moe": "member", "abel": "attorney", "sera": "secretary", "pia": "protector", "tess": "treasurer",
    "pam": "paymaster", "wes": "witness", "win": "witness", "ann": "auditor",
}  # fmt: skip
FACTORS = tuple(factor.code for factor in shipped("tocrp").factors)


def open_the_office_of_harbour() -> None:
    """Lin and Mae found it and give each officer one role; Edi proposes the rules and loads the fictional programme."""
    found_office(
        agency=(AGENCY, "Harbour desk"), compartments=[("harbour", "Harbour")],
        founders=(Founder("lin", "Lin", PASSWORD), Founder("mae", "Mae", PASSWORD)), actor=system("init"), now=now(),
    )  # fmt: skip
    for name, role in ROLES.items():
        hire(name, now(), (role, "harbour"))
    hire("kit", now(), ("custodian", "office"))
    edi = actor_named("edi", day(now()))
    propose_sheet(sheet=shipped("tocrp"), compartment="harbour", actor=edi, now=now())
    load_programme(programme=read(PROGRAMME.read_text(encoding="utf-8")), actor=edi, now=now())


@dataclass
class Town:
    """The office, and everybody's browser, opened when they first do something."""

    office: TestOffice
    browsers: dict[str, Officer]

    def __getattr__(self, name: str) -> Officer:
        if name not in ROLES and name != "kit":
            raise AttributeError(name)
        return (
            self.browsers.setdefault(name, Officer.sign_in(name))
            if name not in self.browsers
            else self.browsers[name]
        )

    def unlock(self) -> None:
        """Kit unlocks the keys, as every morning."""
        done(self.kit.do("/keys/unlock/", on="/keys/", passphrase=PASSPHRASE))

    def worker(self) -> None:
        """One round of the worker: what waits is opened, answers are heard, what is written goes out."""
        keyring = holder.current().keyring
        for job in jobs.jobs(opening=True):
            if job.name in ("envelopes", "answers", "outbox"):
                job.work(keyring, now())


def done(answer: HttpResponse) -> str:
    """The button did what it says; where it leads."""
    assert answer.status_code == 302, (answer.status_code, words(answer))
    return str(answer["Location"])


def refused(answer: HttpResponse, says: str) -> None:
    """The button was refused with this sentence."""
    assert answer.status_code == 409, answer.status_code
    assert says in words(answer)


def words(answer: HttpResponse) -> str:
    """What a person reads on a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def with_the_receipt(receipt: list[str], button: str, fields: dict[str, str]) -> HttpResponse:
    """Come back with the receipt and press a button of the mailbox's part about the reward."""
    page = Visitor().come_back(" ".join(receipt))
    sent = {name: hidden(page, name) for name in ("token", "lent")} | fields | {button: "1"}
    about = re.search(r'name="about" value="(\w+)"', page.content.decode())
    return Visitor().post("/en/mailbox/", sent | ({"about": about[1]} if about else {}))


def in_days(days: int) -> str:
    """A day as a form takes it."""
    return (day(now()) + timedelta(days=days)).isoformat()


def fields(**more: Any) -> dict[str, Any]:
    """What is typed: names with a full stop are written with two underscores."""
    return {name.replace("__", "."): value for name, value in more.items()}


def appropriation() -> dict[str, str]:
    return {
        "programme": "grey-gull-demo", "compartment": "harbour", "fiscal_year": str(fiscal_year(day(now()))),
        "amount": "1,000,000", "currency": "USD", "reference": "HARBOUR-ACT-1", "reason": "",
    }  # fmt: skip


def finding(tip: str, statement: str, says: str) -> dict[str, str]:
    source = {
        "kind": "tip", "reference": tip, "reliability": "B", "credibility": "2", "says": says, "day": in_days(0)
    }  # fmt: skip
    return {"statement": statement} | {f"source-0-{name}": value for name, value in source.items()}


def outcome() -> dict[str, str]:
    return {
        "kind": "arrest", "day": in_days(0), "country": "CO", "scope": "international", "subject_kind": "person",
        "subject": "The Captain (invented)", "role": "leader", "suspicion": "Two officers saw him give the orders.",
        "review_on": in_days(365), "paragraph": "b8", "charge": "An invented charge", "court": "Harbour Court 1",
        "outside_us": "on", "key_leader": "on", "federal_jurisdiction": "on",
    }  # fmt: skip


def contribution(tip: str, finding: str, outcome: str, used: str) -> dict[str, str]:
    return {
        "tip": tip, "finding": finding, "outcome": outcome, "how_used": used, "used_on": in_days(0), "known": "no",
        "corroboration": "The harbour log.", "evidence": "EX-7",
    }  # fmt: skip


def nomination() -> dict[str, str]:
    asked = {"requested.1": "100,000", "requested.2": "60,000"}
    return asked | {
        "offer": "GULL-1", "offer_version": "1", "condition": "1", "agency": AGENCY, "form": "money",
        "reason": "Without these two the old pier would not have been watched.",
    }  # fmt: skip


def scores(level: int) -> dict[str, str]:
    """The same level for every factor of both sources, each with its sentence."""
    named = [f"{number}.{factor}" for number in ("1", "2") for factor in FACTORS]
    given = {f"level.{name}": str(level) for name in named}
    return given | {f"because.{name}": "As the packet says." for name in named} | {"submit": "1"}


def motion() -> dict[str, str]:
    return {
        "kind": "recommend", "total": "150,000", "amount.1": "95,000", "amount.2": "55,000",
        "text": "To recommend a reward to both.",
    }  # fmt: skip

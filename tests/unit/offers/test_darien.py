"""The programme that Tipstaff was made for: the published wording, word for word, and nothing that has no source."""

from datetime import date
from pathlib import Path

import pytest

from tipstaff.kernel.money import Money
from tipstaff.offers.policy import ProposalFacts, may_propose
from tipstaff.offers.programme_file import read

PROGRAMME = read((Path(__file__).parents[3] / "programmes" / "darien-2024.toml").read_text())
OFFERS = {offer.ref: offer for offer in PROGRAMME.offers}

# The announcement of 11 June 2024.
WORDING = {
    "CDG-1": "Up to $2 million for information leading to the arrest and/or conviction of any key leader of Clan "
    "del Golfo involved in human smuggling in the Darién",
    "CDG-2": "Up to $1 million for information leading to the disruption of financial mechanisms of the Clan del "
    "Golfo to finance, sustain, or support human smuggling operations in the Darién",
    "CDG-3": "Up to $5 million for information leading to the arrest and/or conviction of any key leader of Clan "
    "del Golfo involved in human smuggling in the Darién by encouraging and inducing aliens to enter the United "
    "States resulting in death",
}
CAPS = {"CDG-1": 2_000_000, "CDG-2": 1_000_000, "CDG-3": 5_000_000}
LAW = {
    "CDG-1": ("arrest_and_or_conviction", "role", ("b8", "b9"), ()),
    "CDG-2": ("disruption_of_financial_mechanisms", "organisation", ("b7",), ()),
    "CDG-3": (
        "arrest_and_or_conviction",
        "role",
        ("b8", "b9"),
        ("8 USC 1324(a)(1)(A)(iv)", "8 USC 1324(a)(1)(B)(iv)"),
    ),
}


def test_the_english_wording_is_the_published_one():
    assert {ref: offer.wording["en"] for ref, offer in OFFERS.items()} == WORDING


def test_the_caps_are_the_published_ones_and_come_to_eight_million():
    assert {ref: offer.cap for ref, offer in OFFERS.items()} == {
        ref: Money(dollars * 100, "USD") for ref, dollars in CAPS.items()
    }
    assert sum(offer.cap.minor for offer in OFFERS.values()) == 8_000_000_00


@pytest.mark.parametrize("ref", sorted(LAW))
def test_each_offer_has_one_condition_with_its_law(ref):
    (condition,) = OFFERS[ref].conditions

    assert (condition.outcome, condition.target_kind, condition.paragraphs, condition.elements) == LAW[ref]
    assert (condition.cap, condition.region) == (OFFERS[ref].cap, "Darién")


@pytest.mark.parametrize("ref", sorted(OFFERS))
def test_what_every_offer_says(ref):
    offer = OFFERS[ref]

    assert offer.announced == date(2024, 6, 11)
    assert offer.expires is None
    assert offer.languages == ("en", "es")
    assert offer.translated == {"es": "ours"}
    assert offer.agencies == ("HSI", "CBP")
    assert [(channel.kind, channel.value) for channel in offer.channels] == [
        ("telephone", "866-347-2423"),
        ("telephone", "802-872-6199"),
        ("telephone", "802-872-6196"),
        ("web", "https://ice.gov/tips"),
    ]
    assert offer.source.on == date(2024, 6, 11)


@pytest.mark.parametrize("ref", sorted(OFFERS))
def test_every_offer_may_be_proposed_as_it_stands(ref):
    facts = ProposalFacts(text=OFFERS[ref], ceiling=PROGRAMME.ceiling, public=None)

    assert may_propose(facts).refusals == ()


def test_the_programme_is_the_states_own():
    assert (PROGRAMME.code, PROGRAMME.compartment, PROGRAMME.rules) == ("darien-2024", "darien", "tocrp")
    assert PROGRAMME.authority == "22 USC 2708"
    assert PROGRAMME.ceiling == Money(25_000_000_00, "USD")
    assert [agency.code for agency in PROGRAMME.agencies] == ["INL", "HSI", "CBP"]
    assert all(agency.sources for agency in PROGRAMME.agencies)


def test_nothing_in_the_code_knows_this_programme():
    package = Path(__file__).parents[3] / "src" / "tipstaff"
    named = [
        str(path.relative_to(package))
        for path in package.rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
        and "clan del golfo" in path.read_text(encoding="utf-8").lower()
    ]

    assert named == []

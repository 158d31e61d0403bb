"""The three cases of the fictional Grey Gull programme, as texts and amounts. Everything in them is invented.

Days count from the day on which the first source told; `began` is how many days before today that was.
"""

from dataclasses import dataclass, field
from typing import Any

from tipstaff.config.demo.story import InventedTip


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A source: what it told and how many days after the first one, what came of it, and what it says to a reward."""

    tip: InventedTip
    after: int
    finding: str
    says: str
    used: str
    corroboration: str
    evidence: str
    asked: int
    level: int
    answers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A case: its title, its outcome, its sources with the whole amount asked and advised for each."""

    began: int
    title: str
    offer: str
    outcome: dict[str, Any]
    nomination: str
    sources: tuple[Given, ...]
    advised: tuple[int, ...]


def _tip(offer: str, language: str, text: str, **fields: str) -> InventedTip:
    return InventedTip(language, {"offer": offer, "text": text, "may_ask": "1", "reward": "1"} | fields)


_YES = {"individual": "yes"}

FINISHED = Story(
    began=160,
    title="The captain of the old pier",
    offer="GULL-1",
    outcome={
        "kind": "arrest",
        "subject_kind": "person",
        "subject": "“The Captain” of the Grey Gull company (invented)",
        "role": "leader",
        "country": "CO",
        "scope": "international",
        "paragraph": "b8",
        "charge": "Smuggling of persons, an invented charge",
        "court": "Harbour Court 1/26 (invented)",
        "suspicion": "Two officers saw him give the orders at the old pier on three nights.",
        "outside_us": True,
        "key_leader": True,
    },
    nomination="Without the first source nobody would have watched the old pier; without the second, the watch would "
    "have waited there on the wrong night. Both told it before anybody else knew.",
    sources=(
        Given(
            tip=_tip(
                "GULL-1",
                "es",
                "El capitán de la Gaviota Gris duerme en la casa verde, detrás del muelle viejo. Los martes manda "
                "salir la lancha grande. Lo sé porque vendo café allí.",
                how="saw",
            ),
            after=0,
            finding="The Captain of the Grey Gull company sleeps in the green house behind the old pier.",
            says="names the house and the day of the week",
            used="The watch was put on the green house because of it.",
            corroboration="The harbour log has the large boat out on four Tuesdays.",
            evidence="EX-7",
            asked=90_000,
            level=4,
            answers=_YES | {"protection": "yes"},
        ),
        Given(
            tip=_tip(
                "GULL-1",
                "en",
                "I repair engines. The large boat of the Grey Gull people was with me on Monday and has to be ready on "
                "Thursday this week, not on Tuesday. The captain comes to fetch it himself.",
                how="there",
            ),
            after=2,
            finding="The Captain fetches the large boat himself on Thursday.",
            says="names the workshop and the new day",
            used="The arrest was moved from Tuesday to Thursday because of it.",
            corroboration="The workshop’s own book, seen by an officer.",
            evidence="EX-9",
            asked=60_000,
            level=3,
            answers=_YES,
        ),
    ),
    advised=(90_000, 55_000),
)

BEFORE_THE_COMMITTEE = Story(
    began=50,
    title="The timekeeper",
    offer="GULL-1",
    outcome={
        "kind": "arrest",
        "subject_kind": "person",
        "subject": "“The Timekeeper” of the Grey Gull company (invented)",
        "role": "leader",
        "country": "PA",
        "scope": "international",
        "paragraph": "b8",
        "charge": "Smuggling of persons, an invented charge",
        "court": "Harbour Court 7/26 (invented)",
        "suspicion": "He gave the hours of departure in a note that was found in the boathouse.",
        "outside_us": True,
    },
    nomination="The source named the boathouse in which the hours of departure were kept.",
    sources=(
        Given(
            tip=_tip(
                "GULL-1",
                "es",
                "Las horas de salida las escribe uno al que llaman el Relojero, en la caseta roja. Guarda los papeles "
                "en una lata de galletas.",
                how="saw",
            ),
            after=0,
            finding="The hours of departure are written in the red boathouse and kept in a tin.",
            says="names the boathouse and the tin",
            used="The boathouse was searched because of it.",
            corroboration="The tin was found where it was said to be.",
            evidence="EX-21",
            asked=120_000,
            level=3,
            answers=_YES,
        ),
    ),
    advised=(120_000,),
)

BEFORE_THE_ATTORNEY = Story(
    began=75,
    title="The exchange office at the corner",
    offer="GULL-2",
    outcome={
        "kind": "disruption-of-financial-mechanisms",
        "subject_kind": "organisation",
        "subject": "The Grey Gull company (invented)",
        "role": "company",
        "country": "US",
        "scope": "domestic",
        "paragraph": "b7",
        "charge": "Money laundering, an invented charge",
        "court": "Harbour District Court 3/26 (invented)",
        "designation": "toc-group",
        "federal_jurisdiction": True,
    },
    nomination="The account books that the source named are what the court froze the accounts on.",
    sources=(
        Given(
            tip=_tip(
                "GULL-2",
                "en",
                "I keep the books of an exchange office at the corner of the fish market. Every Friday the Grey Gull "
                "people bring cash in packets with a green band, and I write it down as cattle.",
                how="there",
            ),
            after=0,
            finding="The Grey Gull company turns its cash into cattle that does not exist.",
            says="names the office, the day and the false entries",
            used="The books were seized because of it.",
            corroboration="The seized books have the entries that the source described.",
            evidence="EX-33",
            asked=80_000,
            level=3,
            answers=_YES,
        ),
    ),
    advised=(75_000,),
)

"""The demo's three cases: one finished, one before the committee, one that waits for the Attorney General."""

from collections.abc import Callable, Iterator
from datetime import datetime

from tipstaff.config.demo import ending, gull
from tipstaff.config.demo.place import Place
from tipstaff.config.demo.road import Road
from tipstaff.config.demo.sources import Door
from tipstaff.sealed.keyfile import Keyring

type Say = Callable[[str], None]


def make(place: Place, keyring: Keyring, now: datetime, say: Say) -> list[str]:
    """Tell the three stories with the real verbs, each on its own days of the past. The lines of the receipts' file."""
    door, roads = Door.of(place.door), []
    for story, told, tell in (
        (gull.FINISHED, "a finished one", finish),
        (gull.BEFORE_THE_COMMITTEE, "one before the committee", bring_to_committee),
        (gull.BEFORE_THE_ATTORNEY, "one that waits for the Attorney General", bring_to_attorney),
    ):
        say(f"Telling an invented case: {told} …")
        road = Road(story, door, keyring, now)
        tell(road)
        roads.append(road)
    return [*_HEADING, *(line for road in roads for line in _receipts(road))]


def finish(road: Road) -> None:
    """From the tips to the closed award."""
    _to_the_committee(road, held=46)
    road.scored_by("mia", "max", "moe")
    road.voted()
    road.decided()
    ending.protect(road)
    ending.send_vouchers(road)
    ending.paid_at_the_window(road)
    ending.put_on_paper(road)


def bring_to_committee(road: Road) -> None:
    """The packet is open, two members have handed in their scores, and nobody has voted."""
    _to_the_committee(road, held=road.story.began + 2)
    road.scored_by("mia", "max")


def bring_to_attorney(road: Road) -> None:
    """The committee has advised, and the matter lies with the Attorney General."""
    _to_the_committee(road, held=46)
    road.scored_by("mia", "max", "moe")
    road.voted()
    road.concurrence_sought()


def _to_the_committee(road: Road, held: int) -> None:
    road.sources_tell()
    road.investigators_find()
    road.nominated_and_endorsed()
    road.sources_accept()
    road.found_eligible()
    road.on_the_docket(held)


_HEADING = (
    "# DEMO: the receipts of invented sources. Twelve words open a mailbox at the door, in the language beside them.",
)


def _receipts(road: Road) -> Iterator[str]:
    for given, source in road.given():
        language = given.tip.language
        yield f"{source.ref} {language} {' '.join(source.receipt.words(language))}"

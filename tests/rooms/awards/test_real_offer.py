"""An award under an offer as it was really proposed, approved, published, amended and withdrawn at the desk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.offices import TestOffice
from tests.rooms.awards.cast import NOON, Ground, Road, acting, everything, make_ground, who
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import nominating
from tipstaff.awards.texts import NominationText
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.offers import actions as offers
from tipstaff.offers.models import Offer
from tipstaff.offers.programme_file import read
from tipstaff.offers.text import from_json
from tipstaff.people.access import NotVisible
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet_file import shipped

FILE = Path(__file__).parents[2] / "unit" / "offers" / "harbour.toml"
AUGUST = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
SEPTEMBER = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
EDITOR, APPROVER = acting("edi", "editor"), acting("ben", "approver")


@pytest.fixture
def published(office: TestOffice) -> str:
    """HL-1, published on the first of September under the sheet that was in force."""
    sheet = shipped("tocrp")
    row = rulebook.propose_sheet(sheet=sheet, compartment="harbour", actor=EDITOR, now=AUGUST)
    for approver in ("ben", "fay"):
        rulebook.approve_sheet(
            ref=row.ref, digest=sheet.digest(), actor=acting(approver, "approver"), now=AUGUST
        )
    programme = replace(read(FILE.read_text(encoding="utf-8")), rules="tocrp")
    offers.load_programme(programme=programme, actor=EDITOR, now=AUGUST)
    offers.propose_offer(ref="HL-1", actor=EDITOR, now=AUGUST)
    offers.approve_offer(ref="HL-1", version=1, actor=APPROVER, now=AUGUST)
    offers.publish_offer(ref="HL-1", actor=APPROVER, now=SEPTEMBER)
    ledger.appropriate(
        programme="harbour-2026", compartment="harbour", fiscal_year=2027, amount=Money(100_000_000, "USD"),
        reference="LAW-1", actor=who("tess"), now=NOON,
    )  # fmt: skip
    return "HL-1"


@pytest.fixture
def road(published: str) -> Road:
    return Road(under(make_ground(), published))


def under(ground: Ground, offer: str, version: int = 1) -> Ground:
    """The same ground, whose nomination names this version of this offer."""
    stated = ground.text

    def text(*amounts: int, **changes: object) -> NominationText:
        return replace(stated(*amounts, **changes), offer=offer, offer_version=version)

    ground.text = text  # type: ignore[method-assign]  # this ground's own nomination
    return ground


def amend() -> None:
    """Publish a second version on the fifteenth of September, before the tips came."""
    day = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
    offer = offers.begin_amendment(ref="HL-1", actor=EDITOR, now=day)
    change = {"en": "Raised.", "es": "Aumentada."}
    text = replace(from_json(offer.draft), cap=Money(60_000_000, "USD"), change=change)
    offers.save_draft(ref="HL-1", text=text, revision=offer.draft_revision, actor=EDITOR, now=day)
    offers.propose_offer(ref="HL-1", actor=EDITOR, now=day)
    version = Offer.objects.unscoped("a test looks").get(ref="HL-1").proposed_version
    assert version == 2
    offers.approve_offer(ref="HL-1", version=version, actor=APPROVER, now=day)
    offers.publish_offer(ref="HL-1", actor=APPROVER, now=day)


def refused(act: Callable[[], object]) -> set[str]:
    before = everything()
    with pytest.raises(Refused) as caught, undone():
        act()
    assert everything() == before
    return set(caught.value.rules)


def nominate(road: Road) -> object:
    return nominating.nominate(ref=road.ref, payers_asked=True, actor=who("nia"), now=NOON)


def test_an_award_carries_the_sheet_and_the_terms_of_its_offer(road: Road) -> None:
    award = road.to("certified")

    assert (award.programme, award.offer, award.offer_version) == ("harbour-2026", "HL-1", 1)
    assert (award.sheet_code, award.sheet_number, award.sheet_digest) == (
        "tocrp",
        1,
        shipped("tocrp").digest(),
    )


def test_a_version_that_was_amended_before_the_tip_pays_nothing(road: Road) -> None:
    amend()
    road.to("drafted")

    assert refused(lambda: nominate(road)) == {"rulebook.offer-version"}


def test_the_version_that_was_public_when_they_told_pays(road: Road) -> None:
    amend()
    under(road.ground, "HL-1", 2)

    assert road.to("nominated").offer_version == 2


@pytest.mark.parametrize("month, rules", [(9, {"rulebook.offer-open"}), (10, set())])
def test_an_offer_that_was_withdrawn(road: Road, month: int, rules: set[str]) -> None:
    day = datetime(2026, month, 20, 12, 0, tzinfo=UTC)
    offers.withdraw_offer(ref="HL-1", reason="a court orders it", actor=APPROVER, now=day)
    road.to("drafted")

    if rules:
        assert refused(lambda: nominate(road)) == rules
    else:
        nominate(road)
        assert road.award.state == "nominated"


def test_a_version_that_was_never_public_is_not_there(road: Road) -> None:
    under(road.ground, "HL-1", 3)
    before = everything()

    with pytest.raises(NotVisible), undone():
        road.to("drafted")

    assert everything() == before

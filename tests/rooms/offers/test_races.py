"""Two officers at once: the rival starts in the middle of the first one's transaction, and waits."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connections

from tests.rooms.offers.conftest import NOON, REF, everything, offer_now
from tipstaff.hatch.notice import TITLE
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.offers import actions, keeping
from tipstaff.offers.models import Publication, Step
from tipstaff.outbox.models import Parcel

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)


class Rival:
    """Somebody else's verb, in a thread and on database connections of its own."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act = act
        self.outcome: object = None
        self.thread = threading.Thread(target=self._run)

    def starts_in_the_middle_of(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        """Start when `module.name` is called for the first time, and have a second before it goes on."""
        whole = getattr(module, name)

        def in_the_middle(*args: Any, **kwargs: Any) -> Any:
            if not self.thread.ident:
                self.thread.start()
                # Long enough for a rival whom no lock holds back to be done, and to be noticed.
                self.thread.join(timeout=1)
            return whole(*args, **kwargs)

        monkeypatch.setattr(module, name, in_the_middle)

    def ends(self) -> object:
        """What came of it: None, or what was raised."""
        self.thread.join()
        return self.outcome

    def _run(self) -> None:
        try:
            self.act()
        except Exception as raised:  # noqa: BLE001  whatever it is, the test looks at it
            self.outcome = raised
        finally:
            connections.close_all()


@pytest.fixture
def two_approved(office, programme, ana, ben):
    """HL-1 and HL-2, both approved and not yet public; notice 2 went out before."""
    actions.renew_notice(compartment="harbour", actor=ben, now=NOON)
    (text,) = programme.offers
    both = replace(programme, offers=(text, replace(text, ref="HL-2")))
    actions.load_programme(programme=both, actor=ana, now=NOON)
    for ref in (REF, "HL-2"):
        actions.propose_offer(ref=ref, actor=ana, now=NOON)
        actions.approve_offer(ref=ref, version=1, actor=ben, now=NOON)


def test_of_two_publications_the_later_number_holds_both(two_approved, ben, eva, monkeypatch):
    rival = Rival(lambda: actions.publish_offer(ref="HL-2", actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, keeping, "notice_body")

    actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert rival.ends() is None
    texts = list(Publication.objects.filter(number__gt=2).order_by("number").values_list("number", "text"))
    assert [number for number, _ in texts] == [3, 4]
    assert [text.split("\n")[:2] for _, text in texts] == [[TITLE, "3"], [TITLE, "4"]]
    assert ["HL-2" in text for _, text in texts] == [False, True]
    assert "HL-1" in texts[1][1]
    parcels = Parcel.objects.order_by("number")[1:]
    assert [parcel.body for parcel in parcels] == [text for _, text in texts]


def test_one_offer_is_published_once(two_approved, ben, eva, monkeypatch):
    rival = Rival(lambda: actions.publish_offer(ref=REF, actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, keeping, "note_step")

    actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert Step.objects.filter(move="publish").count() == 1
    assert Publication.objects.count() == 2


def test_a_text_returned_in_the_middle_of_its_publication_stays_public(two_approved, ben, eva, monkeypatch):
    rival = Rival(lambda: actions.return_offer(ref=REF, reason="wait", actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, keeping, "note_step")

    actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert offer_now().state == "published"


def test_two_editors_begin_one_amendment(two_approved, ana, ben, eva, monkeypatch):
    actions.publish_offer(ref=REF, actor=ben, now=NOON)
    rival = Rival(lambda: actions.begin_amendment(ref=REF, actor=eva, now=NOON))
    rival.starts_in_the_middle_of(monkeypatch, keeping, "note_step")

    actions.begin_amendment(ref=REF, actor=ana, now=NOON)

    assert isinstance(rival.ends(), MoveNotInTable)
    assert [step["actor"] for step in everything()["Step"] if step["move"] == "begin"] == ["ana"]

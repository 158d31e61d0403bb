"""What the public reads: every public move puts one whole notice into the outbox, numbered upwards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from tests.offices import TestOffice
from tests.rooms.offers.conftest import NEXT_DAY, NOON, REF, begin_change, everything, walk_text
from tipstaff.custody.queries import public_keys
from tipstaff.hatch import notice
from tipstaff.hatch.actions import put_notice
from tipstaff.hatch.notice import Notice
from tipstaff.kernel.decision import Refused
from tipstaff.offers import actions, keeping, queries
from tipstaff.offers.models import Publication
from tipstaff.offers.notices import ANNOUNCED, WHAT_HAPPENED
from tipstaff.offers.programme_file import Programme as ProgrammeFile
from tipstaff.offers.programme_file.read import Office
from tipstaff.outbox.models import Parcel
from tipstaff.tlog.keys import Verifier

DAY = date(2026, 11, 20)


@pytest.fixture
def public(office: TestOffice) -> Callable[[], Notice]:
    """The newest notice as the door would read it, once it is signed."""

    def public() -> Notice:
        parcel = Parcel.objects.filter(kind="notice").latest("number")
        note = office.notice_signer.sign(parcel.body)
        return notice.parse(note, Verifier.parse(office.notice_signer.vkey))

    return public


def test_a_published_offer_is_in_the_notice_field_by_field(bring, public, programme):
    bring("published")
    (text,) = programme.offers

    (offer,) = public().offers

    same = ("ref", "programme", "authority", "citation", "translated", "title", "summary", "wording", "cap")
    for name in (*same, "conditions", "channels", "expires", "source"):
        assert getattr(offer, name) == getattr(text, name), name
    assert (offer.version, offer.state, offer.open) == (1, "published", True)
    assert (offer.published, offer.updated) == (date(2026, 11, 2), DAY)


def test_the_notice_names_the_office_its_keys_and_its_languages(bring, public, office):
    bring("published")

    shown = public()

    assert shown.recipients == tuple(str(identity.recipient()) for identity in office.keyring.identities)
    assert (shown.log.origin, shown.log.head_hour) == (office.notice.log.origin, 3)
    assert (shown.log.door, shown.log.desk) == (office.notice.log.door, office.notice.log.desk)
    assert shown.languages == ("en", "es")
    assert shown.office.name == {"en": "Harbour tips", "es": "Avisos del puerto"}
    assert shown.office.leave_to == "https://weather.example/"


def test_a_programme_file_may_speak_for_the_office(bring, public, programme, ana, ben):
    own = Office(name={"en": "Lighthouse"}, answer_within={"en": "a day"}, leave_to="https://leave.example/")
    actions.load_programme(programme=replace(programme, office=own), actor=ana, now=NOON)
    walk_text("draft", "none", ana, ben)

    shown = public().office
    assert (shown.name, shown.answer_within, shown.leave_to, shown.demo) == (
        {"en": "Lighthouse"},
        {"en": "a day"},
        "https://leave.example/",
        False,
    )


@pytest.mark.parametrize("state", ["draft", "proposed", "approved"])
def test_what_is_not_public_is_in_no_notice(bring, ben, public, state):
    bring(state)
    assert not Parcel.objects.exists()

    actions.renew_notice(compartment="harbour", actor=ben, now=NOON)

    assert public().offers == ()


@pytest.mark.parametrize("amendment", ["draft", "proposed", "approved"])
def test_an_amendment_in_work_is_in_no_notice(bring, ben, public, amendment):
    bring("published", amendment)

    actions.suspend_offer(ref=REF, reason="a court asks", actor=ben, now=NOON)

    (offer,) = public().offers
    assert (offer.version, offer.state, offer.cap.minor) == (1, "suspended", 500_000_00)


def test_an_amended_offer_tells_what_changed(bring, public):
    bring("amended")

    (offer,) = public().offers

    assert (offer.version, offer.state, offer.open, offer.cap.minor) == (2, "amended", True, 600_000_00)
    assert [(change.on, change.what["en"]) for change in offer.history] == [
        (date(2026, 11, 2), "Announced."),
        (DAY, "Published here."),
        (DAY, "Amended. Raised by $100,000."),
    ]


@pytest.mark.parametrize(
    "state, says",
    [
        ("suspended", "Suspended: no new information is asked for at present."),
        ("withdrawn", "Withdrawn."),
        ("satisfied", "Satisfied: what was asked for was achieved."),
        ("expired", "Expired."),
    ],
)
def test_a_stopped_offer_stays_in_the_notice_with_its_stamp_and_without_our_reasons(
    bring, public, state, says
):
    bring(state)

    (offer,) = public().offers

    assert (offer.state, offer.open) == (state, False)
    assert offer.history[-1].what["en"] == says
    assert "court" not in Parcel.objects.latest("number").body


def test_an_offer_opened_again_shows_the_text_it_had(bring, ben, public):
    bring("suspended")

    actions.resume_offer(ref=REF, actor=ben, now=NOON)

    (offer,) = public().offers
    assert (offer.state, offer.version) == ("published", 1)
    assert [change.what["en"] for change in offer.history][-2:] == [
        "Suspended: no new information is asked for at present.",
        "Open again.",
    ]


def test_numbers_grow_and_begin_above_what_lies_in_the_hatch(bring, ben, office):
    put_notice(number=41, note=office.notice_signer.sign("an older desk's\n"), today=DAY)

    bring("suspended")

    assert list(Publication.objects.order_by("number").values_list("number", flat=True)) == [42, 43]
    assert [parcel.body.split("\n")[1] for parcel in Parcel.objects.order_by("number")] == ["42", "43"]


def test_the_desk_can_find_what_was_public_under_a_number(bring, office):
    bring("published")
    number = Publication.objects.get().number

    assert queries.offers_in_notice(number) == Parcel.objects.get().body
    assert queries.offers_in_notice(number + 1) is None


def test_when_the_parcel_cannot_be_put_nothing_is_published(bring, ben, monkeypatch):
    bring("approved")
    before = everything()

    def full_disk(**parcel: object) -> int:
        raise OSError("no space")

    monkeypatch.setattr(keeping, "put", full_disk)
    with pytest.raises(OSError, match="no space"):
        actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert everything() == before


def test_without_published_keys_nothing_is_published(bring, ben, office, monkeypatch):
    bring("approved")
    monkeypatch.setattr(apps.get_app_config("custody"), "folder", office.path / "nowhere")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.publish_offer(ref=REF, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.keys-made",)
    assert str(office.path) not in str(refused.value)
    assert everything() == before


@pytest.mark.parametrize("count", [1, 3])
def test_a_notice_costs_as_many_queries_for_three_offers_as_for_one(
    office: TestOffice, programme: ProgrammeFile, ana, ben, count, django_assert_num_queries
):
    (text,) = programme.offers
    refs = [f"HL-{n}" for n in range(count)]
    several = replace(programme, offers=tuple(replace(text, ref=ref) for ref in refs))
    actions.load_programme(programme=several, actor=ana, now=NOON)
    for ref in refs:
        actions.propose_offer(ref=ref, actor=ana, now=NOON)
        actions.approve_offer(ref=ref, version=1, actor=ben, now=NOON)
        actions.publish_offer(ref=ref, actor=ben, now=NOON)

    with django_assert_num_queries(6):
        body = queries.notice_body(9, public_keys())

    assert [offer.ref for offer in body.offers] == refs


def test_the_history_is_translated():
    catalogue = Path(notice.__file__).parents[1] / "locale" / "es" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as source:
        spanish = read_po(source)

    for sentence in (ANNOUNCED, *WHAT_HAPPENED.values()):
        assert spanish[sentence].string, sentence


def test_an_amendment_after_the_last_day_waits_for_a_later_one(bring, ana, ben):
    bring("published")
    begin_change(ana)
    actions.propose_offer(ref=REF, actor=ana, now=NOON)
    actions.approve_offer(ref=REF, version=2, actor=ben, now=NOON)

    with pytest.raises(Refused, match="2026-11-20"):
        actions.publish_offer(ref=REF, actor=ben, now=NEXT_DAY)

"""Pages cost the same number of queries at one item and at a hundred."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.awards.committee.cast import NOON, SITTING, all_score
from tipstaff.awards.models import Award, Conflict, Count, Item, Meeting, Motion, ScoreSheet, Seat, Vote


def queries(browser, who: str, path: str) -> int:
    """How many queries a page takes, once everything that is kept for the session is there."""
    client = browser(who)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def fill(at, many: int = 99) -> None:
    """Ninety-nine more items like the first, each with declarations, scores, a motion, votes and a count."""
    meeting = Meeting.objects.unscoped("a test prepares").get()
    award = Award.objects.unscoped("a test prepares").get()
    pattern = Item.objects.get()
    for place in range(2, many + 2):
        award.pk, award.ref = None, f"AWD-{place}"
        award.save(force_insert=True)
        item = Item.objects.create(meeting=meeting, award=award, place=place, state=pattern.state)
        kinds: list[Any] = [Conflict, ScoreSheet]
        for model in kinds:
            model.objects.bulk_create(
                [
                    model(**{**row, "id": None, "item_id": item.pk})
                    for row in model.objects.filter(item=pattern).values()
                ]
            )
        for motion in Motion.objects.filter(item=pattern):
            votes, count = list(motion.votes.values()), Count.objects.filter(motion=motion).values().first()
            motion.pk, motion.item = None, item
            motion.save(force_insert=True)
            Vote.objects.bulk_create([Vote(**{**row, "id": None, "motion_id": motion.pk}) for row in votes])
            if count:
                Count.objects.create(**{**count, "id": None, "motion_id": motion.pk})


@pytest.mark.parametrize("who", ["cora", "amara"])
@pytest.mark.parametrize("path", ["", "minutes/"])
@pytest.mark.parametrize("state", ["scoring", "decided"])
def test_a_docket_and_its_minutes(bring, browser, who, path, state):
    at = bring(state)
    address = f"/awards/committee/{at.meeting}/{path}"
    one = queries(browser, who, address)

    fill(at)

    assert Item.objects.count() == 100
    assert queries(browser, who, address) == one


@pytest.mark.parametrize("who", ["cora", "amara"])
def test_an_item_among_a_hundred(bring, browser, who):
    at = bring("decided")
    one = queries(browser, who, f"/awards/committee/{at.meeting}/1/")

    fill(at)

    assert queries(browser, who, f"/awards/committee/{at.meeting}/1/") == one


def test_the_list_of_meetings(staff, browser):
    def call(number: int) -> None:
        meeting = Meeting.objects.create(
            ref=f"MTG-{number}", compartment="harbour", title="A day", held_on=NOON.date(), convened_by="cora",
            convened_at=NOON,
        )  # fmt: skip
        Seat.objects.create(meeting=meeting, officer="amara")

    call(1)
    one = {who: queries(browser, who, "/awards/committee/") for who in ("cora", "amara")}
    for number in range(2, 101):
        call(number)

    assert {who: queries(browser, who, "/awards/committee/") for who in ("cora", "amara")} == one


def test_a_docket_of_a_hundred_is_read_whole(bring, browser):
    at = bring("scoring")
    all_score(at)
    fill(at)

    page = browser("cora").get(f"/awards/committee/{at.meeting}/").content.decode()

    assert page.count("3 sit, 3 needed") == 100
    assert all(name.title() in page for name in SITTING)


def test_my_work_of_a_member(bring, browser):
    at = bring("scoring")
    link = f"/awards/committee/{at.meeting}/{at.place}/"
    one = queries(browser, "amara", "/")

    fill(at)

    page = browser("amara").get("/").content.decode()
    assert page.count('href="/awards/committee/MTG') == 10
    assert link in page
    assert queries(browser, "amara", "/") == one
    assert link not in browser("dee").get("/").content.decode()

"""The committee's pages over HTTP: what each viewer reads and may press, and what a refusal looks like."""

import re

import pytest
from django.test import Client

from tests.rooms.awards.committee.cast import (
    CAST,
    NOON,
    SITTING,
    WHY,
    acting,
    all_declare,
    everything,
    item_now,
    recommend,
)
from tests.rooms.awards.committee.desk import buttons, page_of, post, score_fields, words
from tipstaff.awards.actions import committee
from tipstaff.awards.states import Choice


@pytest.mark.parametrize(
    "state, clerk, member",
    [
        ("listed", {"open-scoring", "defer"}, {"declare"}),
        ("scoring", {"motion", "defer"}, {"scores"}),
        ("voting", {"close-vote", "defer"}, {"vote"}),
        ("decided", set(), set()),
        ("deferred", {"relist"}, set()),
    ],
)
def test_an_items_page_offers_what_its_viewer_can_do(bring, browser, state, clerk, member):
    at = bring(state)

    assert buttons(browser("cora").get(page_of(at)), at) == clerk
    assert buttons(browser("amara").get(page_of(at)), at) == member


@pytest.mark.parametrize("state", ["listed", "scoring", "voting", "decided", "deferred"])
def test_who_is_recused_reads_neither_packet_nor_scores_nor_votes(bring, browser, state):
    at = bring(state)
    if state == "listed":
        all_declare(at)
    dee = browser("dee")

    page, minutes = words(dee.get(page_of(at))), words(dee.get(f"/awards/committee/{at.meeting}/minutes/"))

    assert "You declared a conflict" in page
    for secret in (WHY, "old pier", "thinks so", "That both be rewarded", "$450,000"):
        assert secret not in page
        assert secret not in minutes
    assert dee.get(page_of(at, "packet/")).status_code == 409
    assert dee.get(page_of(at, "scores/")).status_code == 403


def test_a_motion_is_put_by_hand_and_a_wrong_sum_comes_back_filled(bring, browser):
    at = bring("scoring")
    cora = browser("cora")
    fields = {
        "kind": "recommend", "total": "450,000", "amount.S-1": "400,000", "amount.S-2": "49,999.99", "text": "Both."
    }  # fmt: skip
    before = everything()

    answer = post(cora, page_of(at, "motion/"), **fields)

    assert answer.status_code == 409
    assert "The shares come to $449,999.99 , and the motion recommends $450,000" in words(answer)
    assert 'value="49,999.99"' in answer.content.decode()
    assert everything() == before

    assert post(cora, page_of(at, "motion/"), **(fields | {"amount.S-2": "50,000"})).status_code == 302
    assert item_now(at).state == "voting"


def test_a_spanish_desk_reads_the_packet_and_a_refusal_in_spanish(bring, browser):
    at = bring("scoring")
    cora = browser("cora")
    cora.cookies["desk-language"] = "es"

    fields = {
        "kind": "recommend", "total": "450,000", "amount.S-1": "400,000", "amount.S-2": "49,999.99", "text": "Ambas."
    }  # fmt: skip

    packet = words(cora.get(page_of(at, "packet/")))
    refused = post(cora, page_of(at, "motion/"), **fields)

    assert "No se paga a quien planeó o dirigió la conducta." in packet
    assert refused.status_code == 409
    assert "Las partes suman $449,999.99 y la moción recomienda $450,000" in words(refused)


def test_a_motion_begins_with_what_was_requested(bring, browser):
    page = browser("cora").get(page_of(bring("scoring"), "motion/")).content.decode()

    assert 'value="600,000"' in page
    assert 'value="500,000"' in page
    assert 'value="100,000"' in page
    assert "$1,000,000" in page


@pytest.mark.parametrize("field, typed", [("total", "much"), ("amount.S-1", "-1"), ("kind", "")])
def test_a_field_that_cannot_be_read_is_shown_beside_it(bring, browser, field, typed):
    at = bring("scoring")
    fields = {"kind": "recommend", "total": "1", "amount.S-1": "1", "amount.S-2": "0", "text": "Typed words"}
    before = everything()

    answer = post(browser("cora"), page_of(at, "motion/"), **(fields | {field: typed}))

    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()
    assert "Typed words" in answer.content.decode()
    assert everything() == before


def test_minutes_hold_recusals_motions_votes_reasons_and_dissent(bring, browser):
    at = bring("decided", "for for against")
    committee.close_meeting(ref=at.meeting, actor=acting("cora"), now=NOON)

    page = words(browser("cora").get(f"/awards/committee/{at.meeting}/minutes/"))

    assert "Members called Amara, Bo, Chike, Dee" in page
    assert "Recused Dee, 20 November 2026 : The harbour master is my cousin." in page.replace(
        "2026:", "2026 :"
    )
    assert "Motion 1 : to recommend $450,000" in page.replace("1:", "1 :")
    assert "2 for, 1 against, 0 abstained; the quorum is 3." in page
    assert "Chike Against Dissent Chike thinks so." in page
    assert "my cousin" not in words(browser("amara").get(f"/awards/committee/{at.meeting}/minutes/"))
    readers = words(browser("rosa").get(f"/awards/committee/{at.meeting}/minutes/"))
    assert "Chike Against Dissent Chike thinks so." in readers
    assert "my cousin" not in readers


def test_minutes_are_a_draft_until_the_meeting_is_held_and_no_readers_business(bring, browser):
    at = bring("decided")

    assert "A draft, written from the records" in words(
        browser("cora").get(f"/awards/committee/{at.meeting}/minutes/")
    )
    assert browser("rosa").get(f"/awards/committee/{at.meeting}/minutes/").status_code == 403


def test_a_meeting_is_called_by_hand_and_what_was_typed_comes_back(browser):
    cora = browser("cora")
    address = "/awards/committee/convene/harbour/"
    assert "Chike" in words(cora.get(address))

    answer = post(cora, address, title="Typed title", held_on="2020-01-01", members=["amara"])

    assert answer.status_code == 409
    assert 'value="Typed title"' in answer.content.decode()
    assert "is over: a meeting is called for today or a later day." in words(answer)
    assert post(cora, address, title="", held_on="soon", members=["cleo"]).status_code == 422

    done = post(cora, address, title="December", held_on="2130-12-03", members=["amara", "bo"])
    assert done.status_code == 302
    assert "Members called Amara, Bo" in words(cora.get(done["Location"]))
    assert browser("amara").get(done["Location"]).status_code == 200
    assert browser("chike").get(done["Location"]).status_code == 404


def test_the_clerk_lists_awards_opens_and_closes_by_hand(bring, browser, make_award):
    at = bring()
    make_award()
    cora, docket = browser("cora"), f"/awards/committee/{at.meeting}/"

    assert "AWD-2: HBR-1/1, Found eligible" in words(cora.get(docket))
    for path, fields in (
        ("docket/", {"award": "AWD-2"}), ("open/", {}), ("1/open-scoring/", {}),
        ("1/defer/", {"reason": "A paper is missing."}), ("2/defer/", {"reason": "A paper is missing."}),
        ("1/relist/", {"reason": "It came."}), ("1/defer/", {"reason": "Another one."}), ("close/", {}),
    ):  # fmt: skip
        assert post(cora, docket + path, **fields).status_code == 302, path
    assert "Another one." in words(cora.get(f"{docket}minutes/"))


@pytest.mark.parametrize("verb", ["defer", "relist"])
def test_a_reason_that_is_missing_is_asked_for_on_the_same_page(bring, browser, verb):
    at = bring("listed" if verb == "defer" else "deferred")
    before = everything()

    answer = post(browser("cora"), page_of(at, f"{verb}/"), reason=" ")

    assert answer.status_code == 409
    assert "Say why, in a sentence" in words(answer)
    assert everything() == before


PAGES = ["", "minutes/", "1/", "1/packet/", "1/scores/", "1/motion/"]
POSTS = [
    "docket/", "open/", "close/", "1/declare/", "1/open-scoring/", "1/scores/", "1/motion/", "1/vote/",
    "1/close-vote/", "1/defer/", "1/relist/",
]  # fmt: skip


@pytest.mark.parametrize("who", ["eve", "cleo"])
@pytest.mark.parametrize("path", PAGES)
def test_an_outsider_and_a_member_who_was_not_called_find_nothing(bring, browser, path, who):
    at = bring("scoring")

    assert browser(who).get(f"/awards/committee/{at.meeting}/{path}").status_code == 404


@pytest.mark.parametrize("who", ["nia", "rosa", "cleo"])
@pytest.mark.parametrize("path", POSTS)
def test_who_has_no_part_in_it_moves_nothing(bring, browser, who, path):
    at = bring("scoring")
    before = everything()
    fields = score_fields() | {
        "award": "AWD-1",
        "answer": "none",
        "reason": WHY,
        "motion": 1,
        "choice": "for",
    }

    answer = post(browser(who), f"/awards/committee/{at.meeting}/{path}", **fields)

    assert answer.status_code == (404 if who == "cleo" else 403)
    assert everything() == before


@pytest.mark.parametrize("path", [path for path in POSTS if path not in ("1/scores/", "1/motion/")])
def test_what_changes_something_is_posted_never_fetched(bring, browser, path):
    at = bring("scoring")

    assert browser("cora").get(f"/awards/committee/{at.meeting}/{path}").status_code == 405


CANARY = '</textarea></script><script>alert(1)</script>" autofocus onfocus=alert(3) x="\u202e'


@pytest.mark.parametrize("who", ["cora", "amara"])
def test_what_anybody_typed_is_text_on_every_page(bring, browser, who):
    at = bring("scoring")
    for name in SITTING:
        fields = score_fields(because=CANARY)
        post(browser(name), page_of(at, "scores/"), submit="1", **fields)
    recommend(at, text=CANARY)
    for name in SITTING:
        committee.cast_vote(**at.item, motion=1, choice=Choice.FOR, reason=CANARY, actor=acting(name))
    committee.close_vote(**at.item, actor=acting("cora"))
    client = browser(who)

    for path in (
        "",
        f"{at.meeting}/",
        f"{at.meeting}/minutes/",
        f"{at.meeting}/1/",
        f"{at.meeting}/1/packet/",
    ):
        page = client.get(f"/awards/committee/{path}").content.decode()
        assert not re.search(
            r"<script|<style|\sstyle=|<[^>]*\son\w+=|autofocus onfocus=alert\(3\) x=\"", page
        )


def test_a_stranger_is_asked_to_sign_in(bring):
    answer = Client().get(page_of(bring()))

    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (302, True)


def test_everybody_in_the_cast_has_a_page_to_begin_with(browser):
    for name, (_, role) in CAST.items():
        status = browser(name).get("/awards/committee/").status_code
        assert status == 200, role

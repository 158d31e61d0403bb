"""What a member does over HTTP: declare, read, score, vote; and what a refusal gives back."""

import re
from html import unescape

import pytest

from tests.rooms.awards.committee.cast import (
    NUMBERS,
    SITTING,
    TIPS,
    WHY,
    all_score,
    everything,
    recommend,
)
from tests.rooms.awards.committee.desk import page_of, post, score_fields, words
from tests.unit.rulebook.awards import TOCRP
from tipstaff.awards.models import Item, ScoreSheet


def test_the_packet_opens_after_the_declaration_and_not_before(bring, browser):
    at = bring()
    amara = browser("amara")
    before = amara.get(page_of(at))

    assert "The Grey Gull company" in words(before)
    assert "old pier" not in words(before)
    assert amara.get(page_of(at, "packet/")).status_code == 409

    answer = post(amara, page_of(at, "declare/"), answer="none", reason="")

    assert (answer.status_code, answer["Location"]) == (302, page_of(at))
    assert "Boat 1 left the old pier by night." in words(amara.get(page_of(at)))
    assert "Boat 1 left the old pier by night." in words(amara.get(page_of(at, "packet/")))


def test_a_conflict_without_its_reason_is_refused_with_what_was_chosen(bring, browser):
    at = bring()
    before = everything()

    answer = post(browser("amara"), page_of(at, "declare/"), answer="conflict", reason=" ")

    assert answer.status_code == 409
    assert "Say in a sentence what the conflict is" in words(answer)
    assert re.search(r'value="conflict"[^>]*checked', answer.content.decode())
    assert everything() == before


def test_a_draft_is_saved_and_comes_back(bring, browser):
    at = bring("scoring")
    amara = browser("amara")
    name = f"S-1.{TOCRP.factors[0].code}"

    answer = post(
        amara, page_of(at, "scores/"), save="1", **{f"level.{name}": 4, f"because.{name}": "Half a thought"}
    )

    assert (answer.status_code, answer["Location"]) == (302, page_of(at, "scores/"))
    page = amara.get(page_of(at, "scores/")).content.decode()
    assert 'value="Half a thought"' in page
    assert re.search(rf'name="level.{name}" value="4"[^>]*checked', page)
    assert ScoreSheet.objects.get().submitted_at is None


def test_the_form_says_what_each_level_means_and_every_field_has_a_label(bring, browser):
    at = bring("scoring")

    page = browser("amara").get(page_of(at, "scores/"))
    html = page.content.decode()

    for factor in TOCRP.factors:
        assert factor.title["en"] in words(page)
        for level, meaning in enumerate(factor.levels):
            assert f"{level}: {meaning['en']}" in words(page)
    ids = set(re.findall(r'<(?:input|textarea|select)[^>]*\sid="([^"]+)"', html))
    assert ids <= set(re.findall(r'<label[^>]*for="([^"]+)"', html))
    assert len(re.findall(r'type="radio"', html)) == 2 * 7 * 5
    assert words(page).index("Gates first") < words(page).index("Source S-1")


def test_scores_with_a_gap_are_refused_beside_the_field_and_nothing_typed_is_lost(bring, browser):
    at = bring("scoring")
    before = everything()
    name = f"because.S-2.{TOCRP.factors[1].code}"

    answer = post(browser("amara"), page_of(at, "scores/"), submit="1", **(score_fields() | {name: ""}))

    assert answer.status_code == 409
    assert answer.content.decode().count('class="fault"') == 1
    assert f'id="id_{name}_error"' in answer.content.decode()
    assert unescape(answer.content.decode()).count(f'value="{WHY}"') == 13
    assert everything() == before


def test_submitted_scores_are_locked(bring, browser):
    at = bring("scoring")
    amara = browser("amara")
    assert post(amara, page_of(at, "scores/"), submit="1", **score_fields()).status_code == 302
    before = everything()

    again = post(amara, page_of(at, "scores/"), submit="1", **score_fields(4))

    assert again.status_code == 409
    assert "You have submitted your scores: they stay as they are." in words(again)
    assert everything() == before


def test_nobody_reads_anothers_scores_before_the_vote_is_put(bring, browser):
    at = bring("scoring")
    all_score(at)

    for name in ("bo", "cora"):
        assert f"Amara {NUMBERS[0]}" not in words(browser(name).get(page_of(at)))
        assert "What the scores advise" not in words(browser(name).get(page_of(at)))
    assert "Have scored Amara, Bo, Chike" in words(browser("cora").get(page_of(at)))

    recommend(at)

    shown = words(browser("bo").get(page_of(at)))
    assert all(f"{name.title()} Source S-1" in shown for name in SITTING)
    assert "What the scores advise" in shown
    clerks = words(browser("cora").get(page_of(at)))
    assert "What the scores advise" in clerks
    assert WHY not in clerks


def test_a_vote_by_hand_and_one_without_its_reason(bring, browser):
    at = bring("voting")
    amara = browser("amara")
    before = everything()

    answer = post(amara, page_of(at, "vote/"), motion=1, choice="against", reason="")

    assert answer.status_code == 409
    assert "Say why, in a sentence" in words(answer)
    assert re.search(r'value="against"[^>]*checked', answer.content.decode())
    assert everything() == before

    assert post(amara, page_of(at, "vote/"), motion=1, choice="against", reason=WHY).status_code == 302
    assert WHY in words(amara.get(page_of(at)))
    assert "Voted so far: Amara" in words(browser("bo").get(page_of(at)))
    assert (
        "Because the harbour master"
        not in words(browser("bo").get(page_of(at))).split("Motions")[1].split("Your vote")[0]
    )


def test_a_vote_on_a_motion_that_was_not_read_is_refused(bring, browser):
    at = bring("voting")
    before = everything()

    answer = post(browser("amara"), page_of(at, "vote/"), motion=2, choice="for", reason=WHY)

    assert answer.status_code == 409
    assert everything() == before


def test_a_changed_packet_says_so(bring, browser, make_award):
    at = bring("scoring")
    amara = browser("amara")
    assert "has changed" not in words(amara.get(page_of(at)))

    Item.objects.update(packet_sha256="0" * 64)

    assert "The packet has changed since the scoring was opened" in words(amara.get(page_of(at)))
    assert "The packet has changed since the scoring was opened" in words(amara.get(page_of(at, "scores/")))


@pytest.mark.parametrize("path", ["", "minutes/", "1/", "1/packet/", "1/scores/"])
def test_no_page_of_a_member_shows_a_tip_or_who_attested(bring, browser, path):
    at = bring("scoring")

    page = browser("amara").get(f"/awards/committee/{at.meeting}/{path}").content.decode()

    assert "TIP-" not in page
    assert "ines" not in re.findall(r"\b\w+\b", page)
    assert all(tip not in page for tip in TIPS)

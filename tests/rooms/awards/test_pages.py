"""The awards' pages over HTTP: what each officer sees and may press, what a refusal looks like, how many queries."""

import re
import time
from datetime import UTC, datetime
from html import unescape

import pytest

from tests.rooms.awards.browsers import Browser, at, post, words
from tests.rooms.awards.cast import NOON, PROGRAMME, Road, answer, dollars, everything, who
from tests.rooms.awards.test_matrix import RIGHT
from tipstaff.awards.models import Award, Delegation
from tipstaff.awards.policy.moves import MOVES
from tipstaff.awards.states import AWARD, AwardState
from tipstaff.cases import chain
from tipstaff.kernel.clock import day
from tipstaff.ledger import actions as ledger
from tipstaff.ledger.policy import fiscal_year
from tipstaff.offers import queries as offers

TODAY = day(datetime.now(UTC))
CANARY = '<script>alert(1)</script> "><img src=x onerror=alert(3)>'


@pytest.fixture
def money(road: Road) -> None:
    """The programme has money today too, whatever day this test runs on."""
    year = fiscal_year(TODAY)
    if year != fiscal_year(NOON.date()):
        ledger.appropriate(
            programme=PROGRAMME, compartment="harbour", fiscal_year=year, amount=dollars(5_000_000), reference="LAW-2",
            actor=who("tess"), now=datetime.now(UTC),
        )  # fmt: skip


def test_the_list_begins_with_what_waits_for_its_reader(road: Road, browser: Browser) -> None:
    road.to("nominated")

    hugo, nia, cleo = (words(browser(name).get(at("awards"))) for name in ("hugo", "nia", "cleo"))

    assert "Waiting for you, the oldest first" in hugo
    assert hugo.count(road.ref) == 2
    assert "Waiting for you" not in nia
    assert nia.count(road.ref) == 1
    assert "There are no awards yet." in cleo
    assert "No award is in this state." in words(browser("ann").get(at("awards") + "?state=paid"))
    assert road.ref in words(browser("ann").get(at("awards") + "?state=nominated"))


@pytest.mark.parametrize("name, status", [("hana", 403), ("tess", 403), ("mia", 302), ("pam", 302)])
def test_who_has_no_part_in_awards_is_led_elsewhere_or_nowhere(
    road: Road, browser: Browser, name: str, status: int
) -> None:
    assert browser(name).get(at("awards")).status_code == status


def test_an_awards_page_is_there_for_its_readers_alone(road: Road, browser: Browser) -> None:
    road.to("approved")

    for name in ("nia", "hugo", "cora", "abel", "sera", "dell", "pia", "ann"):
        page = words(browser(name).get(at("award", road.ref)))
        assert "$120,000" in page, name
        assert not any(tip in page for tip in road.ground.tips), name
    for name in ("hana", "gus", "mia", "pam", "wes", "tess", "edi", "ben"):
        assert browser(name).get(at("award", road.ref)).status_code == 403, name
    assert browser("cleo").get(at("award", road.ref)).status_code == 404


@pytest.mark.parametrize(
    "state", ["drafted", "nominated", "endorsed", "recommended", "approved", "certified", "denied"]
)
def test_a_page_offers_what_works_and_nothing_else(road: Road, browser: Browser, state: str) -> None:
    road.to(state)
    for name in ("nia", "hugo", "cora", "abel", "sera", "pia", "ann"):
        page = browser(name).get(at("award", road.ref)).content.decode()
        offered = set(re.findall(rf'action="/awards/{road.ref}/([a-z-]+)/"', page))
        offered |= {"decide"} if f'href="/awards/{road.ref}/decide/"' in page else set()
        wanted = {
            move
            for move in AWARD.open_to(AwardState(state))
            if move in MOVES and RIGHT[MOVES[move].verb] == name
        } - {"give_notice"}
        pressed = {ADDRESS.get(move, move.replace("_", "-")) for move in wanted}
        assert offered == pressed, name


ADDRESS = {
    "find_eligible": "eligible", "find_ineligible": "ineligible", "plan_protection": "protection",
    "approve": "decide", "change": "decide", "deny": "decide",
}  # fmt: skip


def test_the_road_says_where_it_stands_in_words(road: Road, browser: Browser) -> None:
    road.to("endorsed")

    page = browser("cora").get(at("award", road.ref)).content.decode()

    assert '<li class="now" aria-current="step">Endorsed <small>now</small></li>' in page
    assert '<li class="done">Nominated <small>done</small></li>' in page
    assert '<li class="ahead">Approved <small>ahead</small></li>' in page
    assert "Whether source 1 is an individual is not answered yet." in words(
        browser("cora").get(at("award", road.ref))
    )


def test_a_refusal_stands_at_its_form_with_what_was_typed(road: Road, browser: Browser) -> None:
    road.to("endorsed")
    before = everything()

    answered = post(browser("cora"), at("find_eligible", road.ref))
    assert answered.status_code == 409
    assert "is not answered yet" in words(answered)

    for share in road.award.shares.all():
        answer(share)
    answered = post(browser("cora"), at("find_ineligible", road.ref), reason=CANARY)
    assert answered.status_code == 409
    assert "No rule stands against this award" in words(answered)
    assert CANARY not in answered.content.decode()
    assert CANARY in unescape(answered.content.decode())
    assert everything()["Step"] == before["Step"]

    answered = post(browser("cora"), at("find_ineligible", road.ref), reason="x" * 2_001)
    assert answered.status_code == 422


def test_a_nomination_starts_from_an_outcome_and_keeps_what_was_typed(
    road: Road, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "terms_on", lambda ref, on: offers.terms(ref, 1))
    nia, outcome = browser("nia"), road.ground.outcome
    assert outcome in words(nia.get(at("choose")))
    page = nia.get(at("begin", outcome))
    assert "led the watch to the pier" in words(page)
    assert 'name="offer" value="HBR-1"' in page.content.decode()
    typed = {
        "offer": "HBR-1", "offer_version": 1, "condition": 7, "agency": "harbour-police", "form": "money",
        "reason": "The pier would not have been watched.", "requested.1": "60,000", "requested.2": "",
    }  # fmt: skip

    refused = post(nia, at("begin", outcome), **typed)
    assert refused.status_code == 409
    assert "has 1 conditions, and 7 is none of them." in words(refused)
    assert "The pier would not have been watched." in words(refused)
    assert 'value="60,000"' in refused.content.decode()
    assert not Award.objects.unscoped("a test looks").exists()
    assert post(nia, at("begin", outcome), **typed | {"requested.1": "much"}).status_code == 422

    kept = post(nia, at("begin", outcome), **typed | {"condition": 1})
    award = Award.objects.unscoped("a test looks").get()
    assert kept.url == at("award", award.ref)
    assert list(award.shares.values_list("number", "requested_minor")) == [("1", 6_000_000)]

    filled = nia.get(at("change_nomination", award.ref)).content.decode()
    assert 'value="60,000"' in filled
    kept = post(nia, at("change_nomination", award.ref), **typed | {"condition": 1, "requested.2": "5,000"})
    assert kept.status_code == 302
    assert award.shares.count() == 2
    handed_in = post(nia, at("nominate", award.ref), payers_asked="on")
    assert (handed_in.status_code, road_state(award)) == (302, "nominated")


def road_state(award: Award) -> str:
    return Award.objects.unscoped("a test looks").values_list("state", flat=True).get(pk=award.pk)


def test_the_decider_reads_one_page_and_decides(road: Road, browser: Browser, money: None) -> None:
    road.to("recommended")
    sera = browser("sera")
    page = words(sera.get(at("decide", road.ref)))
    assert "Approve as recommended" in page
    assert "To reward as asked 3 for, 0 against, 0 abstained For: it led there" in page
    assert "The condition’s cap $1,000,000" in page
    assert "Available this fiscal year $5,000,000" in page
    assert not any(member in page for member in ("Mia", "Max", "Moe"))

    typed = {
        "kind": "change",
        "reason": "less was new",
        "amount.1": "10,000",
        "amount.2": "",
        "total": "20,000",
    }
    refused = post(sera, at("decide", road.ref), **typed)
    assert refused.status_code == 409
    assert "The amounts come to $10,000 , and you wrote $20,000 ." in words(refused)
    assert 'value="20,000"' in refused.content.decode()

    assert post(sera, at("decide", road.ref), **typed | {"total": "10,000"}).status_code == 302
    assert (road.award.state, road.award.approved_minor) == ("approved", 1_000_000)
    assert post(sera, at("certify", road.ref)).status_code == 302
    assert road.award.state == "certified"


def test_a_spanish_desk_reads_what_the_rules_found_and_a_refusal_in_spanish(
    road: Road, browser: Browser, money: None
) -> None:
    road.to("recommended")
    sera = browser("sera")
    sera.cookies["desk-language"] = "es"

    page = words(sera.get(at("award", road.ref)))
    refused = post(
        sera,
        at("decide", road.ref),
        **{"kind": "change", "reason": "menos", "amount.1": "10,000", "total": "20,000"},
    )

    assert "No se paga a quien planeó o dirigió la conducta. Se cumple" in page
    assert refused.status_code == 409
    assert "Los montos suman $10,000 y usted escribió $20,000 ." in words(refused)


def test_an_old_sign_in_is_proved_again_before_a_decision(road: Road, browser: Browser) -> None:
    road.to("recommended")
    sera = browser("sera")
    session = sera.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time() - 3_600}]
    session.save()
    before = everything()

    for answered in (
        sera.get(at("decide", road.ref)),
        post(sera, at("decide", road.ref), approve="", reason="as advised"),
        post(sera, at("certify", road.ref)),
    ):
        assert answered.status_code == 302
        assert "reauthenticate" in answered.url
    assert everything() == before


def test_nobody_else_opens_the_deciders_page(road: Road, browser: Browser) -> None:
    road.to("recommended")

    for name in ("nia", "cora", "abel", "ann"):
        assert browser(name).get(at("decide", road.ref)).status_code == 403
    assert browser("cleo").get(at("decide", road.ref)).status_code == 404


def test_a_delegation_is_given_confirmed_and_ended_on_its_page(road: Road, browser: Browser) -> None:
    sera, abel = browser("sera"), browser("abel")
    typed = {
        "compartment": "harbour", "delegate": "dell", "most": "200,000", "currency": "USD",
        "starts_on": TODAY.isoformat(), "ends_on": TODAY.isoformat(),
    }  # fmt: skip
    refused = post(sera, at("delegations"), **typed)
    assert refused.status_code == 409
    assert "it cannot be delegated" in words(refused)
    assert 'value="200,000"' in refused.content.decode()

    assert post(sera, at("delegations"), **typed | {"most": "50,000"}).status_code == 302
    ref = Delegation.objects.unscoped("a test looks").get().ref
    assert "Confirm" in words(abel.get(at("delegations")))
    assert post(abel, at("confirm_delegation", ref)).status_code == 302
    assert "In force today" in words(browser("dell").get(at("delegations")))
    assert post(browser("dell"), at("end_delegation", ref)).status_code == 403
    assert post(sera, at("end_delegation", ref)).status_code == 302
    assert browser("nia").get(at("delegations")).status_code == 403


def test_what_each_rule_found_has_a_page_of_its_own(road: Road, browser: Browser) -> None:
    road.to("approved")

    page = words(browser("ann").get(at("determination", road.ref, 2)))
    assert "At the check of eligibility nothing stood against it Cora Amador" in page
    assert "rulebook.R03-official Nobody is paid for information that an official furnished on duty." in page
    assert browser("ann").get(at("determination", road.ref, 9)).status_code == 404
    assert browser("cleo").get(at("determination", road.ref, 2)).status_code == 404
    assert browser("pam").get(at("determination", road.ref, 2)).status_code == 403


def test_a_plan_of_protection_is_read_by_protectors_alone(road: Road, browser: Browser) -> None:
    road.to("certified")
    answered = post(
        browser("pia"),
        at("plan_protection", road.ref),
        needed="on",
        plan="another town",
        **{"vault.1": "IDN-9"},
    )
    assert answered.status_code == 409
    assert "another town" in words(answered)

    assert (
        post(browser("pia"), at("plan_protection", road.ref), needed="on", plan="another town").status_code
        == 302
    )
    assert "another town" in words(browser("pia").get(at("award", road.ref)))
    for name in ("cora", "sera", "ann"):
        assert "another town" not in words(browser(name).get(at("award", road.ref)))


def test_an_award_hangs_at_the_end_of_its_cases_chain(road: Road) -> None:
    road.to("nominated")

    ends = [end for ask in chain._ends for end in ask(who("nia"), [road.ground.outcome])]
    assert [end.title for end in ends] == [f"{road.ref}: Nominated"]
    assert [end for ask in chain._ends for end in ask(who("cleo"), [road.ground.outcome])] == []
    assert [end for ask in chain._ends for end in ask(who("gus"), [road.ground.outcome])] == []

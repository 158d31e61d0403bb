"""The offers' pages over HTTP: what each person sees and may press, and what a refusal looks like."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client
from django.urls import reverse

from tests.rooms.offers.conftest import REF, begin_change, everything, offer_now
from tipstaff.offers.text import from_json
from tipstaff.people.factors import enrol_app, has_factor
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.people.states import GrantState

TODAY = datetime.now(UTC).date()
ROLES = {
    "ana": ("harbour", "editor"),
    "ben": ("harbour", "approver"),
    "eva": ("harbour", "editor", "approver"),
    "dora": ("harbour", "analyst"),
    "cleo": ("ridge", "editor", "approver", "analyst"),
}
POSTS = [
    "begin",
    "drop",
    "propose",
    "return",
    "approve",
    "publish",
    "suspend",
    "resume",
    "withdraw",
    "satisfy",
]


@pytest.fixture
def browser(db: None) -> Callable[[str], Client]:
    """A browser in which somebody of the cast is signed in, with a second factor."""
    for name in ("harbour", "ridge"):
        agency = Agency.objects.create(code=f"{name}-police", name=name.title())
        Compartment.objects.create(code=name, name=name.title(), agency=agency)
    everybody = {
        name: Officer.objects.create(
            username=name, full_name=name.title(), agency_id=f"{place}-police", added_at=datetime.now(UTC)
        )
        for name, (place, *_) in ROLES.items()
    }
    for name, (place, *roles) in ROLES.items():
        for role in roles:
            Grant.objects.create(
                officer=everybody[name], role=role, compartment_id=place, starts_on=TODAY,
                state=GrantState.CONFIRMED, given_at=datetime.now(UTC), given_by=everybody["dora" if name != "dora" else "ana"],
                confirmed_at=datetime.now(UTC), confirmed_by=everybody["cleo" if name != "cleo" else "ana"],
            )  # fmt: skip

    def browser(name: str) -> Client:
        if not has_factor(everybody[name]):
            enrol_app(name)
        client = Client(enforce_csrf_checks=True)
        client.force_login(everybody[name])
        session = client.session
        session["account_authentication_methods_user"] = user_id_to_str(everybody[name])
        session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
        session.save()
        return client

    return browser


@pytest.fixture
def programme(programme):
    """As everywhere, but without a last day: pages go by today's clock."""
    return replace(programme, offers=(replace(programme.offers[0], expires=None),))


def post(client: Client, address: str, **fields: object):  # type: ignore[no-untyped-def]  # Django's test response has no public type
    """Post with the forgery token that every page of the desk hands out."""
    client.get(reverse("offers:offers"))
    client.get(reverse("offers:offer", args=[REF]))
    token = client.cookies["desk-form"].value if "desk-form" in client.cookies else ""
    return client.post(address, fields | {"csrfmiddlewaretoken": token})


def words(response) -> str:  # type: ignore[no-untyped-def]  # as above
    """What a person reads on a page."""
    text = re.sub(r"<(style|script).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?bdi[^>]*>", "", text))).split())


def at(move: str) -> str:
    return reverse(f"offers:{move}", args=[REF])


def test_the_list_shows_ones_own_compartments_alone(bring, browser):
    bring("published")

    mine, theirs = browser("dora").get("/offers/"), browser("cleo").get("/offers/")

    assert '<bdi dir="ltr">$500,000</bdi>' in mine.content.decode()
    assert "The fire at the lighthouse" in words(mine)
    assert "There are no offers yet." in words(theirs)
    assert REF not in words(theirs)


@pytest.mark.parametrize(
    "state", ["draft", "proposed", "approved", "published", "amended", "suspended", "withdrawn"]
)
def test_an_offers_page_shows_its_text_and_who_did_what(bring, browser, state):
    bring(state)

    page = words(browser("dora").get(at("offer")))

    assert "Hasta 500.000 dólares por información" in page
    assert "any leader of the Lamp Breakers : who ordered the fire" in page.replace("Breakers:", "Breakers :")
    assert "Español, our own translation" in page
    assert "Ana, 20 November 2026, 12:00 UTC" in page
    assert ("by Ben" in page) == (state not in ("draft", "proposed"))


@pytest.mark.parametrize("who", ["ana", "ben", "eva", "dora"])
@pytest.mark.parametrize(
    "situation",
    [
        ("draft", "none"),
        ("proposed", "none"),
        ("approved", "none"),
        ("published", "draft"),
        ("suspended", "none"),
    ],
)
def test_a_page_offers_the_buttons_that_work_and_no_other(bring, browser, who, situation):
    bring(*situation)
    buttons = {
        ("ana", "draft", "none"): {"propose"},
        ("eva", "draft", "none"): {"propose"},
        ("ben", "proposed", "none"): {"approve", "return"},
        ("eva", "proposed", "none"): {"approve", "return"},
        ("ben", "approved", "none"): {"publish", "return"},
        ("eva", "approved", "none"): {"publish", "return"},
        ("ana", "published", "draft"): {"propose", "drop"},
        ("ben", "published", "draft"): {"drop", "suspend", "withdraw", "satisfy"},
        ("eva", "published", "draft"): {"propose", "drop", "suspend", "withdraw", "satisfy"},
        ("ana", "suspended", "none"): {"begin"},
        ("ben", "suspended", "none"): {"begin", "resume", "withdraw", "satisfy"},
        ("eva", "suspended", "none"): {"begin", "resume", "withdraw", "satisfy"},
    }.get((who, *situation), set())

    page = browser(who).get(at("offer")).content.decode()

    assert set(re.findall(rf'action="/offers/{REF}/(\w+)/"', page)) == buttons
    assert (at("draft") in page) == (who in ("ana", "eva") and "draft" in situation)


def test_who_proposed_is_told_that_somebody_else_must_approve(bring, browser):
    bring("proposed")

    offer = offer_now()
    assert offer.proposed_by == "ana"
    assert "approve/" in browser("ben").get(at("offer")).content.decode()
    bring_again = browser("eva")
    post(bring_again, at("return"), reason="mine now")
    post(bring_again, at("propose"))
    page = browser("eva").get(at("offer"))
    assert "approve/" not in page.content.decode()
    assert "You proposed this text. A second officer has to approve it." in words(page)


def test_the_road_to_publication_by_hand(bring, browser):
    bring("draft")
    ana, ben = browser("ana"), browser("ben")

    for client, move, fields in (
        (ana, "propose", {}),
        (ben, "approve", {"version": 1}),
        (ben, "publish", {}),
    ):
        answer = post(client, at(move), **fields)
        assert (answer.status_code, answer["Location"]) == (302, at("offer"))

    assert offer_now().state == "published"
    assert "The text is published." in words(ben.get(at("offer")))


@pytest.mark.parametrize("who, status", [("dora", 403), ("cleo", 404)])
@pytest.mark.parametrize("move", POSTS)
def test_who_may_not_is_answered_403_and_an_outsider_404(bring, browser, who, status, move):
    bring("published", "proposed")
    client = browser(who)
    before = everything()

    answer = post(client, at(move), reason="because", version=1)

    assert answer.status_code == status
    assert everything() == before


@pytest.mark.parametrize("page", ["offer", "draft"])
def test_an_outsider_finds_no_page_and_a_reader_no_editor(bring, browser, page):
    bring("draft")

    assert browser("cleo").get(at(page)).status_code == 404
    assert browser("cleo").get(f"/offers/{REF}/versions/1/").status_code == 404
    assert browser("dora").get(at(page)).status_code == (403 if page == "draft" else 200)


@pytest.mark.parametrize("move", POSTS)
def test_a_verb_is_posted_never_fetched(bring, browser, move):
    bring("published")

    assert browser("eva").get(at(move)).status_code == 405


def test_a_stranger_is_asked_to_sign_in(bring):
    bring("published")

    answer = Client().get(at("offer"))

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "move, fields, says",
    [
        (
            "approve",
            {"version": 7},
            "You read version 7, but version 1 is proposed now: read it and decide again.",
        ),
        ("approve", {}, "You read version 0, but version 1 is proposed now: read it and decide again."),
        ("return", {}, "Say why, in at most 500 characters: the offer's history keeps the reason."),
        ("publish", {}, "This was changed in the meantime, or cannot be done in its present state."),
    ],
)
def test_a_refusal_is_a_page_that_says_why(bring, browser, move, fields, says):
    bring("proposed")
    client = browser("ben")
    before = everything()

    answer = post(client, at(move), **fields)

    assert answer.status_code == 409
    assert says in words(answer)
    assert everything() == before


def draft_fields(client: Client) -> dict[str, str]:
    """What the draft's form would post as it stands."""
    page = client.get(at("draft")).content.decode()
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    areas = dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', page, flags=re.DOTALL))
    fields |= {"expires": ""} if "expires" not in fields else {}
    return {
        name: unescape(value) for name, value in (fields | areas).items() if name != "csrfmiddlewaretoken"
    }


def test_saving_a_draft_untouched_changes_not_a_word(bring, browser):
    text = from_json(bring("draft").draft)
    client = browser("ana")

    answer = post(client, at("draft"), **draft_fields(client))

    assert answer.status_code == 302
    assert from_json(offer_now().draft) == text


def test_editing_a_draft(bring, browser):
    text = from_json(bring("draft").draft)
    client = browser("ana")
    fields = draft_fields(client) | {
        "cap": "1,250,000.50",
        "expires": "2030-01-31",
        "text.title.es": "El faro",
        "condition.1.cap": "750000",
        "condition.1.conduct.en": "who laid the fire",
        "condition.1.region": "Harbour pier",
    }

    post(client, at("draft"), **fields)

    new = from_json(offer_now().draft)
    assert (new.cap.minor, new.conditions[0].cap.minor) == (1_250_000_50, 750_000_00)
    assert str(new.expires) == "2030-01-31"
    assert new.title == {"en": text.title["en"], "es": "El faro"}
    assert new.conditions[0].conduct["en"] == "who laid the fire"
    assert new.conditions[0].region == "Harbour pier"


@pytest.mark.parametrize(
    "amount", ["", "two million", "0", "-5", "1,00", "1.5", "10,00,000", "9" * 20, "１０"]
)
def test_a_wrong_amount_is_shown_beside_its_field_and_nothing_typed_is_lost(bring, browser, amount):
    bring("draft")
    client = browser("ana")
    before = everything()

    answer = post(
        client, at("draft"), **(draft_fields(client) | {"cap": amount, "text.title.en": "Typed words"})
    )

    assert answer.status_code == 422
    assert 'value="Typed words"' in answer.content.decode()
    assert 'class="fault"' in answer.content.decode()
    assert everything() == before


def test_a_draft_that_moved_on_is_refused_with_what_was_typed(bring, browser, ana):
    bring("published")
    begin_change(ana)
    eva = browser("eva")
    old = draft_fields(eva)
    post(eva, at("draft"), **(old | {"text.change.en": "Eva was here."}))
    before = everything()

    answer = post(eva, at("draft"), **(old | {"text.change.en": "Typed too late."}))

    assert answer.status_code == 409
    assert "Typed too late." in answer.content.decode()
    assert "A colleague saved this draft meanwhile" in words(answer)
    assert everything() == before


def test_what_is_proposed_cannot_be_edited(bring, browser):
    bring("proposed")

    assert browser("ana").get(at("draft")).status_code == 409


def test_a_second_officer_reads_what_an_amendment_changes(bring, browser):
    bring("published", "proposed")

    page = browser("ben").get(at("offer"))

    assert "What differs from the public text" in words(page)
    assert "Up to $500,000 $600,000" in words(page)


def test_a_version_has_a_page_of_its_own(bring, browser):
    bring("amended")
    client = browser("dora")

    first, second = (words(client.get(f"/offers/{REF}/versions/{n}/")) for n in (1, 2))

    assert "$500,000" in first
    assert "$600,000" in second
    assert "Raised by $100,000." in second
    assert offer_now().versions.get(number=2).digest in second
    assert client.get(f"/offers/{REF}/versions/3/").status_code == 404


@pytest.mark.parametrize("address", ["/offers/", f"/offers/{REF}/", f"/offers/{REF}/draft/"])
def test_pages_hold_no_script_and_no_style_of_their_own(bring, browser, address):
    bring("published")
    client = browser("eva")
    post(client, at("begin"))

    page = client.get(address).content.decode()

    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
    assert len(page) < 50_000

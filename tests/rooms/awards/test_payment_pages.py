"""The payment's pages over HTTP: what the clerk and the protector arrange, and what a paymaster and a witness see."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.urls.resolvers import URLPattern

from tests.rooms.awards.browsers import Browser, post, words
from tests.rooms.awards.cast import NOON, Road, who
from tests.rooms.awards.window import PLACE, Source, moved, payout_now, sources_of
from tipstaff.awards.actions import vouchers
from tipstaff.awards.actions.vouchers import Window
from tipstaff.awards.models import HandOver, Payout, SourceClaim, Witness
from tipstaff.awards.urls_payments import urlpatterns
from tipstaff.kernel.clock import day
from tipstaff.people.models import Agency, Grant, Officer

NOW = datetime.now(UTC)
TODAY = day(NOW)
OPEN = Window(place=PLACE, opens_on=TODAY, closes_on=TODAY + timedelta(days=30))


@pytest.fixture
def sources(road: Road) -> list[Source]:
    """Vouchers for both sources, paid from today on."""
    road.to("protected")
    found = sources_of(road)
    vouchers.issue_vouchers(ref=road.ref, window=OPEN, actor=who("pia"), now=NOW)
    return found


def at(name: str, *args: object) -> str:
    return reverse(f"awards:{name}", args=args)


def hire(name: str, role: str) -> None:
    """Another officer of Harbour."""
    agency = Agency.objects.get(code="harbour-police")
    officer = Officer.objects.create(
        username=name, full_name=f"{name.title()} Amador", agency=agency, added_at=NOON
    )
    Grant.objects.create(
        officer=officer, role=role, compartment_id="harbour", state="CONFIRMED", starts_on=NOON.date(), founding=True,
        given_at=NOON,
    )  # fmt: skip


def test_the_whole_window_by_forms_alone(road: Road, browser: Browser, sources: list[Source]) -> None:
    hire("wim", "witness")
    source, pam, wes, wim = sources[0], browser("pam"), browser("wes"), browser("wim")
    code, payout = source.code, payout_now(sources[0])
    assert "$60,000" in words(pam.get(at("payments")))

    assert post(pam, at("present"), code=code).headers["Location"] == at("payout", payout.ref)
    payout = payout_now(source)
    page = words(pam.get(at("payout", payout.ref)))
    assert f"Read this number out {payout.window}" in page
    assert "Signature of the source’s key fits yes Answered at the window not yet" in page
    answered = post(pam, at("hand_over", payout.ref), amount="60,000")
    assert (answered.status_code, "has not answered with the window" in words(answered)) == (409, True)

    source.collects(payout, code, now=NOW)
    assert "Answered at the window yes" in words(pam.get(at("payout", payout.ref)))
    answered = post(pam, at("hand_over", payout.ref), amount="60,000x")
    assert (answered.status_code, 'value="60,000x"' in answered.content.decode()) == (422, True)
    assert post(pam, at("hand_over", payout.ref), amount="60,000").status_code == 302
    assert "Nobody has signed yet." in words(pam.get(at("payout", payout.ref)))
    for client, says in ((wes, "You are the first of two witnesses."), (wim, "One witness has signed.")):
        assert "$60,000" in words(client.get(at("to_witness")))
        shown = client.get(at("witness", payout.ref))
        assert says in words(shown)
        assert post(client, at("witness", payout.ref), window=payout.window).headers["Location"] == at(
            "to_witness"
        )

    assert payout_now(source).state == "paid"
    receipt = words(pam.get(at("receipt", payout.ref, 1)))
    assert "Signature of witness 1" in receipt and "Signature of witness 2" in receipt
    assert "Wes Amador" in receipt and "Wim Amador" in receipt and "$60,000" in receipt
    assert "No hand-over waits for a witness." in words(wes.get(at("to_witness")))
    assert wes.get(at("witness", payout.ref)).status_code == 404
    assert pam.get(at("receipt", payout.ref, 2)).status_code == 404


def test_a_refusal_keeps_what_was_typed_and_says_what_to_do(
    road: Road, browser: Browser, sources: list[Source]
) -> None:
    pam, code = browser("pam"), sources[0].code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")

    answered = post(pam, at("present"), code=wrong)
    assert (answered.status_code, wrong in answered.content.decode()) == (409, True)
    assert "compare each with what stands in the source" in words(answered)
    assert post(pam, at("present"), code="").status_code == 422
    post(pam, at("present"), code=code)
    answered = post(pam, at("present"), code=code)
    assert "go on there, or cancel that presentation first" in words(answered)
    ref = payout_now(sources[0]).ref
    assert post(pam, at("hand_over", ref), amount="a lot").status_code == 422
    assert post(pam, at("cancel_presentation", ref)).status_code == 302
    assert post(pam, at("cancel_presentation", ref)).status_code == 409


def test_a_key_that_does_not_fit_is_said_in_large_letters(
    road: Road, browser: Browser, sources: list[Source]
) -> None:
    pam = browser("pam")
    post(pam, at("present"), code=sources[0].code)
    SourceClaim.objects.update(signature=bytes(64))

    page = words(pam.get(at("payout", payout_now(sources[0]).ref)))

    assert "Signature of the source’s key fits no" in page
    assert "Pay nothing, keep the voucher, and call the protector." in page


ADDRESSES: list[URLPattern] = [each for each in urlpatterns if isinstance(each, URLPattern)]


def reached(road: Road, ref: str) -> dict[str, str]:
    """Every address of the desk that could say whose a payout is, and every address of this file's pages."""
    award = road.award
    share = award.shares.order_by("id").first()
    assert share is not None
    claim = share.claims.get().ref
    kept = {"ref": ref, "payout": ref, "number": 1}
    own = {each.name or "": reverse(f"awards:{each.name}", kwargs=_needed(each, kept)) for each in ADDRESSES}
    others = {
        "award": f"/awards/{award.ref}/", "payment": f"/awards/{award.ref}/payment/", "tip": f"/tips/{share.tip}/",
        "case": f"/cases/{award.case}/", "outcome": f"/cases/outcomes/{award.outcome}/", "tips": "/tips/",
        "cases": "/cases/", "ledger": "/ledger/", "audit": "/audit/", "vault": "/vault/", "offers": "/offers/",
        "claim": f"/awards/{claim}/", "rules": "/rules/",
    }  # fmt: skip
    return own | others


def _needed(pattern: URLPattern, kept: dict[str, object]) -> dict[str, object]:
    return (
        {name: kept[name] for name in pattern.pattern.regex.groupindex} if pattern.pattern.converters else {}
    )


def secrets_of(road: Road) -> list[str]:
    """What nobody at a window may read anywhere: the award, its case, tips, sources and claims."""
    award = road.award
    found = [
        award.ref,
        award.case,
        award.outcome,
        award.offer,
        award.reason,
        "the heron sleeps",
        "Grey Gull Case",
    ]
    for share in award.shares.all():
        found += [share.tip, *share.contributions, *share.claims.values_list("ref", flat=True)]
    return [*found, "Source 1", "source 1", "harbour-police nominated"]


@pytest.mark.parametrize("name", ["pam", "wes"])
def test_no_page_of_the_window_says_whose_it_is(
    road: Road, browser: Browser, sources: list[Source], name: str
) -> None:
    pam, client = browser("pam"), browser(name)
    code = sources[0].code
    post(pam, at("present"), code=code)
    payout = payout_now(sources[0])
    sources[0].collects(payout, code, now=NOW)
    post(pam, at("hand_over", payout.ref), amount="10,000")
    canaries = secrets_of(road)
    allowed = set()

    for address_name, address in reached(road, payout.ref).items():
        answers = [client.get(address), post(client, address, code=code, amount="1", window="0")]
        for answer in answers:
            whole = answer.content.decode() + str(dict(answer.headers))
            shown = [canary for canary in canaries if canary in whole and canary not in address]
            assert shown == [], (address_name, shown)
            if answer.status_code not in (403, 404, 405):
                allowed.add(address_name)

    # The lists of offers and of rule sheets are open to every officer, and say nothing of an award.
    allowed -= {"offers", "rules"}
    window = {"payments", "present", "payout", "cancel_presentation", "hand_over"}
    assert allowed == (window if name == "pam" else {"payments", "to_witness", "witness"})


@pytest.mark.parametrize(
    "name", ["hana", "gus", "nia", "hugo", "mia", "abel", "sera", "tess", "cora", "pia", "ann"]
)
def test_nobody_else_stands_at_the_window(
    road: Road, browser: Browser, sources: list[Source], name: str
) -> None:
    client, ref = browser(name), payout_now(sources[0]).ref
    before = moved()

    statuses = {
        client.get(at("payments")).status_code, client.get(at("payout", ref)).status_code,
        client.get(at("to_witness")).status_code, client.get(at("witness", ref)).status_code,
        post(client, at("present"), code=sources[0].code).status_code,
        post(client, at("cancel_presentation", ref)).status_code,
        post(client, at("witness", ref), window="1").status_code,
    }  # fmt: skip

    assert statuses == {403}
    assert moved() == before
    assert browser("cleo").get(at("payout", ref)).status_code in (403, 404)


def test_the_clerk_asks_and_sees_what_was_answered(road: Road, browser: Browser) -> None:
    road.to("nominated")
    sources = [Source(share.tip) for share in road.award.shares.order_by("id")]
    cora, where = browser("cora"), at("payment", road.ref)
    assert words(cora.get(where)).count("Not asked yet.") == 2

    answered = post(
        cora, at("ask_sources", road.ref), **{"ask-answer_by": TODAY.isoformat(), "ask-text": "Gracias"}
    )
    assert (answered.status_code, "Gracias" in answered.content.decode()) == (409, True)
    assert "choose one of those days" in words(answered)
    last = (TODAY + timedelta(days=30)).isoformat()
    assert post(cora, at("ask_sources", road.ref), **{"ask-answer_by": last}).status_code == 302
    sources[0].accepts(now=NOW, official="unknown")
    sources[1].accepts(now=NOW)
    sources[1].accepts(now=NOW)
    page = words(cora.get(where))
    assert page.count("Answer Accepts") == 2
    assert "An official not sure" in page
    assert "Had answered before; the first answer counts." in page
    answered = post(
        cora, at("check_payee", road.ref, 1),
        **{"check-1-kind": "sanctions", "check-1-clear": "no", "check-1-source": ""},
    )  # fmt: skip
    assert (answered.status_code, "Name the list or the register" in words(answered)) == (409, True)
    typed = {"check-1-kind": "sanctions", "check-1-clear": "no", "check-1-source": "UN list, 1 November"}
    assert post(cora, at("check_payee", road.ref, 1), **typed).status_code == 302
    assert "Sanctions lists : stands against paying; UN list, 1 November" in words(cora.get(where))


def test_the_protector_issues_replaces_and_takes_back(road: Road, browser: Browser) -> None:
    road.to("protected")
    first, second = sources_of(road)
    pia, where = browser("pia"), at("payment", road.ref)
    days = {"opens_on": TODAY.isoformat(), "closes_on": (TODAY + timedelta(days=9)).isoformat()}

    def typed(prefix: str, **more: str) -> dict[str, str]:
        return {f"{prefix}-{name}": value for name, value in (days | more).items()}

    answered = post(pia, at("issue_vouchers", road.ref), **typed("issue", place=""))
    assert (answered.status_code, "Say where the voucher is paid" in words(answered)) == (409, True)
    assert post(pia, at("issue_vouchers", road.ref), **typed("issue", place=PLACE)).status_code == 302
    page = pia.get(where).content.decode()
    assert page.count("Waits to be presented") == 2
    assert [code for code in (first.code, second.code) if code in page] == []

    ref = payout_now(first).ref
    lost = typed(f"new-{ref}", place=PLACE, cause="receipt-lost", reason="washed away")
    answered = post(pia, at("reissue_voucher", road.ref, ref), **lost)
    assert (answered.status_code, "otherwise return the share" in words(answered)) == (409, True)
    assert "washed away" in answered.content.decode()
    assert (
        post(pia, at("reissue_voucher", road.ref, ref), **lost | {f"new-{ref}-cause": "lost"}).status_code
        == 302
    )
    assert payout_now(first).number == 2
    back = {f"back-{ref}-cause": "declined", f"back-{ref}-reason": "did not want it"}
    assert post(pia, at("return_share", road.ref, ref), **back).status_code == 302
    assert post(pia, at("return_share", road.ref, ref), **back).status_code == 409
    assert post(pia, at("return_share", road.ref, "PAY-0000"), **back).status_code == 404
    assert "Returned" in words(pia.get(where))


def test_reading_the_payment_takes_its_verb(road: Road, browser: Browser) -> None:
    road.to("protected")
    for name in ("ann", "nia", "sera"):
        page = browser(name).get(at("payment", road.ref)).content.decode()
        assert re.findall(rf'action="/awards/{road.ref}/', page) == [], name
    for name in ("pam", "wes", "mia", "hana"):
        assert browser(name).get(at("payment", road.ref)).status_code == 403, name
    assert browser("cleo").get(at("payment", road.ref)).status_code == 404


def test_lists_cost_the_same_however_long(road: Road, browser: Browser, sources: list[Source]) -> None:
    pam, wes = browser("pam"), browser("wes")
    share = payout_now(sources[0]).share
    costs = []
    for numbers in (range(1), range(1, 21)):
        for number in numbers:
            more = Payout.objects.create(
                ref=f"PAY-{number}", compartment="harbour", share=share, number=10 + number,
                voucher_sha256=bytes([number]) * 32, amount_minor=100, currency="USD", place=PLACE, opens_on=TODAY,
                closes_on=TODAY, claim="CLM-1", state="presented", window="123456", issued_by="pia", issued_at=NOW,
            )  # fmt: skip
            begun = HandOver.objects.create(payout=more, window="123456", minor=1, paymaster="pam", at=NOW)
            Witness.objects.create(hand_over=begun, officer="wim", at=NOW)
        pam.get(at("payments")), wes.get(at("to_witness"))  # whatever a first look costs
        costs.append((queries(pam, at("payments")), queries(wes, at("to_witness"))))

    assert costs[0] == costs[1]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)

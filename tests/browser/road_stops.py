"""The pages of the road to a reward, each seen by somebody who has something to do there."""

from collections.abc import Iterator, Mapping

from playwright.sync_api import Page

from tests.browser.furnishing import Furnished
from tests.browser.stops import Stop, unfold


def road(furnished: Furnished) -> Iterator[Stop]:
    """From the case to the report; the demo's three cases stand on three parts of it."""
    at = furnished.road
    yield from investigating(at)
    yield from keeping_papers(at)
    yield from sitting(at)
    yield from paying(at)


def refused(page: Page) -> None:
    """Send the form as it stands."""
    page.locator("main form[method=post] button").first.click()


def investigating(at: Mapping[str, str]) -> Iterator[Stop]:
    """Cases, and the nomination that comes of one."""
    case = f"/cases/{at['case']}/"
    yield Stop("cases", "/cases/", officer="gus")
    yield Stop("open a case", "/cases/open/", officer="gus")
    yield Stop("case", case, unfold, "gus")
    yield Stop("findings", f"{case}findings/", officer="gus")
    yield Stop("state a finding", f"{case}finding/", officer="gus")
    yield Stop("record an outcome", f"{case}outcome/", officer="gus")
    yield Stop("record an outcome, refused", f"{case}outcome/", refused, "gus")
    yield Stop("attest a contribution", f"{case}contribution/", officer="gus")
    yield Stop("finding", f"/cases/findings/{at['finding']}/", unfold, "gus")
    yield Stop("correct a finding", f"/cases/findings/{at['finding']}/correct/", officer="gus")
    yield Stop("outcome", f"/cases/outcomes/{at['outcome']}/", unfold, "gus")
    yield Stop("correct an outcome", f"/cases/outcomes/{at['outcome']}/correct/", officer="gus")
    yield Stop("contribution", f"/cases/contributions/{at['contribution']}/", unfold, "gus")
    yield Stop("correct a contribution", f"/cases/contributions/{at['contribution']}/correct/", officer="gus")
    yield Stop("outcomes", "/cases/outcomes/", unfold, "gus")
    yield Stop("nominate, choose", "/awards/nominate/", officer="nia")
    yield Stop("nominate", f"/awards/nominate/{at['outcome']}/", officer="nia")


def keeping_papers(at: Mapping[str, str]) -> Iterator[Stop]:
    """What a clerk keeps: awards, what is due, papers, figures."""
    paid = at["paid"]
    yield Stop("my work of a clerk", "/", officer="cora")
    yield Stop("awards", "/awards/", officer="cora")
    yield Stop("award, closed", f"/awards/{paid}/", unfold, "cora")
    yield Stop("rules asked", f"/awards/{paid}/rules/1/", unfold, "cora")
    yield Stop("payment", f"/awards/{paid}/payment/", unfold, "cora")
    yield Stop("papers", f"/awards/{paid}/papers/", unfold, "cora")
    yield Stop("memorandum", f"/awards/{paid}/papers/1/", unfold, "cora")
    yield Stop("due", "/awards/due/", unfold, "cora")
    yield Stop("statistics", "/awards/statistics/", unfold, "cora")
    yield Stop("statistics, published", "/awards/statistics/published/", officer="cora")
    yield Stop("statistics, rows", "/awards/statistics/awards/", officer="cora")


def sitting(at: Mapping[str, str]) -> Iterator[Stop]:
    """The committee, the attorney and the secretary."""
    scored, sought = at["scored"], at["sought"]
    item, held = f"/awards/committee/{at['meeting']}/1/", f"/awards/committee/{at['held']}/"
    yield Stop("meetings", "/awards/committee/", officer="cora")
    yield Stop("call a meeting", "/awards/committee/convene/harbour/", officer="cora")
    yield Stop("docket", f"/awards/committee/{at['meeting']}/", officer="cora")
    yield Stop("minutes", f"{held}minutes/", officer="cora")
    yield Stop("item, for the clerk", item, unfold, "cora")
    yield Stop("packet", f"{item}packet/", officer="cora")
    yield Stop("put a motion", f"{item}motion/", officer="cora")
    yield Stop("item, for a member", item, unfold, "moe")
    yield Stop("scores", f"{item}scores/", officer="moe")
    yield Stop("scores, refused", f"{item}scores/", lambda page: page.locator("[name=submit]").click(), "moe")
    yield Stop("award, before the attorney", f"/awards/{sought}/", unfold, "abel")
    yield Stop("award, before the committee", f"/awards/{scored}/", unfold, "sera")
    yield Stop("decide", f"/awards/{sought}/decide/", unfold, "sera")
    yield Stop("delegations", "/awards/delegations/", officer="sera")


def paying(at: Mapping[str, str]) -> Iterator[Stop]:
    """The vault, the window, the books, and the rules under which it all is done."""
    yield Stop("vault", "/vault/", officer="pia")
    yield Stop("seal", "/vault/seal/", officer="pia")
    yield Stop("sealed identity", f"/vault/{at['identity']}/", unfold, "pia")
    yield Stop("payments", "/awards/payments/", unfold, "pam")
    yield Stop("payout", f"/awards/payments/{at['payout']}/", unfold, "pam")
    yield Stop("receipt of a payment", f"/awards/payments/{at['payout']}/receipts/1/", officer="pam")
    yield Stop("to witness", "/awards/payments/witness/", officer="wes")
    yield Stop("ledger", "/ledger/", officer="tess")
    yield Stop("appropriate", "/ledger/appropriate/", officer="tess")
    yield Stop("book", f"/ledger/books/{at['book']}/", unfold, "tess")
    yield Stop("transfers", f"/ledger/books/{at['book']}/transfers/", officer="tess")
    yield Stop("return money", f"/ledger/books/{at['book']}/return/", officer="tess")
    yield Stop("transfer", f"/ledger/transfers/{at['transfer']}/", unfold, "tess")
    yield Stop("rule sheets", "/rules/", officer="rosa")
    yield Stop(
        "rule sheet", "/rules/", lambda page: page.locator("main a[href^='/rules/']").first.click(), "rosa"
    )

"""Harbour's awards on every part of the road, with a meeting, a delegation and payouts: each made by those who do it."""

from dataclasses import dataclass
from typing import Any

from tests.rooms.awards import window
from tests.rooms.awards.cast import TODAY, Ground, Road, dollars, make_ground, who
from tests.security.people import NOON, acting
from tests.security.things import BOOK, LONG_AGO, PROGRAMME, PUBLISHED
from tipstaff.awards.actions import committee, delegating
from tipstaff.awards.actions.memoranda import issue_memorandum
from tipstaff.awards.models import Clock, Conflict, Figure, Meeting, Seat
from tipstaff.awards.policy.clocks import PAUSABLE
from tipstaff.awards.texts import NominationText
from tipstaff.kernel import reference
from tipstaff.offers import actions as offers
from tipstaff.offers.programme_file import read
from tipstaff.tips.models import Tip

# What every route with an award in its address is asked about: one in a state in which it could be done.
STATES = {
    "drafted": ("change_nomination", "nominate", "withdraw"),
    "nominated": ("return", "endorse"),
    "endorsed": ("find_eligible", "find_ineligible", "ask_sources", "ask_again", "check_payee"),
    "recommended": ("award", "seek_concurrence", "decide"),
    "concurrence-sought": ("concur", "object"),
    "approved": ("certify",),
    "certified": ("give_notice", "end_notice", "plan_protection"),
    "protected": ("issue_vouchers",),
    "denied": ("reconsider", "close", "offer_review"),
}


@dataclass
class HarbourGround(Ground):
    """The ground of a nomination under the offer that is published here."""

    def text(self, *requested: int, **changes: Any) -> NominationText:
        return super().text(*requested, **({"offer": PUBLISHED} | changes))


def offered() -> None:
    """An offer under which an award can be made: published before anybody told anything."""
    text = PROGRAMME.read_text(encoding="utf-8").replace('ref = "HL-1"', f'ref = "{PUBLISHED}"')
    text = text.replace("2026-11-02", "2026-08-30").replace(
        f'code = "{BOOK}"', f'code = "{BOOK}"\nrules = "tocrp"'
    )
    eda, ben = acting("eda", "editor"), acting("ben", "approver")
    offers.load_programme(programme=read(text), actor=eda, now=LONG_AGO)
    proposed = offers.propose_offer(ref=PUBLISHED, actor=eda, now=LONG_AGO)
    offers.approve_offer(ref=PUBLISHED, version=proposed.proposed_version or 1, actor=ben, now=LONG_AGO)
    offers.publish_offer(ref=PUBLISHED, actor=ben, now=LONG_AGO)


def led_to(state: str) -> Road:
    """An award of two sources in that state, for $10,000 each."""
    road = grounded()
    road.to(state)
    return road


def grounded() -> Road:
    """What an award of two sources can be made of."""
    found = make_ground()
    Tip.objects.unscoped("a test arranges").filter(ref__in=found.tips).update(offer=PUBLISHED)
    return Road(HarbourGround(found.outcome, found.case, found.tips), requested=(10_000, 10_000))


def awards() -> dict[str, Any]:
    """An award in each state that some address needs, and an outcome that nobody has nominated yet."""
    refs = {state: led_to(state).ref for state in STATES}
    named = {f"awards:{route}.ref": refs[state] for state, routes in STATES.items() for route in routes}
    return {"awards.ref": refs["recommended"], "awards.outcome": make_ground().outcome, **named}


def meeting() -> dict[str, Any]:
    """A meeting to which the member was called and where they declared no conflict; the scoring is open.

    Another award waits to be put on its docket.
    """
    eligible = led_to("eligible").ref
    held = Meeting.objects.create(
        ref=reference.new("MTG"), compartment="harbour", title="Committee", held_on=TODAY, convened_by="cora",
        convened_at=NOON,
    )  # fmt: skip
    Seat.objects.create(meeting=held, officer="member")
    cora = who("cora")
    item = committee.docket(meeting=held.ref, award=eligible, actor=cora, now=NOON)
    Conflict.objects.create(item=item, officer="member", conflicted=False, at=NOON)
    committee.open_scoring(meeting=held.ref, place=1, actor=cora, now=NOON)
    routes = "meeting minutes docket open close item packet declare open_scoring scores motion vote close_vote defer relist"
    named = {f"awards:committee_{route}.ref": held.ref for route in routes.split()}
    return {**named, "awards:committee_docket?award": led_to("eligible").ref}


def delegation() -> dict[str, Any]:
    """A delegation to the delegate that the attorney has not confirmed yet."""
    lent = delegating.give_delegation(
        compartment="harbour", delegate="delegate", most=dollars(100_000), starts_on=TODAY, ends_on=TODAY.replace(year=2027),
        actor=who("sera"), now=NOON,
    )  # fmt: skip
    return {"awards:confirm_delegation.ref": lent.ref, "awards:end_delegation.ref": lent.ref}


def payouts() -> dict[str, Any]:
    """Two vouchers of one award: one is paid and has a receipt, the money for the other lies on the table."""
    road = grounded()
    first, second = window.issued(road)
    done, counted = window.paid(first), window.counted(second)
    share = done.share.number
    return {
        "awards:receipt.ref": done.ref,
        **{
            f"awards:{route}.ref": counted.ref
            for route in ("payout", "cancel_presentation", "hand_over", "witness")
        },
        **{
            f"awards:{route}.ref": road.ref
            for route in ("payment", "keep_identity", "reissue_voucher", "return_share")
        },
        **{f"awards:{route}.number": share for route in ("ask_again", "check_payee", "keep_identity")},
        "awards.payout": counted.ref,
    }


def figure(source: str, wording: str) -> None:
    """A figure from outside that stands beside Harbour's."""
    Figure.objects.create(
        compartment="harbour", programme=BOOK, measure="arrests", as_of=TODAY, value=4711, scope="all", wording=wording,
        source=source, actor="ann", at=NOON,
    )  # fmt: skip


def papers(award: str) -> dict[str, Any]:
    """The first version of an award's memorandum, the clock of another whose committee has its days, a figure from
    outside."""
    figure("An invented report", "so many arrests")
    issue_memorandum(ref=award, public_summary="Somebody was arrested.", actor=who("cora"), now=NOON)
    clock = Clock.objects.unscoped("a test looks").filter(kind__in=PAUSABLE, met_on__isnull=True).first()
    assert clock
    named = {"papers": award, "memorandum": award, "memorandum_pdf": award, "issue_memorandum": award}
    return {
        **{f"awards:{route}.ref": ref for route, ref in named.items()},
        **{f"awards:{route}_clock.number": clock.pk for route in ("pause", "resume")},
        "awards:file_report.number": clock.pk,
    }

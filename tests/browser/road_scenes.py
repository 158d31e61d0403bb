"""What stands on the road to a reward in the furnished office, beside the demo's three cases, and where it all is."""

from datetime import date, datetime, timedelta

from tipstaff.awards.actions import delegating
from tipstaff.awards.models import Award, Item, Payout
from tipstaff.cases import actions as cases
from tipstaff.cases.models import Contribution, Finding
from tipstaff.config.demo.money import PROGRAMME
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.ledger.models import Transfer
from tipstaff.ledger.policy import fiscal_year
from tipstaff.people.queries import actor_named
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet_file import shipped
from tipstaff.vault.models import Identity

HARBOUR = "harbour"
LONG = "a-very-long-word-without-any-break-" * 4


def road(now: datetime) -> dict[str, str]:
    """A note and a task in a case, a delegation and a rule sheet that wait; and the references of everything."""
    today, why = day(now), "a test looks"
    paid, scored, sought = (
        Award.objects.unscoped(why).get(state=state)
        for state in ("closed", "in-committee", "concurrence-sought")
    )
    _wait(paid.case, today, now)
    item = Item.objects.select_related("meeting").get(award=scored)
    return {
        "paid": paid.ref,
        "scored": scored.ref,
        "sought": sought.ref,
        "case": paid.case,
        "outcome": paid.outcome,
        "finding": Finding.objects.filter(case__ref=paid.case)[0].ref,
        "contribution": Contribution.objects.filter(case__ref=paid.case)[0].ref,
        "meeting": item.meeting.ref,
        "held": Item.objects.get(award=paid).meeting.ref,
        "payout": Payout.objects.unscoped(why).filter(share__award=paid).order_by("id")[0].ref,
        "identity": Identity.objects.unscoped(why).order_by("id")[0].ref,
        "book": f"{PROGRAMME}/{fiscal_year(today)}",
        "transfer": str(Transfer.objects.unscoped(why).order_by("-number")[0].number),
    }


def _wait(case: str, today: date, now: datetime) -> None:
    gus, sera, edi = (actor_named(name, today) for name in ("gus", "sera", "edi"))
    cases.add_note(ref=case, text=f"Ask the harbour master: {LONG}", actor=gus, now=now)
    cases.add_task(
        ref=case, title=f"Compare the log {LONG}", assignee="eva", due_on=today, actor=gus, now=now
    )
    delegating.give_delegation(
        compartment=HARBOUR, delegate="dell", most=Money(50_000_00, "USD"), starts_on=today,
        ends_on=today + timedelta(days=90), actor=sera, now=now,
    )  # fmt: skip
    rulebook.propose_sheet(sheet=shipped("crime-stoppers"), compartment=HARBOUR, actor=edi, now=now)

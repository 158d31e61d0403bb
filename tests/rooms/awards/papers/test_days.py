"""Days that start and end with an award's moves; pauses, receipts and reports; and refusals after which nothing moved."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.awards.cast import NOON, TODAY, Road, advise, award_now, dollars, everything, who
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import reporting
from tipstaff.awards.models import Award, Clock, Report, Share, Step
from tipstaff.awards.queries.clocks import due_list, my_due
from tipstaff.awards.states import ClockKind
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.people.access import NotAllowed, NotVisible

NOBODYS = (
    "hana",
    "gus",
    "nia",
    "hugo",
    "mia",
    "abel",
    "sera",
    "dell",
    "pia",
    "pam",
    "wes",
    "tess",
    "ann",
    "edi",
)


def clocks(road: Road) -> dict[str, Clock]:
    """The award's clocks by kind, and its year's."""
    every = Clock.objects.unscoped("a test looks")
    return {clock.kind: clock for clock in every.order_by("id")}


def docketed(road: Road) -> Clock:
    """The committee's clock of an award that came before it today."""
    award = road.to("eligible")
    clock = reporting.start_clock(
        award=award, kind=ClockKind.COMMITTEE, on=TODAY, actor=who("cora"), now=NOON
    )
    assert clock is not None
    return clock


def pause(clock: Clock, name: str = "cora", days: int = 0, **changes: object) -> object:
    stated = {"reason": "the harbour court sits", "until": None} | changes
    return reporting.pause_clock(
        clock=clock.pk,
        actor=who(name),
        now=NOON + timedelta(days=days),
        **stated,  # type: ignore[arg-type]  # a test's shorthand
    )


def refused(act: Callable[[], object]) -> tuple[str, ...]:
    """The rules that stand against it; and nothing was written."""
    before = everything()
    with pytest.raises(Refused) as found, undone():
        act()
    assert everything() == before
    return found.value.rules


def test_an_approval_starts_its_report_and_its_years(road: Road) -> None:
    road.to("approved")

    found = clocks(road)

    assert found.keys() == {"authorization-report", "annual-report"}
    authorization, annual = found["authorization-report"], found["annual-report"]
    assert (authorization.due_on, authorization.rule) == (
        TODAY + timedelta(days=15),
        "rulebook.R13-authorization-report:not-before",
    )
    assert (annual.fiscal_year, annual.starts_on, annual.due_on) == (
        2027,
        date(2027, 9, 30),
        date(2027, 11, 29),
    )
    assert annual.award is None


def test_days_of_notice_start_and_end_with_the_moves(road: Road) -> None:
    road.form = "crypto"
    road.to("notice-over")

    clock = clocks(road)["crypto-notice"]

    assert (clock.due_on - clock.starts_on).days == 15
    assert clock.met_on == TODAY + timedelta(days=15)


def test_a_clock_that_runs_runs_on(road: Road) -> None:
    first = docketed(road)
    again = reporting.start_clock(
        award=road.award, kind=ClockKind.COMMITTEE, on=TODAY + timedelta(days=9), actor=who("cora"), now=NOON
    )

    assert again is not None
    assert (again.pk, again.due_on) == (first.pk, first.due_on)


def test_a_verb_may_know_the_days_itself(road: Road) -> None:
    award = road.to("eligible")

    def answer(days: int | None) -> Clock | None:
        return reporting.start_clock(
            award=award, kind=ClockKind.ANSWER, on=TODAY, actor=who("cora"), now=NOON, days=days
        )

    assert answer(None) is None  # the sheet says nothing of it
    made = answer(14)
    assert made is not None
    assert made.due_on == TODAY + timedelta(days=14)
    reporting.meet_clock(award=award, kind=ClockKind.ANSWER, actor=who("cora"), now=NOON)
    assert reporting.meet_clock(award=award, kind=ClockKind.ANSWER, actor=who("cora"), now=NOON) is None


def test_paused_days_do_not_count(road: Road) -> None:
    clock = docketed(road)
    first = clock.due_on

    pause(clock)
    standing = due_list(who("ann"), TODAY + timedelta(days=3)).rows[0]
    reporting.resume_clock(clock=clock.pk, actor=who("cora"), now=NOON + timedelta(days=10))

    clock.refresh_from_db()
    assert standing.standing and not standing.overdue
    assert clock.due_on == first + timedelta(days=10)


def test_a_pause_with_an_end_moves_the_day_at_once_and_back_when_it_ends_early(road: Road) -> None:
    clock = docketed(road)
    first = clock.due_on

    pause(clock, until=TODAY + timedelta(days=30))
    clock.refresh_from_db()
    assert clock.due_on == first + timedelta(days=30)

    reporting.resume_clock(clock=clock.pk, actor=who("cora"), now=NOON + timedelta(days=4))
    clock.refresh_from_db()
    assert clock.due_on == first + timedelta(days=4)
    assert pause(clock, days=5)


def test_an_answer_ends_the_pause_with_it(road: Road) -> None:
    clock = docketed(road)
    pause(clock)

    reporting.meet_clock(
        award=road.award, kind=ClockKind.COMMITTEE, actor=who("cora"), now=NOON + timedelta(days=2)
    )

    clock.refresh_from_db()
    assert clock.met_on == TODAY + timedelta(days=2)
    assert [each.until for each in clock.pauses.all()] == [TODAY + timedelta(days=2)]


@pytest.mark.parametrize("changes, rules", [
    ({"reason": " "}, ("awards.clock-good-cause",)),
    ({"until": TODAY}, ("awards.clock-end",)),
])  # fmt: skip
def test_a_pause_has_a_cause_and_an_end_that_comes_after(
    road: Road, changes: dict[str, object], rules: tuple[str, ...]
) -> None:
    clock = docketed(road)

    assert refused(lambda: pause(clock, **changes)) == rules


def test_what_stands_is_not_stopped_and_what_runs_does_not_go_on(road: Road) -> None:
    clock = docketed(road)

    assert refused(lambda: reporting.resume_clock(clock=clock.pk, actor=who("cora"), now=NOON)) == (
        "awards.clock-runs",
    )
    pause(clock)
    assert refused(lambda: pause(clock)) == ("awards.clock-paused-once",)


def test_no_report_to_the_congress_waits(road: Road) -> None:
    road.to("approved")
    for kind in ("authorization-report", "annual-report"):
        assert refused(lambda kind=kind: pause(clocks(road)[kind])) == ("awards.clock-pausable",)  # type: ignore[misc]  # bound at once


def paid(road: Road) -> None:
    """Paid, as the window leaves it: payouts with what was handed over, and the step that starts the report's days."""
    from tipstaff.awards.keeping import note_step
    from tipstaff.awards.models import Payout
    from tipstaff.awards.states import Duty

    award = road.to("paid")
    for number, share in enumerate(award.shares.order_by("id")):
        Payout.objects.create(
            ref=f"PAY-{number}", compartment="harbour", share=share, number=1, voucher_sha256=bytes([number]) * 32,
            amount_minor=share.approved_minor or 0, paid_minor=share.approved_minor or 0, currency="USD", place="window 2",
            opens_on=TODAY, closes_on=TODAY, state="paid", claim="CLM", issued_by="pia", issued_at=NOON,
        )  # fmt: skip
    award.paid_on = TODAY
    award.save(update_fields=["paid_on"])
    note_step(award, "pay", Duty.PAY, actor=who("pam"), now=NOON)


def test_a_payment_is_reported_with_who_how_much_for_what_and_what_it_was_worth(road: Road) -> None:
    paid(road)
    assert clocks(road)["payment-report"].due_on == TODAY + timedelta(days=30)

    reporting.hold_receipt(ref=road.ref, reference="RCP-7", actor=who("cora"), now=NOON)
    reporting.report_payment(
        ref=road.ref, reference="LTR-9", significance="the leader was found", actor=who("cora"), now=NOON
    )

    kept = Report.objects.get(award=road.award)
    said = json.loads(kept.content)
    assert award_now(road.ref).state == "reported"
    assert (kept.kind, kept.reference, clocks(road)["payment-report"].reference) == (
        "payment-report",
        "LTR-9",
        "LTR-9",
    )
    assert said["total"] == {"minor": 12_000_000, "currency": "USD"}
    assert [(each["source"], each["amount"]["minor"]) for each in said["sources"]] == [
        ("1", 6_000_000),
        ("2", 6_000_000),
    ]
    assert said["sources"][0]["used"] == "led the watch to the pier"
    assert (said["paragraph"], said["kind"], said["significance"]) == ("b8", "arrest", "the leader was found")
    for share in Share.objects.filter(award=road.award):
        assert share.tip not in kept.content


@pytest.mark.parametrize("reference, significance, rules", [
    ("", "it led there", ("awards.report-reference",)),
    ("LTR-9", " ", ("awards.report-significance",)),
])  # fmt: skip
def test_a_report_that_says_too_little_moves_nothing(
    road: Road, reference: str, significance: str, rules: tuple[str, ...]
) -> None:
    road.to("receipt-held")

    assert (
        refused(
            lambda: reporting.report_payment(
                ref=road.ref, reference=reference, significance=significance, actor=who("cora"), now=NOON
            )
        )
        == rules
    )


def test_a_receipt_can_be_found_again_and_comes_after_the_payment(road: Road) -> None:
    road.to("protected")
    with pytest.raises(MoveNotInTable), undone():
        reporting.hold_receipt(ref=road.ref, reference="RCP-7", actor=who("cora"), now=NOON)
    Award.objects.unscoped("a test arranges").filter(ref=road.ref).update(state="paid")

    assert refused(
        lambda: reporting.hold_receipt(ref=road.ref, reference=" ", actor=who("cora"), now=NOON)
    ) == ("awards.receipt-reference",)


def file(road: Road, kind: str, days: int = 0, name: str = "cora", publicity: Money | None = None) -> object:
    return reporting.file_report(
        clock=clocks(road)[kind].pk, reference="LTR-1", publicity=publicity, actor=who(name),
        now=NOON + timedelta(days=days),
    )  # fmt: skip


def test_an_approval_is_reported_from_its_day_on(road: Road) -> None:
    road.to("approved")

    assert refused(lambda: file(road, "authorization-report", 14)) == ("awards.report-not-before",)
    file(road, "authorization-report", 15)
    assert refused(lambda: file(road, "authorization-report", 16)) == ("awards.clock-met",)
    assert json.loads(Report.objects.get().content)["amount"]["minor"] == 12_000_000


def test_a_years_report_counts_the_ledger_and_publicity(road: Road) -> None:
    road.to("approved")

    assert refused(lambda: file(road, "annual-report")) == ("awards.report-publicity",)
    file(road, "annual-report", publicity=dollars(1250))

    said = json.loads(Report.objects.get().content)
    assert (said["programme"], said["fiscal_year"]) == ("harbour", 2027)
    assert (said["rewards"]["minor"], said["publicity"]["minor"], said["total"]["minor"]) == (
        0,
        125_000,
        125_000,
    )


def test_what_the_road_answers_is_not_filed_by_hand(road: Road) -> None:
    docketed(road)

    assert refused(lambda: file(road, "committee")) == ("awards.report-by-hand",)


@pytest.mark.parametrize("name", [*NOBODYS, "cleo"])
def test_only_a_clerk_pauses_resumes_files_and_holds(road: Road, name: str) -> None:
    clock = docketed(road)
    before = everything()
    acts: list[Callable[[], object]] = [
        lambda: pause(clock, name),
        lambda: reporting.resume_clock(clock=clock.pk, actor=who(name), now=NOON),
        lambda: file(road, "committee", name=name),
        lambda: reporting.hold_receipt(ref=road.ref, reference="R", actor=who(name), now=NOON),
        lambda: reporting.report_payment(
            ref=road.ref, reference="R", significance="s", actor=who(name), now=NOON
        ),
    ]
    for act in acts:
        with pytest.raises(NotVisible if name == "cleo" else NotAllowed), undone():
            act()
    assert everything() == before


def test_whoever_paid_holds_no_receipt(road: Road) -> None:
    road.to("paid")
    Step.objects.create(award=road.award, move="pay", state="paid", duty="pay", actor="cora", at=NOON)

    assert refused(
        lambda: reporting.hold_receipt(ref=road.ref, reference="RCP-7", actor=who("cora"), now=NOON)
    ) == ("awards.duties-apart",)


def test_a_report_stays_as_it_was_made(road: Road) -> None:
    road.to("approved")
    file(road, "annual-report", publicity=dollars(0))
    for statement in ("UPDATE awards_report SET reference = 'x'", "DELETE FROM awards_report"):
        with (
            pytest.raises(IntegrityError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_overdue_stand_first_and_an_earliest_day_is_never_over(road: Road) -> None:
    docketed(road)
    advise(road.award, {"1": 6_000_000, "2": 6_000_000})
    from tipstaff.awards.actions import deciding

    deciding.approve_award(ref=road.ref, reason="as advised", actor=who("sera"), now=NOON)

    found = due_list(who("ann"), TODAY + timedelta(days=70))

    assert [(row.kind, row.overdue) for row in found.rows] == [
        ("committee", True), ("authorization-report", False), ("annual-report", False),
    ]  # fmt: skip
    assert [week.count for week in found.weeks] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_everybody_sees_what_is_theirs_to_do(road: Road) -> None:
    docketed(road)

    assert [row.kind for row in my_due(who("cora"), TODAY)] == ["committee"]
    for name in ("ann", "nia", "pam", "hana", "pia", "cleo"):
        assert my_due(who(name), TODAY) == (), name
    with pytest.raises(NotAllowed):
        due_list(who("hana"), TODAY)
    assert due_list(who("cleo"), TODAY).rows == ()

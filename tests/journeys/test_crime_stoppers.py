"""A second programme under other rules: Harbour Crime Stoppers, whose board decides by its vote and pays cash by number.

The same table of moves as everywhere. There is no head of mission, no Attorney General and no Secretary here: the rule
sheet says so, and the history names it at each step that nobody took.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import transaction

from tests.offices import TestOffice
from tests.rooms.awards.cast import NOON, TODAY, YEAR, Ground, acting, award_now, everything, make_ground, who
from tests.rooms.awards.verbs import undone
from tests.rooms.awards.window import Source, witness
from tipstaff.awards import jobs
from tipstaff.awards.actions import (
    checking,
    claiming,
    committee,
    deciding,
    eligibility,
    finishing,
    nominating,
    paying,
    reporting,
    vouchers,
)
from tipstaff.awards.actions.vouchers import Window
from tipstaff.awards.models import Award, Payout, Ruling, Step
from tipstaff.awards.replaying import replay_award
from tipstaff.awards.states import Choice
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.ledger import queries as books
from tipstaff.offers import actions as offers
from tipstaff.offers.programme_file import read
from tipstaff.people.models import Agency, Compartment, Grant, Officer
from tipstaff.rulebook import actions as rulebook
from tipstaff.rulebook.sheet_file import shipped

FILE = Path(__file__).parent / "harbour-crime-stoppers.toml"
PROGRAMME = "harbour-crime-stoppers"
AUGUST = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
BOARD = ("mia", "max", "moe", "ida", "ulf")
BOAT = {
    "kind": "recovery", "paragraph": "", "crime_class": "property", "subject_kind": "organisation", "role": "group",
    "subject": "The boat takers (invented)", "suspicion": "", "review_on": None, "outside_us": False,
}  # fmt: skip
UNCLAIMED_ON = TODAY + timedelta(days=60)
WINDOW = Window(place="The side door of Harbour Bank", opens_on=TODAY, closes_on=UNCLAIMED_ON)


@pytest.fixture
def harbour(office: TestOffice) -> None:
    """The sheet was approved by two, the offer published, five were called to the board, and somebody gave $20,000."""
    sheet, edi, ben = shipped("crime-stoppers"), acting("edi", "editor"), acting("ben", "approver")
    row = rulebook.propose_sheet(sheet=sheet, compartment="harbour", actor=edi, now=AUGUST)
    for approver in (ben, acting("fay", "approver")):
        rulebook.approve_sheet(ref=row.ref, digest=sheet.digest(), actor=approver, now=AUGUST)
    offers.load_programme(programme=read(FILE.read_text(encoding="utf-8")), actor=edi, now=AUGUST)
    offers.propose_offer(ref="HCS-1", actor=edi, now=AUGUST)
    offers.approve_offer(ref="HCS-1", version=1, actor=ben, now=AUGUST)
    offers.publish_offer(ref="HCS-1", actor=ben, now=AUGUST)
    agency = Agency.objects.create(code="harbour-police", name="Harbour")
    Compartment.objects.create(code="harbour", name="Harbour", agency=agency)
    for name in BOARD:
        member = Officer.objects.create(username=name, full_name=name.title(), agency=agency, added_at=AUGUST)
        Grant.objects.create(
            officer=member, role="member", compartment_id="harbour", starts_on=AUGUST.date(), state="CONFIRMED",
            founding=True, given_at=AUGUST,
        )  # fmt: skip
    give(20_000)


def usd(whole: int) -> Money:
    return Money(whole * 100, "USD")


def give(whole: int) -> None:
    """What people give to the board."""
    ledger.appropriate(
        programme=PROGRAMME, compartment="harbour", fiscal_year=YEAR, amount=usd(whole), reference=f"GIFT-{whole}",
        actor=who("tess"), now=NOON,
    )  # fmt: skip


@dataclass
class Tale:
    """One award of the board, and the source that told where the boat lay."""

    ground: Ground
    source: Source
    ref: str = ""
    meeting: str = ""

    @property
    def award(self) -> Award:
        return award_now(self.ref)

    @property
    def item(self) -> dict[str, object]:
        return {"meeting": self.meeting, "place": 1, "now": NOON}


def a_tip(asked: int = 800, form: str = "cash-by-number", **outcome: object) -> Tale:
    """Somebody told where a stolen boat lay; it was found there, which two officers state; Nia drafts."""
    ground = make_ground(1, **(BOAT | outcome))
    tale = Tale(ground, Source(ground.tips[0]))
    text = replace(ground.text(asked), offer="HCS-1", form=form)
    tale.ref = nominating.draft_nomination(outcome=ground.outcome, text=text, actor=who("nia"), now=NOON).ref
    return tale


def nominate(tale: Tale) -> None:
    nominating.nominate(ref=tale.ref, payers_asked=True, actor=who("nia"), now=NOON)


def asked(tale: Tale, **answers: str) -> None:
    """Nominated, and the source accepts; both checks find nothing."""
    nominate(tale)
    last = TODAY + timedelta(days=30)
    claiming.ask_sources(ref=tale.ref, answer_by=last, actor=who("cora"), now=NOON)
    assert tale.source.asked().questions == ["individual", "official", "took-part"]
    tale.source.accepts(**answers)
    for kind in ("sanctions", "barred"):
        checking.record_check(
            ref=tale.ref, number="1", kind=kind, clear=True, source="a list", actor=who("cora"), now=NOON
        )


def before_the_board(tale: Tale) -> None:
    """Found eligible, on the docket, and all five have declared and read."""
    asked(tale)
    cora = who("cora")
    eligibility.find_eligible(ref=tale.ref, actor=cora, now=NOON)
    tale.meeting = committee.convene_meeting(
        compartment="harbour", title="The board", held_on=TODAY, members=BOARD, actor=cora, now=NOON
    ).ref
    committee.docket(meeting=tale.meeting, award=tale.ref, actor=cora, now=NOON)
    committee.open_meeting(ref=tale.meeting, actor=cora, now=NOON)
    for name in BOARD:
        committee.declare(**tale.item, conflicted=False, reason="", actor=acting(name, "member"))
    committee.open_scoring(**tale.item, actor=cora)


def put(tale: Tale, amount: int | None) -> None:
    """Cora puts the motion to pay so much, or nothing."""
    total = None if amount is None else usd(amount)
    committee.put_motion(
        **tale.item, recommend=total is not None, total=total, amounts={} if total is None else {"1": total},
        text="The boat is back where it belongs.", actor=who("cora"),
    )  # fmt: skip


def vote(tale: Tale, *choices: str) -> None:
    for name, choice in zip(BOARD, choices, strict=False):
        committee.cast_vote(
            **tale.item,
            motion=1,
            choice=Choice(choice),
            reason="I have read it.",
            actor=acting(name, "member"),
        )


def count(tale: Tale) -> None:
    committee.close_vote(**tale.item, actor=who("cora"))


def decided(tale: Tale, amount: int | None = 700) -> None:
    before_the_board(tale)
    put(tale, amount)
    vote(tale, "for", "for", "for", "against", "abstain")
    count(tale)


def issued(tale: Tale) -> Payout:
    """Pia asked what would be dangerous, and the mailbox holds a voucher."""
    decided(tale)
    finishing.plan_protection(
        ref=tale.ref, needed=False, plan="A number and a side door.", vaults={}, actor=who("pia"), now=NOON
    )
    (payout,) = vouchers.issue_vouchers(ref=tale.ref, window=WINDOW, actor=who("pia"), now=NOON)
    return payout


def steps(tale: Tale) -> list[tuple[str, str, str, str]]:
    found = Step.objects.filter(award__ref=tale.ref).order_by("pk")
    return list(found.values_list("move", "duty", "actor", "reason"))


def refused(act: Callable[[], object]) -> set[str]:
    """The rules that stand in the way; and that nothing moved, here, in the books or in the record."""
    before = everything()
    with pytest.raises(Refused) as stopped, undone():
        act()
    assert everything() == before
    return set(stopped.value.rules)


def test_from_a_tip_to_cash_by_number(harbour: None) -> None:
    tale = a_tip()
    payout = issued(tale)

    # At the window the number is enough: the source signs nothing there, and nobody asks a name.
    found = paying.present_voucher(code=tale.source.code, actor=who("pam"), now=NOON)
    assert isinstance(found, Payout)
    paying.begin_hand_over(ref=payout.ref, amount=usd(700), actor=who("pam"), now=NOON)
    for name in ("wes", "wim"):
        paying.witness_hand_over(ref=payout.ref, window=found.window, actor=witness(name), now=NOON)
    assert tale.award.state == "paid"
    reporting.hold_receipt(ref=tale.ref, reference="RECEIPT-1", actor=who("cora"), now=NOON)
    finishing.close_award(ref=tale.ref, reason="Paid.", actor=who("cora"), now=NOON)

    assert tale.award.state == "closed"
    figures = books.figures_of(PROGRAMME, YEAR)
    assert (figures.available, figures.committed, figures.paid) == (usd(19_300), usd(0), usd(700))
    assert all(each.agrees for each in replay_award(tale.award))
    assert [each.stage for each in replay_award(tale.award)] == [
        "nomination", "eligibility", "recommendation", "decision", "certification", "payment",
    ]  # fmt: skip


def test_what_nobody_did_is_in_the_history_with_the_sheet_as_its_reason(harbour: None) -> None:
    tale = a_tip()
    decided(tale)
    sheet, words = "Rule sheet crime-stoppers 1", "The boat is back where it belongs."

    taken = steps(tale)

    assert ("endorse", "nominate", "nia", sheet) in taken
    assert taken[-3:] == [
        ("recommend", "convene", "cora", words),
        ("approve", "convene", "cora", words),
        ("certify", "convene", "cora", sheet),
    ]
    ruling = Ruling.objects.get(award__ref=tale.ref)
    assert (ruling.kind, ruling.personally, ruling.amounts) == ("approve", True, {"1": 700_00})
    assert ruling.motion is not None and ruling.motion.votes.count() == len(BOARD)
    told = [each for each in replay_award(tale.award) if each.stage == "certification"]
    assert [each.agrees for each in told] == [True]


def test_a_board_that_votes_to_decline_has_denied(harbour: None) -> None:
    tale = a_tip()
    decided(tale, None)

    assert [move for move, *_ in steps(tale)[-2:]] == ["decline", "deny"]
    assert (tale.award.state, tale.award.approved_minor) == ("denied", None)
    assert refused(
        lambda: finishing.reconsider_award(ref=tale.ref, reason="Once more.", actor=who("cora"), now=NOON)
    ) == {"awards.reconsidered-in-time"}
    assert all(each.agrees for each in replay_award(tale.award))


def test_a_reward_that_nobody_collects_goes_back(harbour: None) -> None:
    tale = a_tip()
    payout = issued(tale)
    after = NOON + timedelta(days=61)

    assert jobs.lapse_vouchers(NOON + timedelta(days=60)) == []
    assert jobs.lapse_vouchers(after) == [payout.ref]

    assert tale.award.state == "lapsed"
    day = after.date()
    again = Window(place="The side door", opens_on=day, closes_on=day + timedelta(days=5))
    assert refused(
        lambda: vouchers.issue_vouchers(ref=tale.ref, window=again, actor=who("pia"), now=after)
    ) == {"awards.window-days"}
    finishing.close_award(ref=tale.ref, reason="Never collected.", actor=who("cora"), now=after)
    figures = books.figures_of(PROGRAMME, YEAR)
    assert (figures.available, figures.committed, figures.paid) == (usd(20_000), usd(0), usd(0))


@pytest.mark.parametrize(
    "asked, outcome, rule",
    [
        (1_001, {}, "rulebook.R07-ceiling"),
        (5_001, {"crime_class": "homicide"}, "rulebook.R07-ceiling"),
        (800, {"crime_class": ""}, "rulebook.crime-class"),
        (800, {"crime_class": "jaywalking"}, "rulebook.crime-class"),
        (800, {"kind": "transfer"}, "rulebook.condition-fits"),
    ],
)
def test_a_nomination_that_the_sheet_does_not_let_pass(
    harbour: None, asked: int, outcome: dict[str, str], rule: str
) -> None:
    tale = a_tip(asked, **outcome)

    assert rule in refused(lambda: nominate(tale))


@pytest.mark.parametrize(
    "question, rule",
    [("official", "rulebook.R03-official"), ("took-part", "rulebook.took-part")],
)
def test_the_police_their_homes_and_who_took_part_are_not_paid(
    harbour: None, question: str, rule: str
) -> None:
    tale = a_tip()
    asked(tale, **{question: "yes"})

    assert refused(lambda: eligibility.find_eligible(ref=tale.ref, actor=who("cora"), now=NOON)) == {rule}


def test_no_motion_passes_the_cap_of_the_class(harbour: None) -> None:
    tale = a_tip()
    before_the_board(tale)

    assert refused(lambda: put(tale, 1_001)) == {"awards.committee.motion-cap"}


@pytest.mark.parametrize("choices", [("for",) * 4, ("for",)])
def test_fewer_than_the_quorum_decide_nothing(harbour: None, choices: tuple[str, ...]) -> None:
    tale = a_tip()
    before_the_board(tale)
    put(tale, 700)
    vote(tale, *choices)

    assert refused(lambda: count(tale)) == {"awards.committee.quorum"}


def test_a_vote_that_the_books_cannot_pay_is_not_counted(harbour: None) -> None:
    """It stays open: somebody gives, or it is deferred."""
    tale = a_tip()
    before_the_board(tale)
    put(tale, 700)
    vote(tale, *["for"] * 5)
    with transaction.atomic():
        ledger.commit(
            programme=PROGRAMME, fiscal_year=YEAR, amount=usd(19_500), subject="AWD-OTHER", actor=who("cora"), now=NOON
        )  # fmt: skip

    assert "rulebook.R16-funds" in refused(lambda: count(tale))

    give(200)
    count(tale)
    assert tale.award.state == "certified"


def test_a_form_that_the_board_does_not_pay_in_is_not_decided(harbour: None) -> None:
    tale = a_tip(form="money")
    before_the_board(tale)
    put(tale, 700)
    vote(tale, *["for"] * 5)

    assert refused(lambda: count(tale)) == {"rulebook.form"}


def test_nobody_decides_for_the_board_and_no_member_pays(harbour: None) -> None:
    """Before the vote there is nothing to decide on, after it nothing is left to decide."""
    tale = a_tip()
    before_the_board(tale)
    for _ in ("before", "after"):
        before = everything()
        with pytest.raises(MoveNotInTable), undone():
            deciding.approve_award(ref=tale.ref, reason="As I like.", actor=who("sera"), now=NOON)
        with pytest.raises(MoveNotInTable), undone():
            deciding.certify_award(ref=tale.ref, actor=who("sera"), now=NOON)
        assert everything() == before
        if tale.award.state == "in-committee":
            put(tale, 700)
            vote(tale, *["for"] * 5)
            count(tale)
    finishing.plan_protection(
        ref=tale.ref, needed=False, plan="A side door.", vaults={}, actor=who("pia"), now=NOON
    )
    vouchers.issue_vouchers(ref=tale.ref, window=WINDOW, actor=who("pia"), now=NOON)
    for name in ("mia", "cora", "nia"):
        present = partial(paying.present_voucher, code=tale.source.code, now=NOON)
        assert refused(partial(present, actor=acting(name, "paymaster"))) == {"awards.duties-apart"}

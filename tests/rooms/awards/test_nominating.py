"""What a nomination is refused for, with the rule's id; and that nothing has moved then."""

from dataclasses import replace
from datetime import date

import pytest

from tests.rooms.awards.cast import (
    NOON,
    TIP_DAY,
    Ground,
    Road,
    dollars,
    everything,
    make_ground,
    make_tip,
    outcome_text,
    who,
)
from tests.rooms.awards.conftest import Terms1
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import nominating
from tipstaff.awards.models import Determination, SourceClaim
from tipstaff.awards.texts import ShareText
from tipstaff.cases import actions as cases
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.kernel.money import Money
from tipstaff.people.access import NotAllowed, NotVisible


def draft(ground: Ground, **changes: object) -> str:
    text = replace(ground.text(), **changes)  # type: ignore[arg-type]  # a test's shorthand
    return nominating.draft_nomination(outcome=ground.outcome, text=text, actor=who("nia"), now=NOON).ref


def refused_nomination(road: Road) -> tuple[str, ...]:
    """The rules that refuse to hand the nomination in; nothing has moved."""
    road.to("drafted")
    before = everything()
    with pytest.raises(Refused) as refused, undone():
        nominating.nominate(ref=road.ref, payers_asked=True, actor=who("nia"), now=NOON)
    assert everything() == before
    return refused.value.rules


def test_a_draft_takes_its_sources_from_the_outcome(road: Road) -> None:
    award = road.to("drafted")

    assert (award.compartment, award.programme, award.offer, award.case) == (
        "harbour", "harbour", "HBR-1", road.ground.case,
    )  # fmt: skip
    assert (award.requested_minor, award.currency) == (12_000_000, "USD")
    shares = award.shares.order_by("id").values_list("number", "tip", "received_on", "requested_minor")
    assert sorted(shares) == sorted(
        (number, tip, TIP_DAY, 6_000_000) for number, tip in zip("12", road.ground.tips, strict=True)
    )
    assert list(award.steps.values_list("move", "duty", "actor")) == [("draft", "nominate", "nia")]


@pytest.mark.parametrize(
    "rule, changes",
    [
        ("awards.condition-named", {"condition": 2}),
        ("awards.condition-named", {"condition": 0}),
        ("awards.sources-named", {"shares": ()}),
        ("awards.form-known", {"form": "shells"}),
        ("awards.reason-given", {"reason": "  "}),
        ("awards.reason-given", {"agency": ""}),
    ],
)
def test_a_draft_is_whole(ground: Ground, rule: str, changes: dict[str, object]) -> None:
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        draft(ground, **changes)

    assert refused.value.rules == (rule,)
    assert everything() == before


def test_a_draft_names_amounts_in_the_offers_currency_and_who_paid_before(ground: Ground) -> None:
    one, two = ground.tips
    euros = ShareText(tip=one, requested=Money(5_000, "EUR"))
    nothing = ShareText(tip=one, requested=dollars(0))
    nameless = ShareText(tip=two, requested=dollars(10), offset=dollars(5))
    before = everything()

    for shares, rule in [((euros,), "awards.amount-asked"), ((nothing,), "awards.amount-asked"), ((nameless,), "awards.offset-stated")]:  # fmt: skip
        with pytest.raises(Refused) as refused, undone():
            draft(ground, shares=shares)
        assert refused.value.rules == (rule,)
    assert everything() == before


def test_who_gave_nothing_to_the_outcome_is_not_nominated(ground: Ground) -> None:
    stranger = ShareText(tip=make_tip().ref, requested=dollars(10))
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        draft(ground, shares=(stranger,))

    assert refused.value.rules == ("awards.source-contributed",)
    assert everything() == before


def test_an_outcome_that_nobody_confirmed_pays_nothing(offer: Terms1, sheet: object, db: None) -> None:
    ground = make_ground(confirmed=False)
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        draft(ground)

    assert refused.value.rules == ("awards.outcome-confirmed",)
    assert everything() == before


def test_an_offer_without_a_sheet_pays_nothing(ground: Ground, offer: Terms1) -> None:
    offer.change(sheet=None, sheet_number=None)

    with pytest.raises(Refused) as refused, undone():
        draft(ground)

    assert refused.value.rules == ("awards.sheet-carried",)


def test_another_compartments_outcome_is_not_there(ground: Ground) -> None:
    before = everything()
    with pytest.raises(NotVisible), undone():
        nominating.draft_nomination(outcome=ground.outcome, text=ground.text(), actor=who("cleo"), now=NOON)
    with pytest.raises(NotAllowed), undone():
        nominating.draft_nomination(outcome=ground.outcome, text=ground.text(), actor=who("cora"), now=NOON)
    assert everything() == before


def test_a_correction_after_the_draft_waits_for_its_second_officer_again(road: Road) -> None:
    road.to("drafted")
    cases.correct_outcome(
        ref=road.ground.outcome, seen=1, why="the day", text=outcome_text(day=date(2026, 11, 2)), actor=who("gus"), now=NOON
    )  # fmt: skip
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        nominating.nominate(ref=road.ref, payers_asked=True, actor=who("nia"), now=NOON)

    assert "awards.outcome-confirmed" in refused.value.rules
    assert everything() == before


def test_the_other_payers_are_asked_first(road: Road) -> None:
    road.to("drafted")
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        nominating.nominate(ref=road.ref, payers_asked=False, actor=who("nia"), now=NOON)

    assert refused.value.rules == ("awards.payers-asked",)
    assert everything() == before


def test_a_cap_that_would_be_passed(road: Road, offer: Terms1) -> None:
    offer.cap(100_000)

    assert refused_nomination(road) == (
        "rulebook.condition-cap", "rulebook.offer-cap", "rulebook.offer-remaining",
    )  # fmt: skip


def test_an_outcome_before_the_offer(road: Road, offer: Terms1) -> None:
    offer.change(published_on=date(2026, 11, 2), changes=())
    offer.became("published", date(2026, 11, 2))

    assert refused_nomination(road) == ("rulebook.outcome-before-offer",)


def test_an_offer_that_was_amended_before_the_tip(road: Road, offer: Terms1) -> None:
    offer.became("amended", date(2026, 9, 15), version=2)

    assert refused_nomination(road) == ("rulebook.offer-version", "rulebook.offer-version")


def test_an_offer_that_was_withdrawn_before_the_tip(road: Road, offer: Terms1) -> None:
    offer.became("withdrawn", date(2026, 9, 15))

    assert set(refused_nomination(road)) == {"rulebook.offer-open"}


def test_an_offer_that_was_withdrawn_after_the_tip_is_still_owed(road: Road, offer: Terms1) -> None:
    offer.became("withdrawn", date(2026, 10, 15))

    assert road.to("nominated").nominated_on == NOON.date()


def test_what_was_known_before_the_tip(road: Road, ground: Ground) -> None:
    road.ground = make_ground(1, known_since=date(2026, 9, 30))

    assert refused_nomination(road) == ("rulebook.known-before",)


def test_what_was_told_after_the_outcome(road: Road) -> None:
    road.ground = make_ground(1, tip_on=date(2026, 11, 5))

    assert "rulebook.led-to" in refused_nomination(road)


def test_a_tip_belongs_to_one_award(road: Road) -> None:
    first = road.to("nominated").ref
    second = Road(make_ground(tip_refs=road.ground.tips[:1]))

    assert refused_nomination(second) == ("rulebook.tip-in-two-claims",)
    nominating.withdraw_nomination(ref=first, reason="the other is better", actor=who("nia"), now=NOON)
    nominating.nominate(ref=second.ref, payers_asked=True, actor=who("nia"), now=NOON)
    assert second.award.state == "nominated"


def test_what_the_rules_were_asked_is_kept_with_the_nomination(road: Road) -> None:
    award = road.to("nominated")

    (kept,) = Determination.objects.all()
    assert (kept.award, kept.number, kept.stage, kept.allowed, kept.actor) == (
        award,
        1,
        "nomination",
        True,
        "nia",
    )
    assert award.needs_concurrence is False


def test_a_draft_is_changed_and_a_nomination_is_not(road: Road) -> None:
    road.to("drafted")
    text = road.ground.text(90_000)
    nominating.change_nomination(ref=road.ref, text=text, actor=who("nia"), now=NOON)
    assert [share.requested_minor for share in road.award.shares.all()] == [9_000_000]

    nominating.nominate(ref=road.ref, payers_asked=True, actor=who("nia"), now=NOON)
    before = everything()
    with pytest.raises(MoveNotInTable), undone():
        nominating.change_nomination(ref=road.ref, text=text, actor=who("nia"), now=NOON)
    assert everything() == before


def test_who_was_told_of_a_reward_stays_in_the_nomination(road: Road) -> None:
    road.to("drafted")
    told = road.award.shares.get(number="2")
    SourceClaim.objects.create(
        ref="CLM-1", share=told, challenge=b"x" * 32, questions=[], asked_on=NOON.date(), answer_by=NOON.date(),
        claim_key=b"x" * 32,
    )  # fmt: skip
    alone = replace(
        road.ground.text(), shares=tuple(s for s in road.ground.text().shares if s.tip != told.tip)
    )
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        nominating.change_nomination(ref=road.ref, text=alone, actor=who("nia"), now=NOON)

    assert refused.value.rules == ("awards.source-asked",)
    assert everything() == before

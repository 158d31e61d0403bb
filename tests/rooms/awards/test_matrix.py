"""The whole matrix: every verb from every state, by every role, and by who acted in another capacity before."""

from dataclasses import replace

import pytest

from tests.rooms.awards.cast import CAST, NOON, ROADS, Road, acting, answer, everything, make_tip, who
from tests.rooms.awards.verbs import VERBS, undone
from tipstaff.awards.actions.nominating import draft_nomination
from tipstaff.awards.models import Share, Step
from tipstaff.awards.policy.duties import MAY_MEET
from tipstaff.awards.policy.moves import MOVES, Held
from tipstaff.awards.states import AWARD, AwardState, Duty
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.people.roles import ROLES

# What this part of the room does not do itself: the committee's and the window's moves.
OTHERS = {
    "docket", "defer", "resume", "recommend", "decline", "issue_vouchers", "lapse", "pay", "hold_receipt", "report",
}  # fmt: skip
EVERYTHING = frozenset[str]().union(*ROLES.values())
RIGHT = {  # who of the cast does what each verb needs, with nothing in the way
    "awards.nomination.draft": "nia",
    "awards.nomination.endorse": "hugo",
    "awards.eligibility.check": "cora",
    "awards.committee.record": "cora",
    "awards.concurrence.give": "abel",
    "awards.award.decide": "sera",
    "awards.award.certify": "sera",
    "awards.notice.give": "cora",
    "awards.protection.plan": "pia",
    "awards.award.reconsider": "cora",
    "awards.award.close": "cora",
}


def test_the_matrix_is_whole() -> None:
    moves = {verb.move for verb in VERBS.values()} - {"restate"}

    assert moves | OTHERS == {move.name for move in AWARD.moves}
    assert {verb.move: Held(verb.needs, verb.duty) for verb in VERBS.values() if verb.move in moves} == dict(
        MOVES
    )
    assert set(ROADS) == set(AwardState)
    assert set(CAST.values()) == set(ROLES)


@pytest.mark.parametrize("state", ROADS)
def test_every_verb_from_every_state(road: Road, state: str) -> None:
    road.form = "crypto" if "notice" in state else "money"
    road.to(state)
    for name, verb in VERBS.items():
        sources = {source for move in AWARD.moves if move.name == verb.move for source in move.sources}
        if state in (sources or {"drafted"}):
            continue
        before = everything()
        with pytest.raises(MoveNotInTable), undone():
            verb.act(road, who(RIGHT[verb.needs]))
        assert everything() == before, name


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_by_every_role(road: Road, name: str) -> None:
    verb = VERBS[name]
    road.form = verb.form
    road.to(verb.state)
    ready(road, name)
    before = everything()
    for officer, role in [*CAST.items(), ("cleo", "")]:
        if verb.needs in ROLES.get(role, frozenset()):
            continue
        expected = NotVisible if officer in ("cleo", "lin", "kit") else NotAllowed
        actor = who(officer)
        if officer in ("lin", "kit"):  # what belongs to the office is held there, and sees no compartment
            actor = replace(actor, grants=frozenset((held, "office") for held, _ in actor.grants))
        with pytest.raises(expected), undone():
            verb.act(road, actor)
    assert everything() == before
    with undone():
        verb.act(road, who(RIGHT[verb.needs]))
        assert everything() != before


@pytest.mark.parametrize("name", VERBS)
def test_nobody_acts_in_two_capacities(road: Road, name: str) -> None:
    verb = VERBS[name]
    road.form = verb.form
    road.to(verb.state)
    ready(road, name)
    zed = acting("zed", *ROLES)
    others = [duty for duty in Duty if duty != verb.duty and frozenset({duty, verb.duty}) not in MAY_MEET]
    for duty in others:
        with undone():
            acted(road, duty)
            before = everything()
            with pytest.raises(Refused) as refused, undone():
                verb.act(road, zed)
            assert "awards.duties-apart" in refused.value.rules, duty
            assert everything() == before, duty


def test_who_handled_a_tip_or_attested_it_nominates_nobody(road: Road) -> None:
    for officer in ("hana", "gus"):
        before = everything()
        text = road.ground.text()
        with pytest.raises(Refused) as refused, undone():
            draft_nomination(
                outcome=road.ground.outcome, text=text, actor=acting(officer, "nominator"), now=NOON
            )
        assert refused.value.rules == ("awards.duties-apart",)
        assert everything() == before


def ready(road: Road, name: str) -> None:
    """What the verb asks for besides the state: answers where eligibility is found."""
    if name == "find eligible":
        for share in road.award.shares.all():
            answer(share)


def acted(road: Road, duty: Duty) -> None:
    """Zed acts on the award in this capacity; who handled a tip is known from the tip itself."""
    if duty is Duty.HANDLE:
        share = road.award.shares.first()
        assert share is not None
        Share.objects.filter(pk=share.pk).update(tip=make_tip("zed").ref)
    else:
        Step.objects.create(
            award=road.award, move="x", state=road.award.state, duty=duty, actor="zed", at=NOON
        )

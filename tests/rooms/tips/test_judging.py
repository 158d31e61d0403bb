"""States by the table, urgency, dispositions that can be corrected and not hidden, notes for colleagues."""

import itertools
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.source import Source
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.outbox.jobs import deliver
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.tips import actions
from tipstaff.tips.models import Judgement, Note, Tip
from tipstaff.tips.states import PUBLIC, Disposition, PublicState, Urgency

S = PublicState
MOVES = ["read", "pass_on", "want_more", "close", "reopen"]
LEGAL = {
    ("read", S.RECEIVED): S.BEING_READ,
    ("read", S.PASSED_ON): S.BEING_READ,
    ("read", S.MORE_WANTED): S.BEING_READ,
    ("pass_on", S.BEING_READ): S.PASSED_ON,
    ("pass_on", S.MORE_WANTED): S.PASSED_ON,
    ("want_more", S.BEING_READ): S.MORE_WANTED,
    ("want_more", S.PASSED_ON): S.MORE_WANTED,
    ("close", S.RECEIVED): S.CLOSED,
    ("close", S.BEING_READ): S.CLOSED,
    ("close", S.PASSED_ON): S.CLOSED,
    ("close", S.MORE_WANTED): S.CLOSED,
    ("reopen", S.CLOSED): S.BEING_READ,
}
OTHERS = [("ben", Refused), ("dora", NotAllowed), ("cleo", NotVisible)]


@pytest.fixture
def held(opened: Callable[..., Tip], source: Source, ana: Actor) -> Tip:
    """The source's tip, in Ana's hands."""
    tip = opened(source)
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    return tip


def test_the_matrix_is_whole() -> None:
    assert {move.name for move in PUBLIC.moves} == set(MOVES)


@pytest.mark.parametrize("move, state", list(itertools.product(MOVES, PublicState)))
def test_every_move_from_every_state(held: Tip, ana: Actor, move: str, state: PublicState) -> None:
    Tip.objects.unscoped("a test arranges").filter(pk=held.pk).update(state=state)
    before, parcels = records(), Parcel.objects.count()
    expected = LEGAL.get((move, state))

    if expected is None:
        with pytest.raises(MoveNotInTable):
            actions.set_state(ref=held.ref, move=move, actor=ana, now=NOON)
        assert (get_tip(held.ref).state, records(), Parcel.objects.count()) == (state, before, parcels)
    else:
        assert actions.set_state(ref=held.ref, move=move, actor=ana, now=NOON) == expected
        assert get_tip(held.ref).state == expected
        assert records()[len(before) :] == [("tips.tip.state_set", "ana")]
        assert Parcel.objects.count() == parcels + 1


def test_the_source_sees_the_newest_state_with_its_day(source: Source, held: Tip, ana: Actor) -> None:
    actions.set_state(ref=held.ref, move="read", actor=ana, now=NOON)
    actions.write(ref=held.ref, text="Which pier?", actor=ana, now=NOON)
    actions.set_state(ref=held.ref, move="want_more", actor=ana, now=NOON)
    deliver(None, NOON)

    assert [(reply.number, reply.state) for reply in source.replies()] == [(3, None), (4, "more-wanted")]


@pytest.mark.parametrize("who, error", OTHERS)
@pytest.mark.parametrize(
    "verb, given",
    [("set_state", {"move": "read"}), ("dispose", {"kind": Disposition.SPAM, "reason": "An advertisement."})],
)
def test_others_decide_nothing(
    request: pytest.FixtureRequest, held: Tip, verb: str, given: dict[str, object],
    who: str, error: type[Exception],
) -> None:  # fmt: skip
    before, parcels = records(), Parcel.objects.count()

    with pytest.raises(error):
        getattr(actions, verb)(ref=held.ref, actor=request.getfixturevalue(who), now=NOON, **given)

    now = get_tip(held.ref)
    assert (now.state, now.disposition) == ("received", "")
    assert (records(), Parcel.objects.count(), Judgement.objects.count()) == (before, parcels, 0)


def test_what_nobody_has_nobody_decides(opened: Callable[..., Tip], ana: Actor) -> None:
    tip = opened()

    with pytest.raises(Refused) as refused:
        actions.set_state(ref=tip.ref, move="read", actor=ana, now=NOON)

    assert refused.value.rules == ("tips.hold.none",)
    assert get_tip(tip.ref).state == "received"


def test_urgency_is_anybodys_who_judges(held: Tip, ben: Actor) -> None:
    actions.set_urgency(ref=held.ref, urgency=Urgency.DANGER, actor=ben, now=NOON)
    actions.set_urgency(ref=held.ref, urgency=Urgency.DANGER, actor=ben, now=NOON)

    assert get_tip(held.ref).urgency == "danger"
    assert records()[1:] == [("tips.tip.urgency_set", "ben")]


@pytest.mark.parametrize("who, error", [("dora", NotAllowed), ("cleo", NotVisible)])
def test_others_set_no_urgency(
    request: pytest.FixtureRequest, held: Tip, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.set_urgency(
            ref=held.ref, urgency=Urgency.DANGER, actor=request.getfixturevalue(who), now=NOON
        )

    assert get_tip(held.ref).urgency == ""
    assert len(records()) == 1


@pytest.mark.parametrize("kind", Disposition)
def test_every_disposition_is_kept_with_its_reason(held: Tip, ana: Actor, kind: Disposition) -> None:
    actions.dispose(ref=held.ref, kind=kind, reason=" A sentence. ", actor=ana, now=NOON)

    row = Judgement.objects.get()
    assert (row.kind, row.reason, row.author, row.at) == (kind, "A sentence.", "ana", NOON)
    assert get_tip(held.ref).disposition == kind


def test_a_correction_leaves_what_was_said_before(held: Tip, ana: Actor) -> None:
    actions.dispose(ref=held.ref, kind=Disposition.SPAM, reason="An advertisement.", actor=ana, now=NOON)
    actions.dispose(ref=held.ref, kind=Disposition.ACTIONABLE, reason="It was not.", actor=ana, now=NOON)

    assert list(Judgement.objects.order_by("pk").values_list("kind", "reason")) == [
        ("spam", "An advertisement."),
        ("actionable", "It was not."),
    ]
    assert get_tip(held.ref).disposition == "actionable"


@pytest.mark.parametrize(
    "reason, rule", [("  ", "tips.disposition.reason"), ("a" * 1_001, "tips.disposition.long")]
)
def test_a_disposition_needs_a_reason(held: Tip, ana: Actor, reason: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.dispose(ref=held.ref, kind=Disposition.SPAM, reason=reason, actor=ana, now=NOON)

    assert refused.value.rules == (rule,)
    assert (Judgement.objects.count(), get_tip(held.ref).disposition) == (0, "")


def test_any_colleague_leaves_a_note(held: Tip, ben: Actor) -> None:
    actions.add_note(ref=held.ref, text="Seen this boat before.", actor=ben, now=NOON)

    assert list(Note.objects.values_list("author", "text")) == [("ben", "Seen this boat before.")]
    assert records()[-1] == ("tips.tip.noted", "ben")


@pytest.mark.parametrize("who, error", [("dora", NotAllowed), ("cleo", NotVisible)])
def test_others_leave_no_note(
    request: pytest.FixtureRequest, held: Tip, who: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        actions.add_note(ref=held.ref, text="Note", actor=request.getfixturevalue(who), now=NOON)

    assert (Note.objects.count(), len(records())) == (0, 1)


@pytest.mark.parametrize("text, rule", [(" ", "tips.note.empty"), ("a" * 10_001, "tips.note.long")])
def test_a_note_says_something_within_its_limit(held: Tip, ana: Actor, text: str, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.add_note(ref=held.ref, text=text, actor=ana, now=NOON)

    assert refused.value.rules == (rule,)
    assert Note.objects.count() == 0


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [Note, Judgement])
def test_the_database_refuses_to_change_what_was_said(
    held: Tip, ana: Actor, model: type[Note] | type[Judgement], act: str
) -> None:
    actions.add_note(ref=held.ref, text="A note.", actor=ana, now=NOON)
    actions.dispose(ref=held.ref, kind=Disposition.SPAM, reason="A reason.", actor=ana, now=NOON)

    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        if act == "update":
            model.objects.update(author="cleo")
        else:
            model.objects.all().delete()

    assert model.objects.get().author == "ana"

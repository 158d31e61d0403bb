"""Every verb in every state, and every verb by everybody: what is allowed happens, all else moves nothing."""

from collections.abc import Callable

import pytest

from tests.rooms.rulebook.conftest import NOON, TOCRP, acting, everything, numbered, records, sheet_now
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.rulebook import actions
from tipstaff.rulebook.models import RuleSheet
from tipstaff.rulebook.states import SheetState

GUS = acting("gus", "approver")

VERBS: dict[str, Callable[[RuleSheet, Actor], object]] = {
    "approve": lambda row, actor: actions.approve_sheet(
        ref=row.ref, digest=row.text.digest, actor=actor, now=NOON
    ),
    "return": lambda row, actor: actions.return_sheet(
        ref=row.ref, reason="a cap is wrong", actor=actor, now=NOON
    ),
}
AFTER = {
    ("approve", "proposed"): "seconded",
    ("approve", "seconded"): "in-force",
    ("return", "proposed"): "returned",
    ("return", "seconded"): "returned",
}


@pytest.mark.parametrize("state", SheetState)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_from_every_state(bring, verb, state):
    row = bring(state)
    before = everything()

    if (verb, state) in AFTER:
        VERBS[verb](row, GUS)
        assert sheet_now(row.ref).state == AFTER[verb, state]
    else:
        with pytest.raises(MoveNotInTable):
            VERBS[verb](row, GUS)
        assert everything() == before


@pytest.mark.parametrize(
    "who, error",
    [("ana", NotAllowed), ("ben", None), ("fay", None), ("dora", NotAllowed), ("cleo", NotVisible)],
)
@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_by_everybody(request, bring, verb, who, error):
    row = bring("proposed")
    before = everything()

    if error is None:
        VERBS[verb](row, request.getfixturevalue(who))
        assert everything() != before
    else:
        with pytest.raises(error):
            VERBS[verb](row, request.getfixturevalue(who))
        assert everything() == before


@pytest.mark.parametrize("who", ["ben", "dora", "cleo"])
def test_only_an_editor_of_the_compartment_proposes(request, who):
    before = everything()

    with pytest.raises(NotAllowed):
        actions.propose_sheet(
            sheet=TOCRP, compartment="harbour", actor=request.getfixturevalue(who), now=NOON
        )

    assert everything() == before


def test_three_officers_put_a_sheet_in_force(bring):
    row = bring("in-force")

    assert (row.proposed_by, row.seconded_by, row.approved_by) == ("ana", "ben", "fay")
    assert records() == [
        ("rulebook.sheet.proposed", "ana"),
        ("rulebook.sheet.seconded", "ben"),
        ("rulebook.sheet.approved", "fay"),
    ]


@pytest.mark.parametrize(
    "proposer, approvals, rules",
    [
        ("eva", ["eva"], ("rulebook.sheet-second-officer",)),
        ("eva", ["ben", "eva"], ("rulebook.sheet-second-officer",)),
        ("ana", ["ben", "ben"], ("rulebook.sheet-third-officer",)),
    ],
)
def test_two_others_approve_neither_the_proposer_nor_one_officer_twice(request, proposer, approvals, rules):
    row = actions.propose_sheet(
        sheet=TOCRP, compartment="harbour", actor=request.getfixturevalue(proposer), now=NOON
    )
    *first, last = approvals
    for who in first:
        VERBS["approve"](row, request.getfixturevalue(who))
    before = everything()

    with pytest.raises(Refused) as refused:
        VERBS["approve"](row, request.getfixturevalue(last))

    assert refused.value.rules == rules
    assert everything() == before


def test_a_text_that_was_not_read_is_not_approved(bring, ben):
    row = bring("proposed")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.approve_sheet(ref=row.ref, digest=numbered(2).digest(), actor=ben, now=NOON)

    assert refused.value.rules == ("rulebook.sheet-seen",)
    assert everything() == before


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_who_returns_a_sheet_says_why(bring, ben, reason):
    row = bring("proposed")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.return_sheet(ref=row.ref, reason=reason, actor=ben, now=NOON)

    assert refused.value.rules == ("rulebook.reason-given",)
    assert everything() == before

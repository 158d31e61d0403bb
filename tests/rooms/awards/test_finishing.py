"""After certification, and the end: notices, protection, another look, and closing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.rooms.awards.cast import NOON, Road, advise, everything, who
from tests.rooms.awards.test_deciding import refused
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import deciding, finishing
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.ledger import queries as ledger


def plan(road: Road, **changes: object) -> object:
    stated = {"needed": False, "plan": "nobody asked for it", "vaults": {}} | changes
    return finishing.plan_protection(ref=road.ref, actor=who("pia"), now=NOON, **stated)  # type: ignore[arg-type]  # a test's shorthand


def test_cryptocurrency_waits_fifteen_days(road: Road) -> None:
    road.form = "crypto"
    road.to("in-notice")

    def end(days: int) -> object:
        return finishing.end_notice(ref=road.ref, actor=who("cora"), now=NOON + timedelta(days=days))

    assert refused(lambda: end(14)) == ("awards.notice-days",)
    assert end(15)
    assert road.award.state == "notice-over"


def test_cryptocurrency_is_not_arranged_without_notice(road: Road) -> None:
    road.form = "crypto"
    road.to("certified")

    assert refused(lambda: plan(road)) == ("awards.notice-first",)


@pytest.mark.parametrize("form, reference, rules", [
    ("money", "N-1", ("awards.notice-asked",)),
    ("crypto", " ", ("awards.notice-reference",)),
])  # fmt: skip
def test_a_notice_is_of_cryptocurrency_and_can_be_found(
    road: Road, form: str, reference: str, rules: object
) -> None:
    road.form = form
    road.to("certified")

    assert (
        refused(lambda: finishing.give_notice(ref=road.ref, reference=reference, actor=who("cora"), now=NOON))
        == rules
    )


def test_who_is_in_danger_gets_a_plan(road: Road) -> None:
    road.answers = {"protection": "yes"}
    road.to("certified")

    assert refused(lambda: plan(road)) == ("awards.protection-planned",)
    assert refused(lambda: plan(road, needed=True, plan=" ")) == ("awards.protection-said",)
    plan(road, needed=True, plan="another town")
    assert (road.award.protection, road.award.protection_plan) == (True, "another town")


def test_a_plan_names_identities_that_are_in_the_vault(road: Road, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipstaff.vault.queries.identity_exists", lambda ref: ref == "IDN-1")
    road.to("certified")

    assert refused(lambda: plan(road, vaults={"1": "IDN-2"})) == ("awards.vault-sealed",)
    assert refused(lambda: plan(road, vaults={"7": "IDN-1"})) == ("awards.vault-sealed",)
    plan(road, needed=True, vaults={"1": "IDN-1"})
    assert dict(road.award.shares.values_list("number", "vault")) == {"1": "IDN-1", "2": ""}


@pytest.mark.parametrize("state", ["denied", "ineligible"])
def test_another_look_is_asked_for_in_time_and_says_why(road: Road, state: str) -> None:
    road.to(state)

    def again(days: int, reason: str = "a new paper") -> object:
        now = NOON + timedelta(days=days)
        return finishing.reconsider_award(ref=road.ref, reason=reason, actor=who("cora"), now=now)

    assert refused(lambda: again(31)) == ("awards.reconsidered-in-time",)
    assert refused(lambda: again(1, "")) == ("awards.reason-given",)
    again(30)
    assert (road.award.state, road.award.decided_on, road.award.recommended_minor) == (
        "reconsidered",
        None,
        None,
    )


def test_another_look_is_given_once(road: Road) -> None:
    road.to("reconsidered")
    advise(road.award, None)
    deciding.deny_award(ref=road.ref, reason="known all the same", actor=who("sera"), now=NOON)

    assert refused(
        lambda: finishing.reconsider_award(ref=road.ref, reason="again", actor=who("cora"), now=NOON)
    ) == ("awards.reconsidered-once",)


def test_what_was_never_collected_goes_back(road: Road) -> None:
    road.to("lapsed")
    held = ledger.figures_of("harbour", 2027)

    finishing.close_award(ref=road.ref, reason="nobody came", actor=who("cora"), now=NOON)

    now = ledger.figures_of("harbour", 2027)
    assert (held.committed.minor, now.committed.minor) == (12_000_000, 0)
    assert now.available.minor - held.available.minor == 12_000_000
    assert road.award.state == "closed"


def test_what_is_closed_stays_closed(road: Road) -> None:
    road.to("closed")
    before = everything()

    acts: list[Callable[[], object]] = [
        lambda: finishing.close_award(ref=road.ref, reason="again", actor=who("cora"), now=NOON),
        lambda: finishing.reconsider_award(ref=road.ref, reason="again", actor=who("cora"), now=NOON),
    ]
    for act in acts:
        with pytest.raises(MoveNotInTable), undone():
            act()
    assert everything() == before

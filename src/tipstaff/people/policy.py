"""When a grant may be given, confirmed or ended. Pure: facts in, Decision out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.people.roles import EITHER_ROLES, KEPT_APART, OFFICE, OFFICE_ROLES, ROLES


@dataclass(frozen=True, slots=True)
class Held:
    """A grant that stands or waits: its role, compartment and days (`until` None: open)."""

    role: str
    compartment: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveFacts:
    """What deciding on a new grant needs to know. `held` are the holder's other grants, waiting ones
    included.
    """

    giver: str
    holder: str
    grant: Held
    today: date
    held: tuple[Held, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmFacts:
    """What deciding on a confirmation needs to know."""

    confirmer: str
    giver: str
    holder: str
    grant: Held
    today: date
    held: tuple[Held, ...]


def may_give(facts: GiveFacts) -> Decision:
    """Nobody grants themselves; roles stand where they belong; days make sense; nothing twice; roles kept
    apart.
    """
    grant = facts.grant
    refusals = []
    if facts.giver == facts.holder:
        refusals.append(
            Refusal("people.not-to-oneself", "Nobody grants themselves a role; ask another administrator.")
        )
    if grant.role not in ROLES:
        refusals.append(Refusal("people.known-role", "There is no role {role}.", {"role": grant.role}))
    elif not _belongs(grant.role, grant.compartment):
        refusals.append(_out_of_place(grant.role))
    if grant.until is not None and grant.until < grant.since:
        refusals.append(Refusal("people.days-in-order", "The last day lies before the first."))
    if grant.until is not None and grant.until < facts.today:
        refusals.append(Refusal("people.not-over-already", "The last day has passed already."))
    same = [held for held in facts.held if (held.role, held.compartment) == (grant.role, grant.compartment)]
    if any(_overlap(held, grant) for held in same):
        refusals.append(
            Refusal("people.not-twice", "This officer has this role there already in those days.")
        )
    return Decision((*refusals, *_apart(grant, facts.held)))


def may_confirm(facts: ConfirmFacts) -> Decision:
    """A second officer confirms: neither the one who gave it nor the one who gets it."""
    refusals = []
    if facts.confirmer == facts.giver:
        refusals.append(
            Refusal("people.second-officer", "You gave this grant; another administrator confirms it.")
        )
    if facts.confirmer == facts.holder:
        refusals.append(Refusal("people.not-to-oneself", "Nobody confirms a grant of their own."))
    if facts.grant.until is not None and facts.grant.until < facts.today:
        refusals.append(Refusal("people.not-over-already", "The last day has passed already."))
    return Decision((*refusals, *_apart(facts.grant, facts.held)))


def may_end(*, role: str, in_force: bool, administrators_left: int) -> Decision:
    """Two administrators stay: with one, no grant could ever be given again.

    `administrators_left` counts other administrators in force today.
    """
    if role == "administrator" and in_force and administrators_left < 2:
        refusal = Refusal(
            "people.two-administrators",
            "Fewer than two administrators would be left, and no grant could be given. Add another first.",
        )
        return Decision((refusal,))
    return Decision()


def _belongs(role: str, compartment: str) -> bool:
    return role in EITHER_ROLES or (role in OFFICE_ROLES) == (compartment == OFFICE)


def _out_of_place(role: str) -> Refusal:
    if role in OFFICE_ROLES:
        return Refusal(
            "people.role-in-its-place",
            "The role {role} is granted for the whole office only.",
            {"role": role},
        )
    return Refusal(
        "people.role-in-its-place",
        "The role {role} is granted in a compartment, not for the office.",
        {"role": role},
    )


def _apart(grant: Held, others: Iterable[Held]) -> list[Refusal]:
    clashing = sorted(
        {
            held.role
            for held in others
            if _overlap(held, grant) and frozenset({held.role, grant.role}) in KEPT_APART
        }
    )
    return [
        Refusal(
            "people.kept-apart",
            "The roles {one} and {other} are kept apart: one officer never holds both.",
            {"one": grant.role, "other": role},
        )
        for role in clashing
    ]


def _overlap(one: Held, other: Held) -> bool:
    return (one.until is None or one.until >= other.since) and (
        other.until is None or other.until >= one.since
    )

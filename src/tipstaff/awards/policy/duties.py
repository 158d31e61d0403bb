"""Nobody acts on one award in two capacities: who nominated does not vote, who voted does not decide, who decided does
not pay. Pure.
"""

from collections.abc import Mapping

from tipstaff.awards.states import Duty
from tipstaff.kernel.decision import Decision, Refusal

# Capacities that may meet in one officer on one award: an investigator who attested may also witness nothing, but an
# officer who handled the tip may have investigated. Every other pair is kept apart.
MAY_MEET = frozenset({frozenset({Duty.HANDLE, Duty.INVESTIGATE})})


def may_act_as(duty: Duty, actor: str, done: Mapping[Duty, frozenset[str]]) -> Decision:
    """Whether `actor` may act on an award as `duty`; `done` maps each capacity to the officers who acted in it."""
    held = [
        other
        for other, officers in done.items()
        if actor in officers and other != duty and frozenset({other, duty}) not in MAY_MEET
    ]
    return Decision(
        tuple(
            Refusal(
                "awards.duties-apart",
                "You acted on this award already ({other}), so another officer has to do this ({duty}).",
                {"other": other.value, "duty": duty.value},
            )
            for other in sorted(held)
        )
    )

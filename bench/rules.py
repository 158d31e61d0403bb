"""The rules of a reward: whole determinations a second on one core, under each computation."""

from dataclasses import replace

from bench import machine
from bench.envelopes import rate
from tests.unit.rulebook.awards import AWARDS, a_payee
from tipstaff.rulebook.determination import determine
from tipstaff.rulebook.facts import RewardFacts
from tipstaff.rulebook.policy import Stage
from tipstaff.rulebook.sheet import Sheet

TARGET = 10_000
PAYEES = 5


def measure(runs: int) -> None:
    """Print the table: every rule of the decision and the amount, for one payee and for several."""
    rows = []
    for award, sheet in AWARDS:
        several = replace(
            award, payees=tuple(a_payee(source=f"S-{n}", tip=f"TIP-{n}") for n in range(PAYEES))
        )
        for facts, target in ((award, TARGET), (several, None)):
            rates = [_rate(facts, sheet) for _ in range(runs)]
            ratio = f"{machine.middle(rates) / target:.1f}" if target else ""
            rows.append([f"{sheet.computation}, payees: {len(facts.payees)}", machine.spread(rates), ratio])
    machine.show(
        f"Determinations on one core, medians of {runs} runs (least–greatest)",
        ("", "a second", "× target"),
        rows,
    )


def _rate(facts: RewardFacts, sheet: Sheet) -> float:
    digest = sheet.digest()  # once for a sheet, as it is stored beside it
    return rate(lambda: determine(Stage.DECISION, facts, sheet, digest))

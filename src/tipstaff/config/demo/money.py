"""The demo's books: invented money for the fictional programme, none for the real one."""

from datetime import datetime

from tipstaff.config.demo.cast import HARBOUR
from tipstaff.config.demo.office import acting
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.ledger import actions as ledger
from tipstaff.ledger.policy import fiscal_year

PROGRAMME = "grey-gull-demo"
A_YEAR = Money(5_000_000_00, "USD")


def appropriate(now: datetime) -> None:
    """Five million invented dollars for this fiscal year and the next: the demo's story may cross into it."""
    first = fiscal_year(day(now))
    for year in (first, first + 1):
        ledger.appropriate(
            programme=PROGRAMME,
            compartment=HARBOUR[0],
            fiscal_year=year,
            amount=A_YEAR,
            reference=f"DEMO-ACT-{year}",
            actor=acting("tess", now),
            now=now,
        )

"""What a statute allows an offer to promise: which outcomes it pays for, and its ceiling.

The law stands here and programmes stand in files. A programme under an authority that is not in this list
states its own ceiling in its file, and its paragraphs are taken as written.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tipstaff.kernel.money import Money

OUTCOMES = (
    "arrest_and_or_conviction",
    "disruption_of_financial_mechanisms",
    "identification_or_location",
    "prevention_or_dismantling",
)
TARGET_KINDS = ("organisation", "person", "role")


@dataclass(frozen=True, slots=True)
class Authority:
    """One statute: its ceiling for a single reward, and the outcomes each of its paragraphs pays for."""

    name: str
    ceiling: Money
    ceiling_citation: str
    paragraphs: Mapping[str, frozenset[str]]

    def fits(self, outcome: str, paragraph: str) -> bool:
        """Whether `paragraph` of this statute pays for `outcome`."""
        return outcome in self.paragraphs.get(paragraph, frozenset())


_ARREST = frozenset({"arrest_and_or_conviction"})
_ANY = frozenset(OUTCOMES)

# 22 U.S.C. 2708(b)(1)–(14), payable outcomes; (e)(1), the ceiling: US$25,000,000 unless the Secretary of
# State personally determines otherwise. (11)–(14) state outcomes of several kinds and are not narrowed here.
STATE_REWARDS = Authority(
    name="22 USC 2708",
    ceiling=Money(25_000_000_00, "USD"),
    ceiling_citation="22 U.S.C. 2708(e)(1)",
    paragraphs={
        "b1": _ARREST,
        "b2": _ARREST,
        "b3": _ARREST,
        "b4": _ARREST,
        "b5": frozenset({"prevention_or_dismantling"}),
        "b6": frozenset({"identification_or_location"}),
        "b7": frozenset({"disruption_of_financial_mechanisms"}),
        "b8": _ARREST,
        "b9": _ARREST,
        "b10": _ARREST,
        "b11": _ANY,
        "b12": _ANY,
        "b13": _ANY,
        "b14": _ANY,
    },
)
KNOWN: Mapping[str, Authority] = {STATE_REWARDS.name: STATE_REWARDS}

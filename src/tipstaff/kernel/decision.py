"""What a rule answers: yes, or every reason why not."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: the rule's id (`offers.second-officer`) and a sentence for people.

    `says` is the English sentence with `{named}` places for the case's `facts`. The two stay apart, so that a
    page can say it in the reader's language, with its way of writing amounts and days.
    """

    rule: str
    says: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def because(self) -> str:
        """The sentence in English, for commands, records and logs."""
        if not self.facts:
            return self.says
        return self.says.format(**{name: _plain(fact) for name, fact in self.facts.items()})


def _plain(fact: object) -> str:
    return f"{fact:,}" if isinstance(fact, int) else str(fact)


class Refused(Exception):
    """A policy rule stands in the way. The caller may show `str(exc)` to the officer."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(r.because for r in refusals))
        self.refusals = refusals
        self.rules = tuple(r.rule for r in refusals)


@dataclass(frozen=True, slots=True)
class Decision:
    """All refusals, never only the first; none means allowed."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.refusals

    def or_raise(self) -> None:
        """Raise Refused with every reason, or return."""
        if self.refusals:
            raise Refused(self.refusals)

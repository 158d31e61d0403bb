"""What a rule answers: yes, or every reason why not."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason: the rule's id (`offers.second-officer`) and a sentence for people."""

    rule: str
    because: str


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

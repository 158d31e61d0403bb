"""The shape of what is posted. Pure: fields in, a form and its problems out; nothing typed is ever dropped."""

from dataclasses import dataclass

from tipstaff.sealed.envelope import LIMITS
from tipstaff.sealed.receipt import contains_receipt

HOW = ("saw", "told", "read", "there", "other")
MOST_DETAIL = 5_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the field it stands at, its kind (a sentence in the template), a name where one helps."""

    field: str
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class TipForm:
    """What a sender filled in, as typed."""

    text: str = ""
    offer: str = ""
    people: str = ""
    places: str = ""
    dates: str = ""
    how: str = ""
    may_ask: bool = False
    reward: bool = False

    @classmethod
    def of(cls, fields: dict[str, str]) -> "TipForm":
        return cls(
            text=fields.get("text", ""),
            offer=fields.get("offer", "").strip()[:40],
            people=fields.get("people", ""),
            places=fields.get("places", ""),
            dates=fields.get("dates", ""),
            how=fields.get("how", "") if fields.get("how", "") in HOW else "",
            may_ask="may_ask" in fields,
            reward="reward" in fields,
        )

    def problems(self, *, has_files: bool) -> list[Problem]:
        """Everything that has to be put right before this can be sealed."""
        found = text_problems(self.text, has_files=has_files)
        for name in ("people", "places", "dates"):
            value: str = getattr(self, name)
            if len(value) > MOST_DETAIL:
                found.append(Problem(name, "detail-too-long", f"{len(value) - MOST_DETAIL:,}"))
            elif contains_receipt(value):
                found.append(Problem(name, "receipt-in-text"))
        return found

    @property
    def open_folds(self) -> frozenset[str]:
        """The folds of the form that hold something: they stay open and so say so."""
        return frozenset(
            fold
            for fold, filled in {
                "offer": bool(self.offer),
                "details": bool(self.people or self.places or self.dates),
                "you": bool(self.how or self.may_ask or self.reward),
            }.items()
            if filled
        )


def text_problems(text: str, *, has_files: bool) -> list[Problem]:
    """What is wrong with the one box that has to be filled."""
    if not text.strip():
        return [Problem("text", "empty-with-files" if has_files else "empty")]
    if len(text) > LIMITS.TEXT_CHARACTERS:
        return [Problem("text", "too-long", f"{len(text) - LIMITS.TEXT_CHARACTERS:,}")]
    if contains_receipt(text):
        return [Problem("text", "receipt-in-text")]
    return []

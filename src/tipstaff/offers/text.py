"""What an offer says: one frozen value from the programme file to the public notice.

A draft, a version and a notice all hold this same value; `canonical` is the one way to write it down, so that
its digest names it wherever it lies. Conditions, channels and sources are the notice's own classes: what two
officers approve is, field by field, what the public reads.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from tipstaff.hatch.notice import Channel, Condition, Source, Texts
from tipstaff.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferText:
    """Everything about an offer but its state and its dates of publication.

    `languages` begins with the language of the original; `translated` says whose each translation is.
    `change` says what an amendment changes, and is empty in a first text. `agencies` are codes of the
    programme's agencies and stay at the desk; all else is public once the text is published.
    """

    ref: str
    programme: str
    authority: str
    citation: str
    agencies: tuple[str, ...]
    languages: tuple[str, ...]
    translated: Texts
    title: Texts
    summary: Texts
    wording: Texts
    change: Texts
    cap: Money
    conditions: tuple[Condition, ...]
    channels: tuple[Channel, ...]
    announced: date
    expires: date | None
    source: Source

    def canonical(self) -> str:
        """This text as one line of JSON, always the same for the same text."""
        return json.dumps(to_json(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """SHA-256 of the canonical form, in hex."""
        return sha256(self.canonical().encode()).hexdigest()

    def says_the_same(self, other: "OfferText") -> bool:
        """Whether the public would read the same, whatever is said about the change itself."""
        return replace(self, change={}).canonical() == replace(other, change={}).canonical()


def to_json(text: OfferText) -> dict[str, Any]:
    """`text` as plain JSON values, dates as ISO 8601: what a draft and a version store."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(text), default=date.isoformat))
    return plain


def from_json(plain: Mapping[str, Any]) -> OfferText:
    """The text that `to_json` wrote down."""
    source = plain["source"]
    return OfferText(
        **{
            **plain,
            "agencies": tuple(plain["agencies"]),
            "languages": tuple(plain["languages"]),
            "cap": Money(**plain["cap"]),
            "conditions": tuple(condition_from_json(condition) for condition in plain["conditions"]),
            "channels": tuple(
                Channel(**{**channel, "languages": tuple(channel["languages"])})
                for channel in plain["channels"]
            ),
            "announced": date.fromisoformat(plain["announced"]),
            "expires": date.fromisoformat(plain["expires"]) if plain["expires"] else None,
            "source": Source(source["title"], date.fromisoformat(source["on"])),
        }
    )


def condition_from_json(plain: Mapping[str, Any]) -> Condition:
    """One condition of a text that `to_json` wrote down."""
    return Condition(
        **{
            **plain,
            "elements": tuple(plain["elements"]),
            "paragraphs": tuple(plain["paragraphs"]),
            "cap": Money(**plain["cap"]),
        }
    )

"""When a tip may be worked on. Pure: facts in, Decision out."""

from collections.abc import Mapping
from dataclasses import dataclass

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.tips.states import Doubt

# What fits into one reply slot; the sealed reply's own limit, in bytes of UTF-8.
MESSAGE_BYTES = 2_500
NOTE_CHARACTERS = 10_000
REASON_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """Who acts (`actor`), and who has the tip (`holder`, empty when nobody; `holder_name` for people)."""

    actor: str
    holder: str
    holder_name: str


def may_claim(facts: HoldFacts) -> Decision:
    """A tip has one holder at a time; claiming what one holds already is refused too, so that a claim is
    news."""
    if facts.holder == facts.actor:
        return _no("tips.claim.already", "You have this tip already.")
    if facts.holder:
        return _no(
            "tips.claim.taken",
            "{holder} has this tip. Ask them to release it or hand it over.",
            {"holder": facts.holder_name},
        )
    return Decision()


def may_act(facts: HoldFacts) -> Decision:
    """What the source sees, and what a tip is judged to be, is decided by whoever holds it."""
    if facts.holder == facts.actor:
        return Decision()
    if facts.holder:
        return _no(
            "tips.hold.other",
            "{holder} has this tip. Ask them to release it or hand it over.",
            {"holder": facts.holder_name},
        )
    return _no("tips.hold.none", "Nobody has this tip. Claim it first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverFacts:
    """Handing a tip over: to `receiver`, who may or may not be allowed to claim it."""

    hold: HoldFacts
    receiver: str
    receiver_may_claim: bool


def may_hand_over(facts: HandOverFacts) -> Decision:
    """The holder gives; the receiver must be somebody else who may claim this tip."""
    refusals = list(may_act(facts.hold).refusals)
    if facts.receiver == facts.hold.holder:
        refusals.append(Refusal("tips.hand-over.same", "You have this tip yourself. Choose a colleague."))
    elif not facts.receiver_may_claim:
        refusals.append(
            Refusal(
                "tips.hand-over.not-theirs", "This officer may not claim this tip. Choose another colleague."
            )
        )
    return Decision(tuple(refusals))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignFacts:
    """Taking a tip from its holder: for `receiver`, who may or may not be allowed to claim it, and why."""

    hold: HoldFacts
    receiver: str
    receiver_may_claim: bool
    reason: str


def may_reassign(facts: ReassignFacts) -> Decision:
    """A supervisor moves what a colleague has and cannot give; the history keeps why."""
    refusals = []
    if not facts.hold.holder:
        refusals.append(
            Refusal("tips.reassign.free", "Nobody has this tip: whoever is to work on it can claim it.")
        )
    elif facts.hold.holder == facts.hold.actor:
        refusals.append(
            Refusal("tips.reassign.yours", "You have this tip yourself: release it or hand it over.")
        )
    elif facts.receiver == facts.hold.holder:
        refusals.append(
            Refusal(
                "tips.reassign.same",
                "{holder} has this tip already. Choose another colleague.",
                {"holder": facts.hold.holder_name},
            )
        )
    if not facts.receiver_may_claim:
        refusals.append(
            Refusal(
                "tips.reassign.not-theirs", "This officer may not claim this tip. Choose another colleague."
            )
        )
    if not facts.reason.strip() or len(facts.reason) > REASON_CHARACTERS:
        refusals.append(
            Refusal(
                "tips.reassign.reason",
                "Say why it is taken from its holder, in at most {most} characters: the tip's history keeps it.",
                {"most": REASON_CHARACTERS},
            )
        )
    return Decision(tuple(refusals))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """A text about to be kept or sent."""

    text: str
    packed_bytes: int = 0


def may_send(facts: TextFacts) -> Decision:
    """A message to the source fits in one slot, or is not sent: it is never cut."""
    if not facts.text.strip():
        return _no("tips.message.empty", "The message is empty. Write what you want to tell or ask.")
    if facts.packed_bytes > MESSAGE_BYTES:
        return _no(
            "tips.message.long",
            "The message is {over} bytes too long: at most {most} fit, "
            "and letters with accents or of other scripts count for two to four. "
            "Shorten it, or send it in two messages.",
            {"over": facts.packed_bytes - MESSAGE_BYTES, "most": MESSAGE_BYTES},
        )
    return Decision()


def may_note(facts: TextFacts) -> Decision:
    """A note says something, within its limit."""
    if not facts.text.strip():
        return _no("tips.note.empty", "The note is empty. Write what your colleagues should know.")
    if len(facts.text) > NOTE_CHARACTERS:
        return _no(
            "tips.note.long",
            "A note holds at most {most} characters. Make two notes of it.",
            {"most": NOTE_CHARACTERS},
        )
    return Decision()


def may_dispose(facts: TextFacts) -> Decision:
    """A disposition carries a reason, so that it can be understood and corrected later."""
    if not facts.text.strip():
        return _no("tips.disposition.reason", "The reason is missing. Say in a sentence why.")
    if len(facts.text) > REASON_CHARACTERS:
        return _no(
            "tips.disposition.long",
            "A reason holds at most {most} characters. Shorten it.",
            {"most": REASON_CHARACTERS},
        )
    return Decision()


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseFacts:
    """A message about to be erased: whether we wrote it, and whether it is erased already."""

    ours: bool
    erased: bool


def may_erase(facts: EraseFacts) -> Decision:
    """What we wrote can be taken back. What a source wrote is evidence, and stands in the log besides."""
    if not facts.ours:
        return _no("tips.erase.theirs", "Only what we wrote can be erased, not what the source wrote.")
    if facts.erased:
        return _no("tips.erase.already", "This message is erased already.")
    return Decision()


def may_open_file(doubt: str) -> Decision:
    """A file is opened only when it is the very one that its sender sealed the hash of."""
    if doubt == Doubt.MISSING_FILE:
        return _no(
            "tips.file.missing", "This file never came: its sender named it, and the door did not have it."
        )
    if doubt == Doubt.OTHER_FILE:
        return _no(
            "tips.file.other",
            "This is not the file that its sender sealed: the hashes differ. It stays shut.",
        )
    return Decision()


def _no(rule: str, says: str, facts: Mapping[str, object] | None = None) -> Decision:
    return Decision((Refusal(rule, says, facts or {}),))

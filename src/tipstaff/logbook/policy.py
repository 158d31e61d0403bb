"""When the desk signs a public head: facts about the hatch's log in, Decision out. Pure.

Whoever holds the hatch could take an entry out, put another in its place, or bring back an older copy. The
desk signs only a log that begins with the one it signed last and in which every leaf is accounted for.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tipstaff.kernel.decision import Decision, Refusal

LEAST_GAP = timedelta(hours=1)
SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFacts:
    """What was found in the hatch; sizes count leaves, lists hold leaf numbers.

    `begins_with_last`: the entries still give the root that was signed last. `tree_agrees`: the hatch's
    stored tree gives the same roots as its entries. `checkpoint_wrong`: what is wrong with the door's newest
    checkpoint, or nothing. `strangers`: leaves since the last head that are neither an envelope taken in, nor
    one that waits, nor a cover. `lost`: leaves of envelopes that the desk took in and that the log does not
    hold (any more). `foreign`: a public head stands in the hatch that the desk did not sign.
    """

    last_size: int
    size: int
    begins_with_last: bool
    tree_agrees: bool
    checkpoint_wrong: str
    strangers: tuple[int, ...]
    lost: tuple[int, ...]
    foreign: bool


def may_sign(facts: LogFacts) -> Decision:
    """Whether the log may be signed as it is found. Rules `logbook.*`, each with what it protects from."""
    refusals = []
    if facts.size < facts.last_size:
        refusals.append(
            Refusal(
                "logbook.shorter",
                "The hatch's log has {size} leaves; the last public head has {last}. "
                "An older copy of the hatch seems to have been restored.",
                {"size": facts.size, "last": facts.last_size},
            )
        )
    elif not facts.begins_with_last:
        refusals.append(
            Refusal(
                "logbook.forked",
                "The first {last} entries are not the ones that were signed: one was changed or removed.",
                {"last": facts.last_size},
            )
        )
    if not facts.tree_agrees:
        refusals.append(
            Refusal(
                "logbook.tree",
                "The hatch's stored tree does not agree with its entries: one of them was changed.",
            )
        )
    if facts.checkpoint_wrong:
        refusals.append(
            Refusal(
                "logbook.checkpoint",
                "The door's newest checkpoint does not check: {problem}",
                {"problem": facts.checkpoint_wrong},
            )
        )
    if facts.strangers:
        refusals.append(
            Refusal(
                "logbook.unaccounted",
                "Leaves stand in the log without an envelope ({count}: {leaves}): it was taken out of the hatch, "
                "or the leaf was added by someone else.",
                {"count": len(facts.strangers), "leaves": _numbers(facts.strangers)},
            )
        )
    if facts.lost:
        refusals.append(
            Refusal(
                "logbook.lost",
                "The desk took in envelopes whose leaves the log does not hold ({count}: {leaves}). "
                "An older copy of the hatch seems to have been restored.",
                {"count": len(facts.lost), "leaves": _numbers(facts.lost)},
            )
        )
    if facts.foreign:
        refusals.append(
            Refusal("logbook.foreign", "The hatch shows a public head that the desk did not sign.")
        )
    return Decision(tuple(refusals))


def may_move_by_hand(last_signed_at: datetime | None, now: datetime) -> Decision:
    """A head that moves more than once an hour would tell when tips come."""
    if last_signed_at is None or now - last_signed_at >= LEAST_GAP:
        return Decision()
    return Decision(
        (
            Refusal(
                "logbook.too-soon",
                "The public head moved less than an hour ago; moving it again now would tell when tips "
                "come. Wait, or insist (`tipstaff log publish --insist`).",
            ),
        )
    )


def is_due(last_signed_at: datetime | None, head_hour: int, now: datetime) -> bool:
    """Whether the head moves now by itself: in the set hour (UTC), once a day. A missed hour is let pass.

    A head moved by hand on the same day, or within the hour before, counts.
    """
    if now.hour != head_hour:
        return False
    return last_signed_at is None or (
        last_signed_at.date() < now.date() and now - last_signed_at >= LEAST_GAP
    )


def _numbers(numbers: tuple[int, ...]) -> str:
    shown = ", ".join(str(number) for number in numbers[:SHOWN])
    return shown if len(numbers) <= SHOWN else f"{shown}, …"

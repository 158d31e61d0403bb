"""When an offer may be proposed, approved and published. Pure: facts in, every reason out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.kernel.money import Money
from tipstaff.offers.authority import KNOWN
from tipstaff.offers.text import OfferText

# Every rule of this room and what it rests on. docs/programme-file.md lists them; a test keeps it so.
RULES: Mapping[str, str] = {
    "offers.second-officer": "Separation of duties: nobody publishes alone what promises public money.",
    "offers.version-seen": "An officer approves the text that they read, not one put in its place meanwhile.",
    "offers.draft-moved-on": "What a colleague saved meanwhile is never overwritten unseen.",
    "offers.ceiling": "22 U.S.C. 2708(e)(1), or the ceiling that the programme's own authority states.",
    "offers.condition-cap": "A condition promises no more than the offer it stands in.",
    "offers.paragraph-pays": "22 U.S.C. 2708(b): each paragraph pays for outcomes of its own kind.",
    "offers.whole": "An offer has a condition and a way to tell, and says everything in each language.",
    "offers.amendment-differs": "A new version that says nothing new would only hide the one that did.",
    "offers.amendment-explained": "Whoever read the offer before can read what changed.",
    "offers.expiry-passed": "An offer whose last day is over promises nothing.",
    "offers.last-day": "An offer expires by its own last day and by nothing else.",
    "offers.reason-given": "Who stops or returns an offer says why: colleagues and auditors read it.",
    "offers.keys-made": "A notice names the keys that tips are sealed to; without them it leads nowhere.",
    "offers.programme-stays": "A programme keeps its compartment: who may see it is decided once.",
    "offers.ref-taken": "A reference names one offer for ever; a public offer changes by amendment alone.",
}

LONGEST_REASON = 500
# Moves for which a reason is asked.
REASONED = frozenset({"return", "suspend", "withdraw", "satisfy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFacts:
    """The text to propose, its authority's ceiling for one reward, and the text now public, if any."""

    text: OfferText
    ceiling: Money
    public: OfferText | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalFacts:
    """Who proposed which version, and who would approve which one."""

    proposer: str
    approver: str
    proposed_version: int
    seen_version: int


def may_propose(facts: ProposalFacts) -> Decision:
    """Whether this text may be put before a second officer."""
    return Decision(
        (
            *_gaps(facts.text),
            *_over_the_caps(facts.text, facts.ceiling),
            *_paragraphs_that_do_not_pay(facts.text),
            *_silent_changes(facts.text, facts.public),
        )
    )


def may_approve(facts: ApprovalFacts) -> Decision:
    """Whether this officer may approve this version."""
    refusals = []
    if facts.approver == facts.proposer:
        refusals.append(
            Refusal(
                "offers.second-officer",
                "You proposed this text yourself: a second officer has to approve it.",
            )
        )
    if facts.seen_version != facts.proposed_version:
        refusals.append(
            Refusal(
                "offers.version-seen",
                "You read version {seen}, but version {proposed} is proposed now: read it and decide again.",
                {"seen": facts.seen_version, "proposed": facts.proposed_version},
            )
        )
    return Decision(tuple(refusals))


def may_be_open(expires: date | None, today: date) -> Decision:
    """Whether an offer that holds up to and including `expires` may be put before the public on `today`."""
    if expires is None or today <= expires:
        return Decision()
    return _no(
        "offers.expiry-passed",
        "Its last day was {expires}: draft a text with a later one, or none.",
        {"expires": expires},
    )


def may_expire(expires: date | None, today: date) -> Decision:
    """Whether an offer that holds up to and including `expires` is over on `today`."""
    if expires is not None and today > expires:
        return Decision()
    if expires is None:
        return _no("offers.last-day", "It has no last day: withdraw it if it has to close now.")
    return _no(
        "offers.last-day",
        "It holds until {expires}: withdraw it if it has to close now.",
        {"expires": expires},
    )


def may_save(draft_revision: int, seen_revision: int) -> Decision:
    """Whether a draft may be saved over `draft_revision` by somebody who started from `seen_revision`."""
    if draft_revision == seen_revision:
        return Decision()
    return _no(
        "offers.draft-moved-on",
        "A colleague saved this draft meanwhile: open it again and make your changes in the newer text.",
    )


def needs_reason(reason: str) -> Decision:
    """Whether a reason was given, of a length that the history can keep."""
    if reason.strip() and len(reason) <= LONGEST_REASON:
        return Decision()
    return _no(
        "offers.reason-given",
        "Say why, in at most {most} characters: the offer's history keeps the reason.",
        {"most": LONGEST_REASON},
    )


def may_keep_programme(compartment: str, stated: str) -> Decision:
    """Whether a programme that is in `compartment` may be loaded from a file that states `stated`."""
    if compartment == stated:
        return Decision()
    return _no(
        "offers.programme-stays",
        "A programme of this code is in another compartment: give the new one a code of its own.",
    )


def may_announce(*, keys_are_made: bool) -> Decision:
    """Whether a notice can be written."""
    if keys_are_made:
        return Decision()
    return _no(
        "offers.keys-made", "The office has no published keys yet: run `tipstaff init`, then try again."
    )


def may_load(ref: str, *, taken: bool) -> Decision:
    """Whether a programme file may bring in `ref`; `taken` = it names a public, proposed or foreign offer."""
    if not taken:
        return Decision()
    return _no(
        "offers.ref-taken",
        "{ref} is already proposed, public or another programme's, and this file says something else: "
        "amend it at the desk, or give the new offer a reference of its own.",
        {"ref": ref},
    )


def _no(rule: str, says: str, facts: Mapping[str, object] | None = None) -> Decision:
    return Decision((Refusal(rule, says, facts or {}),))


def _gaps(text: OfferText) -> Iterator[Refusal]:
    if not text.conditions:
        yield Refusal("offers.whole", "It has no condition: say what is paid for.")
    if not text.channels:
        yield Refusal("offers.whole", "It has no channel: name at least one way to tell.")
    for language in text.languages:
        yield from _untold(text, language)


def _untold(text: OfferText, language: str) -> Iterator[Refusal]:
    if not _told(text.title, language):
        yield Refusal("offers.whole", "The title is missing in {language}.", {"language": language})
    if not _told(text.summary, language):
        yield Refusal("offers.whole", "The summary is missing in {language}.", {"language": language})
    if not _told(text.wording, language):
        yield Refusal(
            "offers.whole", "The published wording is missing in {language}.", {"language": language}
        )
    for number, condition in enumerate(text.conditions, 1):
        if not _told(condition.target, language):
            yield Refusal(
                "offers.whole",
                "The target of condition {number} is missing in {language}.",
                {"number": number, "language": language},
            )
        if not _told(condition.conduct, language):
            yield Refusal(
                "offers.whole",
                "The conduct of condition {number} is missing in {language}.",
                {"number": number, "language": language},
            )


def _told(texts: Mapping[str, str], language: str) -> bool:
    return bool(texts.get(language, "").strip())


def _over_the_caps(text: OfferText, ceiling: Money) -> Iterator[Refusal]:
    if text.cap.currency != ceiling.currency:
        yield Refusal(
            "offers.ceiling",
            "The authority's ceiling is in {currency}: state the cap in it.",
            {"currency": ceiling.currency},
        )
    elif text.cap > ceiling:
        yield Refusal(
            "offers.ceiling",
            "{cap} would pass the authority's ceiling of {ceiling}.",
            {"cap": text.cap, "ceiling": ceiling},
        )
    for number, condition in enumerate(text.conditions, 1):
        if condition.cap.currency != text.cap.currency or condition.cap > text.cap:
            yield Refusal(
                "offers.condition-cap",
                "Condition {number} promises {cap}, more than the offer's {whole}.",
                {"number": number, "cap": condition.cap, "whole": text.cap},
            )


def _paragraphs_that_do_not_pay(text: OfferText) -> Iterator[Refusal]:
    authority = KNOWN.get(text.authority)
    if authority is None:
        return
    for number, condition in enumerate(text.conditions, 1):
        misfits = [p for p in condition.paragraphs if not authority.fits(condition.outcome, p)]
        if not condition.paragraphs:
            yield Refusal(
                "offers.paragraph-pays",
                "Condition {number} rests on no paragraph of the law: name the one that pays for its outcome.",
                {"number": number},
            )
        elif misfits:
            yield Refusal(
                "offers.paragraph-pays",
                "Condition {number} rests on {paragraphs}, which does not pay for its outcome.",
                {"number": number, "paragraphs": ", ".join(misfits)},
            )


def _silent_changes(text: OfferText, public: OfferText | None) -> Iterator[Refusal]:
    if public is None:
        return
    if text.says_the_same(public):
        yield Refusal(
            "offers.amendment-differs", "It says what the public text says already: change it, or drop it."
        )
    missing = [language for language in text.languages if not text.change.get(language, "").strip()]
    if missing:
        yield Refusal(
            "offers.amendment-explained",
            "Say in one sentence what changes, in {languages} too: the public history shows it.",
            {"languages": ", ".join(missing)},
        )

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
    "offers.rules-in-force": "Who may be paid, and how much, is decided before the offer is public, not after.",
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
        because = "You proposed this text yourself: a second officer has to approve it."
        refusals.append(Refusal("offers.second-officer", because))
    if facts.seen_version != facts.proposed_version:
        because = (
            f"You read version {facts.seen_version}, but version {facts.proposed_version} is proposed now: "
            "read it and decide again."
        )
        refusals.append(Refusal("offers.version-seen", because))
    return Decision(tuple(refusals))


def may_be_open(expires: date | None, today: date) -> Decision:
    """Whether an offer that holds up to and including `expires` may be put before the public on `today`."""
    if expires is None or today <= expires:
        return Decision()
    because = f"Its last day was {expires:%Y-%m-%d}: draft a text with a later one, or none."
    return Decision((Refusal("offers.expiry-passed", because),))


def may_expire(expires: date | None, today: date) -> Decision:
    """Whether an offer that holds up to and including `expires` is over on `today`."""
    if expires is not None and today > expires:
        return Decision()
    until = f"holds until {expires:%Y-%m-%d}" if expires else "has no last day"
    return Decision((Refusal("offers.last-day", f"It {until}: withdraw it if it has to close now."),))


def may_save(draft_revision: int, seen_revision: int) -> Decision:
    """Whether a draft may be saved over `draft_revision` by somebody who started from `seen_revision`."""
    if draft_revision == seen_revision:
        return Decision()
    because = "A colleague saved this draft meanwhile: open it again and make your changes in the newer text."
    return Decision((Refusal("offers.draft-moved-on", because),))


def needs_reason(reason: str) -> Decision:
    """Whether a reason was given, of a length that the history can keep."""
    if reason.strip() and len(reason) <= LONGEST_REASON:
        return Decision()
    because = f"Say why, in at most {LONGEST_REASON} characters: the offer's history keeps the reason."
    return Decision((Refusal("offers.reason-given", because),))


def may_keep_programme(compartment: str, stated: str) -> Decision:
    """Whether a programme that is in `compartment` may be loaded from a file that states `stated`."""
    if compartment == stated:
        return Decision()
    because = "A programme of this code is in another compartment: give the new one a code of its own."
    return Decision((Refusal("offers.programme-stays", because),))


def may_carry(rules: str, *, in_force: bool) -> Decision:
    """Whether an offer of a programme that names the sheet `rules` may be published; empty names none."""
    if not rules or in_force:
        return Decision()
    because = "No rule sheet {rules} is in force: propose it, and let two officers approve it first."
    return Decision((Refusal("offers.rules-in-force", because, {"rules": rules}),))


def may_announce(*, keys_are_made: bool) -> Decision:
    """Whether a notice can be written."""
    if keys_are_made:
        return Decision()
    because = "The office has no published keys yet: run `tipstaff init`, then try again."
    return Decision((Refusal("offers.keys-made", because),))


def may_load(ref: str, *, taken: bool) -> Decision:
    """Whether a programme file may bring in `ref`; `taken` = it names a public, proposed or foreign offer."""
    if not taken:
        return Decision()
    because = (
        f"{ref} is already proposed, public or another programme's, and this file says something else: "
        "amend it at the desk, or give the new offer a reference of its own."
    )
    return Decision((Refusal("offers.ref-taken", because),))


def _gaps(text: OfferText) -> Iterator[Refusal]:
    if not text.conditions:
        yield Refusal("offers.whole", "It has no condition: say what is paid for.")
    if not text.channels:
        yield Refusal("offers.whole", "It has no channel: name at least one way to tell.")
    tables = {"title": text.title, "summary": text.summary, "wording": text.wording}
    for number, condition in enumerate(text.conditions, 1):
        tables[f"condition {number}, target"] = condition.target
        tables[f"condition {number}, conduct"] = condition.conduct
    for language in text.languages:
        missing = [name for name, texts in tables.items() if not texts.get(language, "").strip()]
        if missing:
            yield Refusal("offers.whole", f"In {language} these texts are missing: {'; '.join(missing)}.")


def _over_the_caps(text: OfferText, ceiling: Money) -> Iterator[Refusal]:
    if text.cap.currency != ceiling.currency:
        yield Refusal(
            "offers.ceiling", f"The authority's ceiling is in {ceiling.currency}: state the cap in it."
        )
    elif text.cap > ceiling:
        yield Refusal("offers.ceiling", f"{text.cap} would pass the authority's ceiling of {ceiling}.")
    for number, condition in enumerate(text.conditions, 1):
        if condition.cap.currency != text.cap.currency or condition.cap > text.cap:
            because = f"Condition {number} promises {condition.cap}, more than the offer's {text.cap}."
            yield Refusal("offers.condition-cap", because)


def _paragraphs_that_do_not_pay(text: OfferText) -> Iterator[Refusal]:
    authority = KNOWN.get(text.authority)
    if authority is None:
        return
    for number, condition in enumerate(text.conditions, 1):
        misfits = [p for p in condition.paragraphs if not authority.fits(condition.outcome, p)]
        if misfits or not condition.paragraphs:
            named = ", ".join(misfits) or "no paragraph"
            because = f"Condition {number} rests on {named}, which does not pay for {condition.outcome}."
            yield Refusal("offers.paragraph-pays", because)


def _silent_changes(text: OfferText, public: OfferText | None) -> Iterator[Refusal]:
    if public is None:
        return
    if text.says_the_same(public):
        yield Refusal(
            "offers.amendment-differs", "It says what the public text says already: change it, or drop it."
        )
    missing = [language for language in text.languages if not text.change.get(language, "").strip()]
    if missing:
        because = (
            f"Say in one sentence what changes, in {', '.join(missing)} too: the public history shows it."
        )
        yield Refusal("offers.amendment-explained", because)

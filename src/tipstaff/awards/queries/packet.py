"""The packet: what a member reads of an award before scoring it.

A source is a number here. No name, no tip, no tip's reference and no officer stands in it: rows are copied field by
field, and where an officer wrote a tip's reference into a text, its source number stands instead. The hash is of all
that is in the packet, so that a paper that changed shows.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from tipstaff.awards import access, sitting
from tipstaff.awards.matter import Matter, matter_of
from tipstaff.awards.models import Award, Share
from tipstaff.cases.queries import ContributionFacts, OutcomeFacts
from tipstaff.hatch.notice import Texts
from tipstaff.kernel.decision import Refusal
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook.determination import Ruled, reasons
from tipstaff.rulebook.policy import limits, rule_of
from tipstaff.tips.inert import visible

TIP = re.compile(r"\bTIP-[0-9A-Z]+(?:-[0-9A-Z]+)*", re.IGNORECASE)

type Clean = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLines:
    """What happened."""

    ref: str
    kind: str
    subject_kind: str
    subject: str
    role: str
    country: str
    day: date
    scope: str
    paragraph: str
    charge: str
    court: str
    amount: Money | None
    designation: str
    death_resulted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionLines:
    """What one source gave: the finding it led to, how it was used, and what was known without it."""

    ref: str
    statement: str
    how_used: str
    used_on: date
    known: str
    known_since: date | None
    known_from: str
    corroboration: str
    evidence: str
    agency: str
    attested_on: date
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLines:
    """One source: its number, the day of what it told, what is requested for it, and what it contributed."""

    number: str
    told_on: date
    requested: Money
    offset: Money
    offset_payer: str
    contributions: tuple[ContributionLines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule and what was found; `because` holds its reasons where it refused."""

    rule: str
    title: str
    citation: str
    gate: bool
    verdict: str
    because: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """Everything that is put before the committee on one award. `caps` are the limits by name; `cap` is the least."""

    award: str
    programme: str
    offer: str
    offer_version: int
    condition: int
    condition_target: Texts
    condition_conduct: Texts
    sheet: str
    sheet_number: int
    agency: str
    form: str
    reason: str
    requested: Money
    cap: Money | None
    caps: tuple[tuple[str, Money], ...]
    outcome: OutcomeLines
    sources: tuple[SourceLines, ...]
    findings: tuple[RuleLine, ...]
    digest: str = ""


def packet_page(actor: Actor, meeting: str, place: int) -> Packet:
    """The packet of an item, for the clerk, and for a member who declared no conflict.

    Raises NotVisible, NotAllowed, or Refused to a member who has not declared, or declared a conflict.
    """
    _, verb = access.meeting_seen(actor, meeting)
    item = access.item_for(actor, meeting, place, to=access.PACKET if verb == access.SEE else verb)
    if verb == access.PACKET:
        sitting.must_sit(item, actor)
    return packet_of(item.award)


def packet_of(award: Award) -> Packet:
    """The packet as the records have it now. Raises Refused when eligibility was not determined yet."""
    return packed(award, list(Share.objects.filter(award=award).order_by("number")), matter_of(award))


def packed(award: Award, shares: list[Share], matter: Matter) -> Packet:
    """Make the packet from an award's rows and what the rooms below say."""
    clean = cleaner({share.tip: share.number for share in shares})
    found, condition = matter.eligibility, matter.condition
    because = reasons(found, matter.sheet)
    caps = sorted(limits(found.facts, matter.sheet).items(), key=lambda each: each[1].minor)
    packet = Packet(
        award=award.ref,
        programme=award.programme,
        offer=award.offer,
        offer_version=award.offer_version,
        condition=award.condition,
        condition_target=dict(condition.target) if condition else {},
        condition_conduct=dict(condition.conduct) if condition else {},
        sheet=award.sheet_code,
        sheet_number=award.sheet_number,
        agency=award.agency,
        form=award.form,
        reason=clean(award.reason),
        requested=Money(award.requested_minor, award.currency),
        cap=caps[0][1] if caps else None,
        caps=tuple(caps),
        outcome=outcome_lines(matter.outcome, clean),
        sources=tuple(_source(award, share, matter, clean) for share in shares),
        findings=tuple(_finding(ruled, because[ruled.rule], clean) for ruled in found.verdicts),
    )
    return replace(packet, digest=_digest(packet))


def cleaner(numbers: dict[str, str]) -> Clean:
    """A function that makes an officer's text inert and writes a source number where a tip's reference stood."""
    known = {tip.upper(): number for tip, number in numbers.items()}

    def clean(text: str) -> str:
        return TIP.sub(lambda found: f"[{known.get(found[0].upper(), '–')}]", visible(text))

    return clean


def outcome_lines(outcome: OutcomeFacts, clean: Clean) -> OutcomeLines:
    """The outcome without its officers."""
    return OutcomeLines(
        ref=outcome.ref,
        kind=outcome.kind,
        subject_kind=outcome.subject_kind,
        subject=clean(outcome.subject),
        role=outcome.role,
        country=outcome.country,
        day=outcome.day,
        scope=outcome.scope,
        paragraph=outcome.paragraph,
        charge=clean(outcome.charge),
        court=clean(outcome.court),
        amount=outcome.amount,
        designation=outcome.designation,
        death_resulted=outcome.death_resulted,
    )


def _source(award: Award, share: Share, matter: Matter, clean: Clean) -> SourceLines:
    given = [matter.contributions[ref] for ref in share.contributions if ref in matter.contributions]
    return SourceLines(
        number=share.number,
        told_on=share.received_on,
        requested=Money(share.requested_minor, award.currency),
        offset=Money(share.offset_minor, award.currency),
        offset_payer=clean(share.offset_payer),
        contributions=tuple(_contribution(each, clean) for each in given),
    )


def _contribution(given: ContributionFacts, clean: Clean) -> ContributionLines:
    return ContributionLines(
        ref=given.ref,
        statement=clean(given.statement),
        how_used=clean(given.how_used),
        used_on=given.used_on,
        known=given.known,
        known_since=given.known_since,
        known_from=clean(given.known_from),
        corroboration=clean(given.corroboration),
        evidence=clean(given.evidence),
        agency=given.agency,
        attested_on=given.attested_on,
        stale=given.stale,
    )


def _finding(ruled: Ruled, because: tuple[Refusal, ...], clean: Clean) -> RuleLine:
    rule = rule_of(ruled.rule)
    return RuleLine(
        rule=rule.id,
        title=rule.title,
        citation=rule.citation,
        gate=rule.gate,
        verdict=ruled.verdict,
        because=tuple(_cleaned(refusal, clean) for refusal in because),
    )


def _cleaned(refusal: Refusal, clean: Clean) -> Refusal:
    facts = {name: clean(fact) if isinstance(fact, str) else fact for name, fact in refusal.facts.items()}
    return replace(refusal, says=clean(refusal.says), facts=facts)


def _digest(packet: Packet) -> str:
    plain: dict[str, Any] = asdict(packet)
    text = json.dumps(
        plain, default=date.isoformat, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return sha256(text.encode()).hexdigest()

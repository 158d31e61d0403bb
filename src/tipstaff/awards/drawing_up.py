"""Drawing up a memorandum from an award's rows: what was offered, achieved, given, scored, found, voted and decided.

Never in it: an identity, a tip's text, a tip's reference, who handled a tip, why a member was recused, or the plan of
protection.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext, override

from tipstaff.awards import facts
from tipstaff.awards.deliberation import ANSWERS, day_of, last_step
from tipstaff.awards.memorandum import document as paper
from tipstaff.awards.memorandum.phrases import phrase
from tipstaff.awards.memorandum.printed import amount_in
from tipstaff.awards.memorandum.record import Editions
from tipstaff.awards.models import Award, Concurrence, Item, Motion, Ruling, ScoreSheet, Share, Step, Vote
from tipstaff.awards.states import Choice
from tipstaff.cases import queries as cases
from tipstaff.cases.queries import ContributionFacts, OutcomeFacts
from tipstaff.footing.saying import plainly
from tipstaff.kernel.money import Money
from tipstaff.offers import queries as offers
from tipstaff.offers.terms import Terms
from tipstaff.people import queries as people
from tipstaff.rulebook.determination import Determination, reasons
from tipstaff.rulebook.policy import Stage, Verdict, rule_of
from tipstaff.rulebook.sheet import Sheet

MARKING = "TLP:AMBER+STRICT"
BALLOTS = {
    Choice.FOR: paper.Ballot.IN_FAVOUR,
    Choice.AGAINST: paper.Ballot.AGAINST,
    Choice.ABSTAIN: paper.Ballot.ABSTAINED,
}
RESULTS = {
    Verdict.PASSED: paper.Result.MET,
    Verdict.REFUSED: paper.Result.NOT_MET,
    Verdict.NOT_ASKED: paper.Result.NOT_APPLICABLE,
}
OUTCOMES = {
    "approve": paper.Outcome.APPROVED,
    "change": paper.Outcome.CHANGED,
    "deny": paper.Outcome.DENIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that a memorandum is made of, read once for both languages."""

    award: Award
    shares: Sequence[Share]
    steps: Sequence[Step]
    sheet: Sheet
    terms: Terms
    outcome: OutcomeFacts
    contributions: Mapping[str, ContributionFacts]
    eligibility: Determination | None
    motions: Sequence[Motion]
    votes: Sequence[Vote]
    scores: Sequence[ScoreSheet]
    recused: Sequence[str]
    concurrence: Concurrence | None
    ruling: Ruling | None
    names: Mapping[str, str]
    agencies: Mapping[str, str]


def voted(award: Award) -> bool:
    """Whether the committee has answered since the award came to it last."""
    steps = list(award.steps.order_by("id"))
    answered, asked = last_step(steps, *ANSWERS), last_step(steps, "docket", "resume", "reconsider")
    return answered is not None and (asked is None or asked.pk < answered.pk)


def editions(award: Award, *, version: int, issued_on: date, public_summary: str) -> Editions:
    """The memorandum in both languages, as the rows stand."""
    material = gathered(award)
    drawn = {
        language: _drawn(material, language, version, issued_on, public_summary) for language in ("en", "es")
    }
    return Editions(en=drawn["en"], es=drawn["es"])


def gathered(award: Award) -> Material:
    """Read everything once. The number of queries does not grow with sources, members or votes."""
    steps = list(award.steps.order_by("id"))
    item = Item.objects.filter(award=award, state="decided").order_by("-id").first()
    motions = list(Motion.objects.filter(item__award=award).order_by("id").prefetch_related("votes"))
    last = motions[-1] if motions else None
    votes = sorted(last.votes.all(), key=lambda vote: vote.pk) if last else []
    scores = list(
        ScoreSheet.objects.filter(item=item, submitted_at__isnull=False).order_by("officer") if item else ()
    )
    recused = list(
        item.conflicts.filter(conflicted=True).order_by("id").values_list("officer", flat=True)
        if item
        else ()
    )
    contributions = {each.tip: each for each in cases.contributions_of(award.outcome)}
    again = last_step(steps, "reconsider")
    since = {"at__gte": again.at} if again else {}
    concurrence = award.concurrences.filter(**since).order_by("-id").first()
    # A reconsideration takes the day of the decision back: what was ruled before it counts no more.
    ruling = award.rulings.order_by("-id").first() if award.decided_on else None
    kept = award.determinations.filter(stage=Stage.ELIGIBILITY).order_by("-number").first()
    officers = {*recused, *(vote.officer for vote in votes), *(sheet.officer for sheet in scores)}
    officers |= {each.attested_by for each in contributions.values()}
    officers |= {row.actor for row in (concurrence, ruling) if row is not None}
    return Material(
        award=award,
        shares=list(award.shares.order_by("id")),
        steps=steps,
        sheet=facts.sheet_of(award),
        terms=offers.terms(award.offer, award.offer_version),
        outcome=cases.outcome_facts(award.outcome),
        contributions=contributions,
        eligibility=facts.read(kept) if kept else None,
        motions=motions,
        votes=votes,
        scores=scores,
        recused=recused,
        concurrence=concurrence,
        ruling=ruling,
        names=people.names_of(sorted(officers)),
        agencies=dict(people.agencies()),
    )


def _drawn(m: Material, language: str, version: int, issued_on: date, summary: str) -> paper.Memorandum:
    award = m.award
    kind = phrase(m.outcome.kind, language)
    count = len(m.shares)
    sources = phrase("one-source" if count == 1 else "sources", language, number=count)
    agency = m.agencies.get(award.agency, award.agency)
    minuted = phrase("minuted", language)
    asked = Money(award.requested_minor, award.currency)
    purpose = phrase("purpose", language, sources=sources, agency=agency, amount=amount_in(language, asked))
    return paper.Memorandum(
        ref=award.ref,
        version=version,
        language=language,
        marking=MARKING,
        record_sha256="",
        issued_on=issued_on,
        office=phrase("office", language),
        title=phrase("title", language, offer=award.offer, kind=kind),
        purpose=f"{purpose}\n{award.reason}",
        authority=_authority(m, language),
        offer=_offer(m, language),
        outcome=_achieved(m, language, kind),
        contributions=tuple(_contributions(m, language)),
        factors=tuple(_factors(m, language)),
        findings=tuple(_findings(m, language)),
        options=tuple(_options(m, language)),
        recommendation=_recommendation(m),
        vote=_vote(m),
        recusals=tuple(paper.Recusal(member=m.names[officer], reason=minuted) for officer in m.recused),
        concurrence=_concurrence(m, language),
        decision=_decided(m, language),
        protection=_protection(m, language),
        payment=phrase(award.form, language),
        distribution=tuple(_distribution(m, language)),
        public_summary=summary,
    )


def _authority(m: Material, language: str) -> str:
    return phrase(
        "authority",
        language,
        authority=m.terms.authority,
        sheet=m.sheet.code,
        number=m.sheet.number,
        citation=m.sheet.citation,
    )


def _offer(m: Material, language: str) -> paper.Offer:
    condition = m.terms.conditions[m.award.condition - 1]
    said = phrase(
        "condition",
        language,
        place=condition.place,
        outcome=phrase(condition.outcome, language),
        paragraphs=", ".join(_paragraph(each) for each in condition.paragraphs),
    )
    return paper.Offer(
        ref=m.award.offer,
        version=m.award.offer_version,
        published_on=m.terms.version_on,
        condition=said,
        cap=condition.cap,
    )


def _paragraph(code: str) -> str:
    """`b8` as the statute writes it: (b)(8)."""
    return f"({code[:1]})({code[1:]})" if code[1:].isdigit() else code


def _achieved(m: Material, language: str, kind: str) -> paper.Achieved:
    known = m.outcome
    return paper.Achieved(
        ref=known.ref,
        kind=kind,
        on=known.day,
        country=Locale(language).territories.get(known.country, known.country),
        paragraph=_paragraph(known.paragraph),
        international=known.scope == "international",
        subject=known.subject,
        charge=known.charge,
        court=known.court,
        amount=known.amount,
    )


def _contributions(m: Material, language: str) -> Iterator[paper.Contribution]:
    for share in m.shares:
        given = m.contributions.get(share.tip)
        if given is None:
            continue
        known = [phrase(f"known-{given.known}", language)]
        if given.known_since:
            on = format_date(given.known_since, "long", locale=language)
            known += [phrase("known-since", language, on=on), given.known_from]
        used_on = format_date(given.used_on, "long", locale=language)
        yield paper.Contribution(
            source=share.number,
            told_on=share.received_on,
            told=phrase("told", language, finding=given.finding, number=given.finding_number),
            used=phrase("used", language, how=given.how_used, on=used_on),
            known=" ".join(part for part in known if part),
            corroborated=given.corroboration or phrase("uncorroborated", language),
            evidence=given.evidence or phrase("uncorroborated", language),
            attested_by=m.names[given.attested_by],
            agency=m.agencies.get(given.agency, given.agency),
        )


def _factors(m: Material, language: str) -> Iterator[paper.Factor]:
    """Each factor with every submitted score, by member and source; the mean is over all of them."""
    for factor in m.sheet.factors:
        scores = tuple(_scores(m, language, factor.code))
        if scores:
            mean = sum(score.score for score in scores) * 100 / len(scores)
            title = factor.title.get(language) or factor.title["en"]
            yield paper.Factor(name=title, weight=factor.weight, mean_hundredths=round(mean), scores=scores)


def _scores(m: Material, language: str, code: str) -> Iterator[paper.Score]:
    alone = len(m.shares) == 1
    for sheet in m.scores:
        for share in m.shares:
            mark = sheet.levels.get(share.number, {}).get(code)
            if mark is None or mark.get("level") is None:
                continue
            name = m.names[sheet.officer]
            member = name if alone else phrase("scored", language, member=name, source=share.number)
            yield paper.Score(member=member, score=mark["level"], sentence=mark["because"])


def _findings(m: Material, language: str) -> Iterator[paper.Finding]:
    """What the stored determination of eligibility found, rule by rule; a rule that is gone keeps its id."""
    if m.eligibility is None:
        return
    because = reasons(m.eligibility, m.sheet)
    for ruled in m.eligibility.verdicts:
        try:
            rule = rule_of(ruled.rule)
            citation, title = rule.citation, rule.title
        except KeyError:
            citation, title = "", ""
        with override(language):
            sentence = " ".join(map(plainly, because[ruled.rule])) or gettext(title)
            written = gettext(citation)
        yield paper.Finding(
            rule=ruled.rule.removeprefix("rulebook."),
            citation=written,
            result=RESULTS[ruled.verdict],
            sentence=sentence,
        )


def _options(m: Material, language: str) -> Iterator[paper.Option]:
    award = m.award
    yield paper.Option(
        text=phrase("as-nominated", language), amount=Money(award.requested_minor, award.currency)
    )
    for number, motion in enumerate(m.motions, 1):
        yield paper.Option(
            text=phrase("motion", language, number=number, text=motion.text),
            amount=_sum(motion.amounts.values(), award.currency) if motion.recommend else None,
        )
    yield paper.Option(text=phrase("no-reward", language))


def _recommendation(m: Material) -> paper.Recommendation:
    award, motion = m.award, m.motions[-1] if m.motions else None
    if award.recommended_minor is None:
        return paper.Recommendation(amount=None, text=motion.text if motion else "")
    recommended = [share for share in m.shares if share.recommended_minor]
    return paper.Recommendation(
        amount=Money(award.recommended_minor, award.currency),
        text=motion.text if motion else "",
        shares=tuple(
            paper.Share(source=share.number, amount=Money(share.recommended_minor or 0, award.currency))
            for share in recommended
        ),
    )


def _vote(m: Material) -> paper.Vote:
    counts = {choice: sum(vote.choice == choice for vote in m.votes) for choice in Choice}
    carried = counts[Choice.FOR] > counts[Choice.AGAINST]
    dissenting = Choice.AGAINST if carried else Choice.FOR
    on = day_of(m.steps, *ANSWERS)
    assert on is not None, "nothing is drawn up before the committee has answered"
    return paper.Vote(
        on=on,
        quorum=m.sheet.decisions.quorum,
        in_favour=counts[Choice.FOR],
        against=counts[Choice.AGAINST],
        abstained=counts[Choice.ABSTAIN],
        cast=tuple(
            paper.Cast(member=m.names[vote.officer], ballot=BALLOTS[Choice(vote.choice)], reason=vote.reason)
            for vote in m.votes
        ),
        dissent="\n".join(vote.reason for vote in m.votes if vote.choice == dissenting),
    )


def _concurrence(m: Material, language: str) -> paper.Concurrence:
    answer = m.concurrence
    needed = m.award.needs_concurrence or answer is not None
    if answer is None:
        return paper.Concurrence(needed=needed)
    if not answer.given:
        reason = phrase("objected", language, reason=answer.reason)
        return paper.Concurrence(needed=needed, by=m.names[answer.actor], ref=answer.reference, text=reason)
    return paper.Concurrence(needed=needed, on=answer.on, ref=answer.reference, by=m.names[answer.actor])


def _decided(m: Material, language: str) -> paper.Decided:
    signs = [paper.Signature(office=phrase(m.sheet.decisions.personally_by or "member", language))]
    if m.award.needs_concurrence:
        signs.append(paper.Signature(office=phrase("attorney", language)))
    ruling = m.ruling
    if ruling is None:
        return paper.Decided(signatures=tuple(signs))
    by = "personally" if ruling.personally else "delegated"
    how = phrase(by, language, ref=ruling.delegation)
    amount = _sum(ruling.amounts.values(), m.award.currency)
    return paper.Decided(
        signatures=tuple(signs),
        outcome=OUTCOMES[ruling.kind],
        amount=amount if ruling.kind != "deny" else None,
        on=m.award.decided_on or ruling.at.date(),
        by=phrase("decided-by", language, name=m.names[ruling.actor], how=how),
        reasons=ruling.reason,
    )


def _protection(m: Material, language: str) -> str:
    if last_step(m.steps, "plan_protection") is None:
        return phrase("protection-open", language)
    return phrase("protection-planned" if m.award.protection else "protection-none", language)


def _distribution(m: Material, language: str) -> Iterator[str]:
    yield phrase(m.sheet.decisions.personally_by or "member", language)
    yield phrase("committee", language)
    if m.award.needs_concurrence:
        yield phrase("attorney", language)
    yield phrase("file", language)


def _sum(minors: Iterable[int], currency: str) -> Money:
    return Money(sum(minors), currency)

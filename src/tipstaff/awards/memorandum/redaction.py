"""The public version of a memorandum: the same record, without what the public may not read.

It is built from what may be shown, value by value, never by striking things out: a field that is added to the
memorandum stays out of the public version until somebody puts it here.
"""

from tipstaff.awards.memorandum.document import (
    Achieved,
    Concurrence,
    Decided,
    Factor,
    Finding,
    Memorandum,
    Recommendation,
    Vote,
)

PUBLIC_MARKING = "TLP:CLEAR"
# The parts that are left out, in the order in which the page says so; `words.WITHHELD` has their names.
WITHHELD = (
    "case", "contributions", "scores", "findings", "options", "shares", "votes", "recusals", "names", "reasons",
    "protection", "distribution",
)  # fmt: skip


def redacted(memorandum: Memorandum) -> Memorandum:
    """The public version. Redacting it again changes nothing."""
    outcome, vote, decision = memorandum.outcome, memorandum.vote, memorandum.decision
    return Memorandum(
        ref=memorandum.ref,
        version=memorandum.version,
        language=memorandum.language,
        marking=PUBLIC_MARKING,
        record_sha256=memorandum.record_sha256,
        issued_on=memorandum.issued_on,
        office=memorandum.office,
        title=memorandum.title,
        purpose="",
        authority=memorandum.authority,
        offer=memorandum.offer,
        # Which arrest or conviction it was tells those who were betrayed where to look.
        outcome=Achieved(
            ref="",
            kind=outcome.kind,
            on=outcome.on.replace(month=1, day=1),
            country=outcome.country,
            paragraph=outcome.paragraph,
            international=outcome.international,
        ),
        contributions=(),
        factors=tuple(
            Factor(name=each.name, weight=each.weight, mean_hundredths=each.mean_hundredths)
            for each in memorandum.factors
        ),
        findings=tuple(
            Finding(rule=each.rule, citation=each.citation, result=each.result)
            for each in memorandum.findings
        ),
        options=(),
        recommendation=Recommendation(amount=memorandum.recommendation.amount),
        vote=Vote(
            on=vote.on,
            quorum=vote.quorum,
            in_favour=vote.in_favour,
            against=vote.against,
            abstained=vote.abstained,
        ),
        recusals=(),
        concurrence=Concurrence(needed=memorandum.concurrence.needed, on=memorandum.concurrence.on),
        decision=Decided(signatures=(), outcome=decision.outcome, amount=decision.amount, on=decision.on),
        protection="",
        payment="",
        distribution=(),
        public_summary=memorandum.public_summary,
        withheld=WITHHELD,
    )

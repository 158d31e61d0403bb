"""What is known of the sources of an award, by number: what they told, answered, were paid, and were checked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from tipstaff.awards.models import Award, PayeeCheck, Share, SourceClaim
from tipstaff.awards.states import AwardState, ClaimState
from tipstaff.cases.queries import ContributionFacts
from tipstaff.kernel.money import Money
from tipstaff.rulebook.facts import Answer, OtherPayment, Payee
from tipstaff.rulebook.sheet import Sheet

# An award in one of these states rests on its tips no more, or not yet.
LETS_GO: Final = frozenset(
    {AwardState.DRAFTED, AwardState.WITHDRAWN, AwardState.INELIGIBLE, AwardState.DENIED, AwardState.CLOSED}
)


def payees_of(
    award: Award,
    sheet: Sheet,
    amounts: Mapping[str, Money],
    contributions: Iterable[ContributionFacts],
    *,
    payers_asked: bool,
    planned_on: date | None,
) -> tuple[Payee, ...]:
    """The sources for whom `amounts` names one, in the order of the nomination. Four queries, however many."""
    shares = [share for share in award.shares.order_by("id") if share.number in amounts]
    given: dict[str, list[ContributionFacts]] = defaultdict(list)
    for each in contributions:
        given[each.tip].append(each)
    answers = _answers(shares, sheet)
    checks = _checks(shares)
    others = _other_awards(award, shares)
    return tuple(
        replace(
            Payee(
                source=share.number,
                tip=share.tip,
                tip_on=share.received_on,
                amount=amounts[share.number],
                led_to=_led_to(given[share.tip]),
                known_since=_known_since(given[share.tip]),
                payers_asked=Answer.YES if payers_asked else Answer.UNKNOWN,
                other_payments=_offset(share, award.currency),
                protection_planned_on=planned_on,
                claims=others.get(share.tip, ()),
            ),
            **_together(checks.get(share.pk, {}), answers.get(share.pk, {})),
        )
        for share in shares
    )


def _led_to(given: Sequence[ContributionFacts]) -> Answer:
    """Attested is attested; but not of a finding or an outcome that was corrected since."""
    return Answer.YES if any(not each.stale for each in given) else Answer.UNKNOWN


def _known_since(given: Sequence[ContributionFacts]) -> date | None:
    """When all that it gave was known; what was known in part, or of one thing only, is a lower score and no bar."""
    days = [each.known_since for each in given if each.known == "yes" and each.known_since]
    return min(days) if days and len(days) == len(given) else None


def _offset(share: Share, currency: str) -> tuple[OtherPayment, ...]:
    if not share.offset_minor:
        return ()
    paid = Money(share.offset_minor, currency)
    return (OtherPayment(payer=share.offset_payer, amount=paid, offset=paid),)


def _answers(shares: Sequence[Share], sheet: Sheet) -> dict[int, dict[str, Any]]:
    """What each source answered last, by the gate that its question fills. Who declined has answered nothing."""
    gates = {question.code: question.gate for question in sheet.questions}
    found: dict[int, dict[str, Any]] = {}
    claims = SourceClaim.objects.filter(share__in=shares, state=ClaimState.ACCEPTED).order_by("id")
    for share, answered in claims.values_list("share", "answers"):
        found[share] = {gates[code]: Answer(answer) for code, answer in answered.items() if code in gates}
    return found


def _together(checked: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What a check found stands, but where it found nothing and the source itself says yes."""
    own = {gate: answer for gate, answer in told.items() if answer == Answer.YES or gate not in checked}
    return {**checked, **own}


def _checks(shares: Sequence[Share]) -> dict[int, dict[str, Any]]:
    """What the last check of each kind found. A source that is barred was convicted, or told a lie on purpose."""
    found: dict[int, dict[str, Any]] = {}
    checks = PayeeCheck.objects.filter(share__in=shares).order_by("id")
    for share, kind, clear in checks.values_list("share", "kind", "clear"):
        answer = Answer.NO if clear else Answer.YES
        gates = ("sanctioned",) if kind == "sanctions" else ("convicted", "knowingly_false")
        found.setdefault(share, {}).update(dict.fromkeys(gates, answer))
    return found


def _other_awards(award: Award, shares: Sequence[Share]) -> dict[str, tuple[str, ...]]:
    """The other awards that rest on the same tips now."""
    tips = [share.tip for share in shares]
    rivals = Share.objects.filter(tip__in=tips).exclude(award=award)
    standing = rivals.exclude(award__state__in=LETS_GO, award__approved_minor__isnull=True)
    found: dict[str, tuple[str, ...]] = {}
    for tip, ref in standing.order_by("award_id").values_list("tip", "award__ref"):
        found[tip] = (*found.get(tip, ()), ref)
    return found

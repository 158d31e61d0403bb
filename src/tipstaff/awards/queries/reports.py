"""What each of the law's reports says of the rows as they are, for the verb that files it."""

from django.db.models import Sum

from tipstaff.awards.models import Award, Clock, Payout
from tipstaff.awards.reports import AnnualReport, AuthorizationReport, PaidSource, PaymentReport
from tipstaff.cases import queries as cases
from tipstaff.kernel.money import Money
from tipstaff.ledger import queries as ledger
from tipstaff.people.access import NotVisible


def payment_report(award: Award, significance: str) -> PaymentReport:
    """What the report of the award's payment says, from the rows as they are."""
    outcome = cases.outcome_facts(award.outcome)
    used = {each.tip: each.how_used for each in cases.contributions_of(award.outcome)}
    handed = Payout.objects.unscoped("the award's own payouts").filter(share__award=award, paid_minor__gt=0)
    paid = dict(handed.order_by("share").values_list("share__number").annotate(Sum("paid_minor")))
    sources = tuple(
        PaidSource(source=number, amount=Money(paid[number], award.currency), used=used.get(tip, ""))
        for number, tip in award.shares.order_by("id").values_list("number", "tip")
        if number in paid
    )
    return PaymentReport(
        award=award.ref,
        paid_on=award.paid_on,
        paragraph=outcome.paragraph,
        kind=outcome.kind,
        country=outcome.country,
        outcome_on=outcome.day,
        total=Money(sum(paid.values()), award.currency),
        sources=sources,
        significance=significance,
    )


def authorization_report(award: Award) -> AuthorizationReport:
    """What the report of the award's approval says."""
    outcome = cases.outcome_facts(award.outcome)
    return AuthorizationReport(
        award=award.ref,
        offer=award.offer,
        offer_version=award.offer_version,
        decided_on=award.decided_on,
        amount=Money(award.approved_minor or 0, award.currency),
        paragraph=outcome.paragraph,
        kind=outcome.kind,
    )


def annual_report(clock: Clock, publicity: Money) -> AnnualReport:
    """What the report of a programme's year says: the ledger's payments, and what publicity cost."""
    year = clock.fiscal_year or clock.due_on.year
    try:
        rewards = ledger.figures_of(clock.programme, year).paid
    except NotVisible:
        rewards = Money(0, publicity.currency)
    awards = Award.objects.unscoped("a year counts every award of its programme")
    return AnnualReport(
        programme=clock.programme,
        fiscal_year=year,
        awards=awards.filter(programme=clock.programme, fiscal_year=year, paid_on__isnull=False).count(),
        rewards=rewards,
        publicity=publicity,
        total=rewards + publicity,
    )

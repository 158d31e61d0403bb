"""The tables of the ledger: accounts, whose balances move on, and transfers, which are written once."""

from django.db import models
from django.db.models import F, Q

from tipstaff.footing.scoped import ScopedManager
from tipstaff.ledger.policy import LONGEST_REASON, LONGEST_SUBJECT
from tipstaff.ledger.states import AccountKind, TransferKind
from tipstaff.people.access import Actor

CODE_LENGTH = 40
OFFICER_LENGTH = 150


class Account(models.Model):
    """One account of a programme's fiscal year: what it has received less what it has given.

    `balance_minor` is kept in the transaction that adds the transfer, under the lock of this row: so a page knows it
    without adding up a million transfers, and the database itself refuses an overdraft. `tipstaff ledger check`
    adds them up and compares.
    """

    programme = models.CharField(max_length=CODE_LENGTH)
    compartment = models.CharField(max_length=CODE_LENGTH)
    fiscal_year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.name) for kind in AccountKind])
    currency = models.CharField(max_length=3)
    balance_minor = models.BigIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        app_label = "ledger"
        constraints = [
            models.UniqueConstraint(
                name="year_has_one_account_of_each_kind", fields=["programme", "fiscal_year", "kind"]
            ),
            models.CheckConstraint(
                name="account_kind_is_known", condition=Q(kind__in=[kind.value for kind in AccountKind])
            ),
            models.CheckConstraint(
                name="no_account_is_overdrawn",
                condition=Q(kind=AccountKind.TREASURY.value, balance_minor__lte=0)
                | Q(~Q(kind=AccountKind.TREASURY.value), balance_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}/{self.fiscal_year}/{self.kind}"

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Accounts of compartments in which `actor` has anything to do; see `access.book_for`."""
        return Q() if actor.everywhere else Q(compartment__in=sorted(actor.compartments))


class Transfer(models.Model):
    """Money from one account to another, for good: `credit` gives and `debit` receives. Append-only.

    One row holds both sides, so the books balance by construction, on SQLite as on PostgreSQL. A mistake is answered
    by a row that `reverses` it.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.name) for kind in TransferKind])
    # Indexed below, together with the number: an account's newest page is read without sorting.
    credit = models.ForeignKey(Account, models.PROTECT, related_name="given", db_index=False)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="received", db_index=False)
    minor = models.PositiveBigIntegerField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    actor = models.CharField(max_length=OFFICER_LENGTH)
    at = models.DateTimeField()
    day = models.DateField()

    objects = ScopedManager()

    class Meta:
        app_label = "ledger"
        constraints = [
            models.CheckConstraint(name="transfer_moves_something", condition=Q(minor__gt=0)),
            models.CheckConstraint(name="transfer_has_two_ends", condition=~Q(debit=F("credit"))),
            models.CheckConstraint(name="transfer_says_what_it_is_for", condition=~Q(subject="")),
            models.CheckConstraint(
                name="transfer_kind_is_known", condition=Q(kind__in=[kind.value for kind in TransferKind])
            ),
            models.CheckConstraint(
                name="reversal_names_what_it_reverses",
                condition=Q(kind=TransferKind.REVERSE.value, reverses__isnull=False)
                | Q(~Q(kind=TransferKind.REVERSE.value), reverses__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="transfers_by_subject", fields=["subject"]),
            models.Index(name="transfers_by_giver", fields=["credit", "number"]),
            models.Index(name="transfers_by_receiver", fields=["debit", "number"]),
        ]

    def __str__(self) -> str:
        return f"transfer {self.number}"

    @classmethod
    def visible_to(cls, actor: Actor) -> Q:
        """Transfers of the accounts that `actor` sees; both ends lie in one programme, and so in one compartment."""
        return Q() if actor.everywhere else Q(credit__compartment__in=sorted(actor.compartments))

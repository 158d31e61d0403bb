"""What pages call the accounts and the kinds of transfer."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tipstaff.ledger.states import AccountKind, TransferKind

KINDS = {
    TransferKind.APPROPRIATE: _("Appropriation"),
    TransferKind.COMMIT: _("Commitment"),
    TransferKind.RELEASE: _("Release"),
    TransferKind.PAY: _("Payment"),
    TransferKind.RETURN: _("Return"),
    TransferKind.REVERSE: _("Reversal"),
}
# The treasury's balance is what was appropriated, and so it is called on a page.
ACCOUNTS = {
    AccountKind.TREASURY: _("Appropriated"),
    AccountKind.AVAILABLE: _("Available"),
    AccountKind.COMMITTED: _("Committed"),
    AccountKind.PAID: pgettext_lazy("money", "Paid"),
    AccountKind.RETURNED: pgettext_lazy("money", "Returned"),
}

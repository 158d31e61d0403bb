"""What roles are called on pages. Records, commands and files keep the codes."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ROLES: Final[dict[str, Promise]] = {
    "administrator": _("administrator"),
    "analyst": _("analyst"),
    "approver": _("approver"),
    "auditor": _("auditor"),
    "custodian": _("custodian"),
    "editor": _("editor"),
    "attorney": _("attorney (concurrence)"),
    "clerk": _("clerk of the committee"),
    "delegate": _("delegate of the Secretary"),
    "head-of-mission": _("head of mission"),
    "investigator": _("investigator"),
    "member": _("member of the committee"),
    "nominator": _("nominator"),
    "paymaster": _("paymaster"),
    "protector": _("protection officer"),
    "secretary": _("Secretary"),
    "treasurer": _("treasurer"),
    "witness": _("witness of payments"),
    "supervisor": _("supervisor"),
}

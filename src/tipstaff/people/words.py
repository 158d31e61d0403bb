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
    "attorney": _("attorney"),
    "clerk": _("clerk"),
    "delegate": _("delegate"),
    "head-of-mission": _("head-of-mission"),
    "investigator": _("investigator"),
    "member": _("member"),
    "nominator": _("nominator"),
    "paymaster": _("paymaster"),
    "protector": _("protector"),
    "secretary": _("secretary"),
    "treasurer": _("treasurer"),
    "witness": _("witness"),
    "supervisor": _("supervisor"),
}

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
    "supervisor": _("supervisor"),
}

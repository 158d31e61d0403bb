"""The audit room as Django sees it."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Tables `audit_…` in the desk's database."""

    name = "tipstaff.audit"
    label = "audit"

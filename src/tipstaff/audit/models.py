"""The record and the log over it. Nothing here refers to another room's tables: what is written outlives its
subject.

All three tables refuse UPDATE and DELETE in the database itself (migration 0001, `footing.append_only`).
"""

from typing import Any

from django.db import models
from django.db.models import Q

from tipstaff.footing.scoped import ScopedManager

VERB_LENGTH = 80
REF_LENGTH = 80


class Record(models.Model):
    """One act: who did what to which thing, when, in which compartment, with the facts that explain it."""

    verb = models.CharField(max_length=VERB_LENGTH)
    subject = models.CharField(max_length=REF_LENGTH)
    actor = models.CharField(max_length=REF_LENGTH)
    agency = models.CharField(max_length=REF_LENGTH, blank=True)
    compartment = models.CharField(max_length=REF_LENGTH, blank=True)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    objects = ScopedManager["Record"]()

    class Meta:
        app_label = "audit"
        indexes = [
            models.Index(fields=["actor", "id"], name="audit_record_by_actor"),
            models.Index(fields=["verb", "id"], name="audit_record_by_verb"),
            models.Index(fields=["subject", "id"], name="audit_record_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(name="record_names_its_verb", condition=~models.Q(verb="")),
            models.CheckConstraint(name="record_names_its_actor", condition=~models.Q(actor="")),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    @classmethod
    def visible_to(cls, reader: Any) -> Q:
        """An auditor of the office sees every record, an auditor of a compartment that compartment's."""
        if reader.may("audit.record.see"):
            return Q()
        return Q(compartment__in=sorted(reader.compartments_for("audit.record.see")))


class Numbered(models.Model):
    """A record's place in the audit log: leaf `number` is the hash of record `record`, and the tree's root
    with it.

    The root after every single leaf, not only after each run: it tells the first record that is out of its
    order.
    """

    number = models.BigIntegerField(primary_key=True)
    record = models.BigIntegerField()
    leaf = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)

    class Meta:
        app_label = "audit"
        constraints = [
            models.UniqueConstraint(fields=["record"], name="record_is_numbered_once"),
            models.CheckConstraint(name="number_is_not_negative", condition=models.Q(number__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: record {self.record}"


class Head(models.Model):
    """The log after one run of the sequencer: `size` leaves with this root, and the tree's right edge."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    edge = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        app_label = "audit"
        constraints = [models.CheckConstraint(name="head_holds_a_leaf", condition=models.Q(size__gt=0))]

    def __str__(self) -> str:
        return f"{self.size} leaves"

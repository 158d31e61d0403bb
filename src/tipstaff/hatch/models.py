"""The hatch's tables. Every column is public or sealed: `columns.py` says which, and a test walks them all.

No column holds a time finer than a day, an address, a browser's name or a word that a source typed.
"""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """What the desk has published, signed: see `notice.py`."""

    number = models.PositiveBigIntegerField(primary_key=True)
    note = models.TextField()
    day = models.DateField()

    class Meta:
        app_label = "hatch"


class Mailbox(models.Model):
    """Where a source finds replies. `address` is derived from the receipt and gives nothing back.

    `slots` is the desk's to write: eight sealed pieces of one length, decoys among them, or nothing yet.
    """

    address = models.BinaryField(primary_key=True, max_length=32)
    leaf = models.PositiveBigIntegerField(unique=True)
    slots = models.BinaryField(default=b"")
    day = models.DateField()

    class Meta:
        app_label = "hatch"


class Envelope(models.Model):
    """A sealed tip or message that waits for the desk. `entry` is its SHA-256, the log's entry."""

    entry = models.BinaryField(primary_key=True, max_length=32)
    leaf = models.PositiveBigIntegerField(unique=True)
    mailbox = models.BinaryField(max_length=32)
    body = models.BinaryField()
    day = models.DateField()

    class Meta:
        app_label = "hatch"


class Upload(models.Model):
    """One sealed file, staged in pieces; `envelope` is empty until the tip that names it is accepted."""

    id = models.BinaryField(primary_key=True, max_length=16)
    envelope = models.BinaryField(max_length=32, null=True)
    day = models.DateField()

    class Meta:
        app_label = "hatch"
        indexes = [models.Index(fields=["envelope"], name="upload_by_envelope")]


class Piece(models.Model):
    """At most 1 MiB of a sealed file, in order."""

    pk = models.CompositePrimaryKey("upload", "number")
    upload = models.BinaryField(max_length=16)
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        app_label = "hatch"


class Leaf(models.Model):
    """One entry of the public log: the SHA-256 of an envelope, or a cover that looks the same."""

    number = models.PositiveBigIntegerField(primary_key=True)
    entry = models.BinaryField(max_length=32)

    class Meta:
        app_label = "hatch"


class Tile(models.Model):
    """Tree hashes at levels 0, 8, 16 … (C2SP tlog-tiles). Level 0 only when full; above it as far as it goes."""

    pk = models.CompositePrimaryKey("level", "number")
    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        app_label = "hatch"


class LogHead(models.Model):
    """The log's right edge, and the newest checkpoint that the door has signed. There is one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.PositiveBigIntegerField(default=0)
    edge = models.BinaryField(default=b"")
    checkpoint = models.TextField(default="")

    class Meta:
        app_label = "hatch"
        constraints = [models.CheckConstraint(name="log_has_one_head", condition=Q(id=1))]


class PublicHead(models.Model):
    """A checkpoint that the desk has signed for everybody."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    day = models.DateField()

    class Meta:
        app_label = "hatch"


class SpentToken(models.Model):
    """A form that has been sent. `digest` is a hash of its token; `seal` a keyed hash of what was in it.

    The key of `seal` is forgotten within minutes; after that neither column tells anything.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    seal = models.BinaryField(max_length=32)
    day = models.DateField()

    class Meta:
        app_label = "hatch"

"""Every column of the hatch is public or sealed: what a thief copies with it opens nothing."""

from django.apps import apps

from tests.offices import TestOffice, Visitor
from tipstaff.hatch.columns import PUBLIC, SEALED
from tipstaff.hatch.models import Envelope, Mailbox, Piece
from tipstaff.sealed.age import stanzas_of
from tipstaff.sealed.envelope import SLOT_SIZE


def columns() -> set[str]:
    return {
        f"{model._meta.model_name}.{field.column}"
        for model in apps.get_app_config("hatch").get_models()
        for field in model._meta.concrete_fields
        if field.column
    }


def test_every_column_says_why_it_may_be_copied() -> None:
    assert columns() == PUBLIC.keys() | SEALED.keys()
    assert not PUBLIC.keys() & SEALED.keys()


def test_no_column_keeps_a_time_finer_than_a_day() -> None:
    kinds = {
        field.get_internal_type()
        for model in apps.get_app_config("hatch").get_models()
        for field in model._meta.concrete_fields
    }

    assert kinds <= {"BinaryField", "TextField", "DateField", "PositiveBigIntegerField", "PositiveIntegerField",
                     "PositiveSmallIntegerField", "CompositePrimaryKey"}  # fmt: skip


def test_what_is_called_sealed_is_an_age_file(office: TestOffice, visitor: Visitor) -> None:
    visitor.tip("Three boats.", [("pier.jpg", b"x" * 3_000_000)])

    [envelope] = Envelope.objects.all()
    assert [stanza.kind for stanza in stanzas_of(bytes(envelope.body))] == ["mlkem768x25519"] * len(
        office.notice.recipients
    )
    pieces = b"".join(bytes(piece.body) for piece in Piece.objects.order_by("number"))
    assert stanzas_of(pieces)
    assert Mailbox.objects.get().slots in (b"", memoryview(b""))
    assert SLOT_SIZE * 8 < 50_000

"""What a thief of the disk finds of a protected source: a reference and a day. The name is nowhere, sealed or not."""

import logging
from io import StringIO

import pytest
from django.db import connections

from tests.rooms.vault.conftest import (
    FIRST,
    NOON,
    REASON,
    SECOND,
    browser,
    clock,
    folder,
    petra,
    protectors,
    quinn,
    staff,
)
from tests.security.canaries import CANARY, canaries
from tests.security.test_erased import kept
from tests.security.test_logs import printed
from tipstaff.vault import actions, holder
from tipstaff.vault.models import Request, Sealed
from tipstaff.vault.sealing import Details

__all__ = ["browser", "clock", "folder", "petra", "printed", "protectors", "quinn", "staff"]

pytestmark = pytest.mark.django_db(databases=["default", "hatch"], transaction=True)
FORM = {name: f"{CANARY} {name}" for name in ("name", "contact", "family", "protection", "payee", "notes")}


def left(where: bytes, *more: str) -> list[bytes]:
    return [word for word in canaries(*more) if word in where]


def everywhere() -> bytes:
    """Both databases with their journals, as they lie on the disk (on PostgreSQL: every row)."""
    for alias in ("default", "hatch"):
        connections[alias].ensure_connection()
    return kept("default") + kept("hatch")


def test_security_18_who_a_protected_source_is_touches_no_disk_and_no_log(
    protectors, folder, browser, printed: StringIO, monkeypatch
) -> None:
    """Sealed, asked for, opened wrongly and rightly, shown, broken while it was shown: looked for after each step."""
    one, other = browser("petra"), browser("quinn")
    typed = {**FORM, "compartment": "harbour"}
    assert one.fill("/vault/seal/", **typed | {"payee": CANARY * 150}).status_code == 409
    page = one.fill("/vault/seal/", **typed)["Location"]
    assert left(everywhere()) == []
    one.fill(f"{page}ask/", reason=REASON, passphrase=FIRST)
    request = f"/vault/requests/{Request.objects.get().ref}/open/"
    assert left(everywhere(), FIRST) == []
    assert other.post(request, passphrase=f"{CANARY} {CANARY}").status_code == 409
    shown = other.post(request, passphrase=SECOND)
    assert CANARY in shown.content.decode(), "it is shown once"
    assert left(everywhere(), FIRST, SECOND) == []

    def broken(*_given, **_named):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("tipstaff.vault.views.Details", broken)
    with pytest.raises(RuntimeError):
        one.fill("/vault/seal/", **typed)
    logging.getLogger("tipstaff.vault").warning("somebody typed %s", CANARY)

    assert "RuntimeError" in printed.getvalue(), "something was printed at all"
    assert left(printed.getvalue().encode(), FIRST, SECOND) == []
    assert left(everywhere(), FIRST, SECOND) == []
    assert not [path for path in folder.parent.rglob("*") if path.is_file() and left(path.read_bytes())]


def test_security_18_the_database_and_one_key_open_nothing(folder, petra) -> None:
    ref = actions.seal_identity(compartment="harbour", details=Details(**FORM), actor=petra, now=NOON)
    body = bytes(Sealed.objects.get(identity__ref=ref).body)
    actions.ask_to_open(ref=ref, reason=REASON, passphrase=FIRST, actor=petra, now=NOON)
    half = holder.current().half_open(Request.objects.get().ref)

    assert half is not None
    assert left(body + half) == []
    assert half.startswith(b"age-encryption.org/v1")


def test_security_19_a_sealed_identity_has_the_size_of_its_step(folder, petra) -> None:
    sizes = set()
    for length in (0, 100, 2_000):
        details = Details(name="Alma", notes="x" * length)
        actions.seal_identity(compartment="harbour", details=details, actor=petra, now=NOON)
        sizes.add(len(bytes(Sealed.objects.latest("pk").body)))

    assert len(sizes) == 1


def test_security_32_a_destroyed_identity_is_in_no_file(folder, petra, quinn) -> None:
    """Not even sealed: no stretch of its ciphertext is left in the database or its journal."""
    ref = actions.seal_identity(compartment="harbour", details=Details(**FORM), actor=petra, now=NOON)
    body = bytes(Sealed.objects.get(identity__ref=ref).body)
    stretches = [body[at : at + 32] for at in range(3_000, len(body) - 32, 32)]
    before = kept("default")
    assert any(stretch in before or stretch.hex().encode() in before for stretch in stretches)

    request = actions.ask_to_destroy(ref=ref, reason=REASON, actor=petra, now=NOON)
    actions.destroy_identity(request=request, actor=quinn, now=NOON)

    after = kept("default")
    assert not any(stretch in after or stretch.hex().encode() in after for stretch in stretches)

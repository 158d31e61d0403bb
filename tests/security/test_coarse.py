"""What is kept says no size, no hour and no order."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.offices import Visitor, written_down
from tests.security.canaries import FINER_THAN_A_DAY, everything_under
from tests.servers import Door
from tipstaff.hatch import queries
from tipstaff.hatch.models import Envelope, Piece, Upload
from tipstaff.sealed.derive import mailbox_address, tip_reference
from tipstaff.sealed.padding import SMALLEST, bucket, padme
from tipstaff.sealed.receipt import Receipt


def test_security_19_a_letter_and_a_page_are_alike_on_the_wire_and_on_the_disk(standing_door: Door) -> None:
    before = standing_door.rows("SELECT count(*) FROM hatch_leaf")[0][0]
    answers = [standing_door.visitor().send(text) for text in ("x", "x" * 1024, "ñ" * 500, "一" * 300)]

    assert all(written_down(answer) for answer in answers)
    assert len({wire_bytes(answer) for answer in answers}) == 1
    rows = standing_door.rows(
        f"SELECT length(e.body), length(e.entry), length(e.mailbox), length(m.slots), e.day FROM hatch_envelope e "
        f"JOIN hatch_mailbox m ON m.address = e.mailbox WHERE e.leaf >= {before}"
    )
    assert len(rows) == 4
    assert len(set(rows)) == 1


def test_security_19_every_length_falls_into_a_published_bucket(visitor: Visitor) -> None:
    for characters in (1, 10_000, 20_000, 50_000, 100_000):
        visitor.tip("x" * characters)

    sizes = sorted(len(bytes(body)) for body in Envelope.objects.values_list("body", flat=True))
    overhead = sizes[0] - SMALLEST
    for size, characters in zip(sizes, (1, 10_000, 20_000, 50_000, 100_000), strict=True):
        chunks = -(-bucket(characters + 2048) // 65_536)
        assert size - overhead - 16 * (chunks - 1) in {SMALLEST << step for step in range(7)}
    assert len(set(sizes)) <= 4


def test_security_19_a_files_size_says_no_more_than_the_padme_rule_lets_through(visitor: Visitor) -> None:
    lengths = (1_000_003, 1_000_900, 1_015_000)
    assert len({padme(length) for length in lengths}) == 1
    for length in lengths:
        visitor.tip("See the film.", [("film.mp4", b"x" * length)])

    sizes: dict[bytes, int] = {}
    for piece in Piece.objects.all():
        sizes[bytes(piece.upload)] = sizes.get(bytes(piece.upload), 0) + len(bytes(piece.body))
    assert len(sizes) == 3
    assert len(set(sizes.values())) == 1


def test_security_20_all_that_came_on_one_day_bears_one_time(standing_door: Door) -> None:
    for number in range(3):
        standing_door.visitor().tip(f"Sender {number}.", [("pier.jpg", b"x" * 100)])

    days = {
        str(day)
        for table in ("hatch_envelope", "hatch_mailbox", "hatch_upload", "hatch_spenttoken")
        for (day,) in standing_door.rows(f"SELECT day FROM {table}")
    }
    today = datetime.now(UTC).date()  # or yesterday, for what other tests sent before midnight
    assert days <= {today.isoformat(), (today - timedelta(days=1)).isoformat()}
    assert not any(FINER_THAN_A_DAY.search(day) for day in days)


def test_security_20_no_file_is_made_for_a_tip(standing_door: Door) -> None:
    """Only the database's own files and the ratchet change; a tip has no file whose time could tell its hour."""
    standing_door.visitor().tip("The first.", [("pier.jpg", b"x" * 100)])
    before = {path.name for path in everything_under(standing_door.path)}
    standing_door.visitor().tip("The second.", [("pier.jpg", b"x" * 2_000_000)])

    assert {path.name for path in everything_under(standing_door.path)} - before == set()


def test_security_20_ids_are_random_bytes_and_no_page_shows_a_serial(visitor: Visitor) -> None:
    answers = [visitor.send("See the photo.", [("pier.jpg", b"x")]) for _ in range(40)]

    uploads = [bytes(upload.id) for upload in Upload.objects.all()]
    assert all(len(upload) == 16 for upload in uploads)
    # Every bit of an id takes both values: no version, no clock, no counter stands in it.
    always, never = uploads[0], bytes(16)
    for upload in uploads:
        always = bytes(a & b for a, b in zip(always, upload, strict=True))
        never = bytes(a | b for a, b in zip(never, upload, strict=True))
    assert (always, never) == (bytes(16), b"\xff" * 16)
    for number, answer in enumerate(answers[30:], start=30):
        receipt = written_down(answer)
        visible = re.sub(
            r"<pre.*?</pre>|data:[^\"]*|<!--.*?-->", "", answer.content.decode(), flags=re.DOTALL
        )
        for code in receipt.numbers:
            visible = visible.replace(code, "")
        assert not re.search(rf"\b{number}\b|\b{number + 1}\b", visible.replace(receipt.reference, ""))


def test_security_20_what_the_databases_keep_by_themselves_is_written_down() -> None:
    policy = (Path(__file__).parents[2] / "docs" / "soundness.md").read_text(encoding="utf-8")

    for word in ("xmin", "WAL", "secure_delete", "VACUUM"):
        assert word in policy, word


def test_security_21_a_reference_comes_from_the_receipt_and_from_nothing_else(visitor: Visitor) -> None:
    """Neither time nor turn has a part in it, so no set of references tells who came before whom."""
    for _ in range(3):
        receipt = visitor.tip("Three boats.")
        address = mailbox_address(Receipt.read(" ".join(receipt.words)))
        assert receipt.reference == tip_reference(address)
    assert tip_reference(mailbox_address(Receipt(bytes(16)))) == tip_reference(
        mailbox_address(Receipt(bytes(16)))
    )


def test_security_21_no_public_page_and_no_file_of_the_log_names_a_tip(visitor: Visitor) -> None:
    receipts = [visitor.tip(f"Sender {number}.") for number in range(3)]
    others = [
        visitor.get(path).content for path in ("/en/", "/en/mailbox/", "/en/protection/", "/log/checkpoint")
    ]

    for receipt in receipts:
        address = mailbox_address(Receipt.read(" ".join(receipt.words)))
        assert not any(receipt.reference.encode() in page for page in others)
        assert not any(address in entry for entry in queries.leaves(0, 3))
    assert visitor.get("/log/tile/entries/000.p/3").status_code == 404, "not before the daily head"


def wire_bytes(answer: Any) -> int:
    """The answer's length as it travels: headers and body."""
    return sum(len(f"{name}: {value}\r\n") for name, value in answer.items()) + len(answer.content)

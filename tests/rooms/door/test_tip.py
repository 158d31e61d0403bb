"""A tip through the form: what is typed arrives sealed, and nothing that is wrong loses a word of it."""

from hashlib import sha256
from typing import Any

import pytest

from tests.offices import TestOffice, Visitor, form_body, invented_offer, written_down
from tipstaff.door import keys, tokens
from tipstaff.door.posted import MOST_FIELDS_BYTES
from tipstaff.hatch import queries
from tipstaff.hatch.models import Piece
from tipstaff.sealed.age import open_sealed
from tipstaff.sealed.derive import mailbox_address, tip_reference
from tipstaff.sealed.envelope import LIMITS, Tip, open_envelope
from tipstaff.sealed.padding import padme
from tipstaff.sealed.receipt import Receipt
from tipstaff.tlog.note import Verifier
from tipstaff.tlog.verify import Trust, verify_proof


def opened(office: TestOffice) -> list[Tip]:
    """What the desk's key finds in the waiting envelopes."""
    items = [open_envelope(row.body, office.keyring.identities) for row in queries.waiting(100)]
    assert all(isinstance(item, Tip) for item in items)
    return items  # type: ignore[return-value]  # checked in the line above


def test_what_is_typed_arrives_sealed(office: TestOffice, visitor: Visitor) -> None:
    receipt = visitor.tip(
        "Three boats at the old pier.", offer="HBR-1", people="a man called Heron", places="the old pier",
        dates="in May", how="saw", may_ask="1", reward="1",
    )  # fmt: skip

    [tip] = opened(office)
    assert (tip.text, tip.offer, tip.offer_version) == ("Three boats at the old pier.", "HBR-1", 1)
    assert (tip.people, tip.places, tip.dates, tip.how) == (
        "a man called Heron",
        "the old pier",
        "in May",
        "saw",
    )
    assert (tip.may_ask, tip.reward, tip.language, tip.sealed_by) == (True, True, "en", "door")
    assert tip.mailbox == mailbox_address(Receipt.read(" ".join(receipt.words)))
    assert receipt.reference == tip_reference(tip.mailbox)


def test_the_words_and_the_numbers_are_one_receipt(visitor: Visitor) -> None:
    receipt = visitor.tip("Three boats.")

    assert Receipt.read(" ".join(receipt.words)) == Receipt.read(" ".join(receipt.numbers))


def test_the_proof_on_the_page_is_whole(office: TestOffice, visitor: Visitor) -> None:
    visitor.tip("The first.")
    receipt = visitor.tip("The second.")

    [_, row] = queries.waiting(10)
    checked = verify_proof(receipt.proof, Trust.of(Verifier.parse(office.notice.log.door)))
    assert (checked.entry, checked.index) == (row.entry, 1)
    assert row.entry == sha256(row.body).digest()


def test_files_arrive_sealed_each_on_its_own(office: TestOffice, visitor: Visitor) -> None:
    photo, map_ = b"\xff\xd8 a photo " * 200_000, b"a map"

    visitor.tip("See the photo.", [("pier.jpg", photo), ("C:\\maps\\map.txt", map_)])

    [tip] = opened(office)
    [row] = queries.waiting(1)
    assert [(file.name, file.size, file.place) for file in tip.files] == [
        ("pier.jpg", len(photo), 0),
        ("map.txt", 5, 1),
    ]
    assert sorted(queries.uploads_of(row.entry)) == sorted(bytes.fromhex(file.upload) for file in tip.files)
    for file, plain in zip(tip.files, (photo, map_), strict=True):
        sealed = b"".join(queries.pieces(bytes.fromhex(file.upload)))
        assert sha256(sealed).hexdigest() == file.sha256
        found = open_sealed(sealed, office.keyring.identities)
        assert (len(found), found[: file.size]) == (padme(len(plain)), plain)


def test_the_language_switch_keeps_what_was_typed(visitor: Visitor) -> None:
    fields = {
        "token": visitor.token(),
        "text": "Tres lanchas.",
        "people": "Heron",
        "reward": "1",
        "language": "es",
    }

    answer = visitor.post("/en/tip/", fields, [("pier.jpg", b"x" * 100)])

    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="es"' in page
    assert "Tres lanchas." in page
    assert "Heron" in page
    assert 'name="reward" value="1" checked' in page
    assert "pier.jpg" in page, "files are asked for again by name"
    assert queries.count_waiting() == 0


PROBLEMS: list[Any] = [
    ({"text": "  "}, [], "One sentence is enough"),
    ({"text": "x" * 100_001}, [], "1 characters too long"),
    ({"text": "seen", "people": "y" * 5_001}, [], "1 characters too long"),
    ({"text": "seen"}, [("nothing.jpg", b"")], "“nothing.jpg” is empty"),
    ({"text": "seen"}, [(f"{i}.txt", b"x") for i in range(11)], "No more than ten files"),
    ({"text": "seen", "offer": "HBR-9"}, [], "There is no such offer"),
    ({"text": "seen", "offer": "HBR-2"}, [], "This offer is closed"),
    ({"text": "seen", "token": "forged"}, [], "open for too long, or was changed"),
]


@pytest.mark.parametrize("fields, files, sentence", PROBLEMS)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    office: TestOffice,
    visitor: Visitor,
    fields: dict[str, str],
    files: list[tuple[str, bytes]],
    sentence: str,
) -> None:
    office.publish(offers=(invented_offer(), invented_offer(ref="HBR-2", state="expired")))

    answer = visitor.post(
        "/en/tip/", {"token": visitor.token(), "dates": "in May", **fields, "send": "1"}, files
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "<title>Error:" in page
    assert fields["text"].strip() in page
    assert "in May" in page
    assert all(name in page for name, _ in files)
    assert queries.count_waiting() == 0
    assert queries.private_head().size == 0


def test_after_a_problem_the_same_page_can_be_sent(office: TestOffice, visitor: Visitor) -> None:
    refused = visitor.send("seen", offer="HBR-9")
    token = refused.content.decode().split('name="token" value="')[1].split('"')[0]

    written_down(visitor.post("/en/tip/", {"token": token, "text": "seen", "offer": "", "send": "1"}))

    assert [tip.text for tip in opened(office)] == ["seen"]


@pytest.mark.parametrize("cut", [5, 60, 200, 330])
def test_a_broken_post_keeps_what_came_and_stores_nothing(visitor: Visitor, cut: int) -> None:
    body = form_body(
        {"token": visitor.token(), "text": "Three boats at the pier", "send": "1"}, [("a.jpg", b"x" * 200)]
    )

    answer = visitor.post_raw("/en/tip/", body[:-cut])

    assert answer.status_code == 422
    assert "Three boats at the pier" in answer.content.decode()
    assert "broke off" in answer.content.decode()
    assert queries.count_waiting() == 0


def test_a_post_that_is_no_form_is_answered_with_the_form(visitor: Visitor) -> None:
    answer = visitor.post_raw("/en/tip/", b"text=seen", "application/x-www-form-urlencoded")

    assert answer.status_code == 422
    assert 'name="token"' in answer.content.decode()


def test_an_old_page_gets_a_new_token_and_keeps_its_text(office: TestOffice, visitor: Visitor) -> None:
    old = tokens.issue(keys.current().form, 0.0)

    answer = visitor.post("/en/tip/", {"token": old, "text": "seen long ago", "send": "1"})

    assert answer.status_code == 422
    assert "seen long ago" in answer.content.decode()
    assert queries.count_waiting() == 0


def test_files_that_are_too_large_are_let_go_and_the_text_is_kept(visitor: Visitor) -> None:
    files = [("boats.mp4", bytes(LIMITS.TOTAL_BYTES + MOST_FIELDS_BYTES)), ("pier.jpg", b"x")]

    answer = visitor.send("Three boats at the pier", files)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "With “boats.mp4” the files are larger than 200 MB" in page
    assert "Three boats at the pier" in page
    assert "pier.jpg" in page
    assert Piece.objects.count() == 0, "not one byte of them was kept"


def test_a_file_that_grows_past_the_limit_stops_there(visitor: Visitor) -> None:
    half = bytes(LIMITS.TOTAL_BYTES // 2 + 1)

    answer = visitor.send("Three boats at the pier", [("one.mp4", half), ("two.mp4", half)])

    assert answer.status_code == 422
    assert "With “two.mp4” the files are larger than 200 MB" in answer.content.decode()
    assert queries.count_waiting() == 0


def test_two_million_characters_are_too_long_and_all_still_there(visitor: Visitor) -> None:
    text = "a boat " * 290_000

    answer = visitor.send(text)

    assert answer.status_code == 422
    assert "1,930,000 characters too long" in answer.content.decode()
    assert text.strip() in answer.content.decode()


def test_a_language_that_we_do_not_have_loses_nothing(visitor: Visitor) -> None:
    answer = visitor.post("/fr/tip/", {"token": visitor.token(), "text": "Trois bateaux.", "send": "1"})

    assert answer.status_code == 404
    assert "Trois bateaux." in answer.content.decode()
    assert 'href="/es/"' in answer.content.decode()
    assert queries.count_waiting() == 0


def test_before_anything_is_published_nothing_is_taken_and_nothing_lost(new_office: TestOffice) -> None:
    answer = Visitor().post("/en/tip/", {"token": "x", "text": "Three boats.", "send": "1"})

    assert answer.status_code == 503
    assert "Three boats." in answer.content.decode()
    assert queries.count_waiting() == 0

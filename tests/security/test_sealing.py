"""What is called sealed is sealed, to the keys that the desk signed for, and stays what and where it was."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connections

from tests.offices import DAY, TestOffice, Visitor
from tests.rooms.tips.conftest import NOON, get_tip
from tests.rooms.tips.source import Source, put_in_hatch, stranger
from tests.unit.sealed.npm import vectors
from tests.unit.sealed.test_age_vectors import outcome, read_vector
from tipstaff.door import bulletin
from tipstaff.hatch import actions, notice, queries
from tipstaff.hatch.models import Envelope as Waiting
from tipstaff.hatch.models import Piece
from tipstaff.sealed.age import Altered, NotForThisKey, NotSealed, open_sealed, seal, stanzas_of
from tipstaff.sealed.envelope import BadEnvelope, Reply, open_envelope, open_slot, pack_envelope, pack_slot
from tipstaff.sealed.header import SealError, decode, encode
from tipstaff.sealed.keyfile import Keyring
from tipstaff.sealed.receipt import Receipt
from tipstaff.sealed.recipients import HybridIdentity, HybridRecipient, Stanza
from tipstaff.tips import jobs
from tipstaff.tips.models import Attachment, Body, Envelope, Message, Tip
from tipstaff.tlog.note import Signer

FILE_KEY = bytes(range(16))
HYBRID = "mlkem768x25519"


def sealed_in_the_hatch() -> list[bytes]:
    """Every envelope and every staged file, whole."""
    files: dict[bytes, bytes] = {}
    for piece in Piece.objects.order_by("upload", "number"):
        files[bytes(piece.upload)] = files.get(bytes(piece.upload), b"") + bytes(piece.body)
    return [bytes(row.body) for row in Waiting.objects.all()] + list(files.values())


def test_security_26_all_that_is_stored_is_the_format_and_for_every_enrolled_key(
    office: TestOffice, visitor: Visitor
) -> None:
    second = HybridIdentity.generate()
    office.publish(recipients=(*office.notice.recipients, str(second.recipient())))

    visitor.tip("Three boats.", [("pier.jpg", b"x" * 3_000_000), ("map.txt", b"x")])

    everything = sealed_in_the_hatch()
    assert len(everything) == 3
    for sealed in everything:
        assert [stanza.kind for stanza in stanzas_of(sealed)] == [HYBRID, HYBRID]
        assert open_sealed(sealed, office.keyring.identities) == open_sealed(sealed, [second])
        with pytest.raises(NotForThisKey):
            open_sealed(sealed, [HybridIdentity.generate()])


def forged_unsigned(office: TestOffice, text: str) -> str:
    return text


def forged_by_another_key(office: TestOffice, text: str) -> str:
    ring = Keyring.generate("tips.harbour.example/log")
    return Signer(ring.names.notice, ring.notice).sign(text)


def forged_by_our_key_for_heads(office: TestOffice, text: str) -> str:
    return office.head_signer.sign(text)


def forged_under_a_good_signature(office: TestOffice, text: str) -> str:
    good = office.notice_signer.sign(notice.text(office.notice))
    return text + "\n" + good.split("\n\n", 1)[1]


@pytest.mark.parametrize(
    "forge",
    [forged_unsigned, forged_by_another_key, forged_by_our_key_for_heads, forged_under_a_good_signature],
)
def test_security_26_recipients_come_from_the_signed_notice_and_from_nowhere_else(
    office: TestOffice, visitor: Visitor, forge: Callable[[TestOffice, str], str]
) -> None:
    thief = HybridIdentity.generate()
    forged = replace(office.notice, number=office.notice.number + 1, recipients=(str(thief.recipient()),))
    actions.put_notice(number=forged.number, note=forge(office, notice.text(forged)), today=DAY)
    bulletin.forget()

    visitor.tip("Three boats.", [("pier.jpg", b"x")])

    for sealed in sealed_in_the_hatch():
        assert open_sealed(sealed, office.keyring.identities)
        with pytest.raises(NotForThisKey):
            open_sealed(sealed, [thief])


def test_security_26_a_notice_from_before_is_never_put_back_in_force(
    office: TestOffice, visitor: Visitor
) -> None:
    """An old notice under a new row's number is refused: it may name a key that was withdrawn since."""
    old = office.notice_signer.sign(notice.text(office.notice))
    office.publish(recipients=(str(HybridIdentity.generate().recipient()),))
    actions.put_notice(number=office.notice.number + 1, note=old, today=DAY)
    bulletin.forget()

    visitor.tip("Three boats.")

    with pytest.raises(NotForThisKey):
        open_sealed(bytes(Waiting.objects.get().body), office.keyring.identities)


def test_security_26_with_no_signed_key_nothing_is_taken_at_all(new_office: TestOffice) -> None:
    answer = Visitor().post(
        "/en/tip/", {"text": "Three boats.", "send": "1"}, [("pier.jpg", b"x" * 2_000_000)]
    )

    assert answer.status_code == 503
    assert "Three boats." in answer.content.decode()
    assert sealed_in_the_hatch() == []


def only_a_banner(source: Source) -> bytes:
    return b"age-encryption.org/v1\nthree boats at the old pier"


def plain_text(source: Source) -> bytes:
    return b"three boats at the old pier"


def for_somebody_else(source: Source) -> bytes:
    return pack_envelope(source.sealed_tip(), [stranger()])


@pytest.mark.parametrize(
    "make, reason",
    [(only_a_banner, "not-sealed"), (plain_text, "not-sealed"), (for_somebody_else, "not-for-us")],
)
def test_security_26_the_desk_takes_nothing_for_sealed_that_is_not(
    source: Source, make: Callable[[Source], bytes], reason: str
) -> None:
    put_in_hatch(make(source), source.mailbox, new=True)

    jobs.open_waiting(source.office.keyring, NOON)

    [envelope] = Envelope.objects.unscoped("a test looks").all()
    assert (envelope.state, envelope.reason) == ("not-openable", reason)
    assert Tip.objects.unscoped("a test looks").count() == 0
    assert bytes(Body.objects.get().body) == make(source) or reason == "not-for-us"


def test_security_28_a_tip_moved_to_another_mailbox_does_not_open(harbour: TestOffice) -> None:
    mine, other = Source(harbour), Source(harbour)
    put_in_hatch(pack_envelope(mine.sealed_tip("Mine."), mine.recipients), other.mailbox, new=True)

    jobs.open_waiting(harbour.keyring, NOON)

    [envelope] = Envelope.objects.unscoped("a test looks").all()
    assert envelope.reason == "other-mailbox"
    assert Tip.objects.unscoped("a test looks").count() == 0


def test_security_28_a_message_moved_or_written_for_another_tip_is_not_the_sources(
    harbour: TestOffice,
) -> None:
    mine, other = Source(harbour), Source(harbour)
    mine.tip("Mine.")
    other.tip("The other's.")
    mine.message("Said by somebody else.", signer=other)
    moved = queries.waiting(10)[-1]
    with connections["hatch"].cursor() as cursor:
        cursor.execute(
            "UPDATE hatch_envelope SET mailbox = %s WHERE entry = %s", [other.mailbox, moved.entry]
        )

    jobs.open_waiting(harbour.keyring, NOON)

    assert Envelope.objects.unscoped("a test looks").get(leaf=moved.leaf).reason == "other-mailbox"
    assert Message.objects.count() == 0
    assert get_tip(other.ref).text == "The other's."


def test_security_28_files_that_were_swapped_are_not_given_out_as_the_senders(harbour: TestOffice) -> None:
    mine, other = Source(harbour), Source(harbour)
    photos = [source.file("boats.jpg", data) for source, data in ((mine, b"mine"), (other, b"other"))]
    mine.tip("Mine.", files=(photos[0],))
    other.tip("The other's.", files=(photos[1],))
    with connections["hatch"].cursor() as cursor:
        first, second = (bytes.fromhex(photo.upload) for photo in photos)
        for before, after in ((first, b"x" * 16), (second, first), (b"x" * 16, second)):
            cursor.execute("UPDATE hatch_piece SET upload = %s WHERE upload = %s", [after, before])

    jobs.open_waiting(harbour.keyring, NOON)

    assert {attachment.doubt for attachment in Attachment.objects.all()} == {"other-file"}


def test_security_28_direction_is_bound_a_reply_is_no_tip_and_a_tip_no_reply(harbour: TestOffice) -> None:
    source = Source(harbour)
    both = HybridIdentity.generate()
    reply = pack_slot(Reply(source.mailbox, 1, "message", None, "Come.", DAY), both.recipient())
    tip = pack_envelope(source.sealed_tip("x"), [both.recipient()])

    with pytest.raises(BadEnvelope):
        open_envelope(reply, [both])
    with pytest.raises(BadEnvelope):
        open_slot(tip, both)
    with pytest.raises(Altered):
        open_slot(tip[: len(reply)], both)


def test_security_28_offer_version_and_notice_are_inside_and_are_checked(source: Source) -> None:
    """A tip that names a notice which this desk never published decides nothing, whatever offer it names."""
    source.tip(notice_sha256="0" * 64, offer="RDG-1", offer_version=1)

    jobs.open_waiting(source.office.keyring, NOON)

    tip = get_tip(source.ref)
    assert (tip.doubts, tip.compartment) == ("unknown-notice", "harbour")


def test_security_28_no_recipient_can_be_added_taken_away_or_exchanged() -> None:
    desk, second, thief = (HybridIdentity.generate() for _ in range(3))
    sealed = seal(b"three boats", [desk.recipient(), second.recipient()])
    start, mac = sealed.split(b"\n--- ", 1)
    first = start.index(b"\n-> ") + 1
    next_ = start.index(b"\n-> ", first) + 1
    stranger_stanza = seal(b"x", [thief.recipient()]).split(b"\n--- ", 1)[0].split(b"\n", 1)[1]
    altered = {
        "taken away": start[:next_].rstrip(b"\n"),
        "added": start + b"\n" + stranger_stanza,
        "exchanged": start[:next_] + stranger_stanza,
        "turned round": start[:first] + start[next_:] + b"\n" + start[first : next_ - 1],
    }

    assert open_sealed(sealed, [desk]) == b"three boats"
    for change, header in altered.items():
        with pytest.raises(Altered, match="header"):
            open_sealed(header + b"\n--- " + mac, [desk])
        assert change


def test_security_30_the_published_hybrid_vectors_give_the_published_results() -> None:
    hybrid = {name: read_vector(raw) for name, raw in vectors().items() if "hybrid" in name}

    assert len(hybrid) == 19
    assert {name: outcome(vector)[0] for name, vector in hybrid.items()} == {
        name: vector.expect for name, vector in hybrid.items()
    }


def stanza_and_key() -> tuple[Stanza, HybridIdentity]:
    identity = HybridIdentity(bytes(range(32)))
    return identity.recipient().wrap(FILE_KEY), identity


def with_enc(stanza: Stanza, enc: bytes) -> Stanza:
    return stanza._replace(args=(encode(enc).decode(),))


@pytest.mark.parametrize("part", ["ml-kem ciphertext", "x25519 share", "wrapped key"])
def test_security_30_a_decapsulation_that_fails_is_refused_and_gives_no_key(part: str) -> None:
    """One bit anywhere: ML-KEM rejects implicitly, with a random secret, so the refusal must come from the seal."""
    stanza, identity = stanza_and_key()
    enc = decode(stanza.args[0].encode())
    assert identity.unwrap([stanza]) == FILE_KEY
    places = {
        "ml-kem ciphertext": range(0, 1088, 17),
        "x25519 share": range(1088, 1120),
        "wrapped key": range(32),
    }
    for place in places[part]:
        changed = bytearray(stanza.body if part == "wrapped key" else enc)
        changed[place] ^= 1
        bad = (
            stanza._replace(body=bytes(changed))
            if part == "wrapped key"
            else with_enc(stanza, bytes(changed))
        )
        assert identity.unwrap([bad]) is None, f"byte {place}"


def test_security_30_both_halves_are_needed_and_bound_to_the_recipient() -> None:
    """Whoever breaks one half, or has one half's key, has nothing; a key that shares a half opens nothing."""
    stanza, identity = stanza_and_key()
    other = HybridIdentity(bytes(32))
    enc, theirs = decode(stanza.args[0].encode()), decode(other.recipient().wrap(FILE_KEY).args[0].encode())
    raw, other_raw = identity.recipient().raw, other.recipient().raw
    half = HybridRecipient.from_raw(raw[:1184] + other_raw[1184:])
    other_half = HybridRecipient.from_raw(other_raw[:1184] + raw[1184:])

    for mixed in (half, other_half):
        for key in (identity, other):
            assert key.unwrap([mixed.wrap(FILE_KEY)]) is None, "sealed to a mixture of two keys"
    for swapped in (enc[:1088] + theirs[1088:], theirs[:1088] + enc[1088:]):
        for key in (identity, other):
            assert key.unwrap([with_enc(stanza, swapped)]) is None, "re-encapsulated in one half"


def test_security_30_the_same_secret_sealed_twice_is_never_the_same() -> None:
    _, identity = stanza_and_key()
    stanzas = [identity.recipient().wrap(FILE_KEY) for _ in range(2)]

    first, second = (decode(stanza.args[0].encode()) for stanza in stanzas)
    assert first[:1088] != second[:1088]
    assert first[1088:] != second[1088:]
    assert stanzas[0].body != stanzas[1].body


def test_security_30_everything_that_is_sealed_for_long_is_hybrid(
    office: TestOffice, visitor: Visitor
) -> None:
    """To the desk and to the source: an X25519 recipient alone, which an envelope copied today would not outlive,
    is refused as a reply key and never appears in a notice that this office signs."""
    assert all(recipient.startswith("age1pq1") for recipient in office.notice.recipients)
    receipt = Receipt.read(" ".join(visitor.tip("Three boats.").words))
    [row] = queries.waiting(1)
    tip = open_envelope(row.body, office.keyring.identities)
    assert getattr(tip, "reply", "").startswith("age1pq1")
    assert receipt

    x25519 = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
    with pytest.raises((BadEnvelope, SealError, NotSealed)):
        pack_envelope(replace(tip, reply=x25519), [office.keyring.identities[0].recipient()])  # type: ignore[arg-type]  # a tip

"""Opening: what was sealed becomes a tip or a message; what does not open is kept with its reason."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.source import Source, put_in_hatch, stranger
from tipstaff.outbox.jobs import deliver
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotAllowed, NotVisible, system
from tipstaff.sealed.age import seal
from tipstaff.sealed.envelope import pack_envelope
from tipstaff.sealed.recipients import HybridIdentity
from tipstaff.tips import actions, jobs, rounds
from tipstaff.tips.actions.opening import Routing, Settled
from tipstaff.tips.models import Attachment, Body, Envelope, Message, Tip
from tipstaff.tips.queries import account


def envelope() -> Envelope:
    return Envelope.objects.unscoped("a test looks").get()


def test_a_tip_is_opened_with_all_that_was_told(source: Source) -> None:
    source.tip(
        "Three boats.",
        people="the tall one",
        places="the old pier",
        dates="Friday",
        how="told",
        may_ask=False,
        reward=True,
    )

    assert jobs.open_waiting(source.office.keyring, NOON) == Settled(opened=1)

    tip = get_tip(source.ref)
    assert (tip.text, tip.people, tip.places, tip.dates) == (
        "Three boats.", "the tall one", "the old pier", "Friday",
    )  # fmt: skip
    assert (tip.how, tip.may_ask, tip.reward, tip.language) == ("told", False, True, "es")
    assert (tip.state, tip.held, tip.doubts, tip.compartment) == ("received", False, "", "harbour")
    assert (envelope().state, envelope().kind) == ("opened", "tip")
    assert Body.objects.count() == 1


@pytest.mark.parametrize("offer, compartment", [("HBR-1", "harbour"), ("RDG-1", "ridge"), (None, "harbour")])
def test_a_tip_goes_to_its_offers_compartment(source: Source, offer: str | None, compartment: str) -> None:
    source.tip(offer=offer, offer_version=1 if offer else None)

    jobs.open_waiting(source.office.keyring, NOON)

    assert get_tip(source.ref).compartment == envelope().compartment == compartment


def test_under_a_notice_that_nobody_here_published_an_offer_decides_nothing(source: Source) -> None:
    source.tip(offer="RDG-1", offer_version=1, notice_sha256="0" * 64)

    jobs.open_waiting(source.office.keyring, NOON)

    tip = get_tip(source.ref)
    assert (tip.doubts, tip.compartment, tip.text) == (
        "unknown-notice", "harbour", "Three boats at the old pier.",
    )  # fmt: skip


def test_an_offer_that_nobody_knows_is_said(source: Source) -> None:
    source.tip(offer="GONE-9", offer_version=1)

    jobs.open_waiting(source.office.keyring, NOON)

    assert (get_tip(source.ref).doubts, get_tip(source.ref).compartment) == ("unknown-offer", "harbour")


def sealed_for_others(source: Source) -> bytes:
    return pack_envelope(source.sealed_tip(), [stranger()])


def no_envelope(source: Source) -> bytes:
    return b"-----BEGIN AGE ENCRYPTED FILE-----\nnot at all\n"


def torn(source: Source) -> bytes:
    body = pack_envelope(source.sealed_tip(), source.recipients)
    return body[:-1] + bytes([body[-1] ^ 1])


def other_contents(source: Source) -> bytes:
    return seal(bytes(16_384), source.recipients)


def for_another_mailbox(source: Source) -> bytes:
    return pack_envelope(Source(source.office).sealed_tip(), source.recipients)


@pytest.mark.parametrize(
    "make, reason",
    [
        (sealed_for_others, "not-for-us"),
        (no_envelope, "not-sealed"),
        (torn, "damaged"),
        (other_contents, "bad-contents"),
        (for_another_mailbox, "other-mailbox"),
    ],
)
def test_what_does_not_open_is_kept_with_its_reason(
    source: Source, make: Callable[[Source], bytes], reason: str
) -> None:
    body = make(source)
    put_in_hatch(body, source.mailbox, new=True)

    settled = jobs.open_waiting(source.office.keyring, NOON)

    assert settled == Settled(set_aside=1)
    assert (envelope().state, envelope().reason) == ("not-openable", reason)
    assert bytes(Body.objects.get().body) == body
    assert Tip.objects.unscoped("a test looks").count() == 0


def test_a_second_tip_in_one_mailbox_is_set_aside(source: Source) -> None:
    source.tip("The first.")
    put_in_hatch(pack_envelope(source.sealed_tip("Another."), source.recipients), source.mailbox, new=False)

    assert jobs.open_waiting(source.office.keyring, NOON) == Settled(opened=1, set_aside=1)

    assert get_tip(source.ref).text == "The first."


def test_a_message_finds_its_tip_in_the_same_round(source: Source) -> None:
    source.tip()
    source.message("The blue one is gone.")

    jobs.open_waiting(source.office.keyring, NOON)

    message = Message.objects.get()
    assert (message.text, message.number, message.direction, message.doubt) == (
        "The blue one is gone.", 2, "from-source", "",
    )  # fmt: skip
    assert (get_tip(source.ref).numbers, get_tip(source.ref).last_from_source) == (2, 2)


def test_a_message_finds_its_tip_later(source: Source, opened: Callable[..., Tip]) -> None:
    opened(source)
    source.message("One.")
    source.message("Two.")

    jobs.open_waiting(source.office.keyring, NOON)

    assert list(Message.objects.order_by("number").values_list("number", "text")) == [
        (2, "One."),
        (3, "Two."),
    ]


def test_a_message_that_another_key_signed_is_kept_and_flagged(
    source: Source, opened: Callable[..., Tip]
) -> None:
    opened(source)
    source.message("Meet me at the pier.", signer=Source(source.office))

    jobs.open_waiting(source.office.keyring, NOON)

    assert (Message.objects.get().text, Message.objects.get().doubt) == ("Meet me at the pier.", "unsigned")


def test_a_message_without_a_tip_waits_for_it_and_is_tried_again(source: Source) -> None:
    source.message("More.")
    jobs.open_waiting(source.office.keyring, NOON)
    assert envelope().reason == "no-tip"
    ref = envelope().ref
    source.tip()
    jobs.open_waiting(source.office.keyring, NOON)

    keeper = Actor("kim", "harbour-police", frozenset({("tips.envelope.open", "office")}))
    with pytest.raises(NotVisible):
        rounds.open_again(ref=ref, keyring=source.office.keyring, actor=keeper, now=NOON)
    keeper = replace(keeper, grants=keeper.grants | {("tips.envelope.see", "office")})
    assert rounds.open_again(ref=ref, keyring=source.office.keyring, actor=keeper, now=NOON)

    assert Message.objects.get().text == "More."


def test_an_older_key_opens_what_was_set_aside(source: Source, ana: Actor) -> None:
    keyring = source.office.keyring
    source.tip()
    without = replace(keyring, identities=(HybridIdentity.generate(),))
    jobs.open_waiting(without, NOON)
    assert envelope().reason == "not-for-us"

    assert not rounds.open_again(ref=envelope().ref, keyring=without, actor=ana, now=NOON)
    assert rounds.open_again(ref=envelope().ref, keyring=keyring, actor=ana, now=NOON)

    assert (envelope().state, envelope().reason) == ("opened", "")
    with pytest.raises(NotVisible):
        rounds.open_again(ref=envelope().ref, keyring=keyring, actor=ana, now=NOON)


def test_opening_twice_makes_one_tip(source: Source) -> None:
    source.tip()
    jobs.take_in_waiting(NOON)
    closed = account.closed_bodies(after=-1, limit=10)
    jobs.open_waiting(source.office.keyring, NOON)

    settled = rounds.open_round(closed, source.office.keyring, system("worker"), NOON)

    assert settled == Settled()
    assert Tip.objects.unscoped("a test looks").count() == 1


def test_files_get_their_names_and_what_does_not_fit_is_said(source: Source) -> None:
    fine = source.file("boats.jpg", b"three boats", 0)
    other = replace(source.file("pier.jpg", b"a pier", 1), sha256="0" * 64)
    body = source.sealed_tip(files=(fine, other, replace(fine, name="gone.jpg", upload="0" * 32, place=2)))
    uploads = [bytes.fromhex(file.upload) for file in (fine, other)]
    put_in_hatch(pack_envelope(body, source.recipients), source.mailbox, new=True, uploads=uploads)

    jobs.open_waiting(source.office.keyring, NOON)

    assert list(Attachment.objects.order_by("place").values_list("name", "size", "doubt")) == [
        ("boats.jpg", 11, ""),
        ("pier.jpg", 6, "other-file"),
        ("gone.jpg", 11, "missing-file"),
    ]


def test_a_new_tips_mailbox_is_filled_like_any_other(source: Source) -> None:
    source.tip()
    jobs.open_waiting(source.office.keyring, NOON)

    assert list(Parcel.objects.values_list("kind", "key")) == [("slots", source.mailbox.hex())]
    deliver(None, NOON)

    assert len(source.slots()) == 8
    (reply,) = source.replies()
    assert (reply.number, reply.kind, reply.state, reply.day) == (1, "state", "received", NOON.date())


def test_each_round_is_recorded_with_what_became_of_each(source: Source) -> None:
    source.tip()
    jobs.open_waiting(source.office.keyring, NOON)

    assert records("tips.") == [
        ("tips.envelope.taken_in", "system:worker"),
        ("tips.envelope.opened", "system:worker"),
    ]


def test_who_may_not_open_envelopes_opens_none(source: Source, dora: Actor) -> None:
    source.tip()
    jobs.take_in_waiting(NOON)

    with pytest.raises(NotAllowed):
        actions.settle(outcomes=[], routing=Routing({}, {}, "harbour"), actor=dora, now=NOON)

    assert envelope().state == "waiting"

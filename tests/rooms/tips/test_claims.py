"""What sources answer about rewards: whose it is, what it answers, and the proof that outlives the page."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.rooms.tips.conftest import NOON, get_tip
from tests.rooms.tips.rewards import (
    ACCEPT,
    CASE,
    COLLECT,
    DECLINE,
    IDA,
    LATER_NOTICE,
    NOTICE,
    REVIEW,
    VOUCHER,
)
from tests.rooms.tips.source import Source, put_in_hatch
from tipstaff.hatch import queries as hatch
from tipstaff.people.access import Actor
from tipstaff.sealed.envelope import Claim, open_envelope, pack_envelope
from tipstaff.tips import actions, jobs
from tipstaff.tips.models import Envelope, Message, Tip
from tipstaff.tips.queries import SourceFacts, claim_is_genuine, claims_after, sources_of
from tipstaff.tips.states import Disposition

OTHER_CASE = "CLM-5555-5555-555M"


@pytest.fixture
def tip(opened: Callable[..., Tip], source: Source) -> Tip:
    """The source's tip, told of a reward."""
    tip = opened(source, reward=True, offer="HBR-1", offer_version=3)
    actions.tell_reward(tip=tip.ref, notice=NOTICE, text="", actor=IDA, now=NOON)
    return tip


def opens(source: Source) -> None:
    jobs.open_waiting(source.office.keyring, NOON)


def test_an_answer_is_kept_with_its_proof(source: Source, tip: Tip) -> None:
    source.answer(ACCEPT)
    opens(source)

    [row] = claims_after(0, 10)
    assert (row.number, row.tip, row.claim, row.challenge, row.answer, row.reason) == (
        1,
        tip.ref,
        CASE,
        NOTICE.challenge,
        "accept",
        "",
    )
    assert (dict(row.answers), row.genuine, row.day) == (ACCEPT.answers, True, NOON.date())
    assert claim_is_genuine(row)
    message = Message.objects.get(kind="claim")
    assert (message.text, message.number, get_tip(tip.ref).last_from_source) == ("", 3, 3)
    assert "official" not in repr(row)


@pytest.mark.parametrize("claim", [DECLINE, REVIEW, COLLECT], ids=lambda claim: claim.answer)
def test_every_answer_comes_through(source: Source, tip: Tip, claim: Claim) -> None:
    actions.tell_reward(tip=tip.ref, notice=LATER_NOTICE, text="", actor=IDA, now=NOON)
    actions.tell_voucher(tip=tip.ref, voucher=VOUCHER, text="", actor=IDA, now=NOON)
    source.answer(claim)
    opens(source)

    [row] = claims_after(0, 10)
    assert (row.answer, row.reason, row.challenge) == (claim.answer, claim.reason, claim.challenge)
    assert row.genuine
    assert claim_is_genuine(row)


UNASKED = [
    replace(ACCEPT, challenge=bytes(32)),
    replace(ACCEPT, claim=OTHER_CASE),
    REVIEW,
    COLLECT,
]


@pytest.mark.parametrize("claim", UNASKED, ids=lambda claim: claim.answer)
def test_an_answer_to_what_was_not_asked_is_doubted(source: Source, tip: Tip, claim: Claim) -> None:
    source.answer(claim)
    opens(source)

    [row] = claims_after(0, 10)
    assert not row.genuine
    assert Message.objects.get(kind="claim").doubt == "unasked"
    assert claim_is_genuine(row), "the source's own hand, all the same"


def test_what_was_asked_of_another_source_is_not_asked_of_this_one(
    opened: Callable[..., Tip], source: Source, tip: Tip
) -> None:
    other = Source(source.office)
    opened(other)
    other.answer(ACCEPT)
    opens(source)

    [row] = claims_after(0, 10)
    assert not row.genuine


def test_an_answer_to_what_was_taken_back_is_doubted(source: Source, tip: Tip) -> None:
    actions.take_back(tip=tip.ref, claim=CASE, kind="reward", actor=IDA, now=NOON)
    source.answer(ACCEPT)
    opens(source)

    assert [row.genuine for row in claims_after(0, 10)] == [False]


def test_another_hand_is_noticed(source: Source, tip: Tip) -> None:
    source.answer(ACCEPT, signer=Source(source.office))
    opens(source)

    [row] = claims_after(0, 10)
    assert not row.genuine
    assert not claim_is_genuine(row)
    assert Message.objects.get(kind="claim").doubt == "unsigned"


def test_an_answer_moved_to_another_mailbox_does_not_open(
    opened: Callable[..., Tip], source: Source, tip: Tip
) -> None:
    other = Source(source.office)
    opened(other)
    source.answer(ACCEPT)
    [waiting] = hatch.waiting(10)
    message = open_envelope(waiting.body, source.office.keyring.identities)
    put_in_hatch(pack_envelope(message, source.recipients), other.mailbox, new=False)
    opens(source)

    reasons = Envelope.objects.unscoped("a test looks").values_list("reason", flat=True)
    assert sorted(set(reasons)) == ["", "other-mailbox"]
    assert [row.tip for row in claims_after(0, 10)] == [tip.ref]


CHANGED: list[dict[str, Any]] = [
    {"claim": OTHER_CASE},
    {"challenge": bytes(32)},
    {"answer": "decline"},
    {"answers": {**ACCEPT.answers, "official": "no"}},
    {"answers": {}},
    {"reason": "something"},
    {"signature": bytes(64)},
    {"signature": b"short"},
    {"signed_bytes": b""},
    {"signed_bytes": b"tipstaff/v1/message\n{}"},
    {"tip": "TIP-NONE"},
]


@pytest.mark.parametrize("changes", CHANGED, ids=lambda changes: next(iter(changes)))
def test_a_changed_row_is_not_the_sources(source: Source, tip: Tip, changes: dict[str, Any]) -> None:
    source.answer(ACCEPT)
    opens(source)
    [row] = claims_after(0, 10)

    assert not claim_is_genuine(replace(row, **changes))


def test_an_answer_belongs_to_one_tip(opened: Callable[..., Tip], source: Source, tip: Tip) -> None:
    other = opened(Source(source.office))
    source.answer(ACCEPT)
    opens(source)
    [row] = claims_after(0, 10)

    assert not claim_is_genuine(replace(row, tip=other.ref))


def test_answers_are_numbered_over_all_tips_in_the_order_they_were_opened(
    opened: Callable[..., Tip], source: Source, tip: Tip
) -> None:
    other = Source(source.office)
    opened(other)
    source.answer(ACCEPT)
    source.message("And a word.")
    other.answer(DECLINE)
    opens(source)
    source.answer(DECLINE)
    opens(source)

    rows = claims_after(0, 10)
    assert [(row.number, row.tip, row.answer) for row in rows] == [
        (1, source.ref, "accept"),
        (2, other.ref, "decline"),
        (3, source.ref, "decline"),
    ]
    assert [row.number for row in claims_after(1, 1)] == [2]
    assert claims_after(3, 10) == ()


@pytest.mark.parametrize("count", [1, 5])
def test_reading_answers_costs_one_query(
    source: Source, tip: Tip, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        source.answer(ACCEPT)
    opens(source)

    with django_assert_num_queries(1):
        assert len(claims_after(0, 10)) == count


def test_whoever_was_handed_the_tip_has_handled_it(tip: Tip, staff: None, ana: Actor) -> None:
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    actions.hand_over(ref=tip.ref, to="ben", actor=ana, now=NOON)

    assert sources_of([tip.ref])[tip.ref].handlers == ("ana", "ben")


@pytest.mark.parametrize("count", [1, 100])
def test_reading_sources_costs_three_queries(
    opened: Callable[..., Tip],
    source: Source,
    staff: None,
    ana: Actor,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    first = opened(source)
    actions.claim(ref=first.ref, actor=ana, now=NOON)
    for number in range(1, count):
        envelope = Envelope.objects.create(
            ref=f"ENV-{number}", entry=number.to_bytes(32), leaf=number, day=NOON.date(), mailbox=number.to_bytes(32),
            compartment="harbour", state="opened", kind="tip",
        )  # fmt: skip
        copy = Tip.objects.unscoped("a test prepares").get(pk=first.pk)
        copy.pk, copy.ref, copy.envelope, copy.mailbox = None, f"TIP-{number}", envelope, envelope.mailbox
        copy.save(force_insert=True)
    refs = list(Tip.objects.unscoped("a test looks").values_list("ref", flat=True))

    with django_assert_num_queries(3):
        found = sources_of(refs)

    assert len(found) == count
    assert found[first.ref].handlers == ("ana",)


def test_of_a_source_only_days_wishes_and_the_public_key_are_told(
    opened: Callable[..., Tip], source: Source, tip: Tip, ana: Actor, ben: Actor
) -> None:
    untouched = opened(Source(source.office), may_ask=False)
    actions.claim(ref=tip.ref, actor=ben, now=NOON)
    actions.release(ref=tip.ref, actor=ben, now=NOON)
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    actions.dispose(ref=tip.ref, kind=Disposition.ACTIONABLE, reason="It fits.", actor=ana, now=NOON)
    actions.add_note(ref=tip.ref, text="Seen.", actor=ben, now=NOON)

    told = sources_of([tip.ref, untouched.ref, "TIP-NONE"])

    assert told.keys() == {tip.ref, untouched.ref}
    assert told[tip.ref] == SourceFacts(
        ref=tip.ref,
        mailbox_known=True,
        wants_reward=True,
        may_ask=True,
        day=NOON.date(),
        language="es",
        offer="HBR-1",
        offer_version=3,
        handlers=("ana", "ben"),
        claim_key=bytes(tip.claim),
    )
    assert (told[untouched.ref].handlers, told[untouched.ref].may_ask) == ((), False)
    assert "boats" not in repr(told)

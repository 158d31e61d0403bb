"""Telling a source of a reward: always in the mailbox, never on the tip's page, and gone when it is taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.officers import Browser, text
from tests.rooms.tips.rewards import (
    ACCEPT,
    CASE,
    COLLECT,
    DECLINE,
    IDA,
    LATER_NOTICE,
    NOTICE,
    REVIEW,
    UNSEEN,
    VOUCHER,
)
from tests.rooms.tips.source import Source
from tipstaff.audit.models import Record
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.outbox.jobs import deliver
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotVisible
from tipstaff.sealed.envelope import SLOTS, BadEnvelope, RewardNotice, Voucher
from tipstaff.tips import actions, jobs
from tipstaff.tips.models import Message, Tip
from tipstaff.tips.policy import TellFacts, may_tell


@pytest.fixture
def held(opened: Callable[..., Tip], source: Source, ana: Actor) -> Tip:
    """The source's tip, in Ana's hands, nothing left in the outbox."""
    tip = opened(source)
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    deliver(None, NOON)
    Parcel.objects.all().delete()
    return tip


def tell(tip: Tip, item: RewardNotice | Voucher, said: str = "") -> int:
    if isinstance(item, Voucher):
        return actions.tell_voucher(tip=tip.ref, voucher=item, text=said, actor=IDA, now=NOON)
    return actions.tell_reward(tip=tip.ref, notice=item, text=said, actor=IDA, now=NOON)


def found(source: Source) -> dict[str, object]:
    """Kind of reply -> what it carries, of what lies in the mailbox now."""
    deliver(None, NOON)
    return {reply.kind: reply.reward or reply.voucher or reply.text for reply in source.replies()}


def test_a_notice_and_a_voucher_reach_the_source_whole(source: Source, held: Tip) -> None:
    tell(held, NOTICE, "Damson boats were found.\r\nThank you.")
    tell(held, VOUCHER)
    deliver(None, NOON)

    _, told, paid = source.replies()
    assert (told.kind, told.number, told.text, told.reward) == (
        "reward",
        2,
        "Damson boats were found.\nThank you.",
        NOTICE,
    )
    assert (paid.kind, paid.number, paid.text, paid.voucher) == ("voucher", 3, "", VOUCHER)
    assert records()[-2:] == [("tips.tip.reward_told", "ida")] * 2


def test_both_keep_their_slots_however_much_is_written(source: Source, held: Tip, ana: Actor) -> None:
    tell(held, NOTICE)
    tell(held, VOUCHER)
    for number in range(9):
        actions.write(ref=held.ref, text=f"message {number}", actor=ana, now=NOON)
    deliver(None, NOON)

    kinds = [reply.kind for reply in source.replies()]
    assert sorted(kinds) == ["message"] * 5 + ["reward", "state", "voucher"]
    assert [reply.text for reply in source.replies() if reply.kind == "message"] == [
        f"message {number}" for number in range(4, 9)
    ]
    assert len(source.slots()) == SLOTS


def test_the_newest_of_each_takes_the_place_of_the_one_before(source: Source, held: Tip) -> None:
    newer = replace(VOUCHER, amount=Money(1_00, "USD"))
    for item in (NOTICE, VOUCHER, LATER_NOTICE, newer):
        tell(held, item)

    assert found(source) == {"state": "", "reward": LATER_NOTICE, "voucher": newer}


WRONG = [
    (replace(VOUCHER, place="x" * 251), "", "tips.reward.place"),
    (VOUCHER, "ñ" * 501, "tips.reward.long"),
    (NOTICE, "x" * 1_001, "tips.reward.long"),
]


@pytest.mark.parametrize("item, said, rule", WRONG)
def test_what_does_not_fit_is_never_cut(
    held: Tip, item: RewardNotice | Voucher, said: str, rule: str
) -> None:
    before = records()

    with pytest.raises(Refused) as refused:
        tell(held, item, said)

    assert refused.value.rules == (rule,)
    assert (Message.objects.count(), Parcel.objects.count(), get_tip(held.ref).numbers) == (0, 0, 1)
    assert records() == before


def test_every_reason_is_said() -> None:
    refusals = may_tell(TellFacts(packed_bytes=1_001, place_characters=251)).refusals
    assert [refusal.because for refusal in refusals] == [
        "The text to the source has 1,001 bytes: beside a notice or voucher at most 1,000 fit. Shorten it.",
        "The place has 251 characters: at most 250 fit on a voucher. Shorten it.",
    ]


NONE_AT_ALL = [
    replace(NOTICE, claim="TIP-4KQ7-M2XC-9TR8"),
    replace(NOTICE, challenge=b"short"),
    replace(NOTICE, questions=("age",)),
    replace(VOUCHER, code=CASE),
    replace(VOUCHER, amount=Money(0, "USD")),
    replace(VOUCHER, opens_on=VOUCHER.closes_on, closes_on=VOUCHER.opens_on),
    replace(VOUCHER, place=""),
]


@pytest.mark.parametrize("item", NONE_AT_ALL)
def test_what_could_not_be_sealed_is_not_kept_for_the_outbox(held: Tip, item: RewardNotice | Voucher) -> None:
    with pytest.raises(BadEnvelope):
        tell(held, item)

    assert (Message.objects.count(), Parcel.objects.count(), get_tip(held.ref).numbers) == (0, 0, 1)


def test_a_tip_that_is_not_there_is_told_nothing(held: Tip) -> None:
    for act in (
        lambda: actions.tell_reward(tip="TIP-NONE", notice=NOTICE, text="", actor=IDA, now=NOON),
        lambda: actions.take_back(tip="TIP-NONE", claim=CASE, kind="reward", actor=IDA, now=NOON),
    ):
        with pytest.raises(NotVisible):
            act()


@pytest.mark.parametrize("kind, left", [("reward", VOUCHER), ("voucher", NOTICE)])
def test_what_is_taken_back_is_gone_here_and_there(
    source: Source, held: Tip, kind: str, left: RewardNotice | Voucher
) -> None:
    numbers = {"reward": tell(held, NOTICE, "Damson"), "voucher": tell(held, VOUCHER, "Damson")}
    other = replace(NOTICE, claim="CLM-5555-5555-555M")
    deliver(None, NOON)

    assert actions.take_back(tip=held.ref, claim=CASE, kind=kind, actor=IDA, now=NOON) == 1
    assert actions.take_back(tip=held.ref, claim=other.claim, kind=kind, actor=IDA, now=NOON) == 0

    assert list(found(source).values()) == ["", left]
    row = Message.objects.get(number=numbers[kind])
    assert (row.text, row.part, row.erased_by, row.erased_on) == ("", None, "ida", NOON.date())
    assert records()[-1] == ("tips.tip.reward_taken_back", "ida")


def test_taking_back_leaves_no_older_notice_behind(source: Source, held: Tip) -> None:
    tell(held, NOTICE)
    tell(held, LATER_NOTICE)

    assert actions.take_back(tip=held.ref, claim=CASE, kind="reward", actor=IDA, now=NOON) == 2
    assert found(source) == {"state": ""}
    before = records()
    assert actions.take_back(tip=held.ref, claim=CASE, kind="reward", actor=IDA, now=NOON) == 0
    assert records() == before


def test_taking_back_orders_the_hatch_to_forget(held: Tip) -> None:
    tell(held, VOUCHER)
    Parcel.objects.all().delete()

    actions.take_back(tip=held.ref, claim=CASE, kind="voucher", actor=IDA, now=NOON)

    assert list(Parcel.objects.order_by("number").values_list("kind", flat=True)) == ["slots", "tidy"]


def test_only_those_who_decide_take_it_back(held: Tip, ana: Actor) -> None:
    number = tell(held, NOTICE)

    with pytest.raises(Refused) as refused:
        actions.erase(ref=held.ref, number=number, actor=ana, now=NOON)

    assert refused.value.rules == ("tips.erase.reward",)
    assert Message.objects.get().part is not None


def test_the_tips_page_says_that_something_was_said_and_nothing_of_what(
    source: Source, held: Tip, browser: Browser
) -> None:
    for item in (NOTICE, LATER_NOTICE, VOUCHER):
        tell(held, item, "Damson")
    for claim in (ACCEPT, DECLINE, REVIEW, COLLECT):
        source.answer(claim)
    jobs.open_waiting(source.office.keyring, NOON)
    actions.take_back(tip=held.ref, claim=CASE, kind="voucher", actor=IDA, now=NOON)

    answer = browser("ana").get(f"/tips/{held.ref}/")
    page = text(answer)

    assert page.count("A notice about a reward was sent to the source.") == 2
    assert "The source accepts to be considered for a reward." in page
    assert "The source does not want a reward." in page
    assert "The source asks for a review" in page
    assert page.count("The source answered a notice about a reward.") == 1
    assert "Told the source about a reward" in page
    assert "Took back what the source was told" in page
    whole = answer.content.decode()
    assert [word for word in (*UNSEEN, "oucher", "indow") if word in whole] == []
    assert "Erase it" not in page


def test_no_record_holds_a_word_of_it(source: Source, held: Tip) -> None:
    tell(held, NOTICE, "Damson")
    tell(held, VOUCHER, "Damson")
    source.answer(ACCEPT)
    jobs.open_waiting(source.office.keyring, NOON)
    actions.take_back(tip=held.ref, claim=CASE, kind="voucher", actor=IDA, now=NOON)

    facts = str(list(Record.objects.unscoped("a test looks").values_list("facts", flat=True)))
    assert [word for word in UNSEEN if word in facts] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"erased_by": "ida", "erased_on": NOON.date()},
        {"kind": "claim", "claim_number": 1},
        {"kind": "message"},
        {"part": None},
        {"claim_number": 1},
    ],
    ids=str,
)
def test_the_database_refuses_what_must_never_be(held: Tip, changes: dict[str, object]) -> None:
    tell(held, NOTICE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**changes)


@pytest.mark.django_db(databases=["default", "hatch"], transaction=True)
def test_nothing_is_told_or_taken_back_outside_the_decision(opened: Callable[..., Tip]) -> None:
    tip = opened()

    for act in (
        lambda: tell(tip, NOTICE),
        lambda: tell(tip, VOUCHER),
        lambda: actions.take_back(tip=tip.ref, claim=CASE, kind="reward", actor=IDA, now=NOON),
    ):
        with pytest.raises(AssertionError, match="not at all"):
            act()
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "signer, said, unsaid",
    [
        ("another", "Not proved to be the source", "no voucher"),
        ("", "no voucher", "Not proved to be the source"),
    ],
)
def test_the_page_tells_a_strangers_answer_from_one_that_was_not_asked_for(
    source: Source, held: Tip, browser: Browser, signer: str, said: str, unsaid: str
) -> None:
    source.answer(COLLECT, signer=Source(source.office) if signer else None)
    jobs.open_waiting(source.office.keyring, NOON)

    page = text(browser("ana").get(f"/tips/{held.ref}/"))

    assert said in page
    assert unsaid not in page

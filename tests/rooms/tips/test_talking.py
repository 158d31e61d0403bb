"""The talk with a source: what we write reaches their mailbox and nothing else does; what we erase is gone."""

from collections.abc import Callable

import pytest

from tests.rooms.tips.conftest import NOON, get_tip, records
from tests.rooms.tips.source import Source
from tipstaff.kernel.decision import Refused
from tipstaff.outbox.jobs import deliver
from tipstaff.outbox.models import Parcel
from tipstaff.people.access import Actor, NotAllowed, NotVisible
from tipstaff.tips import actions, jobs
from tipstaff.tips.models import Message, Reading, Tip
from tipstaff.tips.queries import NoSuchMailbox, slots_for

OTHERS = [("ben", Refused), ("dora", NotAllowed), ("cleo", NotVisible)]


@pytest.fixture
def held(opened: Callable[..., Tip], source: Source, ana: Actor) -> Tip:
    """The source's tip, in Ana's hands, nothing left in the outbox."""
    tip = opened(source)
    actions.claim(ref=tip.ref, actor=ana, now=NOON)
    deliver(None, NOON)
    Parcel.objects.all().delete()
    return tip


def texts(source: Source) -> list[str]:
    return [reply.text for reply in source.replies() if reply.kind == "message"]


def test_what_the_holder_writes_reaches_the_source(source: Source, held: Tip, ana: Actor) -> None:
    number = actions.write(ref=held.ref, text="Which pier?\r\nThe old one?", actor=ana, now=NOON)
    deliver(None, NOON)

    state, reply = source.replies()
    assert (state.kind, state.state, state.number) == ("state", "received", 1)
    assert (reply.kind, reply.text, reply.number) == ("message", "Which pier?\nThe old one?", number)
    assert (reply.mailbox, reply.day) == (source.mailbox, NOON.date())
    assert records()[-1] == ("tips.tip.written", "ana")


def test_no_record_holds_a_word_of_it(held: Tip, ana: Actor) -> None:
    from tipstaff.audit.models import Record

    actions.write(ref=held.ref, text="marmalade", actor=ana, now=NOON)

    facts = str(list(Record.objects.unscoped("a test looks").values_list("facts", flat=True)))
    assert "marmalade" not in facts


@pytest.mark.parametrize("who, error", OTHERS)
def test_others_write_nothing(
    request: pytest.FixtureRequest, held: Tip, who: str, error: type[Exception]
) -> None:
    before = records()

    with pytest.raises(error):
        actions.write(ref=held.ref, text="Which pier?", actor=request.getfixturevalue(who), now=NOON)

    assert (Message.objects.count(), Parcel.objects.count()) == (0, 0)
    assert (get_tip(held.ref).numbers, records()) == (1, before)


@pytest.mark.parametrize(
    "text, rule",
    [(" \n ", "tips.message.empty"), ("a" * 2_501, "tips.message.long"), ("ñ" * 1_251, "tips.message.long")],
)
def test_what_does_not_fit_is_never_cut(held: Tip, ana: Actor, text: str, rule: str) -> None:
    before = records()

    with pytest.raises(Refused) as refused:
        actions.write(ref=held.ref, text=text, actor=ana, now=NOON)

    assert refused.value.rules == (rule,)
    assert (Message.objects.count(), Parcel.objects.count(), records()) == (0, 0, before)


@pytest.mark.parametrize("text", ["a" * 2_500, "ñ" * 1_250, '"\\\n' * 833])
def test_what_just_fits_arrives_whole(source: Source, held: Tip, ana: Actor, text: str) -> None:
    actions.write(ref=held.ref, text=text, actor=ana, now=NOON)
    deliver(None, NOON)

    assert texts(source) == [text.strip()]


def test_the_mailbox_keeps_the_newest_seven(source: Source, held: Tip, ana: Actor) -> None:
    for number in range(9):
        actions.write(ref=held.ref, text=f"message {number}", actor=ana, now=NOON)
    deliver(None, NOON)

    assert texts(source) == [f"message {number}" for number in range(2, 9)]
    assert len(source.slots()) == 8


def test_slots_are_equally_long_whatever_the_news(source: Source, held: Tip, ana: Actor) -> None:
    quiet = slots_for(source.mailbox)
    actions.write(ref=held.ref, text="Which pier?", actor=ana, now=NOON)

    assert len(slots_for(source.mailbox)) == len(quiet)
    assert slots_for(source.mailbox) != slots_for(source.mailbox)


def test_the_state_stands_in_no_fixed_slot(source: Source, held: Tip) -> None:
    places = set()
    for _ in range(40):
        deliver(None, NOON)
        Parcel.objects.create(kind="slots", key=source.mailbox.hex(), not_before=NOON, put_on=NOON.date())
        deliver(None, NOON)
        places.add([reply is not None for reply in source.slots()].index(True))

    assert len(places) > 1


def test_a_mailbox_without_a_tip_has_no_slots(source: Source) -> None:
    with pytest.raises(NoSuchMailbox):
        slots_for(source.mailbox)


def test_an_erased_message_is_gone_here_and_there(source: Source, held: Tip, ana: Actor) -> None:
    number = actions.write(ref=held.ref, text="marmalade", actor=ana, now=NOON)
    actions.write(ref=held.ref, text="Which pier?", actor=ana, now=NOON)
    deliver(None, NOON)
    assert texts(source) == ["marmalade", "Which pier?"]

    actions.erase(ref=held.ref, number=number, actor=ana, now=NOON)
    deliver(None, NOON)

    assert texts(source) == ["Which pier?"]
    row = Message.objects.get(number=number)
    assert (row.text, row.erased_by, row.erased_on) == ("", "ana", NOON.date())
    assert records()[-1] == ("tips.tip.erased", "ana")


@pytest.mark.parametrize("who, error", [("ben", NotAllowed), ("dora", NotAllowed), ("cleo", NotVisible)])
def test_others_erase_nothing(
    request: pytest.FixtureRequest, held: Tip, ana: Actor, who: str, error: type[Exception]
) -> None:
    number = actions.write(ref=held.ref, text="Which pier?", actor=ana, now=NOON)
    before, parcels = records(), Parcel.objects.count()

    with pytest.raises(error):
        actions.erase(ref=held.ref, number=number, actor=request.getfixturevalue(who), now=NOON)

    assert Message.objects.get(number=number).text == "Which pier?"
    assert (records(), Parcel.objects.count()) == (before, parcels)


def test_what_the_source_wrote_is_not_ours_to_erase(source: Source, held: Tip, ana: Actor) -> None:
    source.message("The blue one is gone.")
    jobs.open_waiting(source.office.keyring, NOON)

    with pytest.raises(Refused) as refused:
        actions.erase(ref=held.ref, number=2, actor=ana, now=NOON)

    assert refused.value.rules == ("tips.erase.theirs",)
    assert Message.objects.get().text == "The blue one is gone."


def test_nothing_is_erased_twice_and_nothing_that_is_not_there(held: Tip, ana: Actor) -> None:
    number = actions.write(ref=held.ref, text="Which pier?", actor=ana, now=NOON)
    actions.erase(ref=held.ref, number=number, actor=ana, now=NOON)

    with pytest.raises(Refused, match="erased already"):
        actions.erase(ref=held.ref, number=number, actor=ana, now=NOON)
    with pytest.raises(NotVisible):
        actions.erase(ref=held.ref, number=99, actor=ana, now=NOON)


def test_reading_is_remembered_for_each_officer(source: Source, held: Tip, ana: Actor, ben: Actor) -> None:
    for actor in (ana, ben, ana):
        actions.mark_read(ref=held.ref, actor=actor, now=NOON)
    source.message("The blue one is gone.")
    jobs.open_waiting(source.office.keyring, NOON)
    actions.mark_read(ref=held.ref, actor=ana, now=NOON)

    assert dict(Reading.objects.values_list("officer", "upto")) == {"ana": 2, "ben": 0}
    assert [actor for verb, actor in records() if verb == "tips.tip.read"] == ["ana", "ben", "ana"]


def test_a_stranger_reads_nothing(held: Tip, cleo: Actor) -> None:
    with pytest.raises(NotVisible):
        actions.mark_read(ref=held.ref, actor=cleo, now=NOON)

    assert Reading.objects.count() == 0

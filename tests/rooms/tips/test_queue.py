"""The queue and My work: whose they are, in which order, and what they cost however long they are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.offices import TestOffice
from tests.rooms.tips.conftest import NOON
from tests.rooms.tips.source import Source
from tipstaff.people.access import Actor, NotAllowed
from tipstaff.tips import actions, jobs, queries
from tipstaff.tips.models import Tip
from tipstaff.tips.queries import Filters
from tipstaff.tips.states import Urgency

TODAY = NOON.date()
Opened = Callable[..., Tip]


def refs(actor: Actor, page: int = 50, **filters: object) -> list[str]:
    found = queries.queue(actor, Filters(**filters), TODAY, page)  # type: ignore[arg-type]  # each test names its own
    return [row.ref for row in found.rows]


def test_unclaimed_ones_come_first_each_group_oldest_first(opened: Opened, ana: Actor, ben: Actor) -> None:
    first, second, third, fourth = (opened().ref for _ in range(4))
    actions.claim(ref=first, actor=ben, now=NOON)
    actions.claim(ref=third, actor=ana, now=NOON)

    assert refs(ana) == [second, fourth, first, third]


def test_anothers_compartment_is_not_there(source: Source, opened: Opened, ana: Actor, cleo: Actor) -> None:
    ours = opened().ref
    theirs = opened(source, offer="RDG-1", offer_version=1).ref

    assert (refs(ana), refs(cleo)) == ([ours], [theirs])
    found = queries.queue(ana, Filters(), TODAY)
    assert found.offers == ()


def test_a_line_says_what_there_is_to_choose_by(
    opened: Opened, source: Source, ana: Actor, ben: Actor
) -> None:
    tip = opened(source, offer="HBR-1", offer_version=1)
    actions.set_urgency(ref=tip.ref, urgency=Urgency.DANGER, actor=ben, now=NOON)
    actions.claim(ref=tip.ref, actor=ben, now=NOON)

    (row,) = queries.queue(ana, Filters(), TODAY.replace(day=22)).rows

    assert (row.age, row.urgency, row.language, row.offer, row.state) == (
        2,
        "danger",
        "es",
        "HBR-1",
        "received",
    )
    assert (row.holder, row.mine, row.doubtful) == ("ben", False, False)


def test_it_is_narrowed(opened: Opened, harbour: TestOffice, ana: Actor, ben: Actor) -> None:
    plain = opened().ref
    offered = opened(Source(harbour), offer="HBR-1", offer_version=1, language="fr").ref
    urgent, mine, closed = opened().ref, opened().ref, opened().ref
    actions.set_urgency(ref=urgent, urgency=Urgency.TIME_BOUND, actor=ben, now=NOON)
    for ref in (mine, closed):
        actions.claim(ref=ref, actor=ana, now=NOON)
    actions.set_state(ref=closed, move="close", actor=ana, now=NOON)

    assert refs(ana) == [plain, offered, urgent, mine]
    assert refs(ana, state="closed") == [closed]
    assert refs(ana, state="received", urgency="time-bound") == [urgent]
    assert refs(ana, offer="HBR-1") == refs(ana, language="fr") == [offered]
    assert refs(ana, mine=True) == [mine]
    assert refs(ana, offer="no such offer") == []
    assert refs(ana, state="no such state", urgency="no such urgency") == refs(ana)


def test_pages_join_without_gap_or_repetition(opened: Opened, ana: Actor, ben: Actor) -> None:
    every = [opened().ref for _ in range(7)]
    for ref in every[:3]:
        actions.claim(ref=ref, actor=ben, now=NOON)

    seen, after = list[str](), None
    for _ in range(4):
        found = queries.queue(ana, Filters(after=after), TODAY, page=2)
        seen += [row.ref for row in found.rows]
        after = found.next

    assert seen == every[3:] + every[:3]
    assert after is None


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["queue", "work", "tip"])
def test_a_page_costs_the_same_however_much_is_on_it(
    harbour: TestOffice, opened: Opened, ana: Actor, ben: Actor, page: str, count: int
) -> None:
    for _ in range(count):
        sender = Source(harbour)
        tip = opened(sender, files=tuple(sender.file(f"{n}.jpg", b"boats", n) for n in range(count)))
        actions.claim(ref=tip.ref, actor=ana, now=NOON)
        for number in range(count):
            actions.write(ref=tip.ref, text=f"Question {number}", actor=ana, now=NOON)
            actions.add_note(ref=tip.ref, text="A note.", actor=ben, now=NOON)
            sender.message("An answer.")
        jobs.open_waiting(harbour.keyring, NOON)
        opened()

    with CaptureQueriesContext(connection) as asked:
        if page == "queue":
            assert len(queries.queue(ana, Filters(), TODAY).rows) == 2 * count
        elif page == "work":
            assert len(queries.work(ana, TODAY).mine) == count
        else:
            assert len(queries.tip_page(ana, tip.ref, TODAY).talk) == 2 * count

    assert len(asked) == {"queue": 3, "work": 6, "tip": 9}[page], [query["sql"] for query in asked]


def test_my_work_is_mine(harbour: TestOffice, source: Source, opened: Opened, ana: Actor, ben: Actor) -> None:
    mine, bens, free = opened(source).ref, opened().ref, opened().ref
    actions.claim(ref=mine, actor=ana, now=NOON)
    actions.claim(ref=bens, actor=ben, now=NOON)
    actions.set_urgency(ref=free, urgency=Urgency.DANGER, actor=ben, now=NOON)
    source.message("The blue one is gone.")
    jobs.open_waiting(harbour.keyring, NOON)

    work = queries.work(ana, TODAY)
    assert [row.ref for row in work.mine] == [mine]
    assert [row.ref for row in work.unclaimed] == [free]
    assert [row.ref for row in work.unread] == [mine]
    assert (work.count_unclaimed, work.count_urgent) == (1, 1)
    assert queries.work(ben, TODAY).unread == ()

    actions.mark_read(ref=mine, actor=ana, now=NOON)
    assert queries.work(ana, TODAY).unread == ()


def test_who_reads_no_tips_has_no_queue(harbour: TestOffice) -> None:
    auditor = Actor("eve", "harbour-police", frozenset({("audit.record.see", "harbour")}))

    for read in (lambda: queries.queue(auditor, Filters(), TODAY), lambda: queries.work(auditor, TODAY)):
        with pytest.raises(NotAllowed):
            read()
    with pytest.raises(NotAllowed):
        queries.count_closed(auditor)
    with pytest.raises(NotAllowed):
        queries.set_aside(auditor)


def test_closed_envelopes_are_counted_and_listed_for_those_who_see_them(
    harbour: TestOffice, ana: Actor, cleo: Actor
) -> None:
    keyring = harbour.keyring
    Source(harbour).message("To nobody.")
    jobs.open_waiting(keyring, NOON)
    Source(harbour).tip()
    jobs.take_in_waiting(NOON)

    assert queries.count_closed(ana) == (1, 1)
    assert [(row.leaf, row.reason) for row in queries.set_aside(ana)] == [(0, "no-tip")]
    assert queries.count_closed(cleo) == (0, 0)
    assert queries.set_aside(cleo) == []


def test_the_account_names_every_envelope_at_its_leaf(harbour: TestOffice) -> None:
    Source(harbour).tip()
    Source(harbour).message("To nobody.")
    jobs.open_waiting(harbour.keyring, NOON)
    Source(harbour).tip()
    jobs.take_in_waiting(NOON)

    rows = list(queries.accounted(0, 10))

    assert [(row.leaf, row.state, row.reason) for row in rows] == [
        (0, "opened", ""), (1, "not-openable", "no-tip"), (2, "waiting", ""),
    ]  # fmt: skip
    assert [row.leaf for row in queries.accounted(1, 2)] == [1]

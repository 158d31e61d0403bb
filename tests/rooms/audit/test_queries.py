"""What an auditor reads: their compartment's records or all, filtered, paged by key, at a fixed price."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries

from tipstaff.audit.queries import PAGE, Sought, records, verbs_used
from tipstaff.people.access import Actor, NotAllowed

Write = Callable[..., None]


@pytest.fixture
def three(write: Write) -> None:
    write("TIP-1", verb="tips.tip.claimed")
    write("TIP-1", verb="tips.tip.released")
    write("TIP-9", verb="tips.tip.claimed", compartment="ridge")


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "who, subjects",
    [("ben", ["TIP-1", "TIP-1"]), ("cleo", ["TIP-9"]), ("dora", ["TIP-9", "TIP-1", "TIP-1"])],
)
def test_an_auditor_sees_their_own_compartment_or_the_whole_office(
    request: pytest.FixtureRequest, who: str, subjects: list[str]
) -> None:
    rows = records(request.getfixturevalue(who), Sought()).rows

    assert [row.subject for row in rows] == subjects


@pytest.mark.usefixtures("three")
def test_without_the_verb_nothing_is_read(ana: Actor) -> None:
    with pytest.raises(NotAllowed, match=r"audit\.record\.see"):
        records(ana, Sought())
    with pytest.raises(NotAllowed):
        verbs_used(ana)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    "sought, count",
    [
        (Sought(verb="tips.tip.claimed"), 2),
        (Sought(subject="TIP-1"), 2),
        (Sought(actor="ana"), 3),
        (Sought(actor="ben"), 0),
        (Sought(verb="tips.tip.claimed", subject="TIP-9"), 1),
    ],
)
def test_the_filter_is_by_actor_verb_and_subject(dora: Actor, sought: Sought, count: int) -> None:
    assert len(records(dora, sought).rows) == count


@pytest.mark.usefixtures("three")
def test_the_list_of_verbs_is_the_readers(dora: Actor, cleo: Actor) -> None:
    assert verbs_used(dora) == ["tips.tip.claimed", "tips.tip.released"]
    assert verbs_used(cleo) == ["tips.tip.claimed"]


def test_pages_follow_each_other_without_gap_or_repetition(write: Write, dora: Actor) -> None:
    written = [f"TIP-{n}" for n in range(2 * PAGE + 1)]
    write(*written)

    seen: list[str] = []
    before = None
    for size in (PAGE, PAGE, 1):
        page = records(dora, Sought(before=before))
        assert len(page.rows) == size
        seen += [row.subject for row in page.rows]
        before = page.older
        write("NEW")  # what comes meanwhile shifts nothing

    assert before is None
    assert seen == written[::-1]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_one_query(
    write: Write, dora: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write(*(f"TIP-{n}" for n in range(count)), note="a", list=["b", "c"], none=None)

    with django_assert_num_queries(1):
        rows = records(dora, Sought()).rows

    assert rows[0].facts == (("list", "b, c"), ("none", "–"), ("note", "a"))

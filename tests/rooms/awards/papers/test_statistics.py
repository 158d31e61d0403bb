"""Statistics from records, figures from outside beside them, exports in which nothing runs, and replay."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper

from tests.rooms.awards.cast import NOON, Road, everything, make_ground, who
from tests.rooms.awards.verbs import undone
from tipstaff.awards import replaying
from tipstaff.awards.actions.figures import load_figures
from tipstaff.awards.figures_file import BadFigures, FiguresFile, PublishedFigure, read
from tipstaff.awards.models import Award, Determination, Figure
from tipstaff.awards.queries import statistics as queries
from tipstaff.footing.append_only import lifted
from tipstaff.footing.spreadsheet import as_csv, inert
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, system


def figure(**changes: object) -> PublishedFigure:
    stated = {
        "measure": "arrests", "as_of": date(2026, 5, 31), "value": 300, "scope": "", "wording": "over 300 arrests",
        "source": "Harbour Gazette",
    } | changes  # fmt: skip
    return PublishedFigure(**stated)  # type: ignore[arg-type]  # a test's shorthand


def load(*figures: PublishedFigure, name: str = "edi", compartment: str = "harbour") -> object:
    file = FiguresFile(programme="harbour", figures=figures)
    return load_figures(figures=file, compartment=compartment, actor=who(name), now=NOON)


def test_rewards_are_counted_by_programme_country_and_year(road: Road) -> None:
    road.to("approved")
    other = Road(make_ground(country="PA"))
    other.to("approved")
    Road(make_ground()).to("denied")

    found = queries.statistics(who("ann"))

    assert [(row.label, row.approved, row.amounts[0].minor) for row in found.by_country] == [
        ("CO", 1, 12_000_000), ("PA", 1, 12_000_000),
    ]  # fmt: skip
    assert [(row.label, row.approved, row.paid) for row in found.by_programme] == [("harbour", 2, 0)]
    assert [row.label for row in found.by_year] == ["2027"]
    assert [(row.label, row.count) for row in found.countries] == [("CO", 2), ("PA", 1)]
    assert [(row.label, row.count, row.waiting) for row in found.kinds] == [("arrest", 3, 0)]
    assert [book.committed.minor for book in found.money] == [24_000_000]


def test_a_figure_opens_its_rows(road: Road) -> None:
    road.to("approved")

    assert [row.ref for row in queries.reward_rows(who("ann"), country="CO").rows] == [road.ref]
    assert queries.reward_rows(who("ann"), country="PA").rows == ()
    assert queries.reward_rows(who("ann"), programme="harbour", year=2027).rows[0].amount.minor == 12_000_000
    assert queries.reward_rows(who("ann"), year=2026).rows == ()


def test_another_compartments_records_are_not_counted(road: Road) -> None:
    road.to("approved")
    load(figure())

    found = queries.statistics(who("cleo"))

    assert (found.by_programme, found.kinds, found.money, found.outside) == ((), (), (), ())


@pytest.mark.parametrize("name", ["hana", "mia", "pam", "wes", "edi", "lin"])
def test_who_may_not_count_counts_nothing(road: Road, name: str) -> None:
    for ask in (queries.statistics, queries.publication, queries.reward_rows):
        with pytest.raises(NotAllowed):
            ask(who(name))


def test_what_may_be_published_hides_small_counts(road: Road) -> None:
    road.to("approved")

    found = queries.publication(who("ann"))

    assert found["rewards"].withheld
    assert found["outcomes"].withheld


def test_sources_that_disagree_are_all_shown_and_none_is_averaged(road: Road) -> None:
    load(
        figure(), figure(source="Harbour Police", value=260), figure(as_of=date(2026, 6, 30), value=280),
        figure(measure="us-sentenced", value=7),
    )  # fmt: skip

    found = queries.statistics(who("ann")).outside

    assert [(each.measure, each.disagree, each.fewer_than_before) for each in found] == [
        ("arrests", True, False), ("arrests", False, True), ("us-sentenced", False, False),
    ]  # fmt: skip
    assert [each.value for each in found[0].figures] == [300, 260]
    assert (found[0].ours, found[2].ours) == (1, None)


def test_a_figure_is_kept_once_and_never_changed(road: Road) -> None:
    load(figure())
    load(figure())
    assert Figure.objects.unscoped("a test looks").count() == 1
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        load(figure(value=301), figure(measure="indictments"))

    assert refused.value.rules == ("awards.figure-stands",)
    assert everything() == before
    for statement in ("UPDATE awards_figure SET value = 1", "DELETE FROM awards_figure"):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            run(statement)


def run(statement: str) -> None:
    cursor: CursorWrapper
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("name, compartment", [("ann", "harbour"), ("cora", "harbour"), ("edi", "ridge")])
def test_only_an_editor_of_the_compartment_loads_figures(road: Road, name: str, compartment: str) -> None:
    before = everything()
    with pytest.raises(NotAllowed), undone():
        load(figure(), name=name, compartment=compartment)
    assert everything() == before


GOOD = """format = "tipstaff/figures/v1"
programme = "harbour"

[[figures]]
measure = "arrests"
as_of = 2026-05-31
value = 300
wording = "over 300 arrests"
source = "Harbour Gazette"
"""


def test_a_file_of_figures_is_read() -> None:
    assert read(GOOD) == FiguresFile(programme="harbour", figures=(figure(),))


@pytest.mark.parametrize("before, after, line, says", [
    ("value = 300", "value = -1", 7, "a whole number from 0"),
    ("value = 300", 'value = "300"', 7, "a whole number from 0"),
    ("value = 300", "value = true", 7, "a whole number from 0"),
    ("as_of = 2026-05-31", 'as_of = "May"', 6, "a date without quotation marks"),
    ('measure = "arrests"', 'measure = "All arrests"', 5, "small letters"),
    ('source = "Harbour Gazette"', "", 4, "source"),
    ('source = "Harbour Gazette"', 'source = " "', 9, ""),
    ("figures/v1", "figures/v2", 1, "figures/v1"),
    ("[[figures]]", "[[numbers]]", 1, "figures"),
    ("value = 300", "value = ", 7, "this is not TOML"),
    ("wording", "worded", 8, "worded"),
])  # fmt: skip
def test_every_fault_of_a_file_has_its_line(before: str, after: str, line: int, says: str) -> None:
    with pytest.raises(BadFigures) as bad:
        read(GOOD.replace(before, after))

    assert any(fault.line == line and says in str(fault) for fault in bad.value.faults), str(bad.value)


def test_a_source_says_one_thing_of_a_day() -> None:
    twice = GOOD + GOOD[GOOD.index("[[figures]]") :].replace("300", "301")
    with pytest.raises(BadFigures, match="the same source says this of the same day above"):
        read(twice)


def test_every_shipped_file_of_figures_is_in_order() -> None:
    for file in (Path(__file__).parents[4] / "programmes").glob("*-figures.toml"):
        assert read(file.read_text(encoding="utf-8")).figures


@pytest.mark.parametrize("text", [
    "=cmd|'/c calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "%0A", "|x",
])  # fmt: skip
def test_nothing_in_an_export_is_a_formula(text: str) -> None:
    assert inert(text).startswith("'")
    (_header, row) = csv.reader(StringIO(as_csv(("label",), [(text,)]), newline=""))
    assert row == [f"'{text}"]


@pytest.mark.parametrize("cell, text", [(-5, "-5"), (0, "0"), ("Panamá", "Panamá"), ("a=b", "a=b"), ("", "")])
def test_numbers_and_plain_texts_stay_as_they_are(cell: object, text: str) -> None:
    assert inert(cell) == text


def test_every_determination_agrees_when_it_is_asked_again(road: Road) -> None:
    road.to("certified")

    found = replaying.replay(who("ann"), road.ref)

    assert [each.stage for each in found] == ["nomination", "eligibility", "decision", "certification"]
    assert all(each.agrees for each in found)
    assert list(replaying.replay_all(system("command"))) == list(found)


def test_what_does_not_agree_is_said_in_a_sentence(road: Road) -> None:
    road.to("eligible")
    with lifted(connection):
        kept = Determination.objects.get(stage="eligibility")
        kept.content = kept.content.replace('"verdict":"passed"', '"verdict":"refused"', 1)
        kept.save()
    _nomination, changed = replaying.replay(who("ann"), road.ref)
    assert changed.differences == ("It is not what its hash was taken of.",)

    from hashlib import sha256

    with lifted(connection):
        kept.digest = sha256(kept.content.encode()).hexdigest()
        kept.save()
    (told,) = replaying.replay(who("ann"), road.ref)[1].differences[:1]
    assert "it was “refused” and is “passed" in told


def test_only_who_reads_awards_asks_again(road: Road) -> None:
    road.to("eligible")
    with pytest.raises(NotAllowed):
        replaying.replay(who("hana"), road.ref)
    assert not list(replaying.replay_all(who("cleo")))


def test_no_statistic_names_a_tip_or_who_handled_it(road: Road) -> None:
    road.to("approved")

    said = repr(queries.statistics(who("ann"))) + repr(queries.reward_rows(who("ann")))

    for secret in (*road.ground.tips, "hana", "heron"):
        assert secret not in said
    assert Award.objects.unscoped("a test looks").get().ref in said

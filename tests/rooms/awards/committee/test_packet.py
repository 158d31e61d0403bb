"""The packet: all that a member needs, and nothing that leads to a source; and decisions that resemble it."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rooms.awards.committee.cast import (
    NOON,
    TIPS,
    acting,
    determined,
    facts_of_two,
    item_now,
    text_of,
)
from tests.unit.rulebook.awards import usd
from tipstaff.awards.actions import committee
from tipstaff.awards.models import Award
from tipstaff.awards.queries.comparable import comparable_to
from tipstaff.awards.queries.packet import cleaner, packet_of, packet_page
from tipstaff.cases.models import Contribution, Finding
from tipstaff.kernel import reference
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, NotVisible


def test_the_packet_holds_what_a_member_decides_by(make_award):
    packet = packet_of(make_award())

    assert (packet.requested, packet.cap) == (usd(600_000), usd(1_000_000))
    assert packet.caps[0] == ("condition", usd(1_000_000))
    assert (packet.condition_target["en"], packet.condition_conduct["en"]) == (
        "The Grey Gull company",
        "who runs its boats",
    )
    assert (packet.offer, packet.condition, packet.outcome.kind) == ("HBR-1", 1, "arrest")
    first, second = packet.sources
    assert (first.number, first.requested, second.number) == ("S-1", usd(500_000), "S-2")
    assert [given.statement for given in first.contributions] == ["Boat 1 left the old pier by night."]
    assert [given.known for given in second.contributions] == ["no"]
    gates = {line.rule for line in packet.findings if line.gate}
    assert "rulebook.R03-official" in gates
    assert all(line.verdict in ("passed", "not-asked") for line in packet.findings)


def test_a_tips_reference_in_an_officers_text_becomes_the_sources_number(make_award):
    packet = packet_of(make_award())

    assert packet.reason == "[S-1] opened it."
    assert packet.sources[1].contributions[0].how_used == "Watched the pier after [S-2] named it."


def test_no_officer_and_no_tip_stands_in_a_packet(make_award):
    text = text_of(asdict(packet_of(make_award())))

    for secret in (*TIPS, "ines", "nia", "TIP-"):
        assert secret not in text


REFS = st.builds(reference.new, st.just("TIP"))


@given(REFS, REFS, st.text(max_size=40), st.text(max_size=40), st.booleans())
def test_whatever_an_officer_writes_around_it_no_tips_reference_remains(known, other, before, after, small):
    text = f"{before} {known} {after} {other}."
    clean = cleaner({known: "S-1"})(text.lower() if small else text)

    assert known.lower() not in clean.lower()
    assert other.lower() not in clean.lower()
    assert "[S-1]" in clean


@pytest.mark.parametrize("written, read", [
    ("TIP-4KQ7-M2XC-9TRC", "[S-1]"), ("(tip-4kq7-m2xc-9trc)", "([S-1])"), ("see TIP-4KQ7-M2XC-9TRC, page 2", "see [S-1], page 2"),
    ("TIP-XXXX", "[–]"), ("a tip", "a tip"), ("a TIP-off", "a [–]"), ("invoice\u202efdp", "invoice[U+202E]fdp"),
])  # fmt: skip
def test_what_becomes_of_a_text(written, read):
    assert cleaner({TIPS[0]: "S-1"})(written) == read


def test_the_same_records_give_the_same_hash_and_a_corrected_paper_another(make_award):
    award = make_award()
    first = packet_of(award).digest

    assert packet_of(award).digest == first
    finding = Finding.objects.get(ref="FND-1-1")
    later = Finding.objects.create(
        ref="FND-1-1", number=2, place=1, case=finding.case, corrects=finding, why="Two boats.",
        statement="Boats 1 and 3 left.", stated_by="ines", stated_at=NOON,
    )  # fmt: skip
    given = Contribution.objects.get(ref="CON-1-1")
    assert packet_of(award).sources[0].contributions[0].stale
    assert packet_of(award).digest != first
    fields = {
        field.attname: getattr(given, field.attname)
        for field in Contribution._meta.fields
        if field.attname != "id"
    }
    Contribution.objects.create(
        **(fields | {"number": 2, "corrects_id": given.pk, "why": "w", "finding_id": later.pk})
    )
    assert packet_of(award).sources[0].contributions[0].statement == "Boats 1 and 3 left."


def test_the_hash_is_kept_when_the_scoring_is_opened(bring):
    at = bring("scoring")

    item = item_now(at)
    assert item.packet_sha256 == packet_of(item.award).digest


@pytest.mark.parametrize(
    "who, answer", [("cora", None), ("amara", None), ("dee", Refused), ("eve", NotVisible), ("nia", NotAllowed),
                    ("rosa", NotAllowed), ("cleo", NotVisible)],
)  # fmt: skip
def test_who_may_open_the_packet(bring, who, answer):
    at = bring("scoring")

    if answer is None:
        assert packet_page(acting(who), at.meeting, at.place).award == "AWD-1"
    else:
        with pytest.raises(answer):
            packet_page(acting(who), at.meeting, at.place)


def test_the_packet_is_shut_before_the_declaration(bring):
    at = bring()

    with pytest.raises(Refused) as refused:
        packet_page(acting("amara"), at.meeting, at.place)

    assert refused.value.rules == ("awards.committee.declare-first",)


def test_a_reader_of_minutes_reads_no_packet(bring):
    at = bring("decided")
    committee.close_meeting(ref=at.meeting, actor=acting("cora"), now=NOON)

    with pytest.raises(NotAllowed):
        packet_page(acting("rosa"), at.meeting, at.place)


def decided(make_award, minor: int, day: int, **changes) -> Award:
    approved = {"approved_minor": minor, "fiscal_year": 2026, "decided_on": date(2026, 10, day)}
    return make_award("approved", **(approved | changes))


def test_comparable_are_decided_awards_with_the_same_condition_or_kind_newest_first(make_award):
    award = make_award()
    decided(make_award, 250_000_00, 1)
    decided(make_award, 333_333_33, 2, condition=2)
    other_kind = decided(make_award, 1_00, 3, condition=2)
    facts = facts_of_two()
    determined(other_kind, replace(facts, outcome=replace(facts.outcome, kind="conviction")))
    decided(make_award, 1_00, 4, compartment="ridge")
    make_award("denied")

    rows = comparable_to(award, "arrest", viewer="amara")

    assert [(row.amount, row.percent, row.same_condition, row.same_kind) for row in rows] == [
        (replace(usd(0), minor=333_333_33), 33, False, True),
        (usd(250_000), 25, True, True),
    ]


def test_at_most_ten_are_shown_in_two_queries(make_award, django_assert_num_queries):
    award = make_award()
    for day in range(1, 13):
        decided(make_award, day * 1_000_00, day)

    with django_assert_num_queries(2):
        rows = comparable_to(award, "arrest", viewer="amara")

    assert [row.decided_on.day for row in rows] == list(range(12, 2, -1))


def test_an_award_from_which_the_viewer_was_recused_is_not_compared(bring, make_award):
    at = bring("decided")
    award = make_award()
    Award.objects.unscoped("a test prepares").filter(pk=item_now(at).award.pk).update(
        approved_minor=450_000_00, fiscal_year=2026, decided_on=date(2026, 10, 1)
    )

    assert len(comparable_to(award, "arrest", viewer="amara")) == 1
    assert comparable_to(award, "arrest", viewer="dee") == ()


def test_a_packet_can_be_written_down(make_award):
    assert json.loads(text_of(asdict(packet_of(make_award()))))["award"] == "AWD-1"

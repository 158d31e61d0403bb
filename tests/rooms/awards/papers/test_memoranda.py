"""Memoranda: a record first, the same bytes from the same record, and never a tip, an identity or who handled it."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.awards.cast import NOON, Road, advise, everything, who
from tests.rooms.awards.verbs import undone
from tipstaff.awards.actions import deciding
from tipstaff.awards.actions.memoranda import issue_memorandum
from tipstaff.awards.memorandum import typeset
from tipstaff.awards.memorandum.record import content_of, digest_of, read
from tipstaff.awards.models import Award, Conflict, Item, Memorandum, ScoreSheet, Share
from tipstaff.awards.queries.memoranda import RecordDamaged, memorandum_page, versions_of
from tipstaff.footing.append_only import lifted
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.tips.models import Tip

READERS = ("nia", "hugo", "cora", "abel", "sera", "dell", "ann")
OTHERS = ("hana", "gus", "mia", "pia", "pam", "wes", "tess", "edi", "ben", "sue")


def issue(road: Road, name: str = "cora", summary: str = "") -> Memorandum:
    return issue_memorandum(ref=road.ref, public_summary=summary, actor=who(name), now=NOON)


def scored(road: Road) -> None:
    """What the committee leaves: submitted scores, and a member who stood aside and said why."""
    item = Item.objects.get(award=road.award)
    for officer, level in (("mia", 4), ("max", 3), ("moe", 2)):
        marks = {
            number: {"significance": {"level": level, "because": f"{officer} thinks so"}} for number in "12"
        }
        ScoreSheet.objects.create(item=item, officer=officer, levels=marks, saved_at=NOON, submitted_at=NOON)
    Conflict.objects.create(item=item, officer="ray", conflicted=True, reason="my brother’s boat", at=NOON)


def page(road: Road, number: int = 1, name: str = "ann", language: str = "en", public: bool = False) -> Any:
    return memorandum_page(who(name), road.ref, number, language=language, public=public)


def test_a_memorandum_says_what_the_rows_say(road: Road) -> None:
    road.to("approved")
    scored(road)

    issued = issue(road, summary="A leader was arrested.")
    said = read(issued.content).en

    assert (said.ref, said.version, issued.number) == (road.ref, 1, 1)
    assert (said.offer.ref, said.offer.version) == ("HBR-1", 1)
    assert (said.outcome.kind, said.outcome.country, said.outcome.paragraph) == (
        "Arrest",
        "Colombia",
        "(b)(8)",
    )
    assert [each.source for each in said.contributions] == ["1", "2"]
    assert said.contributions[0].used.startswith("led the watch to the pier")
    assert [(each.mean_hundredths, len(each.scores)) for each in said.factors] == [(300, 6)]
    assert (said.vote.in_favour, said.vote.against, said.vote.quorum) == (3, 0, 3)
    assert [share.amount.minor for share in said.recommendation.shares] == [6_000_000, 6_000_000]
    assert said.decision.outcome == "approved"
    assert said.decision.amount is not None
    assert said.decision.amount.minor == 12_000_000
    assert [each.member for each in said.recusals] == ["ray"]
    assert said.findings and all(each.result != "not-met" for each in said.findings)
    assert any(each.citation == "22 U.S.C. 2708(f)" for each in said.findings)


def test_spanish_says_the_same_in_spanish(road: Road) -> None:
    road.to("approved")
    scored(road)
    said = read(issue(road).content).es

    assert (said.language, said.outcome.kind) == ("es", "Arresto")
    assert said.factors[0].name.startswith("Peso causal")
    assert "Without it the pier would not have been watched." in said.purpose  # as it was typed


def test_nothing_in_it_is_a_tip_an_identity_or_who_handled_one(road: Road) -> None:
    road.to("certified")
    scored(road)
    tip = Tip.objects.unscoped("a test looks").get(ref=road.ground.tips[0])
    award = road.award
    Share.objects.filter(award=award, number="1").update(vault="IDN-2222-3333-4444")
    Award.objects.unscoped("a test").filter(pk=award.pk).update(
        reason=f"The source of {tip.ref} saw it; so did TIP-ABCD-EFGH-JKLM.",
        protection_plan="a house in the hills",
    )

    content = issue(road).content

    for secret in (
        tip.ref, "TIP-", tip.text, "hana", "IDN-", "a house in the hills", "my brother", tip.mailbox.hex()
    ):  # fmt: skip
        assert secret not in content, secret
    assert "The source of [1] saw it; so did [tip]." in content
    assert "[tip]-" not in content  # a rule’s name is no reference


def test_the_same_record_gives_the_same_bytes(road: Road) -> None:
    road.to("approved")
    issue(road)
    for paper in typeset.PAPERS:
        for language in ("en", "es"):
            first, second = (
                typeset.pdf(page(road, language=language).memorandum, paper=paper) for _ in range(2)
            )
            assert first == second
            assert first.startswith(b"%PDF-")


def test_the_public_version_is_made_of_the_same_record(road: Road) -> None:
    road.to("approved")
    scored(road)
    issued = issue(road, summary="A leader was arrested.")

    public = page(road, public=True).memorandum

    assert public.record_sha256 == issued.digest == digest_of(issued.content)
    assert public.public_summary == "A leader was arrested."
    assert (public.contributions, public.recusals, public.options) == ((), (), ())
    assert all(not factor.scores for factor in public.factors)


def test_a_second_issue_is_version_two_and_says_what_changed(road: Road) -> None:
    road.to("recommended")
    first = issue(road)
    deciding.approve_award(ref=road.ref, reason="as advised", actor=who("sera"), now=NOON)

    second = issue(road)

    assert (first.number, second.number) == (1, 2)
    assert read(first.content).en.decision.outcome is None
    rows = versions_of(road.award)
    assert [(row.number, row.changed) for row in rows] == [(2, ("decision",)), (1, ())]


@pytest.mark.parametrize("state", ["eligible", "in-committee", "reconsidered"])
def test_nothing_is_written_before_the_vote(road: Road, state: str) -> None:
    road.to(state)
    before = everything()

    with pytest.raises(Refused) as refused, undone():
        issue(road)

    assert refused.value.rules == ("awards.memorandum-after-vote",)
    assert everything() == before


def test_a_version_that_says_the_same_is_not_issued_and_a_summary_is_short(road: Road) -> None:
    road.to("recommended")
    issue(road)
    before = everything()
    for summary, rule in (("", "awards.memorandum-says-more"), ("x" * 2001, "awards.memorandum-summary")):
        with pytest.raises(Refused) as refused, undone():
            issue(road, summary=summary)
        assert refused.value.rules == (rule,)
    assert everything() == before


def test_another_look_forgets_the_first_ruling(road: Road) -> None:
    road.to("reconsidered")
    advise(road.award, {"1": 1_000_000, "2": 0})

    said = read(issue(road).content).en

    assert said.decision.outcome is None
    assert said.vote.on is not None


@pytest.mark.parametrize("name", [*READERS, *OTHERS, "cleo"])
def test_who_issues_and_who_reads(road: Road, name: str) -> None:
    road.to("recommended")
    unseen = NotVisible if name == "cleo" else NotAllowed
    if name != "cora":
        before = everything()
        with pytest.raises(unseen), undone():
            issue(road, name)
        assert everything() == before
    issue(road)
    if name in READERS:
        assert page(road, name=name).number == 1
        return
    with pytest.raises(unseen):
        page(road, name=name)


def test_whoever_voted_issues_nothing(road: Road) -> None:
    road.to("recommended")
    from tests.rooms.awards.cast import acting

    with pytest.raises(Refused) as refused, undone():
        issue_memorandum(ref=road.ref, public_summary="", actor=acting("mia", "clerk"), now=NOON)
    assert refused.value.rules == ("awards.duties-apart",)


def test_a_record_stays_and_one_that_was_changed_is_not_shown(road: Road) -> None:
    road.to("recommended")
    issue(road)
    for statement in ("UPDATE awards_memorandum SET content = 'x'", "DELETE FROM awards_memorandum"):
        with (
            pytest.raises(IntegrityError, match="append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with lifted(connection):
        kept = Memorandum.objects.get()
        Memorandum.objects.update(content=kept.content.replace("Grey Gull", "Grey Heron"))
    with pytest.raises(RecordDamaged, match="Keep the database"):
        page(road)
    with pytest.raises(NotVisible):
        page(road, number=2)


def test_a_record_reads_back_as_it_was_written(road: Road) -> None:
    road.to("approved")
    content = issue(road).content

    assert content_of(read(content), {}) == content
    assert json.loads(content)["en"]["record_sha256"] == ""

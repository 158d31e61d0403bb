"""What sources are asked and what they answer: in order it moves their claim, and whatever else moves nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.rooms.awards.cast import NOON, TODAY, Road, acting, everything, who
from tests.rooms.awards.verbs import undone
from tests.rooms.awards.window import Source, moved, refused
from tipstaff.awards import jobs
from tipstaff.awards.actions import claiming, deciding, eligibility, finishing
from tipstaff.awards.models import Award, Heard, PayeeCheck, SourceClaim
from tipstaff.awards.queries.arranging import arranging
from tipstaff.kernel import reference
from tipstaff.kernel.machine import MoveNotInTable
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.sealed.claims import QUESTIONS, Claim
from tipstaff.tips.models import Message, Tip

LAST = TODAY + timedelta(days=30)


def ask(road: Road, **changes: object) -> tuple[str, ...]:
    told = {"ref": road.ref, "answer_by": LAST, "actor": who("cora"), "now": NOON} | changes
    return claiming.ask_sources(**told)  # type: ignore[arg-type]  # a test's shorthand


@pytest.fixture
def asked(road: Road) -> list[Source]:
    """A nomination whose two sources were asked."""
    road.to("nominated")
    sources = [Source(share.tip) for share in road.award.shares.order_by("id")]
    assert ask(road) == ("1", "2")
    return sources


def say(source: Source, answer: str = "accept", **changes: object) -> None:
    """Answer, and have the worker hear it."""
    on = changes.pop("on", TODAY)
    key = changes.pop("key", None)
    claim = source.asked()
    said = Claim(
        claim.ref, bytes(claim.challenge), answer, {}, "look at the second boat" if answer == "review" else ""
    )
    source.says(replace(said, **changes), key, on)  # type: ignore[arg-type]  # a test's shorthand
    jobs.take_answers(NOON)


def verdicts() -> list[str]:
    return list(Heard.objects.order_by("number").values_list("verdict", flat=True))


def test_each_source_is_told_in_its_own_mailbox(asked: list[Source]) -> None:
    for source in asked:
        claim, told = source.asked(), source.told("reward")
        assert told is not None
        assert (told["claim"], told["challenge"]) == (claim.ref, bytes(claim.challenge).hex())
        assert (told["answer_by"], told["review_by"]) == (LAST.isoformat(), None)
        assert told["questions"] == list(QUESTIONS)
        assert (claim.state, len(bytes(claim.challenge))) == ("asked", 32)
        assert bytes(claim.claim_key) == source.key.public_key().public_bytes_raw()
    assert len({bytes(source.asked().challenge) for source in asked}) == 2


def test_an_answer_signed_with_the_receipt_is_what_the_rules_ask_for(road: Road, asked: list[Source]) -> None:
    from tipstaff.awards.actions import nominating

    for source in asked:
        source.accepts()
        assert source.asked().state == "accepted"
        assert source.asked().answers["official"] == "no"
    nominating.endorse_nomination(ref=road.ref, reason="it did", actor=who("hugo"), now=NOON)
    for number in ("1", "2"):
        for kind in ("sanctions", "barred"):
            share = road.award.shares.get(number=number)
            PayeeCheck.objects.create(
                share=share, kind=kind, clear=True, source="a list", actor="cora", at=NOON
            )
    eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON)

    assert road.award.state == "eligible"


@pytest.mark.parametrize("answers, rule", [
    ({"official": "yes", "on-duty": "yes"}, "rulebook.R03-official"),
    ({"took-part": "yes"}, "rulebook.took-part"),
    ({"individual": "no"}, "rulebook.R02-individual"),
])  # fmt: skip
def test_who_was_on_duty_or_took_part_is_found_ineligible(
    road: Road, asked: list[Source], answers: dict[str, str], rule: str
) -> None:
    from tipstaff.awards.actions import nominating

    asked[0].accepts(**answers)
    nominating.endorse_nomination(ref=road.ref, reason="it did", actor=who("hugo"), now=NOON)

    assert rule in refused(lambda: eligibility.find_eligible(ref=road.ref, actor=who("cora"), now=NOON))


def test_who_wanted_no_reward_or_no_message_is_not_written_to(road: Road) -> None:
    road.to("nominated")
    first, second = road.award.shares.order_by("id")
    tips = Tip.objects.unscoped("a test arranges")
    tips.filter(ref=first.tip).update(reward=False)
    tips.filter(ref=second.tip).update(may_ask=False)

    assert refused(lambda: ask(road)) == ("awards.asked-whom",) * 2
    tips.filter(ref=second.tip).update(may_ask=True)
    assert ask(road) == ("2",)
    assert [bool(row.cannot) for row in arranging(who("cora"), road.ref).sources] == [True, True]
    assert refused(lambda: ask(road)) == ("awards.asked-whom",) * 2


@pytest.mark.parametrize("state", ["drafted", "withdrawn", "ineligible", "vouchered", "paid", "closed"])
def test_nobody_is_asked_too_early_or_too_late(road: Road, state: str) -> None:
    road.to(state)

    assert "awards.asked-in-time" in refused(lambda: ask(road))


def test_only_the_clerk_asks_and_in_no_other_capacity(road: Road) -> None:
    road.to("nominated")
    before = moved()
    for name, error in (("nia", NotAllowed), ("pia", NotAllowed), ("pam", NotAllowed), ("cleo", NotVisible)):
        with pytest.raises(error), undone():
            ask(road, actor=who(name))
    assert moved() == before
    assert refused(lambda: ask(road, actor=acting("nia", "clerk"))) == ("awards.duties-apart",)
    assert refused(lambda: ask(road, answer_by=TODAY)) == ("awards.answer-days",)


def test_who_declines_is_not_asked_by_the_mailbox_any_more(road: Road, asked: list[Source]) -> None:
    say(asked[0], "decline")

    assert (asked[0].asked().state, asked[0].told("reward"), verdicts()) == ("declined", None, ["declined"])
    again(road, "1")
    assert asked[0].asked().state == "asked"
    asked[0].accepts()
    assert asked[0].asked().state == "accepted"


def again(road: Road, number: str, **changes: object) -> SourceClaim:
    told = {"ref": road.ref, "number": number, "answer_by": LAST, "actor": who("cora"), "now": NOON} | changes
    return claiming.ask_again(**told)  # type: ignore[arg-type]  # a test's shorthand


def test_a_new_question_has_a_new_challenge(road: Road, asked: list[Source]) -> None:
    old = bytes(asked[0].asked().challenge)
    say(asked[0], "decline")
    again(road, "1")

    say(asked[0], challenge=old)

    assert verdicts() == ["declined", "wrong-challenge"]
    assert asked[0].asked().state == "asked"
    with pytest.raises(MoveNotInTable), undone():
        again(road, "1")
    with pytest.raises(NotVisible), undone():
        again(road, "7")


ODD: dict[str, tuple[str, Callable[[Source, Source], None]]] = {
    "another's key": ("not-genuine", lambda s, o: say(s, key=Ed25519PrivateKey.generate())),
    "another's claim": ("unknown-claim", lambda s, o: say(s, claim=o.asked().ref)),
    "no claim of ours": ("unknown-claim", lambda s, o: say(s, claim=reference.new("CLM"))),
    "another challenge": ("wrong-challenge", lambda s, o: say(s, challenge=bytes(32))),
    "after the last day": ("too-late", lambda s, o: say(s, on=LAST + timedelta(days=1))),
    "a review of nothing": ("too-late", lambda s, o: say(s, "review")),
    "at no window": ("wrong-challenge", lambda s, o: say(s, "collect")),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_in_order_is_shown_to_the_clerk_and_moves_nothing(
    road: Road, asked: list[Source], name: str
) -> None:
    verdict, act = ODD[name]
    before = list(SourceClaim.objects.order_by("id").values())

    act(*asked)

    assert verdicts() == [verdict]
    assert list(SourceClaim.objects.order_by("id").values()) == before
    assert [row.verdict for row in arranging(who("cora"), road.ref).odd] == [verdict]


def test_the_first_answer_counts(road: Road, asked: list[Source]) -> None:
    asked[0].accepts(official="no")
    before = list(SourceClaim.objects.order_by("id").values())
    say(asked[0], "decline")
    say(asked[0], answers={"official": "yes"})

    assert verdicts() == ["accepted", "answered-twice", "answered-twice"]
    assert list(SourceClaim.objects.order_by("id").values()) == before


def test_an_answer_is_heard_once_and_in_order(asked: list[Source]) -> None:
    for source in asked:
        claim = source.asked()
        source.says(Claim(claim.ref, bytes(claim.challenge), "decline", {}, ""))

    assert jobs.take_answers(NOON) == {"declined": 2}
    assert jobs.take_answers(NOON) == {}
    assert list(Heard.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_what_is_not_answered_in_time_ends_by_itself(road: Road, asked: list[Source]) -> None:
    asked[0].accepts()
    assert jobs.expire_claims(NOON + timedelta(days=31)) == []

    ended = jobs.expire_claims(NOON + timedelta(days=32))

    assert ended == [asked[1].asked().ref]
    assert [source.asked().state for source in asked] == ["accepted", "expired"]
    assert (asked[1].told("reward"), asked[0].told("reward") is None) == (None, False)
    say(asked[1])
    assert verdicts()[-1] == "too-late"


def test_a_withdrawn_nomination_leaves_no_question_in_a_mailbox(road: Road, asked: list[Source]) -> None:
    from tipstaff.awards.actions import nominating

    asked[0].accepts()

    nominating.withdraw_nomination(ref=road.ref, reason="mistaken", actor=who("nia"), now=NOON)

    assert [source.told("reward") for source in asked] == [None, None]


@pytest.mark.parametrize("end", ["find_ineligible", "deny"])
def test_a_refusal_tells_who_accepted_of_a_review_and_takes_the_other_questions_back(
    road: Road, asked: list[Source], end: str
) -> None:
    asked[0].accepts()
    Award.objects.unscoped("a test arranges").update(
        state="endorsed" if end == "find_ineligible" else "recommended"
    )

    if end == "deny":
        deciding.deny_award(ref=road.ref, reason="too little", actor=who("sera"), now=NOON)
    else:
        eligibility.find_ineligible(ref=road.ref, reason="too little", actor=who("cora"), now=NOON)

    told = asked[0].told("reward")
    assert told is not None
    assert told["review_by"] == (TODAY + timedelta(days=30)).isoformat()
    assert str(told["answer_by"]) < TODAY.isoformat()
    assert asked[1].told("reward") is None


def test_what_was_told_and_taken_back_stands_in_no_table(road: Road) -> None:
    """What is erased is gone: the room of awards keeps no copy of what it wrote to a source."""
    from tipstaff.awards.actions import nominating

    road.to("nominated")
    ask(road, text="Your boats were the third lamp.")
    assert "third lamp" in str(list(Message.objects.values_list("text", flat=True)))

    nominating.withdraw_nomination(ref=road.ref, reason="mistaken", actor=who("nia"), now=NOON)

    assert "Your boats" not in str(everything())
    assert "Your boats" not in str(list(Message.objects.values()))


def test_a_refusal_is_told_and_a_review_is_asked_for(road: Road) -> None:
    road.to("denied")
    source, other = (Source(share.tip) for share in road.award.shares.order_by("id"))

    until = claiming.offer_review(ref=road.ref, actor=who("cora"), now=NOON)

    told = source.told("reward")
    assert told is not None
    assert (told["review_by"], until) == (
        (TODAY + timedelta(days=30)).isoformat(),
        TODAY + timedelta(days=30),
    )
    assert str(told["answer_by"]) < TODAY.isoformat()
    say(source, "review")
    say(source, "review")
    say(other, "review", on=until + timedelta(days=1))
    assert verdicts() == ["review", "answered-twice", "too-late"]
    assert (source.asked().review_reason, source.asked().review_on) == ("look at the second boat", TODAY)
    assert road.award.state == "denied"
    finishing.reconsider_award(ref=road.ref, reason="the source asks", actor=who("cora"), now=NOON)


def test_a_review_is_offered_after_a_refusal_only(road: Road) -> None:
    road.to("eligible")

    assert refused(lambda: claiming.offer_review(ref=road.ref, actor=who("cora"), now=NOON)) == (
        "awards.review-offered",
    )


def test_no_record_holds_what_a_source_said(road: Road, asked: list[Source]) -> None:
    from tipstaff.audit.models import Record

    asked[0].accepts(official="unknown")
    say(asked[0], "review")

    facts = str(list(Record.objects.unscoped("a test looks").values_list("facts", flat=True)))
    assert [word for word in ("unknown", "second boat", "official") if word in facts] == []
    assert Message.objects.filter(kind="claim").count() == 2
    assert {bytes(row.signed) for row in Heard.objects.all()} == {b""}

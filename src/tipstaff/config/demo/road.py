"""The road of one award in the demo's past: every step by the officer who takes it, with the real verbs.

Which day each step had, counted from the first tip, stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tipstaff.awards.actions import (
    checking,
    claiming,
    committee,
    concurrence,
    deciding,
    eligibility,
    nominating,
)
from tipstaff.awards.jobs import take_answers
from tipstaff.awards.policy.scoring import Mark, Marks
from tipstaff.awards.states import Choice
from tipstaff.awards.texts import NominationText, ShareText
from tipstaff.cases import actions as cases
from tipstaff.cases.texts import ContributionText, OutcomeText, SourceText
from tipstaff.config.demo.cast import AGENCY, HARBOUR
from tipstaff.config.demo.gull import Given, Story
from tipstaff.config.demo.office import acting, deliver_what_waits
from tipstaff.config.demo.sources import Door, Source
from tipstaff.kernel.clock import day
from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.rulebook.sheet_file import shipped
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips import actions as tips
from tipstaff.tips.jobs import open_waiting

MEMBERS = ("mia", "max", "moe")
REVIEW_AFTER = timedelta(days=365)


@dataclass
class Road:
    """One award, on its way. `today` is the day on which the demo is made; nothing happens after it."""

    story: Story
    door: Door
    keyring: Keyring
    today: datetime
    sources: list[Source] = field(default_factory=list)
    case: str = ""
    outcome: str = ""
    award: str = ""
    meeting: str = ""

    def at(self, days: int) -> datetime:
        """The moment so many days after the first tip."""
        return self.today - timedelta(days=self.story.began) + timedelta(days=days)

    def on(self, days: int) -> date:
        return day(self.at(days))

    def who(self, name: str, days: int) -> Actor:
        return acting(name, self.at(days))

    def given(self) -> Iterator[tuple[Given, Source]]:
        """What each source gave, with the source."""
        return zip(self.story.sources, self.sources, strict=True)

    def sources_tell(self) -> None:
        """Each seals and sends; the worker opens; Hana claims the tip."""
        for given in self.story.sources:
            source = Source(self.door)
            source.tell(given.tip, self.on(given.after))
            self.sources.append(source)
            self._open(given.after)
            tips.claim(ref=source.ref, actor=self.who("hana", given.after), now=self.at(given.after))

    def investigators_find(self) -> None:
        """Gus opens the case, records the outcome and attests what each tip gave; Eva confirms the outcome."""
        gus = self.who("gus", 22)
        self.case = cases.open_case(
            title=f"DEMO: {self.story.title}",
            organisation="The Grey Gull company (invented)",
            compartment=HARBOUR[0],
            actor=gus,
            now=self.at(4),
        ).ref
        person = self.story.outcome["subject_kind"] == "person"
        text = OutcomeText(
            **self.story.outcome, day=self.on(20), review_on=self.on(22) + REVIEW_AFTER if person else None
        )
        self.outcome = cases.record_outcome(case=self.case, text=text, actor=gus, now=self.at(22)).ref
        cases.confirm_outcome(ref=self.outcome, seen=1, actor=self.who("eva", 23), now=self.at(23))
        for given, source in self.given():
            self._attest(given, source.ref, gus)

    def _attest(self, given: Given, tip: str, actor: Actor) -> None:
        source = SourceText(
            kind="tip",
            reference=tip,
            reliability="B",
            credibility="2",
            says=given.says,
            day=self.on(given.after),
        )
        finding = cases.state_finding(
            case=self.case, statement=given.finding, sources=[source], actor=actor, now=self.at(24)
        )
        text = ContributionText(
            tip=tip,
            finding=finding.ref,
            outcome=self.outcome,
            how_used=given.used,
            used_on=self.on(15),
            known="no",
            corroboration=given.corroboration,
            evidence=given.evidence,
        )
        cases.attest_contribution(case=self.case, text=text, actor=actor, now=self.at(24))

    def nominated_and_endorsed(self) -> None:
        """Nia nominates, Hugo endorses."""
        shares = tuple(
            ShareText(tip=source.ref, requested=dollars(given.asked)) for given, source in self.given()
        )
        text = NominationText(
            offer=self.story.offer,
            offer_version=1,
            condition=1,
            agency=AGENCY[1],
            form="money",
            reason=self.story.nomination,
            shares=shares,
        )
        nia = self.who("nia", 28)
        self.award = nominating.draft_nomination(
            outcome=self.outcome, text=text, actor=nia, now=self.at(28)
        ).ref
        nominating.nominate(ref=self.award, payers_asked=True, actor=nia, now=self.at(29))
        nominating.endorse_nomination(
            ref=self.award,
            reason="The outcome rests on what these sources told.",
            actor=self.who("hugo", 30),
            now=self.at(30),
        )

    def sources_accept(self) -> None:
        """Cora asks through the mailboxes; each source reads it there and signs yes with its receipt's key."""
        claiming.ask_sources(
            ref=self.award, answer_by=self.on(61), actor=self.who("cora", 31), now=self.at(31)
        )
        deliver_what_waits(self.keyring, self.at(31))
        for given, source in self.given():
            source.accept(given.answers, self.on(34))
        self._open(34)
        take_answers(self.at(34))

    def found_eligible(self) -> None:
        """Cora checks each payee by its number, then the whole award."""
        cora = self.who("cora", 38)
        for number in self.numbers():
            for kind in ("sanctions", "barred"):
                checking.record_check(
                    ref=self.award,
                    number=number,
                    kind=kind,
                    clear=True,
                    source=f"An invented list of {self.on(38)}",
                    actor=cora,
                    now=self.at(38),
                )
        eligibility.find_eligible(ref=self.award, actor=cora, now=self.at(39))

    def numbers(self) -> tuple[str, ...]:
        """The sources' numbers in this case, in their order."""
        return tuple(str(place) for place, _ in enumerate(self.sources, 1))

    def on_the_docket(self, held: int) -> None:
        """Cora calls the committee for a day and opens the scoring; nobody has a conflict."""
        cora, now = self.who("cora", 42), self.at(42)
        self.meeting = committee.convene_meeting(
            compartment=HARBOUR[0],
            title=f"DEMO: {self.story.title}",
            held_on=self.on(held),
            members=MEMBERS,
            actor=cora,
            now=now,
        ).ref
        committee.docket(meeting=self.meeting, award=self.award, actor=cora, now=now)
        for name in MEMBERS:
            committee.declare(
                meeting=self.meeting,
                place=1,
                conflicted=False,
                reason="",
                actor=self.who(name, 43),
                now=self.at(43),
            )
        committee.open_scoring(meeting=self.meeting, place=1, actor=cora, now=self.at(43))

    def scored_by(self, *names: str) -> None:
        """Each of these members hands in their scores."""
        for name in names:
            committee.submit_scores(
                meeting=self.meeting,
                place=1,
                marks=self._marks(name),
                actor=self.who(name, 44),
                now=self.at(44),
            )

    def _marks(self, name: str) -> Marks:
        factors, seat = shipped("tocrp").factors, MEMBERS.index(name)
        return {
            number: {
                factor.code: Mark(given.level - (place + seat) % 2, "As the packet says.")
                for place, factor in enumerate(factors)
            }
            for number, (given, _) in zip(self.numbers(), self.given(), strict=True)
        }

    def voted(self) -> None:
        """Cora opens the meeting and puts the motion; two are for it, one against; Cora counts."""
        cora, now = self.who("cora", 46), self.at(46)
        amounts = dict(zip(self.numbers(), map(dollars, self.story.advised), strict=True))
        committee.open_meeting(ref=self.meeting, actor=cora, now=now)
        committee.put_motion(
            meeting=self.meeting,
            place=1,
            recommend=True,
            total=dollars(sum(self.story.advised)),
            amounts=amounts,
            text="To recommend a reward for what these sources told.",
            actor=cora,
            now=now,
        )
        for name, choice, reason in _VOTES:
            committee.cast_vote(
                meeting=self.meeting,
                place=1,
                motion=1,
                choice=choice,
                reason=reason,
                actor=self.who(name, 46),
                now=now,
            )
        committee.close_vote(meeting=self.meeting, place=1, actor=cora, now=now)
        committee.close_meeting(ref=self.meeting, actor=cora, now=now)

    def concurrence_sought(self) -> None:
        """Cora sends it to the Attorney General."""
        concurrence.seek_concurrence(ref=self.award, actor=self.who("cora", 47), now=self.at(47))

    def decided(self) -> None:
        """Sera approves and certifies, in person."""
        deciding.approve_award(
            ref=self.award, reason="As the committee advised.", actor=self.who("sera", 54), now=self.at(54)
        )
        deciding.certify_award(ref=self.award, actor=self.who("sera", 55), now=self.at(55))

    def _open(self, days: int) -> None:
        open_waiting(self.keyring, self.at(days))
        deliver_what_waits(self.keyring, self.at(days))


_VOTES = (
    ("mia", Choice.FOR, "It would not have come about without them."),
    ("max", Choice.FOR, "What they told was new, and it was right."),
    ("moe", Choice.AGAINST, "A smaller amount would do."),
)


def dollars(whole: int) -> Money:
    """So many whole dollars."""
    return Money(whole * 100, "USD")

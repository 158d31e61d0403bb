"""The worker: every job has its turn, one that fails is shown and stops no other, and it ends when it is told to."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.keepers import NOON
from tests.offices import TestOffice, Visitor
from tipstaff.config.office import jobs
from tipstaff.config.office.keeper import Keeper
from tipstaff.config.office.lock import RunsAlready, only_one
from tipstaff.config.office.worker import Job, Worker
from tipstaff.custody.holder import Holder
from tipstaff.kernel.decision import Refusal, Refused
from tipstaff.logbook.models import SignedHead
from tipstaff.outbox.models import Parcel
from tipstaff.sealed.keyfile import Keyring
from tipstaff.tips import queries as tips
from tipstaff.tips.models import Tip


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Noting:
    """A job that notes when it ran, and fails while it is told to."""

    def __init__(self) -> None:
        self.ran: list[datetime] = []
        self.error: Exception | None = None

    def __call__(self, keyring: Keyring | None, now: datetime) -> str:
        self.ran.append(now)
        if self.error:
            raise self.error
        return "did it"


def no_keys() -> None:
    """A worker that was started without them."""


def every(seconds: int, name: str, work: Noting) -> Job:
    return Job(name, timedelta(seconds=seconds), work)


def test_each_job_runs_as_often_as_it_should(tmp_path: Path) -> None:
    often, seldom, clock = Noting(), Noting(), Clock()
    worker = Worker(
        [every(2, "often", often), every(10, "seldom", seldom)], no_keys, tmp_path / "w.json", print
    )

    for _ in range(11):
        worker.turn(clock)
        clock.now += timedelta(seconds=1)

    assert (len(often.ran), len(seldom.ran)) == (6, 2)


def test_a_job_that_fails_stops_no_other_and_is_shown_once_until_it_works_again(tmp_path: Path) -> None:
    failing, other, clock, said = Noting(), Noting(), Clock(), list[str]()
    worker = Worker(
        [every(1, "failing", failing), every(1, "other", other)], no_keys, tmp_path / "w.json", said.append
    )
    failing.error = Refused((Refusal("some.rule", "The hatch is not what it was."),))
    for _ in range(3):
        worker.turn(clock)
        clock.now += timedelta(seconds=1)
    assert said == ["failing: FAILED: The hatch is not what it was."]
    assert len(other.ran) == 3

    failing.error = None
    worker.turn(clock)

    assert said[1:] == ["failing: works again"]


def test_of_an_error_that_is_not_ours_only_the_class_is_shown(tmp_path: Path) -> None:
    failing, said = Noting(), list[str]()
    failing.error = ValueError("words that a source wrote")
    report = tmp_path / "w.json"

    assert Worker([every(1, "failing", failing)], no_keys, report, said.append).run(Clock(), once=True) == 1

    assert said == ["failing: FAILED: ValueError"]
    assert json.loads(report.read_text())["jobs"]["failing"]["error"] == "ValueError"


def test_what_was_done_is_said_only_to_who_asked_for_it(tmp_path: Path) -> None:
    said = list[str]()
    for chatty in (False, True):
        worker = Worker([every(1, "job", Noting())], no_keys, tmp_path / "w.json", said.append, chatty=chatty)
        worker.run(Clock(), once=True)

    assert said == ["job: did it"]


def test_told_to_stop_it_finishes_the_job_in_hand_and_begins_no_other(tmp_path: Path) -> None:
    first, second = Noting(), Noting()

    def stopping(keyring: Keyring | None, now: datetime) -> str:
        worker.stop()
        return first(keyring, now)

    report = tmp_path / "w.json"
    worker = Worker(
        [Job("first", timedelta(1), stopping), every(1, "second", second)], no_keys, report, print
    )
    worker.run(Clock())

    assert (len(first.ran), len(second.ran)) == (1, 0)
    assert json.loads(report.read_text())["running"] is False


def test_a_second_worker_is_refused(tmp_path: Path) -> None:
    with only_one(tmp_path / "lock"), pytest.raises(RunsAlready), only_one(tmp_path / "lock"):
        pass
    with only_one(tmp_path / "lock"):
        pass


def run_all(office: TestOffice, keyring: Keyring | None, now: datetime, *, opening: bool = True) -> int:
    return Worker(jobs.jobs(opening=opening), lambda: keyring, office.path / "w.json", print).run(
        lambda: now, once=True
    )


def test_with_the_keys_a_round_opens_answers_and_signs(office: TestOffice, visitor: Visitor) -> None:
    visitor.tip("Three boats at the old pier.")

    assert run_all(office, office.keyring, datetime(2026, 11, 20, 3, 30, tzinfo=UTC)) == 0

    assert [tip.text for tip in Tip.objects.unscoped("a test")] == ["Three boats at the old pier."]
    assert SignedHead.objects.count() == 1
    assert set(Parcel.objects.values_list("kind", "state")) == {("slots", "DELIVERED"), ("head", "WAITING")}


@pytest.mark.parametrize("with_keys, opening", [(False, True), (True, False)])
def test_without_keys_or_told_not_to_it_takes_in_and_opens_nothing(
    office: TestOffice, visitor: Visitor, with_keys: bool, opening: bool
) -> None:
    visitor.tip("Three boats at the old pier.")

    assert run_all(office, office.keyring if with_keys else None, NOON, opening=opening) == 0

    assert (tips.count_waiting(), Tip.objects.unscoped("a test").count()) == (1, 0)


def test_while_the_desk_is_unlocked_what_arrives_is_opened_and_then_no_more(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, looked = list[Keyring](), threading.Event()

    def look(keyring: Keyring, *_: object) -> None:
        looks.append(keyring)
        if len(looks) == 3:
            looked.set()
        raise ConnectionError("a hatch that is away is no reason to end")

    monkeypatch.setattr("tipstaff.config.office.keeper.open_waiting", look)
    held = Holder(office.path / "desk" / "desk.key", idle=timedelta(hours=1))
    keeper = Keeper(held, pause=0.01)
    held.hold(office.keyring, by="ana")
    keeper.unlocked(office.keyring)
    keeper.unlocked(office.keyring)

    assert looked.wait(30)
    held.forget()
    assert keeper.wait(30)
    assert set(looks) == {office.keyring}

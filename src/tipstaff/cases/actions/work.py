"""The daily work in a case: notes, and tasks with somebody to do them and a day."""

from datetime import date, datetime

from django.db import transaction

from tipstaff.cases import access, policy
from tipstaff.cases.keeping import recorded
from tipstaff.cases.models import Note, Task
from tipstaff.cases.states import CaseState
from tipstaff.kernel.clock import day
from tipstaff.people import queries as people
from tipstaff.people.access import Actor, NotVisible
from tipstaff.sealed.envelope import typed


@transaction.atomic(durable=True)
def add_note(*, ref: str, text: str, actor: Actor, now: datetime) -> Note:
    """Leave a note in a case. Raises NotVisible, NotAllowed or Refused; then nothing is written."""
    case = access.case_for(actor, ref, to="cases.case.note", lock=True)
    policy.may_add(CaseState(case.state)).or_raise()
    text = typed(text).strip()
    policy.may_say(text).or_raise()
    note = Note.objects.create(case=case, text=text, author=actor.ref, at=now)
    recorded("case.noted", case, case.ref, actor, now)
    return note


@transaction.atomic(durable=True)
def add_task(*, ref: str, title: str, assignee: str, due_on: date, actor: Actor, now: datetime) -> Task:
    """Give somebody who may see the case something to do in it, by a day; a day that is over is late at once.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    case = access.case_for(actor, ref, to="cases.case.note", lock=True)
    policy.may_add(CaseState(case.state)).or_raise()
    title = typed(title).strip()
    compartments = access.compartments_of(case)
    sees = any(
        assignee in dict(people.officers_holding(access.SEE, compartment, day(now)))
        for compartment in sorted(compartments)
    )
    policy.may_give_task(title, assignee_sees=sees).or_raise()

    case.tasks += 1
    case.save(update_fields=["tasks"])
    task = Task.objects.create(
        case=case,
        number=case.tasks,
        title=title,
        assignee=assignee,
        due_on=due_on,
        given_by=actor.ref,
        given_at=now,
    )
    recorded("task.given", case, case.ref, actor, now, task=task.number, to=assignee, due=due_on)
    return task


@transaction.atomic(durable=True)
def finish_task(*, ref: str, number: int, actor: Actor, now: datetime) -> Task:
    """Say that a task is done; anybody who works on the case may, and a closed case's tasks too.

    Raises NotVisible, NotAllowed or Refused. On any of them nothing is written.
    """
    case = access.case_for(actor, ref, to="cases.case.note", lock=True)
    task = Task.objects.select_for_update().filter(case=case, number=number).first()
    if task is None:
        raise NotVisible(f"{ref} task {number}")
    policy.may_finish(done=task.done_on is not None).or_raise()

    task.done_by, task.done_on = actor.ref, day(now)
    task.save(update_fields=["done_by", "done_on"])
    recorded("task.finished", case, case.ref, actor, now, task=number)
    return task

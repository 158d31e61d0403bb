"""What the door's templates ask of Python: an offer by its reference, and sentences by their kind."""

from django import template

from tipstaff.door import wording
from tipstaff.door.forms import Problem
from tipstaff.hatch.notice import Notice, Offer

register = template.Library()


@register.simple_tag
def offer_of(notice: Notice, ref: str) -> Offer | None:
    return notice.offer(ref)


@register.filter
def sentence(problem: Problem) -> str:
    return wording.problem(problem.kind, problem.about)


@register.filter
def state(name: str) -> str:
    return wording.state(name)


@register.filter
def outcome(name: str) -> str:
    return wording.outcome(name)


@register.filter
def how_label(name: str) -> str:
    return str(wording.HOW[name])


@register.filter
def question(id: str) -> str:
    return str(wording.QUESTIONS[id])


@register.simple_tag
def answers() -> list[tuple[str, str]]:
    """What may be chosen at each question: the value that is sent, and its label."""
    return [(value, str(label)) for value, label in wording.ANSWERS.items()]


@register.filter
def sent(answer: str) -> str:
    return str(wording.SENT[answer])


@register.filter
def spelled(code: str) -> str:
    return wording.spelled(code)

"""What officers type and choose on a tip's page, and how the queue is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tipstaff.tips import policy, words
from tipstaff.tips.queries.queue import Filters, Queue
from tipstaff.tips.states import Disposition, PublicState, Urgency

LONG = {"rows": "5", "dir": "auto"}


def _choices(named: words.Words, *keys: str) -> list[tuple[str, Any]]:
    return [(str(key), named[key]) for key in keys]


class StateForm(forms.Form):
    """A move of the public state."""

    move = forms.ChoiceField(choices=[(move, text) for move, text in words.MOVES.items()])


class UrgencyForm(forms.Form):
    """How soon a tip must be looked at."""

    urgency = forms.ChoiceField(choices=_choices(words.URGENCIES, *Urgency), required=False)


class DispositionForm(forms.Form):
    """What a tip turned out to be, and why."""

    kind = forms.ChoiceField(choices=_choices(words.DISPOSITIONS, *Disposition))
    reason = forms.CharField(required=False, max_length=4 * policy.REASON_CHARACTERS, strip=False)


class TextForm(forms.Form):
    """A message to the source, or a note for colleagues; the rules say how long each may be."""

    text = forms.CharField(required=False, max_length=4 * policy.NOTE_CHARACTERS, strip=False)


class HandOverForm(forms.Form):
    """A colleague's reference."""

    to = forms.CharField(max_length=80)


class ReassignForm(forms.Form):
    """Who gets the tip, and why it is taken from whoever has it; the rules say what is missing."""

    to = forms.CharField(required=False, max_length=80)
    reason = forms.CharField(required=False, max_length=4 * policy.REASON_CHARACTERS, strip=False)


class QueueForm(forms.Form):
    """The queue's filters, all optional, in the address so that a view can be kept as a bookmark."""

    state = forms.ChoiceField(label=_("State"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False)
    offer = forms.ChoiceField(label=_("Offer"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def offered(self, queue: Queue) -> "QueueForm":
        """Fill the choices from what there is."""
        states = _choices(words.STATES, *PublicState)
        urgencies = _choices(words.URGENCIES, Urgency.DANGER, Urgency.TIME_BOUND, Urgency.OTHER)
        self._offer("state", ("", _("All but closed")), states)
        self._offer("urgency", ("", _("Any")), urgencies)
        self._offer("offer", ("", _("Any")), [(offer, offer) for offer in queue.offers])
        self._offer("language", ("", _("Any")), [(language, language) for language in queue.languages])
        return self

    def _offer(self, name: str, first: tuple[str, Any], rest: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [first, *rest]


def filters_from(data: Any) -> Filters:
    """The filters in a query string; whatever is not understood does not narrow."""
    held, _dash, last = data.get("after", "").partition("-")
    after = (held == "1", int(last)) if last.isascii() and last.isdigit() and len(last) < 19 else None
    return Filters(
        state=data.get("state", ""),
        urgency=data.get("urgency", ""),
        offer=data.get("offer", ""),
        language=data.get("language", ""),
        mine=data.get("mine") == "on",
        after=after,
    )

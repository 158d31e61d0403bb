"""Keeping figures that others published, each with its source and its wording."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tipstaff.audit.actions import record
from tipstaff.awards.figures_file import FiguresFile, PublishedFigure
from tipstaff.awards.models import Figure
from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.people.access import Actor

LOAD = "offers.programme.load"


@dataclass(frozen=True, slots=True)
class LoadedFigures:
    """How many figures were new, and how many stood there already."""

    added: int
    unchanged: int


@transaction.atomic(durable=True)
def load_figures(*, figures: FiguresFile, compartment: str, actor: Actor, now: datetime) -> LoadedFigures:
    """Keep the file's figures beside the programme's own. A figure that is kept is never changed.

    Raises NotAllowed or Refused (with every figure that says otherwise than the one kept); then nothing is written.
    """
    actor.must(LOAD, compartment)
    every = Figure.objects.unscoped("a figure of a source is kept once, in whichever compartment")
    kept = {
        (each.measure, each.as_of, each.source): each for each in every.filter(programme=figures.programme)
    }
    new, refusals = list[PublishedFigure](), list[Refusal]()
    for figure in figures.figures:
        stands = kept.get((figure.measure, figure.as_of, figure.source))
        if stands is None:
            new.append(figure)
        elif (stands.value, stands.wording, stands.scope, stands.compartment) != (
            figure.value,
            figure.wording,
            figure.scope,
            compartment,
        ):
            named = {"measure": figure.measure, "day": figure.as_of}
            refusals.append(
                Refusal(
                    "awards.figure-stands",
                    "{measure} of {day} is kept from this source already and says otherwise: name the source’s"
                    " correction as a source of its own.",
                    named,
                )
            )
    Decision(tuple(refusals)).or_raise()
    Figure.objects.bulk_create(
        Figure(
            compartment=compartment,
            programme=figures.programme,
            measure=figure.measure,
            as_of=figure.as_of,
            value=figure.value,
            scope=figure.scope,
            wording=figure.wording,
            source=figure.source,
            actor=actor.ref,
            at=now,
        )
        for figure in new
    )
    record(
        "awards.figures.loaded",
        subject=figures.programme,
        actor=actor,
        at=now,
        compartment=compartment,
        added=len(new),
    )
    return LoadedFigures(added=len(new), unchanged=len(figures.figures) - len(new))

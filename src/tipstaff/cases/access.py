"""The only way from a page or a verb to a case, or to anything that stands in one."""

from django.db.models import QuerySet

from tipstaff.cases.models import Case, CaseCompartment, Contribution, Finding, Outcome
from tipstaff.cases.models.rows import StatedRow, current
from tipstaff.people.access import Actor, NotAllowed, NotVisible, within

SEE = "cases.case.see"
SEE_OUTCOMES = "cases.outcome.see"
SEE_STATISTICS = "cases.statistics.see"


def visible_cases(actor: Actor, verb: str = SEE) -> QuerySet[Case]:
    """The cases with a compartment where `actor` holds `verb`. Raises NotAllowed when there is no such compartment."""
    if verb not in actor.verbs:
        raise NotAllowed(verb)
    held = CaseCompartment.objects.filter(within(actor, verb))
    return Case.objects.seen_by(actor).filter(pk__in=held.values("case"))


def visible_outcomes(actor: Actor, verb: str = SEE_OUTCOMES) -> QuerySet[Outcome]:
    """The current rows of outcomes of cases where `actor` holds `verb`. Raises NotAllowed."""
    if verb not in actor.verbs:
        raise NotAllowed(verb)
    rows = current(Outcome.objects.all())
    if verb in actor.everywhere:
        return rows
    return rows.filter(case__in=CaseCompartment.objects.filter(within(actor, verb)).values("case"))


def case_for(actor: Actor, ref: str, *, to: str, see: str = SEE, lock: bool = False) -> Case:
    """The case `ref`, for an actor who may do `to` with it in one of its compartments; with `lock` it is held.

    A case of other compartments is NotVisible, so that its reference cannot be probed; a case in sight without the
    verb, or without `see`, is NotAllowed.
    """
    cases = Case.objects.seen_by(actor)
    if lock:
        cases = cases.select_for_update(of=("self",))
    try:
        case = cases.get(ref=ref)
    except Case.DoesNotExist:
        raise NotVisible(ref) from None
    compartments = compartments_of(case)
    for verb in (see, to):
        if not any(actor.may(verb, compartment) for compartment in compartments):
            raise NotAllowed(verb)
    return case


def finding_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Finding:
    """The current row of the finding `ref`, its case at hand (and held). Raises NotVisible or NotAllowed."""
    return _newest(Finding, actor, ref, to, SEE, lock)


def outcome_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Outcome:
    """The current row of the outcome `ref`, its case at hand (and held). Raises NotVisible or NotAllowed.

    Outcomes may be seen by those who see no case, only what came of it.
    """
    return _newest(Outcome, actor, ref, to, SEE_OUTCOMES, lock)


def contribution_for(actor: Actor, ref: str, *, to: str, lock: bool = False) -> Contribution:
    """The current row of the contribution `ref`, its case at hand (and held). Raises NotVisible or NotAllowed."""
    return _newest(Contribution, actor, ref, to, SEE, lock)


def row_in[M: StatedRow](model: type[M], case: Case, ref: str) -> M:
    """The current row of `ref` in this very case. Raises NotVisible."""
    # Ordered by the number, which stands in the index beside the reference; by default it would be the key.
    row = current(model._default_manager.filter(case=case, ref=ref)).order_by("-number").first()
    if row is None:
        raise NotVisible(ref)
    return row


def compartments_of(case: Case) -> frozenset[str]:
    """The compartments that a case belongs to."""
    rows = CaseCompartment.objects.filter(case=case)
    return frozenset(rows.values_list("compartment", flat=True))


def _newest[M: StatedRow](model: type[M], actor: Actor, ref: str, to: str, see: str, lock: bool) -> M:
    # The case is held before the row is read: who waits for the lock reads what the other left.
    found = (
        model._default_manager.filter(ref=ref).order_by("number").values_list("case__ref", flat=True).first()
    )
    if found is None:
        raise NotVisible(ref)
    try:
        case = case_for(actor, str(found), to=to, see=see, lock=lock)
    except NotVisible:
        raise NotVisible(ref) from None
    row = row_in(model, case, ref)
    row.case = case  # type: ignore[attr-defined]  # every stated row has a case; the abstract table cannot say so
    return row

"""Whatever is done in whatever order, the books balance and no account is overdrawn."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rooms.ledger.conftest import NOON, P, Y, acting, balances, dollars, ways
from tipstaff.kernel.decision import Refused
from tipstaff.ledger import actions, queries
from tipstaff.ledger.models import Transfer
from tipstaff.ledger.proving import prove
from tipstaff.people.access import NotVisible, system

SUBJECTS = st.sampled_from(["AWD-1", "AWD-2", "AWD-3"])
AMOUNTS = st.integers(-1, 12)
YEARS = st.sampled_from([Y, Y - 1])
STEPS = st.one_of(
    st.tuples(st.just("appropriate"), YEARS, AMOUNTS),
    st.tuples(st.just("return_funds"), YEARS, AMOUNTS),
    st.tuples(st.sampled_from(["commit", "release", "pay"]), YEARS, SUBJECTS, AMOUNTS),
    st.tuples(st.just("commit_shares"), YEARS, st.dictionaries(SUBJECTS, AMOUNTS)),
    st.tuples(st.sampled_from(["reverse", "correct"]), st.integers(0, 30)),
)


def take(step) -> None:
    """One step, by whoever may take it; a number beyond the last transfer counts from the first again."""
    name, *rest = step
    verb = getattr(actions, name)
    by_treasurer = name in {"appropriate", "return_funds", "correct"}
    told = {"actor": acting("tess", "treasurer") if by_treasurer else acting("dee", "secretary"), "now": NOON}
    if name in {"reverse", "correct"}:
        numbers = list(Transfer.objects.unscoped("a test looks").values_list("number", flat=True))
        told |= {"number": numbers[rest[0] % len(numbers)] if numbers else 1, "reason": "a mistake"}
    else:
        told |= {"programme": P, "fiscal_year": rest[0], "reason": "as said"}
        if name == "commit_shares":
            told["shares"] = {subject: dollars(whole) for subject, whole in rest[1].items()}
        else:
            told["amount"] = dollars(rest[-1])
            told |= {"reference": "Act 1"} if by_treasurer else {"subject": rest[1]}
        if name == "appropriate":
            told["compartment"] = "harbour"
    # The verb itself, without its own transaction: the example's is thrown away as a whole.
    getattr(verb, "__wrapped__", verb)(**told)


@pytest.mark.django_db(databases=["default", "hatch"])
@settings(max_examples=60)
@given(st.lists(STEPS, max_size=25))
def test_any_sequence_of_verbs_keeps_the_books(steps):
    with transaction.atomic():
        for step in [("appropriate", Y, 12), *steps]:
            before = (balances(), balances(year=Y - 1), len(ways()))
            try:
                take(step)
            except (Refused, NotVisible):
                assert (balances(), balances(year=Y - 1), len(ways())) == before
        assert prove(system("test")).faults == ()
        for figures in queries.books(system("test")):
            parts = [amount.minor for _, amount in figures.parts]
            assert min(parts) >= 0
            assert sum(parts) == figures.appropriated.minor
        assert_commitments_are_what_was_done()
        transaction.set_rollback(True)


def assert_commitments_are_what_was_done() -> None:
    """The sums by subject, made again by hand from every row."""
    by_hand: dict[tuple[str, int], int] = defaultdict(int)
    for row in Transfer.objects.unscoped("a test looks").select_related("credit", "debit"):
        if row.debit.kind == "committed":
            by_hand[row.subject, row.debit.fiscal_year] += row.minor
        if row.credit.kind == "committed":
            by_hand[row.subject, row.credit.fiscal_year] -= row.minor
    asked = queries.commitments_of({subject for subject, _ in by_hand})
    found = {
        (subject, each.fiscal_year): each.committed.minor
        for subject, every in asked.items()
        for each in every
    }
    assert found == by_hand
    assert min(by_hand.values(), default=0) >= 0

"""What pages and other rooms read of cases: frozen rows, already filtered for the actor, texts made inert."""

from tipstaff.cases.queries.case import CasePage, CasePart, case_page, case_part, may_in_case, to_join
from tipstaff.cases.queries.cases import CaseList, CaseRow, MyTask, cases_list, tasks_of
from tipstaff.cases.queries.chain import Link, links_of_tip
from tipstaff.cases.queries.facts import (
    ContributionFacts,
    OutcomeFacts,
    contributions_of,
    outcome_facts,
    outcomes_confirmed,
)
from tipstaff.cases.queries.outcomes import Register, Sought, outcomes_register
from tipstaff.cases.queries.sheets import (
    ContributionSheet,
    FindingSheet,
    OutcomeSheet,
    contribution_page,
    finding_page,
    outcome_page,
)
from tipstaff.cases.queries.statistics import OutcomeCount, Place, outcome_counts, places_of

__all__ = [
    "CaseList",
    "CasePage",
    "CasePart",
    "CaseRow",
    "ContributionFacts",
    "ContributionSheet",
    "FindingSheet",
    "Link",
    "MyTask",
    "OutcomeCount",
    "OutcomeFacts",
    "OutcomeSheet",
    "Place",
    "Register",
    "Sought",
    "case_page",
    "case_part",
    "cases_list",
    "contribution_page",
    "contributions_of",
    "finding_page",
    "links_of_tip",
    "may_in_case",
    "outcome_counts",
    "outcome_facts",
    "outcome_page",
    "outcomes_confirmed",
    "outcomes_register",
    "places_of",
    "tasks_of",
    "to_join",
]

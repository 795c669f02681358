"""A solution as tidy records: as it is (baseline), as it must be (scenario), and the difference."""

from collections.abc import Iterator

from cfbudget.layout.page import Records
from cfbudget.reports.solve.page import laid_out
from cfbudget.reports.trial.records import FIELDS, variant_records
from cfbudget.scenario.solve.solution import Solution


def solution_records(solution: Solution) -> Records:
    return Records(FIELDS, solve_records(solution))


def solve_records(solution: Solution) -> Iterator[dict[str, str]]:
    """The options used with their total, or what is unidentified; then the net budgets.

    The three figures of a cell stand together.
    """
    for shown in laid_out(solution):
        for three in zip(*map(variant_records, shown), strict=True):
            yield from three

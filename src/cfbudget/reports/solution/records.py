"""A solution as tidy records: as it is (baseline), as it must be (scenario), and the difference."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL
from cfbudget.layout.page import Records
from cfbudget.layout.tidy import Record
from cfbudget.money import plain
from cfbudget.reports.solution.words import forecast_years, label_of, unidentified
from cfbudget.scenario.solve.solution import Solution
from cfbudget.scenario.solve.solution_changes import unidentified_id
from cfbudget.years import FinancialYear

TABLE = "solve"
FIELDS = (*Record._fields, "scenario", "forecast")

_EMPTY = Record(TABLE, *[""] * (len(Record._fields) - 1))


def solution_records(solution: Solution) -> Records:
    return Records(FIELDS, solve_records(solution))


def solve_records(solution: Solution) -> Iterator[dict[str, str]]:
    """The options used with their total, or what is unidentified; then the net budgets."""
    yield from _options(solution)
    whole = solution.service == TOTAL
    row = _EMPTY._replace(
        row=solution.service,
        label=f"Total {solution.name}" if whole else solution.name,
        role="total",
        measure="net_budget",
        service="" if whole else solution.service,
    )
    for year, now in solution.net_budgets.items():
        yield from _three(solution, row, year, now, now + solution.effects[year])


def _is_forecast(solution: Solution, row: Record, year: FinancialYear) -> bool:
    """Whether the answer is a forecast against an approved budget, which does not move."""
    return row.measure == "net_budget" and year in forecast_years(solution)


def _options(solution: Solution) -> Iterator[dict[str, str]]:
    service = "" if solution.service == TOTAL else solution.service
    change = _EMPTY._replace(role="line", measure="change")
    for line in solution.lines:
        option = line.option
        row = change._replace(
            row=option.id,
            label=label_of(line),
            source=option.place.source,
            service=line.service,
            kind=option.kind,
            status=option.status,
        )
        yield from _three(solution, row, solution.year, line.now, line.must_be)
    if solution.lines:
        row = change._replace(
            row=f"{solution.service}/using", label="Total", role="subtotal", service=service
        )
        now = sum(line.now for line in solution.lines)
        must_be = sum(line.must_be for line in solution.lines)
        yield from _three(solution, row, solution.year, now, must_be)
    elif solution.gap:
        row = change._replace(
            row=unidentified_id(solution.plan, solution.kind),
            label=unidentified(solution),
            service=service,
            kind=solution.kind,
            status="new",
        )
        yield from _three(solution, row, solution.year, 0, solution.gap)


def _three(
    solution: Solution, row: Record, year: FinancialYear, now: int, must_be: int
) -> Iterator[dict[str, str]]:
    unit = solution.unit
    amounts = {"baseline": now, "scenario": must_be, "difference": must_be - now}
    for scenario, pence in amounts.items():
        record = row._replace(year=str(year), unit=unit.name, amount=plain(pence, unit))
        is_forecast = scenario != "baseline" and _is_forecast(solution, row, year)
        yield {
            **record._asdict(),
            "scenario": scenario,
            "forecast": "yes" if is_forecast else "",
        }

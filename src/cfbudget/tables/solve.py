"""A solution as tables: as it is (baseline), as it must be (scenario), and the difference.

One table has the net budget and the target, one the options that are used; each is shown in as
many places as it needs.
"""

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.services import is_whole
from cfbudget.layout.beside_baseline import Beside, beside
from cfbudget.layout.made_of import SumOf
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import FINEST_OF_MILLIONS, MILLIONS, alike, needed_places, places_of
from cfbudget.plan.files import AnyTable
from cfbudget.plan.kinds import heading, words
from cfbudget.plan.values import Measure
from cfbudget.scenario.solve.solution import Solution, SolutionLine
from cfbudget.scenario.solve.solution_changes import unidentified_id
from cfbudget.tables.option_row import option_label, option_row
from cfbudget.tables.standing_sentences import SIGN, on_projected
from cfbudget.years import FinancialYear


class SolutionTables(NamedTuple):
    """The options used, or what is unidentified; and the net budgets of the year and later."""

    options: Beside
    budgets: Beside


class _Amounts(NamedTuple):
    """A row with what it is and what it must be, in pence by column."""

    row: Row
    now: dict[FinancialYear, int]
    must_be: dict[FinancialYear, int]


def solution_tables(solution: Solution, forecast: Iterable[FinancialYear]) -> SolutionTables:
    """Lay a solution out.

    Args:
        forecast: the years whose answer is a forecast against an approved budget.
    """
    years, made = set(forecast), {solution.year: solution.gap}
    now = dict(solution.net_budgets)
    must_be = {year: pence + solution.effects[year] for year, pence in now.items()}
    budgets = [_Amounts(_whole(solution), now, must_be)]
    shown = (solution.net_budget, solution.target, *made.values())
    budget_places = _places(solution, shown)
    columns = tuple(
        Column("net_budget", year, str(year), is_forecast=year in years) for year in now
    )
    options = list(_options(solution))
    of_options = [
        pence for one in options for pence in (one.now[solution.year], one.must_be[solution.year])
    ]
    places = _places(solution, of_options) if solution.lines else budget_places
    changes = (Column("change", solution.year, str(solution.year)),)
    return SolutionTables(
        _of_unidentified(solution, _beside(solution, options, "change", changes, places)),
        _beside(solution, budgets, "net_budget", columns, budget_places),
    )


def _beside(
    solution: Solution,
    amounts: list[_Amounts],
    measure: Measure,
    columns: tuple[Column, ...],
    places: int,
) -> Beside:
    def table(by_row: Iterable[tuple[Row, dict[FinancialYear, int]]]) -> Table:
        cells = {
            Key(row.id, measure, year): Cell(pence)
            for row, by_year in by_row
            for year, pence in by_year.items()
        }
        return Table(
            name="solve",
            title=solution_title(solution),
            sign=SIGN,
            facts=(),
            unit=solution.unit,
            step=max(solution.unit.pence // 10**places, 1),
            rows=tuple(one.row for one in amounts),
            panels=(Panel("", columns),),
            cells=MappingProxyType(cells),
        )

    now, must_be = ((one.row, one.now) for one in amounts), ((o.row, o.must_be) for o in amounts)
    return beside(table(now), table(must_be))


def _of_unidentified(solution: Solution, options: Beside) -> Beside:
    """What no option closes is the gap itself."""
    if solution.lines or not solution.gap:
        return options
    gap = SumOf((Key(solution.service, "net_budget", solution.year),))
    return options.with_difference_of(dict.fromkeys(options.difference.cells, gap))


def _places(solution: Solution, amounts: Iterable[int]) -> int:
    """As many places as the plan prints, and enough to show each figure exactly: so they add up.

    In £m no pence are shown: it is said where the figures are rounded.
    """
    plan, unit = solution.plan, solution.unit
    files: list[AnyTable] = [*plan.revenue, *([plan.options] if plan.options else [])]
    printed = (places_of(printed_step(file), unit) for file in files)
    shown = max(*printed, needed_places(unit, 0, *amounts), 0)
    return min(shown, FINEST_OF_MILLIONS) if unit is MILLIONS else shown


def solution_title(solution: Solution) -> str:
    of = "the whole plan" if solution.service == TOTAL else solution.name
    (target,) = alike(solution.unit, solution.target)
    return (
        f"{solution.plan.name}: for the net budget of {of} in {solution.year} to come to {target}"
        f"{on_projected(solution.plan)}"
    )


# -- rows -----------------------------------------------------------------------------------


def _whole(solution: Solution) -> Row:
    whole = solution.service == TOTAL
    return Row(
        solution.service,
        f"Total {solution.name}" if whole else solution.name,
        "total",
        service="" if is_whole(solution.service) else solution.service,
    )


def _options(solution: Solution) -> Iterator[_Amounts]:
    """The options used with their total, or what is unidentified."""
    year, lines = solution.year, solution.lines
    service = "" if is_whole(solution.service) else solution.service
    for line in lines:
        yield _Amounts(_line(line), {year: line.now}, {year: line.must_be})
    if lines:
        parts = tuple(line.option.id for line in lines)
        row = Row(
            f"{solution.service}/using",
            "Total",
            "subtotal",
            sums=parts,
            service=service,
            is_apart=True,
        )
        now, must_be = sum(line.now for line in lines), sum(line.must_be for line in lines)
        yield _Amounts(row, {year: now}, {year: must_be})
    elif solution.gap:
        row = Row(
            unidentified_id(solution.plan, solution.kind),
            unidentified(solution),
            "line",
            service=service,
            kind=solution.kind,
            status="new",
        )
        yield _Amounts(row, {year: 0}, {year: solution.gap})


def _line(line: SolutionLine) -> Row:
    """An option with its kind: an investment and its saving often bear the same name."""
    option = line.option
    return option_row(option, line.service, f"{heading(option.kind)}: {option_label(option)}")


def unidentified(solution: Solution) -> str:
    """What a gap is that no option closes."""
    return f"Unidentified {words(solution.kind)}: a target, not a plan"

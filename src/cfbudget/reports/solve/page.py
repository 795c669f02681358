"""A solution as a page: what has to be found or may be spent, the options used, and words."""

from collections.abc import Iterator

from cfbudget.layout.beside_baseline import Beside
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.page import Block, Caption, Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import STYLES, shown_figure
from cfbudget.layout.table import Column, Row
from cfbudget.money import rounded
from cfbudget.reports.solve.words import (
    forecast_years,
    has_to_be_found,
    is_forecast,
    sentences,
)
from cfbudget.scenario.solve.solution import Solution
from cfbudget.tables.solve import SolutionTables, solution_tables, unidentified
from cfbudget.tables.standing_sentences import SIGN

OPTION_COLUMNS = ("Now", "Must be", "Difference")


def laid_out(solution: Solution) -> SolutionTables:
    return solution_tables(solution, forecast_years(solution))


def solution_page(solution: Solution) -> Page:
    """The net budget and the target, the options used, then what is to be said of them."""
    unit, tables = solution.unit, laid_out(solution)
    against = Caption(f"Change in {solution.year}, against the year before")
    used: tuple[Block, ...] = (against, options_grid(tables)) if solution.lines else ()
    return page(
        (
            Title(tables.budgets.difference.title),
            Facts((f"{unit.name}; {SIGN}.",)),
            budgets_grid(solution, tables),
            *used,
            Sentences((*sentences(solution), *_rounded(tables))),
        )
    )


def said_with_data(solution: Solution) -> tuple[str, ...]:
    """What is said whatever the format."""
    return (*sentences(solution), *_rounded(laid_out(solution)))


def budgets_grid(solution: Solution, tables: SolutionTables) -> Grid:
    """The net budget of the year, the target, and what is between them."""
    shown = tables.budgets
    (row,), (column, *_) = shown.difference.rows, shown.difference.columns
    now, target, gap = _three(shown, row, column)
    forecast = is_forecast(solution)
    rows = [
        GridRow("Approved budget" if forecast else "Net budget now", [now]),
        GridRow("Target, a forecast" if forecast else "Target", [target]),
        GridRow(
            f"{has_to_be_found(solution)} (target − {'budget' if forecast else 'net budget'})",
            [gap._replace(signed=False)],
            "bold",
            apart=True,
        ),
    ]
    if solution.gap and not solution.lines:
        (alone,) = tables.options.difference.rows
        figure = _three(tables.options, alone, tables.options.difference.columns[0])[-1]
        rows.append(GridRow(unidentified(solution), [figure._replace(signed=False)], "bold"))
    return Grid((solution.unit.name, str(solution.year)), rows, name="solve")


def options_grid(tables: SolutionTables) -> Grid:
    """The options as they are, as they must be, and the difference, side by side."""
    shown = tables.options.difference
    (column,) = shown.columns
    rows = [
        GridRow(
            row.label,
            _three(tables.options, row, column),
            STYLES[row.role],
            apart=bool(row.is_apart),
        )
        for row in shown.rows
    ]
    return Grid((shown.unit.name, *OPTION_COLUMNS), rows, name="solve")


def _three(shown: Beside, row: Row, column: Column) -> list[ShownFigure]:
    """A row's figure in the baseline, in the scenario, and the difference with its sign."""
    return [
        shown_figure(table, row, column, signed=table.variant == "difference") for table in shown
    ]


def _rounded(tables: SolutionTables) -> Iterator[str]:
    """Says so where figures are shown to less than the penny that they come to."""
    budgets, options = tables.budgets, tables.options
    year = budgets.difference.columns[0].year
    exact = all(
        rounded(cell.pence, table.unit, table.places) * table.unit.pence
        == cell.pence * 10**table.places
        for table in (*budgets, *options)
        for key, cell in table.cells.items()
        if key.year == year
    )
    if not exact:
        yield (
            "Figures are shown to the pound, each from its exact value: they may not add up in the "
            "last place. CSV and JSON have the pence."
        )

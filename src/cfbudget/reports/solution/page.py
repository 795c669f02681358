"""A solution as a page: what has to be found or may be spent, the options used, and words."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.page import Caption, Facts, Page, Sentences, Title, page
from cfbudget.money import FINEST_OF_MILLIONS, MILLIONS, Unit, alike, places_of, plain, rounded
from cfbudget.plan.files import AnyTable
from cfbudget.reports.solution.words import (
    has_to_be_found,
    is_forecast,
    label_of,
    sentences,
    unidentified,
)
from cfbudget.scenario.solve.solution import Solution, SolutionLine
from cfbudget.tables.standing_sentences import SIGN


class SolveRow(NamedTuple):
    """A label with pence, one for each column."""

    label: str
    pence: tuple[int, ...]
    is_result: bool = False


class SolvePart(NamedTuple):
    """Rows, and how many places of the unit show all of them."""

    rows: tuple[SolveRow, ...]
    places: int


OPTION_COLUMNS = ("Now", "Must be", "Difference")
SIGNED = OPTION_COLUMNS.index("Difference")


def solution_page(solution: Solution) -> Page:
    """The net budget and the target, the options used, then what is to be said of them."""
    unit, year = solution.unit, str(solution.year)
    budgets, options = (_part(solution, rows) for rows in (_budgets(solution), _options(solution)))
    used = [Caption(f"Change in {year}, against the year before")] if options.rows else []
    return page(
        (
            Title(_title(solution)),
            Facts((f"{unit.name}; {SIGN}.",)),
            Grid((unit.name, year), _rows(unit, budgets)),
            *used,
            Grid((unit.name, *OPTION_COLUMNS), _rows(unit, options, signed=SIGNED)),
            Sentences((*sentences(solution), *_rounded(unit, budgets, options))),
        )
    )


def said_with_data(solution: Solution) -> tuple[str, ...]:
    """What is said whatever the format."""
    unit = solution.unit
    parts = (_part(solution, rows) for rows in (_budgets(solution), _options(solution)))
    return (*sentences(solution), *_rounded(unit, *parts))


def _rows(unit: Unit, part: SolvePart, *, signed: int | None = None) -> list[GridRow]:
    """The rows as printed, with a rule above the first result.

    Args:
        signed: the column of differences, which have a sign: +173 and (173).
    """
    made: list[GridRow] = []
    for row in part.rows:
        cells = [
            ShownFigure(pence, unit, part.places, at == signed)
            for at, pence in enumerate(row.pence)
        ]
        is_first = row.is_result and not any(before.style for before in made)
        made.append(GridRow(row.label, cells, "bold" if row.is_result else "", apart=is_first))
    return made


def _title(solution: Solution) -> str:
    of = "the whole plan" if solution.service == TOTAL else solution.name
    (target,) = alike(solution.unit, solution.target)
    return (
        f"{solution.plan.name}: for the net budget of {of} in {solution.year} to come to {target}"
    )


def _part(solution: Solution, rows: Iterator[SolveRow]) -> SolvePart:
    """As many places as the plan prints, and enough to show each figure exactly: so they add up.

    In £m no pence are shown: it is said where the figures are rounded.
    """
    plan, unit, made = solution.plan, solution.unit, tuple(rows)
    files: list[AnyTable] = [*plan.revenue, *([plan.options] if plan.options else [])]
    places = [places_of(printed_step(file), unit) for file in files]
    needed = (len(plain(pence, unit).partition(".")[2]) for row in made for pence in row.pence)
    shown = max(*places, *needed, 0)
    return SolvePart(made, min(shown, FINEST_OF_MILLIONS) if unit is MILLIONS else shown)


def _rounded(unit: Unit, *parts: SolvePart) -> Iterator[str]:
    """Says so where figures are shown to less than the penny that they come to."""
    exact = all(
        rounded(pence, unit, part.places) * unit.pence == pence * 10**part.places
        for part in parts
        for row in part.rows
        for pence in row.pence
    )
    if not exact:
        yield (
            "Figures are shown to the pound, each from its exact value: they may not add up in the "
            "last place. CSV and JSON have the pence."
        )


def _budgets(solution: Solution) -> Iterator[SolveRow]:
    forecast = is_forecast(solution)
    yield SolveRow("Approved budget" if forecast else "Net budget now", (solution.net_budget,))
    yield SolveRow("Target, a forecast" if forecast else "Target", (solution.target,))
    label = f"{has_to_be_found(solution)} (target − {'budget' if forecast else 'net budget'})"
    yield SolveRow(label, (solution.gap,), is_result=True)
    if solution.gap and not solution.lines:
        yield SolveRow(unidentified(solution), (solution.gap,), is_result=True)


def _options(solution: Solution) -> Iterator[SolveRow]:
    for line in solution.lines:
        yield SolveRow(label_of(line), _figures([line]))
    if solution.lines:
        yield SolveRow("Total", _figures(solution.lines), is_result=True)


def _figures(lines: "list[SolutionLine] | tuple[SolutionLine, ...]") -> tuple[int, ...]:
    now, must_be = sum(line.now for line in lines), sum(line.must_be for line in lines)
    return (now, must_be, must_be - now)

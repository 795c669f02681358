"""A solution on a terminal or as plain text, as Markdown, and as tidy data."""

from rich.console import Console

from cfbudget.money import printed
from cfbudget.render.data import csv_text, json_lines
from cfbudget.render.grid import Grid, GridRow, grid_text
from cfbudget.render.terminal import print_head, print_line
from cfbudget.scenario.solve.solution import Solution
from cfbudget.tables.solve import OPTION_COLUMNS, SolvePage, SolvePart
from cfbudget.tables.solve_records import FIELDS, solve_records


def print_solution(console: Console, page: SolvePage, width: int | None) -> None:
    """Print the net budget and the target, the options used, then what is to be said of them.

    Args:
        width: the terminal's width, or None to wrap nothing.
    """
    print_head(console, page.title, page.facts, width)
    console.print()
    console.print(grid_text(budget_grid(page), width), soft_wrap=True, end="")
    console.print()
    if page.options.rows:
        print_line(console, page.caption, width, "italic")
        console.print(grid_text(option_grid(page), width), soft_wrap=True, end="")
        console.print()
    for sentence in page.sentences:
        print_line(console, sentence, width)


def budget_grid(page: SolvePage) -> Grid:
    return Grid((page.unit.name, page.year), _rows(page, page.budgets, ()))


def option_grid(page: SolvePage) -> Grid:
    """A line for each option, its difference with a sign: +173 and (173)."""
    signed = (OPTION_COLUMNS.index("Difference"),)
    return Grid((page.unit.name, *OPTION_COLUMNS), _rows(page, page.options, signed))


def _rows(page: SolvePage, part: SolvePart, signed: tuple[int, ...]) -> list[GridRow]:
    """The rows as printed, with a rule above the first result."""
    made: list[GridRow] = []
    for row in part.rows:
        cells = [printed(pence, page.unit, part.places) for pence in row.pence]
        for at in signed:
            cells[at] = f"+{cells[at]}" if row.pence[at] > 0 else cells[at]
        is_first = row.is_result and not any(before.style for before in made)
        made.append(GridRow(row.label, cells, "bold" if row.is_result else "", apart=is_first))
    return made


def solution_markdown(page: SolvePage) -> str:
    from cfbudget.render.markdown import escaped, grid_markdown  # only this needs it

    parts = [f"## {escaped(page.title)}", "\n".join(f"- {escaped(fact)}" for fact in page.facts)]
    parts.append(grid_markdown(budget_grid(page)))
    if page.options.rows:
        parts += [f"**{escaped(page.caption)}**", grid_markdown(option_grid(page))]
    return "\n\n".join([*parts, *map(escaped, page.sentences)]) + "\n"


def solution_csv(solution: Solution) -> str:
    return csv_text(FIELDS, solve_records(solution))


def solution_json(solution: Solution) -> str:
    return json_lines(solve_records(solution))

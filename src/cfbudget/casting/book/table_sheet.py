"""A printed table on a sheet: each cell where the table has it, figures as numbers.

Cells keep their names, so that F4 of the printed table is F4 of the sheet.
"""

from cfbudget.casting.book.figure_formats import Manner, manner_of, printed_format
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.workbook.book.book import Sheet, Style, StyleRole

WIDEST_LABEL, WIDEST_HEADING = 50, 12
MOST_FROZEN = 12
"""More rows of headings than that would leave no room to scroll."""


def put_table(sheet: Sheet, table: CastTable) -> None:
    """Fill a sheet with a printed table, the figures that are most likely wrong marked."""
    manner = manner_of([table.grid.text(*place) for place in table.grid.cells])
    wrong = {place_of(suspect.cell) for suspect in table.casting.suspects}
    wrong |= {place_of(one.total) for one in table.casting.unproved}
    for row, line in enumerate(table.printed.rows):
        for column, text in enumerate(line):
            if text or (row, column) in table.grid.cells:  # which its format may hide
                _put(sheet, table, (row, column), manner, marked=(row, column) in wrong)
    for one in table.casting.unproved:
        row, column = place_of(one.total)
        sheet.notes[row + 1, column + 1] = (
            f"Not shown to add up. It claims to be a total: {one.claim}. The lines nearest to it "
            f"come to {one.computed:,f}."
        )
    for suspect in table.casting.suspects:
        row, column = place_of(suspect.cell)
        what = "Cannot be read as a figure"
        if (row, column) in table.grid.cells:
            what = "Most likely wrong"
        would = "" if suspect.suggested is None else f": would cast if {suspect.suggested:,f}"
        sheet.notes[row + 1, column + 1] = f"{what}{would}. {suspect.reason}."
    _set_up(sheet, table)


def _put(
    sheet: Sheet, table: CastTable, place: tuple[int, int], manner: Manner, *, marked: bool
) -> None:
    row, column = place
    text = table.grid.text(row, column)
    cell = table.grid.cells.get(place)
    if cell is None:
        sheet.put(row + 1, column + 1, text, Style(_role(table, row, column, marked=marked)))
        return
    role: StyleRole = "suspect" if marked else "printed"
    looks = Style(role, number_format=printed_format(text, manner))
    sheet.put(row + 1, column + 1, table.grid.amount(cell.value), looks)


def _role(table: CastTable, row: int, column: int, *, marked: bool) -> StyleRole:
    if marked:
        return "suspect"
    figures = column in table.grid.columns
    if row < table.grid.heads:
        if not any(table.grid.text(row, other) for other in table.grid.columns):
            return "caption"
        return "figure heading" if figures else "heading"
    return "label"


def _set_up(sheet: Sheet, table: CastTable) -> None:
    """How wide columns are, and what stays in view."""
    grid = table.grid
    rows = range(grid.heads, len(table.printed.rows))
    for column in range(max(map(len, table.printed.rows), default=0)):
        longest = max((len(grid.text(row, column)) for row in rows), default=0)
        most = WIDEST_HEADING if column in grid.columns else WIDEST_LABEL
        head = max((len(grid.text(row, column)) for row in range(grid.heads)), default=0)
        if column not in grid.columns:
            longest = min(longest, most)
        sheet.widen(column + 1, max(longest, min(head, most)) + 2.5)
    left = min(grid.columns, default=0) + 1
    if grid.heads <= MOST_FROZEN and left <= 3:
        sheet.frozen = (grid.heads + 1, left)
    if 0 < grid.heads <= MOST_FROZEN:
        sheet.repeated = (1, grid.heads)

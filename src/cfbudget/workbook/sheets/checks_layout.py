"""The columns that all blocks of the Checks sheet share, and how a block is begun."""

from decimal import Decimal

from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.sheets.statements import LABEL, heading_style

TEXT, SMALL, OUTCOME = Style("text"), Style("small"), Style("outcome")
COUNT = Style("figure", 0)
CONTROL = "control"
"""The table that a cast or control total is counted under."""
DRAWS = "draws"
"""The table that the planned use of a reserve, beside its draw, is counted under."""


class Columns:
    """Where things stand on the sheet."""

    table, stated, computed, difference, addends, unit, rounding, allowance = range(2, 10)
    outcome, cell, document, source, id = range(10, 15)
    factors = 15
    """What the rounding of a product's factors explains; only where there is such a product."""


WIDTHS = {1: 44, 2: 10, 3: 10, 4: 12, 5: 10, 6: 9, 7: 11, 8: 10, 9: 10, 10: 15, 11: 13}
WIDTHS |= {12: 40, 13: 24, 14: 32}
FIGURES = frozenset(
    {
        Columns.stated,
        Columns.computed,
        Columns.difference,
        Columns.addends,
        Columns.unit,
        Columns.allowance,
        Columns.factors,
    }
)


def begin(
    sheet: Sheet,
    row: int,
    caption: str,
    headings: dict[str, int],
    figures: frozenset[int] = FIGURES,
) -> SheetBlock:
    """A block's caption and headings; its rows are still to come.

    Args:
        figures: the columns that hold figures.
    """
    sheet.put(row - 1, LABEL, caption, Style("caption"))
    for heading, column in headings.items():
        sheet.put(row, column, heading, heading_style(column, column in figures))
    block = SheetBlock(row, (Columns.id,), headings, {})
    sheet.blocks.append(block)
    return block


def area_of(sheet: Sheet, block: SheetBlock, column: int) -> Area | None:
    """A column of a block, or None if it has no row."""
    rows = block.rows.values()
    if not rows:
        return None
    return Area(At(sheet.name, min(rows), column), At(sheet.name, max(rows), column))


def number_in(sheet: Sheet, at: At) -> Decimal:
    content = sheet.cells[at.row, at.column].content
    assert isinstance(content, Formula)
    assert isinstance(content.result, Decimal)
    return content.result

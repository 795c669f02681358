"""The figures beside a chart: a block of formulas that the picture is drawn from."""

from typing import NamedTuple

from cfbudget.layout.table import Table
from cfbudget.money import printed
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style, amount
from cfbudget.workbook.book.expressions import Expression
from cfbudget.workbook.sheets.statements import LABEL, heading_style, with_whole_years

ID = 10
"""The column of ids in every block: to the left of it there is room for those of the bridge."""


class ChartFigure(NamedTuple):
    """A formula, and what it comes to in pence."""

    expression: Expression
    pence: int


class ChartLine(NamedTuple):
    """A row beside a chart."""

    id: str
    label: str
    figures: list[ChartFigure | None]


def put_figures(
    sheet: Sheet, row: int, caption: str, table: Table, headings: list[str], lines: list[ChartLine]
) -> int:
    """The figures of a chart as a block; the row of its headings."""
    sheet.put(row, LABEL, caption, Style("caption"))
    if sheet.blocks:
        sheet.breaks.append(row)
    header = row + 1
    columns = {text: at for at, text in enumerate(map(with_whole_years, headings), start=LABEL + 1)}
    id_column = max([ID, *(at + 1 for at in columns.values())])
    named = {table.unit.name: LABEL, **columns, "Id": id_column}
    for text, column in named.items():
        sheet.put(header, column, text, heading_style(column, LABEL < column < id_column))
        sheet.widen(column, max(len(word) for word in text.split()) + 3)
    rows = {}
    for at, line in enumerate(lines, start=header + 1):
        rows[line.id] = at
        sheet.put(at, LABEL, line.label, Style("label"))
        sheet.widen(LABEL, min(len(line.label) + 2, 56))
        sheet.put(at, id_column, line.id, Style("small"))
        sheet.widen(id_column, min(len(line.id) + 2, 40))
        for column, figure in enumerate(line.figures, start=LABEL + 1):
            if figure:
                value = amount(figure.pence, table.unit)
                style = Style("figure", table.places)
                sheet.put(at, column, Formula(figure.expression, value), style)
                shown = printed(-abs(figure.pence), table.unit, table.places)
                sheet.widen(column, len(shown) + 3)
    sheet.blocks.append(SheetBlock(header, (id_column,), named, rows))
    return header

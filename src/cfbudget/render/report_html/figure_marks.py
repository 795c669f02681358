"""What is marked in a report for its script: which figure is which, and what each row is."""

import re
from collections.abc import Iterator
from html import escape

from cfbudget.layout.grid import GridRow, ShownFigure
from cfbudget.layout.table import Row, Table
from cfbudget.layout.told_figures import Told, name_of, numbers_of
from cfbudget.layout.units import exact
from cfbudget.plan.kinds import words
from cfbudget.render.html_blocks import CellMarks, shown

YEAR = re.compile(r"\b\d{4}-\d{2}\b")


class FigureMarks:
    """CellMarks figures with their exact amounts and, where there is more to tell, its number."""

    def __init__(self, told: Told) -> None:
        self._numbers = numbers_of(told)
        self._texts = [one.text for one in told.values()]
        self._rows: dict[int, dict[str, Row]] = {}
        self._kept: list[Table] = []
        """So that the id of a table stays its own."""

    @property
    def marks(self) -> CellMarks:
        return CellMarks(self.of_figure, self.of_row, whole_years)

    def of_figure(self, figure: ShownFigure) -> str:
        amount = "" if figure.is_unknown else exact(figure.pence, figure.unit)
        mark = f' data-v="{amount}"' if amount else ""
        number = self._numbers.get(name_of(figure.cell)) if figure.cell else None
        # What is told has to be of this very amount: of several scenarios it may be another's.
        if number is None or self._texts[number].lstrip("+") != figure.text.lstrip("+"):
            return mark
        return f'{mark} data-x="{number}"'

    def of_row(self, row: GridRow) -> str:
        """Which row of its table it is; one without figures of a table has no mark."""
        found = self._row_of(row)
        if found is None:
            return ""
        said = " ".join(dict.fromkeys(_said_of(found)))
        mark = f' data-r="{found.role}" data-i="{escape(found.id)}"'
        return f'{mark} data-s="{shown(said)}"' if said else mark

    def _row_of(self, row: GridRow) -> Row | None:
        for cell in row.cells:
            if isinstance(cell, ShownFigure) and cell.cell:
                return self._rows_of(cell.cell.table).get(cell.cell.key.row)
        return None

    def _rows_of(self, table: Table) -> dict[str, Row]:
        if id(table) not in self._rows:
            self._kept.append(table)
            self._rows[id(table)] = {row.of or row.id: row for row in table.rows}
        return self._rows[id(table)]


def whole_years(text: str) -> str:
    """A text as HTML in which no line ends within a year."""
    return YEAR.sub(r'<span class="year">\g<0></span>', shown(text))


def _said_of(row: Row) -> Iterator[str]:
    """What an option may be looked for by, besides what its row shows."""
    if row.role == "line" and row.kind:
        yield from (words(row.kind), row.status.replace("-", " "), row.service.replace("-", " "))
        yield from filter(None, row.description)

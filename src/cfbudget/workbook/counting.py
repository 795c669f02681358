"""How many figures came out how: the counts at the head of the Checks sheet."""

from collections import Counter
from decimal import Decimal
from typing import get_args

from cfbudget.checks.comparison import Outcome
from cfbudget.checks.report import Report
from cfbudget.workbook.book import Block, Formula, Sheet, Style
from cfbudget.workbook.checks_layout import (
    CONTROL,
    COUNT,
    SMALL,
    TEXT,
    Columns,
    area_of,
    begin,
    number_in,
)
from cfbudget.workbook.expressions import NIL, At, Sum, Where
from cfbudget.workbook.statements import LABEL

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
TABLES = {
    "revenue": "Revenue",
    "capital": "Capital",
    "options": "Options",
    CONTROL: "Casts and control totals",
}


class Counts:
    """How many figures of each table came out how; the last row adds them up."""

    def __init__(self, sheet: Sheet, top: int) -> None:
        self.sheet, self.top = sheet, top
        headings = {"Stated figures and casts": LABEL, "Table": Columns.table}
        headings |= {outcome: at for at, outcome in enumerate(OUTCOMES, start=3)}
        figures = frozenset(range(3, 3 + len(OUTCOMES)))
        headings |= {"Id": Columns.id}
        self.block = begin(sheet, top + 1, "What was compared", headings, figures)

    def fill(self, report: Report, compared: Block, cast: Block) -> At:
        """The counts; the cell that says how many figures differ."""
        counted: Counter[tuple[str, Outcome]] = Counter(
            (c.table, c.outcome) for c in report.comparisons
        )
        # The plan's own figures add up either way: a cast that does not would be our mistake.
        counted[CONTROL, "agrees"] = len(cast.rows)
        for row, (table, name) in enumerate(TABLES.items(), start=self.top + 2):
            self._label(row, name, table, Style("label"))
            for at, outcome in enumerate(OUTCOMES, start=3):
                block = cast if table == CONTROL else compared
                self._count(row, at, block, counted[table, outcome])
        last = self.top + 2 + len(TABLES)
        self._label(last, "All", "all", Style("total label"))
        for at, _ in enumerate(OUTCOMES, start=3):
            above = tuple(At(self.sheet.name, row, at) for row in range(self.top + 2, last))
            total = sum((number_in(self.sheet, part) for part in above), Decimal(0))
            self.sheet.put(last, at, Formula(Sum(above), total), Style("total", 0))
        return At(self.sheet.name, last, 3 + OUTCOMES.index("differs"))

    def differing(self) -> tuple[At, ...]:
        """The cells that say how many stated figures differ, by table."""
        column = 3 + OUTCOMES.index("differs")
        return tuple(
            At(self.sheet.name, row, column)
            for row, table in enumerate(TABLES, start=self.top + 2)
            if table != CONTROL
        )

    @property
    def below(self) -> int:
        """The first free row beneath the counts."""
        return self.top + 4 + len(TABLES)

    def _label(self, row: int, name: str, table: str, style: Style) -> None:
        self.sheet.put(row, LABEL, name, style)
        self.sheet.put(row, Columns.table, table, TEXT)
        self.sheet.put(row, Columns.id, f"count/{table}", SMALL)
        self.block.rows[f"count/{table}"] = row

    def _count(self, row: int, column: int, block: Block, count: int) -> None:
        areas = [area_of(self.sheet, block, at) for at in (Columns.table, Columns.outcome)]
        wanted = (
            At(self.sheet.name, row, Columns.table),
            At(self.sheet.name, self.top + 1, column),
        )
        criteria = tuple((a, w) for a, w in zip(areas, wanted, strict=True) if a is not None)
        expression = Where(None, criteria) if criteria else NIL
        self.sheet.put(row, column, Formula(expression, Decimal(count)), COUNT)

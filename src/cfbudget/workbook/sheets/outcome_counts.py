"""How many figures came out how: the counts at the head of the Checks sheet."""

from collections import Counter
from decimal import Decimal
from typing import get_args

from cfbudget.checks.comparison import Outcome
from cfbudget.checks.report import Report
from cfbudget.workbook.book.book import Formula, Sheet, SheetBlock, Style
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Expression, Is, Sum, Where
from cfbudget.workbook.sheets.checks_layout import (
    CONTROL,
    COUNT,
    DRAWS,
    SMALL,
    TEXT,
    Columns,
    area_of,
    begin,
    number_in,
)
from cfbudget.workbook.sheets.draw_controls import DrawControls
from cfbudget.workbook.sheets.statements import LABEL

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ROWS = 3 + len(OUTCOMES)
"""The column that counts every row, whatever its outcome, an error too."""
OFTEN = ("revenue", "capital", "options", CONTROL)
"""The tables that are counted also where nothing is stated of them."""
SPEND = "spend"
TABLES = {
    "revenue": "Revenue",
    "capital": "Capital",
    "financing": "Capital financing",
    SPEND: "Capital spending and its financing",
    "options": "Options",
    "position": "Position",
    "gap": "Gap",
    "funding": "Funding",
    "reserves": "Reserves",
    DRAWS: "Planned use of reserves, and draws",
    CONTROL: "Casts and control totals",
}
APART = (SPEND, DRAWS, CONTROL)
"""What is compared and is no stated figure."""


class OutcomeCounts:
    """How many figures of each table came out how; the last row adds them up."""

    def __init__(self, sheet: Sheet, top: int, report: Report, *, has_draws: bool) -> None:
        self.sheet, self.top = sheet, top
        there = {*OFTEN, *(found.group for found in report.comparisons)}
        if has_draws:
            there.add(DRAWS)
        self.tables = {table: name for table, name in TABLES.items() if table in there}
        headings = {"Stated figures and casts": LABEL, "Table": Columns.table}
        headings |= {outcome: at for at, outcome in enumerate(OUTCOMES, start=3)}
        headings["rows"] = ROWS
        figures = frozenset(range(3, ROWS + 1))
        headings |= {"Id": Columns.id}
        self.block = begin(sheet, top + 1, "What was compared", headings, figures)

    def fill(
        self, report: Report, compared: SheetBlock, cast: SheetBlock, draws: DrawControls
    ) -> Expression:
        """The counts; what says whether every row came out as it may.

        A row that differs does not, nor one whose outcome is an error and so is not counted
        under any outcome.
        """
        counted: Counter[tuple[str, Outcome]] = Counter(
            (found.group, found.outcome) for found in report.comparisons
        )
        # The plan's own figures add up either way: a cast that does not would be our mistake.
        counted[CONTROL, "agrees"] = len(cast.rows)
        counted.update((DRAWS, outcome) for outcome in draws.outcomes)
        blocks = {CONTROL: cast, DRAWS: draws.block or cast}
        for row, (table, name) in enumerate(self.tables.items(), start=self.top + 2):
            self._label(row, name, table, Style("label"))
            block = blocks.get(table, compared)
            for at, outcome in enumerate(OUTCOMES, start=3):
                self._count(row, at, block, counted[table, outcome])
            whole = sum(counted[table, outcome] for outcome in OUTCOMES)
            self._count(row, ROWS, block, whole)
        last = self.top + 2 + len(self.tables)
        self._label(last, "All", "all", Style("total label"))
        for at in range(3, ROWS + 1):
            above = tuple(At(self.sheet.name, row, at) for row in range(self.top + 2, last))
            total = sum((number_in(self.sheet, part) for part in above), Decimal(0))
            self.sheet.put(last, at, Formula(Sum(above), total), Style("total", 0))
        may_be = [at for at, outcome in enumerate(OUTCOMES, start=3) if outcome != "differs"]
        good = Sum(tuple(At(self.sheet.name, last, at) for at in may_be))
        return Is(good, "=", At(self.sheet.name, last, ROWS))

    def differing(self, group: str | None = None) -> tuple[At, ...]:
        """The cells that say how many figures differ, by table.

        Args:
            group: what is counted apart and is no stated figure; else of stated figures.
        """
        column = 3 + OUTCOMES.index("differs")
        return tuple(
            At(self.sheet.name, row, column)
            for row, table in enumerate(self.tables, start=self.top + 2)
            if (table == group if group else table not in APART)
        )

    @property
    def below(self) -> int:
        """The first free row beneath the counts."""
        return self.top + 4 + len(self.tables)

    def _label(self, row: int, name: str, table: str, style: Style) -> None:
        self.sheet.put(row, LABEL, name, style)
        self.sheet.put(row, Columns.table, table, TEXT)
        self.sheet.put(row, Columns.id, f"count/{table}", SMALL)
        self.block.rows[f"count/{table}"] = row

    def _count(self, row: int, column: int, block: SheetBlock, count: int) -> None:
        """How many rows of a block are a table's, and have the outcome that heads the column."""
        wanted = {Columns.table: At(self.sheet.name, row, Columns.table)}
        if column != ROWS:
            wanted[Columns.outcome] = At(self.sheet.name, self.top + 1, column)
        areas = [(area_of(self.sheet, block, at), word) for at, word in wanted.items()]
        criteria = tuple((area, word) for area, word in areas if area is not None)
        expression = Where(None, criteria) if criteria else NIL
        self.sheet.put(row, column, Formula(expression, Decimal(count)), COUNT)

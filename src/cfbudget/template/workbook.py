"""An empty workbook, with drop-down lists, notes, and colours where an entry cannot be right."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

from cfbudget.addresses import letters
from cfbudget.plan.kinds import KINDS
from cfbudget.read.sheet_table import NOTES
from cfbudget.template.columns import EmptyTable, LineColumn
from cfbudget.workbook.book.xlsx import NO_CLOCK

LINES = 300
"""How many rows have lists and checks."""
WRONG, ASK = "#F8CBAD", "#FFE699"
HOW = (
    "A plan, typed into this workbook",
    "",
    "Each sheet is a table: above the blank row what holds for all of it, below it its lines.",
    "Leave a sheet without lines if you have none of it. Rest on a heading to read what it is for.",
    "Red: it cannot be right (an id twice or with blanks, an unknown service, a missing name).",
    "Yellow: worth a look (a text where an amount is expected, a saving that is plus).",
    "",
    "Save it, and check it: cfbudget check --data plan.xlsx. Every command takes it like a folder.",
)


class Looks(NamedTuple):
    """The formats of a workbook."""

    key: Any
    heading: Any
    entry: Any
    wrong: Any
    ask: Any


def write_template(tables: Sequence[EmptyTable], target: Path) -> None:
    """Store an empty workbook of some tables. The same tables give the same bytes.

    Raises:
        OSError: it could not be written.
    """
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False})
    book.set_properties({"title": "A plan", "author": "cfbudget", "created": NO_CLOCK})
    looks = Looks(
        book.add_format({"bold": True}),
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        book.add_format({"bg_color": "#FFF8E5"}),
        book.add_format({"bg_color": WRONG}),
        book.add_format({"bg_color": ASK}),
    )
    notes = book.add_worksheet(NOTES)
    notes.set_column(0, 0, 100)
    for row, line in enumerate(HOW):
        notes.write_string(row, 0, line, looks.key if row == 0 else None)
    for table in tables:
        _EmptySheet(book.add_worksheet(table.name), table, looks, tables[0]).write()
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise OSError(str(error)) from None


class _EmptySheet:
    """Writes one table."""

    def __init__(self, sheet: Any, table: EmptyTable, looks: Looks, revenue: EmptyTable) -> None:
        self.sheet, self.table, self.looks, self.revenue = sheet, table, looks, revenue
        self.head = len(table.keys) + 1
        """The row of headings, from 0."""
        self.first, self.last = self.head + 1, self.head + LINES

    def write(self) -> None:
        self._keys()
        for at, column in enumerate(self.table.columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(self.head, at, column.heading, self.looks.heading)
            self.sheet.write_comment(self.head, at, column.note)
            self._lists(at, column)
            for formula, look in self._checks(at, column):
                area = (self.first, at, self.last, at)
                options = {"type": "formula", "criteria": formula, "format": look}
                self.sheet.conditional_format(*area, options)
        self.sheet.freeze_panes(self.first, 0)

    def _keys(self) -> None:
        for row, one in enumerate(self.table.keys):
            self.sheet.write_string(row, 0, one.key, self.looks.key)
            self.sheet.write_comment(row, 0, one.note)
            for at, value in enumerate(one.values or ("",), start=1):
                self.sheet.write(row, at, value or None, self.looks.entry)
            if one.choices:
                self._list((row, 1, row, 1), one.choices)
            blank = {"type": "blanks", "format": self.looks.wrong}
            self.sheet.conditional_format(row, 1, row, 1, blank)

    def _lists(self, at: int, column: LineColumn) -> None:
        area = (self.first, at, self.last, at)
        if column.choices:
            self._list(area, column.choices)
        elif column.holds == "service":
            source = f"={self._services()}"
            options = {"validate": "list", "source": source, "error_type": "warning"}
            self.sheet.data_validation(*area, options)

    def _list(self, area: tuple[int, int, int, int], choices: Iterable[str]) -> None:
        self.sheet.data_validation(*area, {"validate": "list", "source": list(choices)})

    def _services(self) -> str:
        """The ids of the revenue budget, as another sheet names them."""
        at = next(i for i, one in enumerate(self.revenue.columns) if one.holds == "id")
        first = len(self.revenue.keys) + 3
        column = letters(at + 1)
        return f"{self.revenue.name}!${column}${first}:${column}${first + LINES - 1}"

    def _checks(self, at: int, column: LineColumn) -> Iterator[tuple[str, Any]]:
        """What lights up in a column, as formulas of its first cell."""
        cell = f"${letters(at + 1)}{self.first + 1}"
        if column.holds == "id":
            all_of = f"${letters(at + 1)}${self.first + 1}:${letters(at + 1)}${self.last + 1}"
            yield f'=AND({cell}<>"",COUNTIF({all_of},{cell})>1)', self.looks.wrong
            blank = f'ISNUMBER(SEARCH(" ",{cell}))'
            yield f"=OR({blank},NOT(EXACT({cell},LOWER({cell}))))", self.looks.wrong
        elif column.holds == "service":
            found = f"COUNTIF({self._services()},{cell})"
            yield f'=AND({cell}<>"",{found}=0)', self.looks.wrong
        elif column.holds == "name" or column.heading in ("kind", "status"):
            yield f'=AND({cell}="",{self._cell("id")}<>"")', self.looks.wrong
        elif column.holds == "amount":
            text = f'ISTEXT({cell}),{cell}<>"-",LOWER({cell})<>"tbc"'
            yield f"=AND({text})", self.looks.ask
            if self.table.name == "policy_options" and column.heading[:1].isdigit():
                yield f"={self._against(cell)}", self.looks.ask

    def _against(self, cell: str) -> str:
        """Whether an amount has the sign that its kind has not."""
        kind = self._cell("kind")
        parts = (
            f'AND({kind}="{name}",ISNUMBER({cell}),{cell}{">" if entry.sign < 0 else "<"}0)'
            for name, entry in KINDS.items()
            if entry.sign
        )
        return f"OR({','.join(parts)})"

    def _cell(self, heading: str) -> str:
        """The cell of a column in the first line, which a formula takes in each row."""
        at = next(i for i, one in enumerate(self.table.columns) if one.heading == heading)
        return f"${letters(at + 1)}{self.first + 1}"

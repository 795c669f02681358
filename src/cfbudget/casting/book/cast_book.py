"""The workbook of printed tables that were cast: each table, its relations, what they come to."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from cfbudget.casting.book.relation_expressions import signed_sum
from cfbudget.casting.book.relations_sheet import put_relations
from cfbudget.casting.book.table_sheet import put_table
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.report.pages import pages_named, pages_of
from cfbudget.casting.report.unproved_words import as_relation
from cfbudget.casting.results import Unproved
from cfbudget.workbook.book.book import Book, Formula, Link, Sheet, Style
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.expressions import Where

LABEL, VALUE, THIRD, FOURTH = 1, 2, 3, 4
OUTCOMES = ("agrees", "rounding", "differs", "not checkable")
PURPOSE = (
    "Printed tables, cast: which figures follow from which was found out from the table alone.",
    "Table: the figures as printed, in the cells that the relations name.",
    "Relations: each a live formula over the printed cells; difference is computed − stated.",
    "A suspect is a figure that is most likely wrong, with what would make the table cast: never "
    "a correction.",
)
LONGEST = 30_000
"""Characters; a cell takes 32,767."""


def build_cast(tables: Sequence[CastTable], source: str, version: str) -> Book:
    """Lay out the workbook.

    Args:
        source: the file that the tables were read from, as the user named it.
        version: of cfbudget.
    """
    about = Sheet("About")
    sheets = {about.name: about}
    about.put(1, LABEL, f"{source}: cast", Style("title"))
    said = (*PURPOSE, f"Written by cfbudget {version}.")
    for row, line in enumerate(said, start=2):
        about.put(row, LABEL, line, Style("fact"))
    for column, width in ((LABEL, 24), (VALUE, 30), (THIRD, 22), (FOURTH, 80)):
        about.widen(column, width)
    row = len(said) + 3
    for number, table in enumerate(tables, start=1):
        end = f"_{number}" if len(tables) > 1 else ""
        printed, relations = Sheet(f"Table{end}"), Sheet(f"Relations{end}")
        sheets |= {printed.name: printed, relations.name: relations}
        put_table(printed, table)
        outcomes = put_relations(relations, table, printed)
        row = _Section(about, row, table, printed).put(relations, outcomes) + 2
    return Book(sheets, {}, (), (), {})


class _Section:
    """What one table comes to, on the front sheet."""

    def __init__(self, about: Sheet, row: int, table: CastTable, printed: Sheet) -> None:
        self.about, self.row, self.table, self.printed = about, row, table, printed

    def put(self, relations: Sheet, outcomes: Area | None) -> int:
        """Fill the section; the row after it."""
        casting = self.table.casting
        self._line(self.table.printed.name or "The table", look=Style("caption"))
        if pages := pages_of(self.table):
            self._text("In the file", pages_named(pages))
        self._link("Printed table", At(self.printed.name, 1, 1))
        self._link("Relations", At(relations.name, 1, 1))
        self._counts(outcomes)
        self._text("Rounding", "not allowed" if casting.exact else "allowed, see Allowance")
        nothing = f"{len(casting.uncovered):,} of {self.table.figures:,} figures"
        unproved = len(casting.unproved)
        if unproved:
            self._text("Not shown to add up", f"{unproved:,} figures that claim to be totals")
        self._text("In no relation", nothing, ", ".join(casting.uncovered)[:LONGEST])
        for bound in casting.bounds:
            self._text("Search bounded", bound)
        for odd in casting.odd_sums:
            self._text("Odd sum", odd.cell, f"{odd.reason}{odd.formula and ': '}{odd.formula}")
        for note in self.table.notes:
            self._text("Note", note)
        if casting.suspects:
            self._suspects()
        if casting.unproved:
            self._unproved()
        return self.row

    def _counts(self, outcomes: Area | None) -> None:
        """How many relations came out how, counted live."""
        if outcomes is None:
            self._text("Outcome", "no relation was found: nothing was tested")
            return
        for word in OUTCOMES:
            named = self.about.put(self.row, LABEL, word, Style("outcome"))
            counted = Formula(
                Where(None, ((outcomes, named),)),
                Decimal(sum(r.outcome == word for r in self.table.casting.relations)),
            )
            self.about.put(self.row, VALUE, counted, Style("figure", number_format="#,##0"))
            self.row += 1

    def _suspects(self) -> None:
        self.row += 1
        headings = ("Most likely wrong", "As printed", "Would cast if", "Why")
        for column, heading in enumerate(headings, start=LABEL):
            self.about.put(self.row, column, heading, Style("heading"))
        for suspect in self.table.casting.suspects:
            self.row += 1
            row, column = place_of(suspect.cell)
            at = At(self.printed.name, row + 1, column + 1)
            self.about.put(self.row, LABEL, Link(suspect.cell, at), Style("link"))
            self.about.put(self.row, VALUE, suspect.stated, Style("text"))
            if suspect.suggested is not None:
                cell = self.printed.cells[at.row, at.column]
                looks = Style("suspect", number_format=cell.style.number_format)
                self.about.put(self.row, THIRD, suspect.suggested, looks)
            self.about.put(self.row, FOURTH, suspect.reason, Style("text"))
        self.row += 1

    def _unproved(self) -> None:
        """The totals that are claimed: what the lines nearest to each come to is live."""
        self.row += 1
        headings = ("Not shown to add up", "As printed", "Nearest lines come to", "Which, and why")
        for column, heading in enumerate(headings, start=LABEL):
            self.about.put(self.row, column, heading, Style("heading"))
        for one in self.table.casting.unproved:
            self.row += 1
            self._claimed(one)
        self.row += 1

    def _claimed(self, one: Unproved) -> None:
        put, at = self.about.put, self._at(one.total)
        printed = self.printed.cells[at.row, at.column].style.number_format
        looks = Style("figure", number_format=printed)
        terms: list[tuple[Literal["+", "-"], At]] = [
            ("+" if term[0] == "+" else "-", self._at(term[1:])) for term in one.nearest
        ]
        why = f"{cells_formula(as_relation(one))}? It claims to be a total: {one.claim}"
        put(self.row, LABEL, Link(one.total, at), Style("link"))
        put(self.row, VALUE, Formula(at, one.stated), looks)
        put(self.row, THIRD, Formula(signed_sum(terms, words=False), one.computed), looks)
        put(self.row, FOURTH, why, Style("text"))

    def _at(self, cell: str) -> At:
        row, column = place_of(cell)
        return At(self.printed.name, row + 1, column + 1)

    def _link(self, label: str, to: At) -> None:
        self.about.put(self.row, LABEL, label, Style("label"))
        self.about.put(self.row, VALUE, Link(to.sheet, to), Style("link"))
        self.row += 1

    def _text(self, label: str, text: str, more: str = "") -> None:
        self.about.put(self.row, LABEL, label, Style("label"))
        self.about.put(self.row, VALUE, text, Style("text"))
        if more:
            self.about.put(self.row, FOURTH, more, Style("text"))
        self.row += 1

    def _line(self, text: str, look: Style) -> None:
        self.about.put(self.row, LABEL, text, look)
        self.row += 1

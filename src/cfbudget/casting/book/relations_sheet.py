"""The relations of a printed table on a sheet: each a live formula over the table's own sheet."""

from decimal import Decimal

from cfbudget.casting.book.allowance import allowance
from cfbudget.casting.book.relation_expressions import Percentage, signed_sum
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import is_percentage, place_of, places_needed, places_of
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.report.pages import page_of
from cfbudget.casting.results import Relation
from cfbudget.workbook.book.book import Formula, Link, Sheet, Style
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.expressions import (
    NIL,
    Between,
    Expression,
    Is,
    Rounded,
    Size,
    When,
    WordValue,
)

HEADER = 1
HEADINGS = {
    "Total": 10,
    "Formula": 30,
    "In words": 60,
    "Stated": 14,
    "Computed": 14,
    "Difference": 13,
    "Allowance": 11,
    "Outcome": 14,
    "Sure": 8,
    "Because of": 12,
    "Page": 8,
}
"""Each with the width of its column."""
FIGURES = frozenset({"Stated", "Computed", "Difference", "Allowance", "Sure", "Page"})
COLUMN = {heading: at for at, heading in enumerate(HEADINGS, start=1)}
CANNOT = "cannot be checked"


def put_relations(sheet: Sheet, table: CastTable, home: Sheet) -> Area | None:
    """Fill a sheet with the relations of a table.

    Args:
        home: the sheet of the printed table.

    Returns:
        The outcomes, one in each row; None without a relation.
    """
    for heading, width in HEADINGS.items():
        if heading == "Page" and not table.printed.pages:
            continue
        looks = Style("figure heading" if heading in FIGURES else "heading")
        sheet.put(HEADER, COLUMN[heading], heading, looks)
        sheet.widen(COLUMN[heading], width)
    sheet.frozen, sheet.repeated = (HEADER + 1, 2), (HEADER, HEADER)
    for row, relation in enumerate(table.casting.relations, start=HEADER + 1):
        _RelationLine(sheet, row, table, home).put(relation)
    if not table.casting.relations:
        return None
    last = HEADER + len(table.casting.relations)
    outcome = COLUMN["Outcome"]
    return Area(At(sheet.name, HEADER + 1, outcome), At(sheet.name, last, outcome))


class _RelationLine:
    """One row of the sheet."""

    def __init__(self, sheet: Sheet, row: int, table: CastTable, home: Sheet) -> None:
        self.sheet, self.row, self.table, self.home = sheet, row, table, home

    def put(self, relation: Relation) -> None:
        row, put = self.row, self.sheet.put
        total = self._at(relation.total)
        put(row, COLUMN["Total"], Link(relation.total, total), Style("link"))
        put(row, COLUMN["Formula"], cells_formula(relation), Style("text"))
        put(row, COLUMN["In words"], relation.formula, Style("text"))
        sure = Style("figure", number_format="0%")
        put(row, COLUMN["Sure"], relation.confidence, sure)
        if relation.follows_from is not None:
            link = Link(relation.follows_from, self._at(relation.follows_from))
            put(row, COLUMN["Because of"], link, Style("link"))
        page = page_of(self.table, relation.total)
        if page is not None:
            put(row, COLUMN["Page"], Decimal(page), Style("figure", number_format="0"))
        self._figures(relation, total)

    def _figures(self, relation: Relation, total: At) -> None:
        row, put = self.row, self.sheet.put
        looks = self._looks(relation)
        stated, computed, difference = relation.stated, relation.computed, relation.difference
        if stated is not None:
            put(row, COLUMN["Stated"], Formula(total, stated), looks)
        if stated is None or computed is None or difference is None:
            put(row, COLUMN["Computed"], CANNOT, Style("small"))
            put(row, COLUMN["Outcome"], relation.outcome, Style("outcome"))
            return
        places = self.table.grid.places
        here = [At(self.sheet.name, row, COLUMN[name]) for name in ("Stated", "Computed")]
        put(row, COLUMN["Computed"], Formula(self._expression(relation), computed), looks)
        off = Rounded(Between(here[1], "-", here[0]), places)
        off_at = put(row, COLUMN["Difference"], Formula(off, difference), looks)
        allowed_at = put(row, COLUMN["Allowance"], allowance(self.table, relation), self._fine())
        within = When(
            Is(Size(off_at), "<=", allowed_at), WordValue("rounding"), WordValue("differs")
        )
        outcome = When(Is(off_at, "=", NIL), WordValue("agrees"), within)
        put(row, COLUMN["Outcome"], Formula(outcome, relation.outcome), Style("outcome"))

    def _expression(self, relation: Relation) -> Expression:
        terms = [(term[0], self._at(term[1:])) for term in relation.terms]
        if relation.kind in ("percentage", "percentage change"):
            change = relation.kind == "percentage change"
            places = places_of(self.table, relation.total)
            turned = terms[0][0] == "-"
            return Percentage(terms[0][1], terms[1][1], change, places, turned)
        cells = (self.home.cells.get((at.row, at.column)) for _, at in terms)
        words = any(cell is not None and isinstance(cell.content, str) for cell in cells)
        return signed_sum([("+" if sign == "+" else "-", at) for sign, at in terms], words=words)

    def _looks(self, relation: Relation) -> Style:
        """To the places that its figures have, and as a percentage where it is one."""
        amounts = (relation.stated, relation.computed)
        places = max(places_of(self.table, relation.total), *map(places_needed, amounts))
        digits = "#,##0" + (f".{'0' * places}" if places else "")
        digits += '"%"' if is_percentage(self.table, relation.total) else ""
        return Style("figure", number_format=f"{digits}_);({digits});0_)")

    def _fine(self) -> Style:
        """Half of the finest place that the table prints has one place more."""
        return Style("figure", number_format=f"#,##0.0{'#' * self.table.grid.places};;0")

    def _at(self, cell: str) -> At:
        row, column = place_of(cell)
        return At(self.home.name, row + 1, column + 1)

"""What the inputs of a workbook do to the plan's position, gap, capital totals and reserves."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from cfbudget.layout.table import key_of
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import work_out
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.findings import Effect

MEASURES = {
    "position": ("opening", "change", "net_budget"),
    "capital": ("allocation", "programme", "total"),
    "financing": ("financing", "later", "programme"),
    "gap": ("gap", "over_cash_limit"),
    "reserves": ("closing",),
}
"""The figures whose change is shown, by table."""


def effects(book: Book, inputs: Mapping[At, Value]) -> Iterator[Effect]:
    """Every such figure that comes out differently with what some inputs hold."""
    if not inputs:
        return
    worked_out = work_out(book, inputs)
    for table in book.tables:
        if table.name not in MEASURES:
            continue
        columns = [c for c in table.columns if c.measure in MEASURES[table.name]]
        for row in (row for row in table.rows if not row.is_repeat):
            for column in columns:
                at = book.places.get((table.name, key_of(row, column)))
                cell = book.cell(at) if at else None
                if at is None or cell is None or not isinstance(cell.content, Formula):
                    continue
                plan, workbook = cell.content.result, worked_out[at]
                if not (isinstance(plan, Decimal) and isinstance(workbook, Decimal)):
                    continue
                if plan != workbook:
                    yield Effect(table, row, column, plan, workbook)

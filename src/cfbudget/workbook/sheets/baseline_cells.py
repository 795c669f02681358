"""The baseline's figures, as the sheets of a trial refer to them."""

from collections.abc import Sequence

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.services import own_row
from cfbudget.layout.table import Row, Table, key_of
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Expression
from cfbudget.workbook.sheets.statements import Formulas, Ledger


def not_known_keys(tables: Sequence[Table]) -> frozenset[tuple[TableName, Key]]:
    """The figures of tables that are not known yet: their cells hold a word."""
    return frozenset(
        (table.name, key)
        for table in tables
        for key, cell in table.cells.items()
        if cell.is_unknown
    )


class Before:
    """Where the baseline's figures stand."""

    def __init__(self, tables: Sequence[Table], ledger: Ledger) -> None:
        self.tables, self.ledger = tables, ledger
        self.unknown = not_known_keys(tables)
        self.lines = frozenset(
            row.id
            for table in tables
            if table.name == "position"
            for row in table.rows
            if row.role == "line"
        )

    def place(self, table: TableName, key: Key, row: Row) -> At | None:
        """Where a figure stands in the baseline; None for one that it does not have.

        Without reversals, what a service has before them is all that it has.
        """
        at = self.ledger.places.get((table, key))
        if at is None and row.id == own_row(row.service) and row.service in self.lines:
            at = self.ledger.places.get((table, key._replace(row=row.service)))
        return at

    def unchanged(self, table: Table) -> Formulas:
        """The lines' figures that are the baseline's: a trial refers to them."""
        cells = {
            (found.name, key): (cell.pence, cell.is_unknown)
            for found in self.tables
            if found.name == table.name
            for key, cell in found.cells.items()
        }
        made: dict[Key, Expression] = {}
        for row in table.rows:
            for column in table.columns if row.role == "line" else ():
                key = key_of(row, column)
                cell = table.cells.get(key)
                at = self.ledger.places.get((table.name, key))
                held = (cell.pence, cell.is_unknown) if cell else None
                if at and held and cells.get((table.name, key)) == held:
                    made[key] = at
        return made

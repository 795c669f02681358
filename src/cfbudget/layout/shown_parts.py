"""What of a table is shown: its views, its services down to a depth, and nothing that is empty.

No total changes: what is left out is in it as before.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Literal

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.table import HEADING, Panel, Row, Table

View = Literal["change", "cumulative", "net", "to-date", "gap"]
"""What a panel of the position shows."""

BY_SERVICE: frozenset[TableName] = frozenset({"revenue", "options", "position"})
"""The tables whose rows are services within services."""
VIEWED: frozenset[TableName] = frozenset({"position", "gap"})
USUAL: tuple[View, ...] = ("change", "cumulative", "net", "gap")
"""What a page shows of the position where no view is asked for."""

_OF: dict[str, View] = {
    "change": "change",
    "other_movements": "change",
    "cumulative_change": "cumulative",
    "opening": "net",
    "net_budget": "net",
    "gross": "net",
    "income": "net",
    "total_to_date": "to-date",
    "gap": "gap",
    "over_cash_limit": "gap",
}


def view_of(panel: Panel) -> View:
    """The view that a panel of the position, or of the gap, belongs to."""
    return _OF[panel.columns[-1].measure]


def with_views(tables: Iterable[Table], views: Collection[View]) -> tuple[Table, ...]:
    """The tables with these views of the position; a table of which none is left is not there."""
    made = []
    for table in tables:
        if table.name not in VIEWED:
            made.append(table)
        elif kept := tuple(panel for panel in table.panels if view_of(panel) in views):
            made.append(replace(table, panels=kept))
    return tuple(made)


def without_empty(table: Table) -> Table:
    """The table without the panels in which nothing can be, as changes where there is no option.

    They are nil, so that what adds them up stays what it is.
    """
    if not any(panel.is_empty for panel in table.panels):
        return table
    kept = tuple(panel for panel in table.panels if not panel.is_empty)
    there = {(column.measure, column.year) for panel in kept for column in panel.columns}
    panels = tuple(
        panel._replace(
            columns=tuple(
                column._replace(sums=tuple(part for part in column.sums if part in there))
                for column in panel.columns
            )
        )
        for panel in kept
    )
    return replace(table, panels=panels)


def to_depth(table: Table, depth: int | None) -> Table:
    """The services that stand within fewer than `depth` others; the last of them without parts.

    Args:
        depth: 1 for those within no other; None for all.
    """
    if depth is None or table.name not in BY_SERVICE:
        return table
    depths: dict[str, int] = {}
    for row in table.rows:
        if row.service:
            depths[row.service] = min(depths.get(row.service, row.depth + 1), row.depth + 1)

    def is_shown(row: Row) -> bool:
        own = depths.get(row.service, 0)
        return own < depth or (own == depth and row.id == row.service)

    rows = [row for row in table.rows if is_shown(row)]
    ids = {row.id for row in rows}
    kept = (r for r in rows if r.role != "heading" or r.id.removesuffix(HEADING) in ids)
    return replace(table, rows=tuple(kept))

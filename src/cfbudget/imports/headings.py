"""The headings over each column: of several rows, and of those that span columns."""

from collections.abc import Sequence

from cfbudget.imports.source_tables import SourceTable

UNSTATED = frozenset({".", "..", "n/a", "na", "tbc", "tba", "[x]", "x"})
"""What stands in place of figures."""


def heading_rows(table: SourceTable) -> list[int]:
    """The rows above the figures with words or years over a column of figures."""
    columns = table.grid.columns
    found: list[int] = []
    for row in range(table.first, table.grid.heads):
        texts = [text for column in columns if (text := table.text(row, column))]
        if found and texts and all(text.casefold() in UNSTATED for text in texts):
            break  # a line that states nothing yet
        if texts:
            found.append(row)
    return found


def headings_of(table: SourceTable) -> dict[int, tuple[str, ...]]:
    """The words over each column of figures, from the top down; empty ones are left out."""
    rows = heading_rows(table)
    return {
        column: tuple(text for at in range(len(rows)) if (text := _over(table, rows, at, column)))
        for column in table.grid.columns
    }


def label_headings(table: SourceTable) -> dict[int, str]:
    """The words over each column of labels: the lowest that stand beside those of figures."""
    rows = heading_rows(table)
    found = {}
    for column in table.grid.labels:
        texts = [text for row in rows if (text := table.text(row, column))]
        found[column] = texts[-1] if texts else ""
    return found


def _over(table: SourceTable, rows: Sequence[int], at: int, column: int) -> str:
    """The words of one row of headings over a column: its own, or those that reach over it."""
    row = rows[at]
    if text := table.text(row, column):
        return text
    for span in table.stored.spans:
        if span.row <= row <= span.last_row and span.column <= column <= span.last_column:
            return table.text(span.row, span.column)
    for left in range(column - 1, min(table.grid.columns) - 1, -1):
        # A heading above it that begins further right is of another group.
        if any(table.text(rows[above], left + 1) for above in range(at)):
            return ""
        if text := table.text(row, left):
            # What nothing stands below is no group: the column has no heading of its own.
            return text if any(table.text(below, column) for below in rows[at + 1 :]) else ""
    return ""

"""The figures of the baseline and of each scenario in columns, one row below the other."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL
from cfbudget.grammar import listed
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Sentences, Title
from cfbudget.layout.rounding_notes import marked_note
from cfbudget.layout.side_by_side import SideBySide, figure_rows
from cfbudget.layout.table import Column, Row, Table, key_of
from cfbudget.money import rounded
from cfbudget.plan.values import Measure, measure_words
from cfbudget.tables.alternatives import BASELINE, Alternatives

WHOLE: frozenset[Measure] = frozenset({"gap_before_reserves", "gap", "over_cash_limit"})
"""What of the gap stands for the whole plan; what it is worked out from stands elsewhere."""
ROUNDED = (
    "Figures are rounded, differences too, each from its exact value: shown ones may not add up."
)


def whole_plan(shown: Alternatives) -> Iterator[Block]:
    """What the whole plan comes to in each year, level by level."""
    for level in shown.shown:
        for row in _totals(level):
            rows = [
                line
                for column in level.baseline.columns
                if not shown.is_only_changed or level.differs(key_of(row, column))
                for line in figure_rows(level, _plain(row), column, column.heading)
            ]
            yield Caption(_caption(level, row))
            yield Grid(_headings(shown, level.baseline), rows, name=level.baseline.name)


def by_row(shown: Alternatives) -> Iterator[Block]:
    """Every service in the years that differ; of other tables the rows that do."""
    for level in shown.shown:
        table = level.baseline
        if table.name == "gap":
            continue
        only_changed = shown.is_only_changed or table.name != "position"
        moved = {c for c in table.columns if level.of_column(c, only_changed=True)}
        yield Title(table.title)
        for column in table.columns:
            if column in moved:
                rows = level.of_column(column, only_changed=only_changed)
                yield from _of_column(shown, level, column, rows)
        if alike := [column.heading for column in table.columns if column not in moved]:
            yield Sentences((f"As in the baseline in every row and scenario: {listed(alike)}.",))


def _of_column(
    shown: Alternatives, level: SideBySide, column: Column, rows: tuple[Row, ...]
) -> Iterator[Block]:
    yield Caption(f"{_measure(column)} {column.year}" if column.year else column.heading)
    lines = [line for row in rows for line in figure_rows(level, row, column)]
    yield Grid(_headings(shown, level.baseline), lines, name=level.baseline.name)


def notes(shown: Alternatives) -> tuple[str, ...]:
    """What is to be said of shown figures: what a mark means, and that they are rounded."""
    tables = [
        table
        for level in shown.levels
        for table in (level.baseline, *level.scenarios, *level.differences)
    ]
    return (*marked_note(*tables), *((ROUNDED,) if any(map(_is_rounded, tables)) else ()))


def _totals(level: SideBySide) -> list[Row]:
    """The rows of the whole plan. Before reserves there is another gap only where some are used."""
    rows = [row for row in level.baseline.rows if TOTAL in (row.id, row.of)]
    if level.baseline.name != "gap":
        return rows
    kept = [row for row in rows if row.measure in WHOLE]
    amounts = {tuple(_amounts(level, row)) for row in kept}
    return kept[-1:] if len(amounts) == 1 else kept


def _amounts(level: SideBySide, row: Row) -> Iterator[int]:
    for table in (level.baseline, *level.scenarios):
        for column in table.columns:
            if cell := table.cell(row, column):
                yield cell.pence


def _plain(row: Row) -> Row:
    """A total as a line of a table that has nothing but it."""
    return row._replace(role="line", depth=0, is_apart=False)


def _caption(level: SideBySide, row: Row) -> str:
    column = level.baseline.columns[0]
    if row.measure:
        return row.label
    return f"{_measure(column)}: {row.label}"


def _measure(column: Column) -> str:
    words = measure_words(column.measure)
    return f"{words[0].upper()}{words[1:]}"


def _headings(shown: Alternatives, table: Table) -> tuple[str, ...]:
    return (table.unit.name, BASELINE, *shown.names)


def _is_rounded(table: Table) -> bool:
    """Whether a shown figure is not its exact value."""
    return any(
        rounded(cell.pence, unit, places) * unit.pence != cell.pence * 10**places
        for row in table.rows
        for column in table.columns
        if (cell := table.cell(row, column))
        for unit, places in ((table.unit_of(row, column), table.places_of(row, column)),)
    )

"""The totals that are claimed and not shown to add up, in words and grids."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cfbudget.addresses import letters
from cfbudget.casting.report.amounts import amount, relation_amounts
from cfbudget.casting.report.cast_table import CastTable
from cfbudget.casting.report.cell_names import place_of, places_of
from cfbudget.casting.report.coverage import row_runs
from cfbudget.casting.report.formula_words import cells_formula
from cfbudget.casting.report.marked_table import column_heading, row_label
from cfbudget.casting.results import Relation, Unproved
from cfbudget.grammar import agreed, listed
from cfbudget.layout.grid import Grid, GridRow
from cfbudget.problem import clipped, printable

FEW = 6
"""In up to so many columns it is said what a missing line would be."""


def unproved_grids(table: CastTable) -> Iterator[tuple[str, Grid]]:
    """Each line that claims to be a total, with what the lines nearest to it come to."""
    for found in by_line(table):
        rows = [
            GridRow(cells_formula(as_relation(one)), [*relation_amounts(table, as_relation(one))])
            for one in found
        ]
        heading = "If it is their sum"
        yield sentence(table, found), Grid((heading, "Stated", "Computed", "Difference"), rows)


def by_line(table: CastTable) -> list[list[Unproved]]:
    """The unproved totals that stand in one row, or in one column beside their lines."""
    lines: dict[tuple[bool, int], list[Unproved]] = {}
    for one in table.casting.unproved:
        row, column = place_of(one.total)
        down = any(place_of(term[1:])[0] != row for term in one.nearest)
        lines.setdefault((down, row if down else column), []).append(one)
    return list(lines.values())


def as_relation(one: Unproved) -> Relation:
    """The relation that a claimed total would be of the lines nearest to it."""
    half = Decimal("0.5")
    return Relation(
        "sum", one.total, one.nearest, "", one.stated, one.computed, "differs", half, None
    )


def sentence(table: CastTable, found: Sequence[Unproved]) -> str:
    """Which line it is, why it is taken to be a total, and what would explain it."""
    first = found[0]
    row, column = place_of(first.total)
    rows = sorted({place_of(term[1:])[0] for one in found for term in one.nearest})
    if _is_across(found):
        what = f"Column {letters(column + 1)} {clipped(column_heading(table, column))}".rstrip()
        nearest = "the columns beside it come"
    else:
        what = f"Row {row + 1} {clipped(row_label(table, row))}".rstrip()
        nearest = f"{row_runs(rows)}, the nearest to it, {agreed(len(rows), 'comes')}"
    said = f"{what} claims to be a total ({first.claim}) and is not shown to add up"
    return printable(f"{said}: {nearest} to something else. {explanation(table, found)}")


def explanation(table: CastTable, found: Sequence[Unproved]) -> str:
    """What would make it add up: the other sign, of a line too, a line printed once, or one that
    is missing."""
    if all(one.computed == -one.stated for one in found):
        return "With the other sign it would add up."
    twice = _counted_twice(table, found)
    if twice is not None:
        return f"Without row {twice + 1}, which is as the row before it, it would add up."
    turned = _taken_off(table, found)
    if turned is not None:
        return f"It adds up only with {turned} taken off: the sign of that may be the other."
    if len(found) == 1 and (meeting := _meeting(table, found[0])):
        return meeting
    if len(found) > FEW or _is_across(found):
        return f"Most likely a {'column' if _is_across(found) else 'line'} is missing."
    amounts = [amount(-one.difference, places_of(table, one.total)) for one in found]
    columns = [letters(place_of(one.total)[1] + 1) for one in found]
    in_columns = (f"{a} in {column}" for a, column in zip(amounts, columns, strict=True))
    if len(found) == 1:
        return (
            f"It may be wrong, one of them may be, or a line is missing: it would be {amounts[0]}."
        )
    return f"Most likely a line is missing: it would be {listed(in_columns)}."


def _meeting(table: CastTable, one: Unproved) -> str:
    """What two totals of which one adds the other say together: if the first were what its lines
    come to, both would add up."""
    for other in table.casting.unproved:
        if _mends(one, other):
            own = amount(one.computed, places_of(table, one.total))
            return f"Were it {own}, {other.total} would add up too: it is most likely wrong."
        if _mends(other, one):
            own = amount(other.computed, places_of(table, other.total))
            return f"Were {other.total} {own}, it would add up."
    return ""


def _mends(one: Unproved, other: Unproved) -> bool:
    """Whether another total that adds this one, or takes it off, is out by just as much."""
    signs = [term[0] for term in other.nearest if term[1:] == one.total]
    return len(signs) == 1 and other.difference == (-1 if signs[0] == "+" else 1) * one.difference


def _taken_off(table: CastTable, found: Sequence[Unproved]) -> str | None:
    """The one figure that makes half the difference, where one total is out."""
    if len(found) > 1:
        return None
    half = [
        term[1:]
        for term in found[0].nearest
        if term[0] == "+"
        and (cell := table.grid.cells.get(place_of(term[1:])))
        and 2 * table.grid.amount(cell.value) == found[0].difference
    ]
    return half[0] if len(half) == 1 else None


def _is_across(found: Sequence[Unproved]) -> bool:
    """Whether what is nearest to a total stands in its own row."""
    row = place_of(found[0].total)[0]
    return all(place_of(term[1:])[0] == row for term in found[0].nearest)


def _counted_twice(table: CastTable, found: Sequence[Unproved]) -> int | None:
    """The row that makes the whole difference everywhere, and prints the one before once more."""
    rows = {place_of(term[1:])[0] for one in found for term in one.nearest}
    for row in sorted(rows):
        if row_label(table, row) != row_label(table, row - 1):
            continue
        figures = [table.grid.cells.get((row, place_of(one.total)[1])) for one in found]
        if all(
            figure is not None and table.grid.amount(figure.value) == one.difference
            for figure, one in zip(figures, found, strict=True)
        ):
            return row
    return None

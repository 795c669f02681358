"""The unit that a table prints: over its columns, above it, or beside its figures."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.printed_words import unit_in
from cfbudget.imports.source_tables import SourceTable
from cfbudget.money import MILLIONS, POUNDS, THOUSANDS, Unit


def printed_unit(
    table: SourceTable, money: Sequence[SourceColumn], above: Iterable[str]
) -> Unit | None:
    """The one unit of a table; None where it prints none, or several.

    Args:
        money: its columns of amounts.
        above: all words above its figures.
    """
    found = {column.unit for column in money if column.unit}
    if found:
        return found.pop() if len(found) == 1 else None
    for text in above:
        if unit := unit_in(text):
            return unit
    texts = [table.text(*place) for place in table.grid.cells]
    marked = sum("£" in text for text in texts)
    return POUNDS if texts and 3 * marked > len(texts) else None


def likely_unit(table: SourceTable) -> Unit:
    """The unit that the size of the figures and their places speak of."""
    sizes = sorted(abs(cell.value) for cell in table.grid.cells.values())
    places = table.grid.printed_places
    largest = Decimal(sizes[-1]).scaleb(-table.grid.places) if sizes else Decimal(0)
    if places > 2 or (places and largest < 10_000):
        return MILLIONS
    return POUNDS if places or largest >= 5_000_000 else THOUSANDS

"""What is to be said of shown figures: which no longer add up, and what a mark means."""

from collections.abc import Sequence

from cfbudget.calculate.amounts import Key
from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import LACKS
from cfbudget.layout.made_of import DifferenceOf
from cfbudget.layout.table import Table, column_name, key_of, measure_of
from cfbudget.money import rounded

MOST = 6
"""How many totals a sentence names; of more it says how many others there are."""


def unadded_note(table: Table, of: str = "") -> tuple[str, ...]:
    """Says so where shown figures no longer add to a shown total, and names the total.

    Args:
        of: which of several like tables is meant, in a word.
    """
    found = unadded(table)
    if not found:
        return ()
    shown = f"to {counted(table.places, 'place')}" if table.places else "to a whole figure"
    which = f" of the {of}" if of else ""
    totals = f"{counted(len(found), 'shown total')}{which} {agreed(len(found), 'is')}"
    return (
        f"Figures are rounded {shown} in {table.unit.name}, each from its exact value: "
        f"{totals} not the sum of the shown figures: {_named(found)}.",
    )


def unadded(table: Table) -> tuple[str, ...]:
    """The shown totals that are not what the shown figures that they are of come to, in words.

    A total that adds up neither down its rows nor across is named once.
    """
    if _is_shown_exactly(table):
        return ()
    shown = {
        key: rounded(
            table.cells[key].pence, table.unit_of(row, column), table.places_of(row, column)
        )
        for row in table.rows
        for column in table.columns
        if (key := key_of(row, column)) in table.cells
    }
    none: tuple[Key, ...] = ()
    made = [(total, parts, none) for total, parts in table.relations()]
    made += [(key, *of) for key, of in table.made_of.items() if isinstance(of, DifferenceOf)]
    off = (
        total
        for total, parts, less in made
        if all(part in shown for part in (total, *parts, *less))
        and shown[total] != sum(shown[p] for p in parts) - sum(shown[p] for p in less)
    )
    if not (totals := dict.fromkeys(off)):
        return ()
    names = {
        key_of(row, column): f"{row.label}, {column_name(measured)}"
        for row in table.rows
        for column in table.columns
        for measured in (column._replace(measure=measure_of(row, column)),)
    }
    return tuple(names[key] for key in totals)


def _is_shown_exactly(table: Table) -> bool:
    """Whether no figure of money is rounded to be shown, nor any is counted in another unit."""
    last = table.unit.pence // 10**table.places
    if any(row.unit for row in table.rows) or any(column.unit for column in table.columns):
        return False
    return not any(cell.pence % last for cell in table.cells.values())


def marked_note(*tables: Table) -> tuple[str, ...]:
    """What the mark after a figure means, where there is one."""
    lacks = any(cell.lacks for table in tables for cell in table.cells.values())
    return (f"{LACKS} excludes what is not yet known.",) if lacks else ()


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST:
        return "; ".join(names)
    return f"{'; '.join(names[: MOST - 1])}; and {len(names) - MOST + 1} more"

"""What is to be said of shown figures: which no longer add up, and what a mark means."""

from collections.abc import Sequence

from cfbudget.grammar import agreed, counted
from cfbudget.layout.grid import LACKS
from cfbudget.layout.table import Table

MOST = 6
"""How many totals a sentence names; of more it says how many others there are."""


def unadded_note(table: Table, of: str = "") -> tuple[str, ...]:
    """Says so where shown figures no longer add to a shown total, and names the total.

    Args:
        of: which of several like tables is meant, in a word.
    """
    found = table.unadded()
    if not found:
        return ()
    shown = f"to {counted(table.places, 'place')}" if table.places else "to a whole figure"
    which = f" of the {of}" if of else ""
    totals = f"{counted(len(found), 'shown total')}{which} {agreed(len(found), 'is')}"
    return (
        f"Figures are rounded {shown} in {table.unit.name}, each from its exact value: "
        f"{totals} not the sum of the shown figures: {_named(found)}.",
    )


def marked_note(*tables: Table) -> tuple[str, ...]:
    """What the mark after a figure means, where there is one."""
    lacks = any(cell.lacks for table in tables for cell in table.cells.values())
    return (f"{LACKS} excludes what is not yet known.",) if lacks else ()


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST:
        return "; ".join(names)
    return f"{'; '.join(names[: MOST - 1])}; and {len(names) - MOST + 1} more"

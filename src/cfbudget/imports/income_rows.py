"""Income that a budget prints row by row without a minus: a plan has it minus."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.imports.headings import heading_rows
from cfbudget.imports.reading import TableReading
from cfbudget.imports.rows import SourceRow
from cfbudget.imports.tree import Tree, tree_of

INCOME = re.compile(
    r"^(?:(?:less|total|gross|other|all|council|estimated|budgeted)\b[\s:]*)*(?:income|receipts)"
    r"(?:\s+(?:budget|total|estimates?|[\d/–-]+))*:?$",
    re.IGNORECASE,
)
"""A heading or a total of income and of nothing else."""
TAKEN_OFF = re.compile(r"\bincome\b|\breceipts\b|\bless\b|\brecharge", re.IGNORECASE)
SURPLUS = re.compile(r"^(?:net |budget(?:ed)? )*(?:surplus|deficit)(?:\s*[/&(:]|\s+or\b|$)", re.I)
NOTE = "Income, or what a total takes off, is printed plus; a plan has it minus."


class Spending(NamedTuple):
    """The rows of a budget, and those of them whose figures a plan has with the other sign."""

    rows: list[SourceRow]
    turned: frozenset[int]


def with_income(reading: TableReading, rows: Sequence[SourceRow], *, net_alone: bool) -> Spending:
    """The rows with totals that add income, where they are printed to take it off.

    Args:
        net_alone: whether no column tells income from spending, so that only rows can.
    """
    found = [_adding(reading, row) for row in rows]
    tree = tree_of(found)
    off = {at for row in rows for at in _taken_off(reading, row)}
    own = {line for at in off for line in tree.lines_of(at)}
    said = _said(reading, found, tree) - own if net_alone else set()
    lines = [at for at in sorted(own | said) if reading.sums.get(at, 0) > 0]
    if not lines:
        return Spending(list(rows), frozenset())
    shown = not said and all(TAKEN_OFF.search(reading.labels[at]) for at in off)
    if not _is_income(reading, reading.labels[lines[0]], shown=shown):
        return Spending(list(rows), frozenset())
    reading.notes.append(NOTE)
    turned = own | said | off | {row.row for row in rows if _is_surplus(reading, row)}
    for row in found:
        below = set(tree.lines_of(row.row)) if row.role == "total" else set()
        turned |= {row.row} if below and below <= turned else set()
    over = [row for row in found if row.role == "line" and SURPLUS.match(row.label)]
    reading.leave_rows((row.row for row in over), "what is left of income is no spending")
    return Spending([row for row in found if row not in over], frozenset(turned))


def _taken_off(reading: TableReading, row: SourceRow) -> list[int]:
    """The rows printed plus that a total takes off; of a surplus the income that it starts from."""
    if row.role != "total" or row.sum is None or not row.sum.proved:
        return []
    off = [at for sign, at in row.sum.terms if sign < 0 < reading.sums.get(at, 0)]
    return [at for sign, at in row.sum.terms if sign > 0] if _is_surplus(reading, row) else off


def _is_surplus(reading: TableReading, row: SourceRow) -> bool:
    """Whether a total is income less spending: a plan has it with the other sign."""
    if row.sum is None or row.sum.is_plain:
        return False
    says = {at: TAKEN_OFF.search(reading.labels.get(at, "")) for at in row.sum.rows}
    is_plus = all(reading.sums.get(at, 0) > 0 for at in row.sum.rows)
    return is_plus and all(bool(says[at]) is (sign > 0) for sign, at in row.sum.terms)


def _adding(reading: TableReading, row: SourceRow) -> SourceRow:
    """A total as it adds up once what it takes off is minus."""
    off = _taken_off(reading, row)
    if row.sum is None or not off:
        return row
    is_surplus = _is_surplus(reading, row)
    terms = tuple((1 if at in off or is_surplus else sign, at) for sign, at in row.sum.terms)
    return row._replace(sum=row.sum._replace(terms=terms))


def _said(reading: TableReading, rows: Sequence[SourceRow], tree: Tree) -> set[int]:
    """The lines below a heading of income, those of a total of income, or of a table of it."""
    is_open = any(
        INCOME.match(reading.table.text(row, column))
        for row in heading_rows(reading.table)
        for column in reading.table.grid.labels
    )
    found: set[int] = set()
    is_whole = is_open
    for row in rows:
        if row.role == "heading":
            is_open = is_whole or bool(INCOME.match(row.label))
        elif row.role == "line" and is_open:
            found.add(row.row)
        elif row.role == "total":
            found |= set(tree.lines_of(row.row)) if INCOME.match(row.label) else set()
            is_open = is_whole
    return found


def _is_income(reading: TableReading, first: str, *, shown: bool) -> bool:
    """Whether rows are income: as it was given, as a net that takes them off shows, or asked."""
    if shown and reading.asking.told("income") is None:
        return True
    answer = reading.asking.ask(
        "income",
        f"{first!r} and the like are printed without a minus. Are they income (plus), or spending "
        "(minus)?",
        likely="plus",
        choices=("plus", "minus"),
    )
    return answer == "plus"

"""Variances with the sign of what is good: income over its budget, and spending under it."""

from collections.abc import Sequence

from cfbudget.casting.search.evidence import difference
from cfbudget.casting.table.grid import PrintedGrid
from cfbudget.casting.table.labels import column_label, row_label, words_of
from cfbudget.casting.table.side import Equation, Side

FAVOURABLE = frozenset(["favourable", "favorable", "adverse", "fav", "adv"])
VARIANCE = frozenset(["variance", "variances", "underspend", "overspend", "under", "over"])
INCOME = frozenset(
    [
        "income",
        "grant",
        "grants",
        "fee",
        "fees",
        "charges",
        "receipts",
        "rent",
        "rents",
        "sales",
        "interest",
        "contributions",
        "recharges",
        "revenue",
        "funding",
    ]
)


def mirrored(
    grid: PrintedGrid, side: Side, equation: Equation, misses: Sequence[int]
) -> frozenset[int]:
    """The members in which a difference is taken the other way round. One alone may be a wrong
    sign, unless its labels say that it is income, or that signs tell what is favourable."""
    if len({sign for sign, _ in equation.terms}) < 2:
        return frozenset()
    turned = equation._replace(terms=tuple((-sign, line) for sign, line in equation.terms))
    found = {member: difference(side, turned, member) for member in misses}
    other = [m for m, one in found.items() if one and 2 * abs(one[0]) <= one[1]]
    if len(other) > 1 or (other and not side.down and _is_told(grid, side, equation, other[0])):
        return frozenset(other)
    return frozenset()


def _is_told(grid: PrintedGrid, side: Side, equation: Equation, member: int) -> bool:
    row, column = side.place(equation.total, member)
    heading, label = words_of(column_label(grid, column)), words_of(row_label(grid, row))
    return bool(heading & FAVOURABLE) or bool(heading & VARIANCE and label & INCOME)

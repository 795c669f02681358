"""Whether an equation says nothing that others do not: it is a sum of multiples of them."""

from collections.abc import Sequence

from cfbudget.casting.table.side import Equation


def follows(equation: Equation, others: Sequence[Equation]) -> bool:
    """Whether an equation is a sum of multiples of others."""
    return spanned(dict(equation.canonical), [dict(other.canonical) for other in others])


def spanned(row: dict[int, int], others: Sequence[dict[int, int]]) -> bool:
    rows: list[dict[int, int]] = []
    for other in others:
        _reduce(rows, other, keep=True)
    return not _reduce(rows, row, keep=False)


def _reduce(rows: list[dict[int, int]], row: dict[int, int], *, keep: bool) -> dict[int, int]:
    """What is left of a row after the pivots of others are taken out of it; kept if asked for."""
    for pivot in rows:
        line = next(iter(pivot))
        if factor := row.get(line):
            scale = pivot[line]
            row = {
                other: left
                for other in {*row, *pivot}
                if (left := row.get(other, 0) * scale - pivot.get(other, 0) * factor)
            }
    if keep and row:
        rows.append(row)
    return row

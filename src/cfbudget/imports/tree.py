"""Which total holds which rows: from the sums down the page."""

from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.imports.rows import SourceRow


class Tree(NamedTuple):
    """The rows of a table as totals hold them."""

    rows: dict[int, SourceRow]
    """Those with figures, by row."""
    parents: dict[int, int]
    """The total that holds each row, where one does."""
    held: dict[int, list[int]]
    """The same the other way round: the rows that each total holds directly, in order."""
    top: int | None = None
    """The total of all; None where there is none."""

    def below(self, row: int) -> list[int]:
        """The rows that a total holds directly, in order."""
        return self.held.get(row, [])

    def roots(self) -> list[int]:
        """The rows that no total holds."""
        return [at for at in self.rows if at not in self.parents]

    def lines_of(self, row: int) -> list[int]:
        """The lines that a row adds up, in order, itself where it is one; of a total that takes
        something off none."""
        return sorted(self._lines(row, frozenset()))

    def _lines(self, row: int, within: frozenset[int]) -> set[int]:
        one = self.rows.get(row)
        if one is None or row in within:
            return set()
        if one.sum is None:
            return {row}
        if not one.sum.is_plain:
            return set()
        return {line for at in one.sum.rows for line in self._lines(at, within | {row})}


def tree_of(rows: Sequence[SourceRow]) -> Tree:
    """The totals that only add, each with its rows; a row is of the first total that adds it."""
    figured = {row.row: row for row in _of_totals(rows) if row.role in ("line", "total")}
    parents: dict[int, int] = {}
    plain = [
        row
        for row in figured.values()
        if row.sum is not None and row.sum.is_plain and all(at in figured for at in row.sum.rows)
    ]
    for row in sorted(plain, key=lambda one: len(one.sum.terms) if one.sum else 0):
        if row.sum is None or any(_holds(parents, at, row.row) for at in row.sum.rows):
            continue
        for at in row.sum.rows:
            parents.setdefault(at, row.row)
    held: dict[int, list[int]] = {}
    for at, parent in sorted(parents.items()):
        held.setdefault(parent, []).append(at)
    found = Tree(figured, parents, held)
    tops = [row.row for row in plain if row.row not in parents and found.below(row.row)]
    if not tops:
        return found
    if len(tops) > 1:
        return found
    lines = sum(row.role == "line" for row in figured.values())
    is_whole = 2 * len(found.lines_of(tops[0])) > lines or tops[0] == max(figured)
    return found._replace(top=tops[0] if is_whole else None)


def _of_totals(rows: Sequence[SourceRow]) -> list[SourceRow]:
    """Rows, of which a total that adds all the lines of another one adds that one: `Total` adds
    the total of Adults where it is found to add its lines."""
    sums = {row.row: row.sum for row in rows if row.sum is not None and row.sum.is_plain}
    larger_first = sorted(sums.items(), key=lambda one: -len(one[1].terms))
    found = []
    for row in rows:
        own = row.sum
        for at, inner in larger_first:
            within = set(inner.rows)
            if own is None or not own.is_plain or at == row.row or at in own.rows:
                continue
            if len(within) > 1 and within < set(own.rows):
                rest = (term for term in own.terms if term[1] not in within)
                own = own._replace(terms=tuple(sorted((*rest, (1, at)))))
        found.append(row._replace(sum=own))
    return found


def _holds(parents: dict[int, int], row: int, wanted: int) -> bool:
    """Whether a row holds another one, so that it cannot be held by it."""
    at: int | None = wanted
    while at is not None:
        if at == row:
            return True
        at = parents.get(at)
    return False

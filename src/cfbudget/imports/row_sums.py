"""What adds up what, of the rows and of the columns: the relations of casting, line by line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.casting.results import Casting, Relation
from cfbudget.imports.cell_places import place_of
from cfbudget.imports.source_tables import SourceTable

SignedRows = tuple[tuple[int, int], ...]
"""Rows or columns with the sign that they are added with, in order: (+1, 3)."""


class AddedRows(NamedTuple):
    """The rows that a total adds up.

    `proved`: casting shows that it does, or where it does not; else only its label says so.
    """

    terms: SignedRows
    proved: bool = True

    @property
    def rows(self) -> tuple[int, ...]:
        return tuple(row for _, row in self.terms)

    @property
    def is_plain(self) -> bool:
        """Whether it takes nothing off."""
        return all(sign > 0 for sign, _ in self.terms)


def row_sums(casting: Casting) -> dict[int, AddedRows]:
    """Each total down the page with its rows, as most of its columns have it."""
    found: dict[int, Counter[SignedRows]] = {}
    for relation in casting.relations:
        total, terms = _places(relation)
        if relation.kind == "sum" and all(row != total[0] for _, (row, _) in terms):
            signed = tuple(sorted((sign, row) for sign, (row, _) in terms))
            found.setdefault(total[0], Counter())[signed] += 1
    sums = {total: AddedRows(counted.most_common(1)[0][0]) for total, counted in found.items()}
    for claim in casting.unproved:
        row = place_of(claim.total)[0]
        if row not in sums:
            terms = [(1 if name[0] == "+" else -1, place_of(name[1:])) for name in claim.nearest]
            if all(other != row for _, (other, _) in terms):
                sums[row] = AddedRows(
                    tuple((sign, place[0]) for sign, place in terms), proved=False
                )
    return sums


def repeated_rows(table: SourceTable) -> dict[int, int]:
    """The rows of which every figure prints again, in its column, that of one other row."""
    found: dict[int, Counter[int]] = {}
    for relation in table.casting.relations:
        (row, column), terms = _places(relation)
        if relation.kind == "repeat" and len(terms) == 1:
            _, (other, beside) = terms[0]
            if column == beside:
                found.setdefault(row, Counter())[other] += 1
    figures = Counter(row for row, _ in table.grid.cells)
    most = {row: others.most_common(1)[0] for row, others in found.items()}
    return {row: other for row, (other, count) in most.items() if count == figures[row]}


def column_sums(casting: Casting) -> list[Mapping[int, int]]:
    """The equations across the page, the commonest first: the columns with their signs, which
    add up to nil."""
    found: Counter[tuple[tuple[int, int], ...]] = Counter()
    for relation in casting.relations:
        total, terms = _places(relation)
        if relation.kind == "sum" and all(row == total[0] for _, (row, _) in terms):
            signs = {column: sign for sign, (_, column) in terms}
            found[tuple(sorted({**signs, total[1]: -1}.items()))] += 1
    return [dict(equation) for equation, _ in found.most_common()]


def is_sum_of(equations: Sequence[Mapping[int, int]], total: int, terms: set[int]) -> bool:
    """Whether a column is the plain sum of others in most of the rows that say anything."""
    wanted = {**dict.fromkeys(terms, 1), total: -1}
    turned = {column: -sign for column, sign in wanted.items()}
    return any(equation in (wanted, turned) for equation in equations)


def _places(
    relation: Relation,
) -> tuple[tuple[int, int], list[tuple[int, tuple[int, int]]]]:
    terms = [(1 if name[0] == "+" else -1, place_of(name[1:])) for name in relation.terms]
    return place_of(relation.total), terms

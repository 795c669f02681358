"""Printed tables and what casting each of them found."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cfbudget.casting.casting import cast_grid
from cfbudget.casting.read.printed_table import PrintedTable
from cfbudget.casting.results import Casting, Relation, RelationOutcome, Suspect
from cfbudget.casting.table.grid import PrintedGrid


class CastTable(NamedTuple):
    """A printed table, its figures, and what casting it found."""

    printed: PrintedTable
    grid: PrintedGrid
    casting: Casting
    told: bool
    """Whether it was told if figures are exact; else that was told by the figures."""

    @property
    def figures(self) -> int:
        """How many figures the table has, those that cannot be read among them."""
        return len(self.grid.cells) + len(self.grid.unreadable)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of how it was read, each a clause."""
        return (*self.printed.notes, *self.grid.remarks)

    @property
    def outcomes(self) -> Counter[RelationOutcome]:
        return Counter(relation.outcome for relation in self.casting.relations)

    @property
    def is_tested(self) -> bool:
        """Whether some relation was tested."""
        return any(r.outcome != "not checkable" for r in self.casting.relations)

    @property
    def is_well(self) -> bool:
        """Whether every figure can be read, some relation was tested, none differs, and every
        total that is claimed is shown to add up."""
        casting = self.casting
        wrong = casting.suspects or self.outcomes["differs"] or casting.unproved or casting.odd_sums
        return self.is_tested and not wrong

    @property
    def is_helper(self) -> bool:
        """Whether it is a list or a look-up among a workbook's sheets: nothing in it was to be
        tested, and nothing is wrong."""
        wrong = self.casting.suspects or self.casting.unproved or self.casting.odd_sums
        return not (self.is_tested or wrong) and bool(self.printed.stored.numbers)

    @property
    def unexplained(self) -> tuple[Relation, ...]:
        """The relations that differ, and that no suspect explains."""
        suspects = {suspect.cell for suspect in self.casting.suspects}
        return tuple(
            relation
            for relation in self.casting.relations
            if relation.outcome == "differs" and relation.follows_from not in suspects
        )

    def because(self, suspect: Suspect) -> tuple[Relation, ...]:
        """The relations that differ because of a suspect: that of its own total first."""
        found = [r for r in self.casting.relations if r.follows_from == suspect.cell]
        return tuple(sorted(found, key=lambda relation: relation.total != suspect.cell))


def cast_tables(
    tables: Sequence[PrintedTable],
    *,
    exact: bool | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[CastTable, ...]:
    """Cast each table.

    Args:
        exact: whether figures are exact; None to tell by those of each table.
        progress: told after each table that one more is done.
    """
    found = []
    for table in tables:
        grid, casting = cast_grid(table.rows, exact=exact, stored=table.stored)
        found.append(CastTable(table, grid, casting, exact is not None))
        if progress:
            progress(1)
    return tuple(found)


def all_well(tables: Sequence[CastTable]) -> bool:
    """Whether some table was tested, and all that has figures is well, or a list beside it."""
    counted = [table for table in tables if table.figures or table.casting.suspects]
    tested = any(table.is_tested for table in counted)
    return tested and all(table.is_well or table.is_helper for table in counted)

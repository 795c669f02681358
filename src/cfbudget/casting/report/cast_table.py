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
        wrong = self.casting.suspects or self.outcomes["differs"] or self.casting.unproved
        return self.is_tested and not wrong

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
    """Whether all that has figures is well, and something has."""
    counted = [table for table in tables if table.figures]
    return bool(counted) and all(table.is_well for table in counted)

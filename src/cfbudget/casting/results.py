"""What casting a table finds: relations with their outcomes, suspects, uncovered figures."""

from decimal import Decimal
from typing import Literal, NamedTuple

RelationOutcome = Literal["agrees", "rounding", "differs", "not checkable"]
RelationKind = Literal["sum", "repeat", "running", "percentage", "percentage change"]


class Relation(NamedTuple):
    """One printed figure and the figures that it follows from.

    Amounts are in the table's own units with its own signs; a percentage of 97.5% is 97.5.
    """

    kind: RelationKind
    total: str
    """The cell that states the result, as a spreadsheet names it: `B5`."""
    terms: tuple[str, ...]
    """Signed cells (`+B5`, `-C5`); for a percentage the part and the whole, the part
    with a minus where a percentage of a minus whole has the other sign."""
    formula: str
    """The relation in plain words, by the labels of its rows and columns."""
    stated: Decimal | None
    """None where the cell is no figure."""
    computed: Decimal | None
    """What the terms come to, to the printed places of a percentage; None where one of them
    cannot be read."""
    outcome: RelationOutcome
    confidence: Decimal
    """How sure it is that the table means this relation, 0 to 1, whatever the outcome."""
    follows_from: str | None
    """The suspect because of which it differs; None where it does not differ, or is not
    explained."""

    @property
    def difference(self) -> Decimal | None:
        """Computed − stated."""
        if self.computed is None or self.stated is None:
            return None
        return self.computed - self.stated


class Suspect(NamedTuple):
    """A cell that is most likely wrong."""

    cell: str
    stated: str
    """The cell as printed."""
    suggested: Decimal | None
    """What it would have to be for the table to cast; never a correction. None where the
    figures do not say."""
    reason: str


class Unproved(NamedTuple):
    """A figure that claims to be a total, and is not shown to add up."""

    total: str
    """The cell."""
    nearest: tuple[str, ...]
    """The signed cells of the block that comes nearest to it."""
    stated: Decimal
    computed: Decimal
    """What these come to."""
    claim: str
    """Why it is taken to be a total, in a clause."""

    @property
    def difference(self) -> Decimal:
        """Computed − stated."""
        return self.computed - self.stated


class OddSum(NamedTuple):
    """A total of a workbook whose own formula is not as those beside it, or leaves a line out."""

    cell: str
    formula: str
    """As the workbook has it, with its `=`; empty where the total is typed in."""
    reason: str
    """What is odd, in a clause."""


class Casting(NamedTuple):
    """A printed table, cast."""

    relations: tuple[Relation, ...]
    suspects: tuple[Suspect, ...]
    uncovered: tuple[str, ...]
    """The cells with a figure that no relation covers."""
    exact: bool
    """Whether no rounding was allowed."""
    bounds: tuple[str, ...]
    """Each bound on the search that was reached, in a sentence; empty where none was."""
    unproved: tuple[Unproved, ...] = ()
    """The totals that are claimed and not shown to add up, in the order of their cells."""
    odd_sums: tuple[OddSum, ...] = ()
    """The totals whose own formulas are odd, in the order of their cells."""

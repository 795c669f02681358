"""One stated figure beside the computed one, and what the difference means."""

from typing import Literal, NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.not_known import NotKnown
from cfbudget.money import Unit, places_of
from cfbudget.plan.files import FileRecord
from cfbudget.plan.values import StatedFigure
from cfbudget.problem import Place

Outcome = Literal["agrees", "rounding", "differs", "not stated", "not checkable"]


class Cause(NamedTuple):
    """A stated figure beneath another, from whose difference the other's follows."""

    key: Key
    label: str
    place: Place


class Comparison(NamedTuple):
    """A printed total and ours, in pence.

    A stated figure may differ by half a printed unit for each non-zero addend directly beneath
    it plus half for itself; a table that is declared exact gets no allowance.
    """

    table: TableName
    key: Key
    label: str
    unit: Unit
    stated: StatedFigure
    computed: int | None
    beneath: tuple[Key, ...]
    """The figures directly beneath it, which it adds up."""
    addends: int
    """How many of them are not nil."""
    step: int
    """The table's printed unit, in pence."""
    exact: bool
    record: FileRecord
    """The line, block or file that states it, and may accept a warning about it."""
    counts_lines: bool = False
    """Whether the addends are the lines of the files that it is made of, not what is beneath."""
    slack: int = 0
    """What the rounding of a factor explains besides, in pence: of a tax base, of a Band D."""
    lacks: tuple[NotKnown, ...] = ()
    """What the computed figure excludes, because it is not known yet."""
    causes: tuple[Cause, ...] = ()
    """Where it differs: the figures beneath it whose differences come exactly to this one."""
    spend: tuple[TableName, Key] | None = None
    """Of what finances capital spending: the spending, which stands in place of a stated total."""
    spent_on: tuple[Key, ...] = ()
    """The figures that such spending adds up, which are rounded too."""
    parts: tuple[Key, ...] = ()
    """What it adds up, where the computed figure stands in no row of its table."""
    twin: Cause | None = None
    """Where it follows from none: the only line beneath it that differs by as much elsewhere."""

    @property
    def group(self) -> str:
        """What it is counted under: its table or, of spending that is to be financed, `spend`."""
        return "spend" if self.spend else self.table

    @property
    def difference(self) -> int | None:
        """Computed − stated; None where either is not there."""
        if self.computed is None or self.stated.pence is None:
            return None
        return self.computed - self.stated.pence

    @property
    def allowance(self) -> int:
        """The largest difference that rounding explains, in whole pence."""
        rounded = 0 if self.exact else (self.addends + 1) * self.step // 2
        return rounded + self.slack

    @property
    def outcome(self) -> Outcome:
        if self.stated.pence is None:
            return "not stated"
        if self.difference is None:
            return "not checkable"
        if self.difference == 0:
            return "agrees"
        if abs(self.difference) <= self.allowance:
            return "rounding"
        # What is printed may have an amount for what the plan does not know yet.
        return "not checkable" if self.lacks else "differs"

    @property
    def is_coarser(self) -> bool:
        """Whether the stated figure is printed to fewer places than the table's finest."""
        return self.stated.step > self.step

    @property
    def places(self) -> int:
        """How many places the table prints, or the stated figure where it is finer."""
        return places_of(min(self.step, self.stated.step), self.unit)

    @property
    def is_large_rounding(self) -> bool:
        """Whether rounding explains the difference, but hardly: over 3√(n/12) printed units.

        √(n/12) is the standard deviation of the sum of n roundings, each even between minus
        and plus half a unit. What the factors of a product explain is taken off first.
        """
        if self.outcome != "rounding" or self.difference is None:
            return False
        unexplained = abs(self.difference) - self.slack
        if unexplained <= 0 or (self.slack and not self.addends):
            return False
        return 4 * unexplained**2 > 3 * self.addends * self.step**2

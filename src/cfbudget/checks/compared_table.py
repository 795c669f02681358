"""One file's table, as its stated figures are held against what it comes to."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import Amounts, Key, TableName
from cfbudget.calculate.not_known import NOTHING, LeftOut
from cfbudget.checks.comparison import Comparison
from cfbudget.plan.files import AnyTable, FileRecord
from cfbudget.plan.values import Stated, StatedFigure


class ComparedTable(NamedTuple):
    """One file's table: what its stated figures are compared with, and how exactly."""

    name: TableName
    file: AnyTable
    amounts: Amounts
    step: int
    lacks: LeftOut = NOTHING
    lines: Mapping[Key, int] = MappingProxyType({})
    """How many lines that are not nil a figure of condensed options stands for."""

    def compare(
        self, key: Key, label: str, stated: StatedFigure, addends: Iterable[Key], record: FileRecord
    ) -> Comparison:
        """The figure at `key` with the one that a record states.

        Args:
            addends: the figures directly beneath it.
        """
        amounts, lines = self.amounts, self.lines
        beneath = tuple([addend for addend in addends if addend in amounts])
        nonzero = sum([lines.get(addend, 1) for addend in beneath if amounts[addend]])
        computed = amounts.get(key)
        unit, exact = self.file.unit, self.file.exact
        return Comparison(
            table=self.name,
            key=key,
            label=label,
            unit=unit,
            stated=stated,
            computed=computed,
            beneath=beneath,
            addends=nonzero,
            step=self.step,
            exact=exact,
            record=record,
            lacks=self.lacks.get(key, ()),
        )


def label_of(stated: Stated | None, name: str) -> str:
    """A total by its printed name, else by its table's."""
    return (stated.label if stated else None) or f"Total {name}"

"""What verifying a workbook finds, as values."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from cfbudget import rules
from cfbudget.layout.table import Column, Row, Table
from cfbudget.problem import Rule
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.years import FinancialYear

APART = "figures not compared"
"""Beside what was compared: how many figures stand apart from the tables of the plan's sheets."""


class Finding(NamedTuple):
    """One way in which a workbook is not the plan's, with its cell and what was expected."""

    rule: Rule
    sheet: str
    cell: str = ""
    """Its address as it now stands; empty for what is not there."""
    what: str = ""
    """The line and column in words."""
    expected: Value = None
    found: Value = None
    """A value, or a formula with its =; None for nothing."""
    source: str = ""
    """`file:line` of the plan, where the figure comes from it."""
    is_stale: bool = False
    """Whether a stored result is the one that was written, and only an input was changed since."""

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class Effect(NamedTuple):
    """What the changed inputs do to a figure of a table: the plan's, and the workbook's."""

    table: Table
    row: Row
    column: Column
    plan: Decimal
    workbook: Decimal

    @property
    def difference(self) -> Decimal:
        """Workbook − plan."""
        return self.workbook - self.plan


@dataclass(frozen=True, slots=True)
class Verification:
    """A workbook held against the plan."""

    findings: tuple[Finding, ...]
    effects: tuple[Effect, ...]
    """What the inputs as they stand in the workbook do to net budgets and capital totals."""
    compared: Counter[str]
    """How many inputs, stated figures, formulas, results and texts were compared; and `APART`."""
    inputs: Mapping[At, Value] = field(default_factory=dict)
    """What the inputs hold that are not the plan's, by where they were written."""
    contained: Mapping[FinancialYear, FinancialYear] = field(default_factory=dict)
    """The years of such inputs that an approved budget contains, each with that budget's."""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.rule.severity == "error")

    @property
    def beyond_inputs(self) -> tuple[Finding, ...]:
        """Errors that are neither a changed input nor a result that awaits recalculation."""
        return tuple(
            found
            for found in self.errors
            if found.rule is not rules.INPUT_CHANGED and not found.is_stale
        )

    @property
    def is_the_plan(self) -> bool:
        """Whether nothing in the workbook differs from the plan."""
        return not self.errors

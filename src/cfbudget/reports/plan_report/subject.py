"""What a report is of: a plan, what checking it found, and perhaps a scenario beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cfbudget.calculate.amounts import TableName
from cfbudget.checks.report import Report
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from cfbudget.tables.alternatives import Alternatives
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.trial import TrialTables


@dataclass(frozen=True)
class ReportSubject:
    """What a report is made from; nothing of it is a clock's or a machine's."""

    plan: Plan
    checked: Report
    version: str
    """Of cfbudget."""
    digests: Mapping[str, str]
    """The SHA-256 of each file of the plan, by its name."""
    trial: TrialTables | None = None
    """What a scenario comes to, beside the plan."""
    tried: Plan | None = None
    """The plan with the scenario."""
    scenario: str = ""
    """What it is called."""
    whys: Sequence[str] = ()
    """The reasons that it gives, in sentences."""
    beside: Alternatives | None = None
    """Several scenarios, each by itself, in place of one."""
    trial_problems: Sequence[Problem] = ()
    """What is to be said of the scenarios, such as a saving that is late without its cost."""

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The plan's tables, as `totals` shows them."""
        return plan_tables(self.plan)

    def table(self, name: TableName) -> Table | None:
        """The plan's table of a name, of revenue the latest; None where the plan has none."""
        return next((table for table in reversed(self.tables) if table.name == name), None)

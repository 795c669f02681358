"""What is done with one plan of many, wherever that runs: it is read, and its records written."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cfbudget.calculate.amounts import TableName
from cfbudget.layout.tidy import Record
from cfbudget.loaded import load_folder
from cfbudget.many.addable import addends
from cfbudget.plan.values import Measure
from cfbudget.problem import Problem
from cfbudget.tables.plan_tables import plan_tables


class PlanTask(NamedTuple):
    """One plan to be done: plain values alone, so that it can be sent to wherever that runs."""

    plan: str
    """Its name among the others."""
    address: str
    partition: str = ""
    """Where its records are to be written, the ending says as what; empty for nowhere."""
    by: tuple[str, ...] = ()
    """The fields of records that its totals are kept apart by."""


class Kept(NamedTuple):
    """What a sum is of: figures that may be added, to those of other plans too."""

    table: TableName
    measure: Measure
    year: str
    """Empty where the measure has none."""
    by: tuple[str, ...]
    """What its records hold in the fields that were asked for."""


class PlanOutcome(NamedTuple):
    """What became of one plan: plain values again."""

    plan: str
    address: str
    name: str
    """What the plan calls itself; empty where it could not be read."""
    problems: tuple[Problem, ...]
    """Why there is no plan; none where there is one."""
    texts: Mapping[str, str]
    """The files that problems stand in, to show their lines."""
    records: int
    sums: Mapping[Kept, int]
    """Pence; of each table, measure and year they come to the plan's own total."""


def done(task: PlanTask) -> PlanOutcome:
    """Read a plan, write its partition, and add up what may be added to other plans.

    Raises:
        OSError: the partition cannot be written.
        NotProved: the sums are not the plan's totals: a fault of ours.
    """
    loaded = load_folder(task.address)
    if loaded.plan is None:
        files = {problem.place.file for problem in loaded.problems}
        texts = {name: text for name, text in loaded.texts.items() if name in files}
        return PlanOutcome(task.plan, task.address, "", loaded.problems, texts, 0, {})
    tables = plan_tables(loaded.plan)
    records = [record for table in tables for record in table.records()]
    if task.partition:
        from cfbudget.render.parquet import write_parquet

        target = Path(task.partition)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_parquet(Record._fields, records, target)
    sums = Counter[Kept]()
    for table in tables:
        for addend in addends(table):
            year = str(addend.year) if addend.year else ""
            sums[Kept(addend.table, addend.measure, year, ())] += addend.pence
    return PlanOutcome(task.plan, task.address, loaded.plan.name, (), {}, len(records), dict(sums))

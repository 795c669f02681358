"""What is done with one plan of many, wherever that runs: it is read, and its records written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cfbudget.checks.comparisons import comparisons
from cfbudget.layout.table import Row, Table
from cfbudget.loaded import Loaded, load_folder
from cfbudget.many.addable import addends
from cfbudget.many.heading_map import HEADING
from cfbudget.many.mapped_services import NOT_MAPPED, mapped
from cfbudget.many.plan_task import Kept, PlanOutcome, PlanTask
from cfbudget.tables.plan_tables import plan_tables


def done(task: PlanTask) -> PlanOutcome:
    """Read a plan, write its partition, and add up what may be added to other plans.

    Raises:
        OSError: the partition cannot be written.
        NotProved: the sums are not the plan's own totals: a fault of ours.
    """
    loaded = load_folder(task.address)
    if loaded.plan is None:
        return _unread(task, loaded)
    plan = loaded.plan
    tables = plan_tables(plan)
    found = mapped(plan, task.plan, task.mapping) if HEADING in task.by else NOT_MAPPED
    sums, totals = _sums(task, tables, found.headings)
    return PlanOutcome(
        task.plan,
        task.address,
        plan.name,
        records=_written(task, tables),
        differ=sum(1 for compared in comparisons(plan) if compared.outcome == "differs"),
        sums=sums,
        totals=totals,
        mapped=found._replace(headings={}),
    )


def _unread(task: PlanTask, loaded: Loaded) -> PlanOutcome:
    files = {problem.place.file for problem in loaded.problems}
    texts = {name: text for name, text in loaded.texts.items() if name in files}
    return task.unread(loaded.problems, texts)


def _written(task: PlanTask, tables: Iterable[Table]) -> int:
    """Write the plan's records, if they are wanted; how many there are."""
    records = [record for table in tables for record in table.records()]
    if task.partition:
        from cfbudget.many.partitions import write_partition

        write_partition(task.partition, task.plan, records)
    return len(records)


def _sums(
    task: PlanTask, tables: Sequence[Table], headings: Mapping[str, str]
) -> tuple[dict[Kept, int], dict[Kept, int]]:
    """What the plan's figures come to by the fields that were asked for, and its own totals."""
    sums, totals = Counter[Kept](), Counter[Kept]()
    for table in tables:
        for total in addends(table):
            year = str(total.year) if total.year else ""
            whole = Kept(table.name, total.measure, year)
            totals[whole] += total.pence
            for row, pence in total.parts:
                sums[whole._replace(by=_said(task, table, row, headings))] += pence
    return dict(sums), dict(totals)


def _said(task: PlanTask, table: Table, row: Row, headings: Mapping[str, str]) -> tuple[str, ...]:
    """What a row has in the fields that were asked for."""
    if not task.by:
        return ()
    fields = {
        "plan": task.plan,
        "row": row.of or row.id,
        "label": row.label,
        "service": row.service,
        "kind": row.kind,
        "status": row.status,
        "fund": table.fund if row.fund is None else row.fund,
        "heading": headings.get(row.service, ""),
        **row.description._asdict(),
    }
    return tuple(fields[field] for field in task.by)

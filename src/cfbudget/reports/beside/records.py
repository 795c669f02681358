"""Several scenarios as tidy data: the records of each, and which scenario each belongs to.

The field `scenario` says, as of one scenario, whether a figure is the baseline's, the scenario's
or their difference; `beside` is the scenario's name, empty for the baseline, whose figures are
there once, and `file` its file.
"""

from collections.abc import Iterator, Mapping

from cfbudget.calculate.payback import orphans, payback
from cfbudget.layout.page import Records
from cfbudget.layout.table import Table, Variant
from cfbudget.plan.plan import Plan
from cfbudget.reports.trial.records import FIELDS, trial_records, variant_records
from cfbudget.tables.alternatives import Alternatives
from cfbudget.tables.payback import PaybackShown, payback_table

BESIDE_FIELDS = (*FIELDS, "beside", "file")


def beside_records(shown: Alternatives) -> Records:
    return Records(BESIDE_FIELDS, _records(shown))


def _records(shown: Alternatives) -> Iterator[dict[str, str]]:
    """The baseline's records, then those of each scenario."""
    seen: set[tuple[str, ...]] = set()
    for one in shown.each:
        for record in trial_records(one.laid_out):
            if record["scenario"] == "baseline" and (which := _which(record)) not in seen:
                seen.add(which)
                yield {**record, "beside": "", "file": ""}
    yield from _payback(shown.plan, "baseline", "", "")
    for one in shown.each:
        for record in trial_records(one.laid_out):
            if record["scenario"] != "baseline":
                yield {**record, "beside": one.name, "file": one.file}
        yield from _payback(one.applied.plan, "scenario", one.name, one.file)


def _which(record: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(record[field] for field in ("table", "row", "measure", "year"))


def _payback(plan: Plan, variant: Variant, name: str, file: str) -> Iterator[dict[str, str]]:
    """When each pair breaks even and pays back, and what it costs."""
    table = _payback_table(plan)
    # An option may stand in several pairs; its figures are there once.
    found = {tuple(r.items()): r for r in variant_records(table, variant)} if table else {}
    for record in found.values():
        yield {**record, "beside": name, "file": file}


def _payback_table(plan: Plan) -> Table | None:
    pairs = payback(plan)
    if plan.options is None or not pairs:
        return None
    return payback_table(PaybackShown(plan, plan.options, pairs, orphans(plan)))

"""How time and memory grow from 1,000 options to 1,000,000, in each form of a plan's file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.contender import Contender
from benchmarks.growth import growth_table, point_name
from benchmarks.made.plan import MadePlan
from benchmarks.made_totals import Totals, made_in
from benchmarks.work import Size, Work

LINES = (1_000, 10_000, 100_000, 300_000, 1_000_000)
QUICK = (1_000, 10_000, 40_000)


def growth(folder: Path, size: Size) -> Sequence[Contender]:
    """Totals of each form and size, and ledger's beside them."""
    found = list[Contender]()
    for lines in size.lines or (QUICK if size.quick else LINES):
        plan = MadePlan(lines)
        forms = ("yaml", "csv", "parquet", "options.journal")
        work = Totals(plan, made_in(folder / str(lines), plan, forms))
        each = {form: work.totals(form) for form in ("YAML", "CSV", "Parquet")}
        for form, contender in {**each, "ledger": work.ledger()}.items():
            found.append(replace(contender, name=point_name(form, lines)))
    return found


GROWTH = Work(
    "growth", "Growth with the number of options", "", 1, growth, growth_table, small=True
)

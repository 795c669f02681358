"""Totals over plans as tidy data: a record for each group, and for all of them together."""

from collections.abc import Iterator, Mapping

from cfbudget.layout.page import Records
from cfbudget.many.addable import ADDABLE
from cfbudget.many.consolidated import Consolidated
from cfbudget.many.plan_task import Kept
from cfbudget.money import Unit, plain


def totals_records(found: Consolidated, unit: Unit) -> Records:
    """Each sum with how many plans are in it; in the totals, `role` total, all groups are."""
    fields = ("table", *found.by, "role", "measure", "year", "unit", "amount", "plans")
    return Records(fields, list(_rows(found, unit)))


def _rows(found: Consolidated, unit: Unit) -> Iterator[Mapping[str, object]]:
    place = {one.plan: number for number, one in enumerate(found.plans)}
    tables = list(ADDABLE)

    def order(kept: Kept) -> tuple[object, ...]:
        words = (
            (not word, place.get(word, 0) if field == "plan" else 0, word)
            for field, word in zip(found.by, kept.by, strict=True)
        )
        measure = ADDABLE[kept.table].index(kept.measure)
        return tables.index(kept.table), *words, measure, kept.year

    totals: dict[Kept, int] = {}
    for kept, pence in found.sums.items():
        totals[kept.whole] = totals.get(kept.whole, 0) + pence
    by_table = sorted(found.sums, key=order) if found.by else []
    for table in tables:
        for kept in (one for one in by_table if one.table == table):
            yield _record(found, kept, "line", found.sums[kept], unit)
        for kept in sorted((one for one in totals if one.table == table), key=_measure_and_year):
            yield _record(found, kept, "total", totals[kept], unit)


def _measure_and_year(kept: Kept) -> tuple[int, str]:
    return ADDABLE[kept.table].index(kept.measure), kept.year


def _record(
    found: Consolidated, kept: Kept, role: str, pence: int, unit: Unit
) -> dict[str, object]:
    words = kept.by or ("",) * len(found.by)
    return {
        "table": kept.table,
        **dict(zip(found.by, words, strict=True)),
        "role": role,
        "measure": kept.measure,
        "year": kept.year,
        "unit": unit.name,
        "amount": plain(pence, unit),
        "plans": str(found.counts[kept]),
    }

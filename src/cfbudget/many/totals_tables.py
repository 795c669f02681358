"""Totals over plans as tables: groups in rows, a panel for each measure, years in columns."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Key, TableName
from cfbudget.layout.made_of import MadeOf, SumOf
from cfbudget.layout.table import HEADING, Cell, Column, Panel, Row, Table
from cfbudget.many.addable import ADDABLE
from cfbudget.many.consolidated import Consolidated
from cfbudget.many.heading_map import UNMAPPED
from cfbudget.many.plan_task import Kept
from cfbudget.money import Unit
from cfbudget.plan.values import Measure, measure_words
from cfbudget.problem import Refusal
from cfbudget.tables import funding, reserves
from cfbudget.tables.standing_sentences import CHANGE_SIGN, SIGN
from cfbudget.years import FinancialYear, parse_year

TITLES: Mapping[TableName, tuple[str, str]] = {
    "revenue": ("Revenue budgets", SIGN),
    "capital": ("Capital programmes", "spending on assets is plus; it is never added to revenue"),
    "financing": ("Capital financing", "financing is plus, as it pays for spending"),
    "options": ("Policy options", CHANGE_SIGN),
    "position": ("Positions", SIGN),
    "funding": ("Funding", funding.SIGN),
    "reserves": ("Reserves", reserves.SIGN),
}
"""What each table over plans is called, and what plus and minus mean in it."""
FACTS: Mapping[TableName, str] = {
    "revenue": "A plan that prints the net of a service alone is in no total of gross or income.",
    "capital": "Later is after each plan's own last year.",
    "options": "Changes as the plans print them, before what one-offs take back.",
    "position": "Net budgets are indicative: only the listed options are in them.",
}


def totals_tables(found: Consolidated, unit: Unit) -> tuple[Table, ...]:
    """The totals over plans that there are, each table by itself."""
    return tuple(
        _table(found, name, unit)
        for name in ADDABLE
        if any(kept.table == name for kept in found.totals)
    )


def said_of(field: str, word: str) -> str:
    """What a group is called by its word in a field, or by having none."""
    if word:
        return word
    return UNMAPPED if field == "heading" else f"No {field}"


def _table(found: Consolidated, name: TableName, unit: Unit) -> Table:
    sums = {kept: pence for kept, pence in found.sums.items() if kept.table == name}
    cells: dict[Key, Cell] = {}
    for kept, pence in sums.items():
        for depth in range(len(kept.by) + 1):
            key = Key(_row_id(kept.by[:depth]), kept.measure, _year(kept.year))
            cells[key] = Cell(pence + (cells[key].pence if key in cells else 0))
    title, sign = TITLES[name]
    totals = sorted(kept for kept in found.totals if kept.table == name)
    rows = tuple(_rows(found.by, _ordered(found, {kept.by for kept in sums}), ()))
    return Table(
        name=name,
        title=f"{title} together",
        sign=sign,
        facts=(FACTS[name],) if name in FACTS else (),
        unit=unit,
        step=max(unit.pence // 10**unit.places, 1),
        rows=rows if found.by else tuple(_measure_rows(name, totals)),
        panels=tuple(_panels(name, totals) if found.by else [_years_panel(totals)]),
        cells=MappingProxyType(cells),
        made_of=MappingProxyType(_made_of(rows, cells)),
    )


def _ordered(found: Consolidated, groups: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Plans in their order, all else by its words; what has none of them last."""
    place = {one.plan: number for number, one in enumerate(found.plans)}

    def order(group: tuple[str, ...]) -> list[tuple[bool, int, str]]:
        return [
            (not word, place[word] if field == "plan" else 0, word)
            for field, word in zip(found.by, group, strict=True)
        ]

    return sorted(groups, key=order)


def _rows(
    by: Sequence[str], groups: Sequence[tuple[str, ...]], above: tuple[str, ...]
) -> Iterator[Row]:
    """A group's row, with those within it before it; none where these have nothing to say."""
    depth = len(above)
    label = said_of(by[depth - 1], above[-1]) if above else "Total"
    within: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    if any(word for group in groups for word in group[depth:]):
        for group in groups:
            within.setdefault(group[: depth + 1], []).append(group)
    if above and not within:
        yield Row(_row_id(above), label, "line", depth - 1)
        return
    if above:
        yield Row(f"{_row_id(above)}{HEADING}", label, "heading", depth - 1)
    for part, inside in within.items():
        yield from _rows(by, inside, part)
    sums = tuple(map(_row_id, within))
    if above:
        total = f"Total {label if above[-1] else label.lower()}"
        yield Row(_row_id(above), total, "subtotal", depth - 1, sums)
    else:
        yield Row(TOTAL, label, "total", 0, sums)


def _made_of(rows: Collection[Row], cells: Mapping[Key, Cell]) -> dict[Key, MadeOf]:
    """What each total adds up: the groups that have a figure of its measure and year."""
    sums = {row.id: row.sums for row in rows if row.sums}
    return {
        key: SumOf(parts)
        for key in cells
        if (
            parts := tuple(
                p for row in sums.get(key.row, ()) if (p := key._replace(row=row)) in cells
            )
        )
    }


def _row_id(group: tuple[str, ...]) -> str:
    """An id that no other group has: no word has a tab."""
    return "\t".join((TOTAL, *group))


def _measure_rows(name: TableName, totals: Collection[Kept]) -> Iterator[Row]:
    """A row for each measure, where totals are kept apart by nothing else."""
    there = {kept.measure for kept in totals}
    for measure in (one for one in ADDABLE[name] if one in there):
        row = f"{TOTAL}\t{measure}"
        yield Row(row, _words(measure), "total", measure=measure, of=TOTAL, is_apart=False)


def _years_panel(totals: Collection[Kept]) -> Panel:
    years = sorted({kept.year for kept in totals}, key=lambda year: (not year, year))
    some = next(iter(totals)).measure  # each row says what it measures
    return Panel("", tuple(Column(some, _year(year), year or "No year") for year in years))


def _panels(name: TableName, totals: Collection[Kept]) -> Iterator[Panel]:
    """A panel for each measure; one for all where there is only one year to show."""
    columns = {
        measure: [_column(one) for one in totals if one.measure == measure]
        for measure in ADDABLE[name]
    }
    years = {one.year for one in totals if one.year}
    if len(years) <= 1:
        every = [c._replace(heading=_words(c.measure)) for of in columns.values() for c in of]
        yield Panel("".join(years), tuple(every))
        return
    dated = {measure: of for measure, of in columns.items() if of and of[0].year}
    undated = [column for of in columns.values() for column in of if not column.year]
    for measure, of in dated.items():
        last = undated if measure == list(dated)[-1] else []
        yield Panel(_words(measure), (*of, *last))


def _column(kept: Kept) -> Column:
    return Column(kept.measure, _year(kept.year), kept.year or _words(kept.measure))


def _words(measure: Measure) -> str:
    return measure_words(measure).capitalize()


def _year(text: str) -> FinancialYear | None:
    year = parse_year(text) if text else None
    assert not isinstance(year, Refusal), text
    return year

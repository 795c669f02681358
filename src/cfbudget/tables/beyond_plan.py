"""What delays take past the plan's last year, as a table of its own: it is in no other figure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import alike
from cfbudget.plan.files import PolicyOptions
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.working_copy import written_options
from cfbudget.tables.option_row import option_row
from cfbudget.tables.standing_sentences import CHANGE_SIGN
from cfbudget.years import FinancialYear

Moved = Mapping[Row, Mapping[FinancialYear, int]]
"""Pence by the row of an option and year; plus is more spending."""
FACT = (
    "Changes, each against the year before, that a delay takes past the plan's last year: they are "
    "in no figure and in no total of the plan."
)
BETWEEN = f"New − old. {FACT}"


def beyond_table(applied: Applied, scenario: str) -> Table | None:
    """The changes that a scenario's delays take past the plan; None where there are none."""
    options = applied.plan.options
    if options is None or not applied.beyond:
        return None
    title = f"{applied.baseline.name}, {scenario}: beyond the plan"
    return moved_table(title, FACT, moved_beyond(applied), options)


def beyond_between(old: Applied | None, new: Applied | None, title: str) -> Table | None:
    """The same between two plans, new − old; a plan that is no trial moves nothing beyond."""
    rows: dict[str, Row] = {}
    found: dict[str, Counter[FinancialYear]] = {}
    for applied, sign in ((old, -1), (new, 1)):
        for row, amounts in (moved_beyond(applied) if applied else {}).items():
            rows[row.id] = row
            moved = found.setdefault(row.id, Counter())
            moved.update({year: sign * pence for year, pence in amounts.items()})
    options = next((a.plan.options for a in (new, old) if a and a.plan.options), None)
    moves = {rows[row]: amounts for row, amounts in found.items() if any(amounts.values())}
    return moved_table(title, BETWEEN, moves, options) if options and moves else None


def moved_beyond(applied: Applied) -> Moved:
    """What a scenario's delays take past the plan, by option in the order of the changes."""
    written = written_options(applied.plan)
    found: dict[Row, dict[FinancialYear, int]] = {}
    for one in applied.beyond:
        service, option = written[one.option]
        found.setdefault(option_row(option, service), {})[one.year] = one.pence
    return found


def moved_table(title: str, fact: str, moved: Moved, options: PolicyOptions) -> Table:
    """A line for each option and their net amount, by year and over these years."""
    years = sorted({year for amounts in moved.values() for year in amounts})
    parts = tuple(row.id for row in moved)
    cells: dict[Key, Cell] = {}
    for row, amounts in moved.items():
        cells |= _cells(row.id, {year: amounts.get(year, 0) for year in years})
    net = {year: sum(amounts.get(year, 0) for amounts in moved.values()) for year in years}
    cells |= _cells(TOTAL, net)
    columns = [Column("change", year, str(year)) for year in years]
    across = tuple((column.measure, column.year) for column in columns)
    if len(years) > 1:
        columns.append(Column("total", None, "All of it", across))
    return Table(
        name="beyond",
        title=title,
        sign=CHANGE_SIGN,
        facts=(fact,),
        unit=options.unit,
        step=printed_step(options),
        rows=(*moved, Row(TOTAL, "Net, beyond the plan", "total", sums=parts)),
        panels=(Panel("", tuple(columns)),),
        cells=MappingProxyType(cells),
    )


def _cells(row: str, amounts: Mapping[FinancialYear, int]) -> Iterable[tuple[Key, Cell]]:
    yield from ((Key(row, "change", year), Cell(pence)) for year, pence in amounts.items())
    yield Key(row, "total"), Cell(sum(amounts.values()))


def beyond_words(table: Table) -> Iterator[str]:
    """The net amount in a sentence."""
    by_year = {
        column.year: table.cells[Key(TOTAL, "change", column.year)].pence
        for column in table.columns
        if column.year
    }
    amounts = zip(alike(table.unit, *by_year.values(), has_pence=False), by_year, strict=True)
    nets = [f"{pence} in {year}" for pence, year in amounts]
    yield (
        f"Beyond the plan, and in none of its figures: net {', '.join(nets)}, in {table.unit.name}."
    )

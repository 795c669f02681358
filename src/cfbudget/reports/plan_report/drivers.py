"""What drives a plan: how far services move, what each kind of option does, the largest of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.changes import changes_of, reversals_of
from cfbudget.calculate.services import service_tree
from cfbudget.grammar import agreed, listed
from cfbudget.layout.page import Block, Caption, Heading, Sentences
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.table import Row, Table
from cfbudget.money import Unit, headlines
from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.reports.plan_report.subject import ReportSubject
from cfbudget.tables.options_list import options_list
from cfbudget.years import FinancialYear

MOST = 5
"""How many services, and how many options, are named."""


def drivers(subject: ReportSubject) -> Iterator[Block]:
    said = (*_by_service(subject), *_by_kind(subject))
    largest = tuple(_largest(subject))
    if said or largest:
        yield Heading("What drives it")
        yield Sentences(said)
        yield from largest


def moved(amounts: Sequence[tuple[str, int]], unit: Unit) -> str:
    """How far things move, the largest first: Education £7.053m more, Care £0.063m less."""
    there = sorted((one for one in amounts if one[1]), key=lambda one: -abs(one[1]))
    kept, others = there[:MOST], there[MOST:]
    if len(others) > 1:
        kept = [*kept, (f"{len(others)} others together", sum(pence for _, pence in others))]
    else:
        kept = there
    sizes = headlines(*(pence for _, pence in kept), unit=unit)
    return "; ".join(
        f"{name} {size} {'more' if pence > 0 else 'less'}" if pence else f"{name} nil"
        for (name, pence), size in zip(kept, sizes, strict=True)
    )


def levels(table: Table, row: str) -> list[tuple[FinancialYear, int]]:
    """A row's net budgets by year, in pence."""
    keys = (Key(row, "net_budget", column.year) for column in table.columns)
    return [
        (key.year, table.cells[key].pence)
        for key in dict.fromkeys(keys)
        if key in table.cells and key.year
    ]


def _by_service(subject: ReportSubject) -> Iterator[str]:
    """How far the net budget of each service moves from the first year to the last."""
    table = subject.table("position")
    if table is None:
        return
    nodes = service_tree(subject.plan)
    found = [(node.name, levels(table, node.id)) for node in nodes]
    years = [year for year, _ in levels(table, TOTAL)]
    moves = [
        (name, by_year[-1][1] - by_year[0][1])
        for name, by_year in found
        if len(by_year) == len(years) > 1
    ]
    if len(moves) > 1 and any(pence for _, pence in moves):
        yield f"By service, from {years[0]} to {years[-1]}: {moved(moves, table.unit)}."


def _by_kind(subject: ReportSubject) -> Iterator[str]:
    """What the options of each kind do to the net budget by the last year, reversals too."""
    plan = subject.plan
    if plan.options is None:
        return
    last, first = plan.years[-1], plan.years[0]
    found: dict[Kind, int] = {}
    for block in plan.options.services:
        for option in block.options:
            made = changes_of(option, plan.options.basis, plan.years)
            back = reversals_of(option, plan.years, first)
            level = sum(made.values()) + sum(back.values())
            found[option.kind] = found.get(option.kind, 0) + level
    there = [(kind, found[kind]) for kind in KINDS if found.get(kind)]
    if there:
        sizes = headlines(*(pence for _, pence in there), unit=plan.options.unit)
        said = (
            f"{KINDS[kind].together} {agreed(together(kind), _verb(pence))} it by {size}"
            for (kind, pence), size in zip(there, sizes, strict=True)
        )
        yield f"Against the budget before the plan, by {last}: {listed(said)}."


def _verb(pence: int) -> str:
    return "raises" if pence > 0 else "lowers"


def together(kind: Kind) -> int:
    """Whether the word for many of a kind is one of many: 2 for savings, 1 for investment."""
    return 2 if KINDS[kind].together.endswith("s") else 1


def largest_options(table: Table, count: int = MOST) -> list[Row]:
    """The options of a list that change the budget most by its last year, the largest first."""
    lines = [row for row in table.rows if row.role == "line"]

    def size(row: Row) -> int:
        return abs(table.cells[Key(row.id, "total")].pence)

    return [row for row in sorted(lines, key=size, reverse=True) if size(row)][:count]


def _largest(subject: ReportSubject) -> Iterable[Block]:
    plan = subject.plan
    if plan.options is None:
        return
    table = replace(options_list(plan, plan.options), notes=())
    rows = largest_options(table)
    if len(rows) > 1:
        yield Caption("The largest policy options by the size of their changes")
        yield panel_grid(table, table.panels[0], rows)

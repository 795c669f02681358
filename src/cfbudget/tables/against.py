"""A revenue budget beside another plan's: gross, income and net, change and per cent by service."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.against import SIDES, BothYears, Sides, against_amounts, has_own
from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.funds import fund_name
from cfbudget.calculate.paired_services import Dated, PairedService, paired_services, walk_paired
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.services import fund_row, in_order_of_funds, own_row
from cfbudget.layout.made_of import ChangeShareOf, DifferenceOf, MadeOf
from cfbudget.layout.table import HEADING, Cell, Column, Panel, Row, Table
from cfbudget.layout.units import PER_CENT, share
from cfbudget.plan.files import Service
from cfbudget.plan.values import Measure
from cfbudget.problem import Place, printable
from cfbudget.tables.against_words import against_facts, against_notes, year_words
from cfbudget.tables.standing_sentences import SIGN
from cfbudget.tables.total_names import named, noted

IN_ONE = "In one figure"
"""What only one of the two budgets splits between services within it."""
CAPTIONS = ("Gross", "Income: a minus change is more income", "Net = gross + income")


class Against(NamedTuple):
    """A revenue budget, the one that it is held against, and what the latter's plan is called."""

    new: Dated
    old: Dated
    name: str


def against_table(of: Against) -> Table:
    """Both budgets by service, as the new one nests them, with their totals."""
    services = paired_services(of.old, of.new)
    years = BothYears(*(one.budget.financial_year.year for one in (of.old, of.new)))
    computed = against_amounts(services, years)
    amounts, sums = computed.amounts, {made.row: made.parts for made in computed.sums}
    then, now = year_words(of.old, of.new)
    rows = tuple(_rows(of, services, sums))
    there = {key.measure for key in amounts}
    panels = (
        Panel(caption, _columns(side, years, (then, now)))
        for side, caption in zip(SIDES, CAPTIONS, strict=True)
        if side.measure in there
    )
    return Table(
        name="revenue",
        title=f"{of.new.plan.name}: revenue budget, {now} against {then}",
        sign=f"{SIGN}; net = gross + income",
        facts=tuple(against_facts(of.old, of.new, printable(of.name), amounts)),
        unit=of.new.budget.unit,
        step=min(printed_step(of.new.budget), printed_step(of.old.budget)),
        rows=rows,
        panels=tuple(panels),
        cells=MappingProxyType(_cells(services, amounts, years)),
        notes=tuple(against_notes(of.old, of.new, services, printable(of.name))),
        made_of=MappingProxyType(_made_of(amounts, years)),
    )


def rows_within(of: Against, services: Collection[str] | None) -> Collection[str] | None:
    """The services that are wanted, with those within them that only the other budget has."""
    if services is None:
        return None
    nodes = paired_services(of.old, of.new)
    below = (walk_paired((node,)) for node in walk_paired(nodes) if node.id in services)
    return {node.id for found in below for node in found}


def _columns(side: Sides, years: BothYears, words: tuple[str, str]) -> tuple[Column, ...]:
    this, then, change = years.columns(side)
    parts = zip(*(years.columns(other)[:2] for other in SIDES[:2]), strict=True)
    of, against = parts if side.measure == "net" else ((), ())
    return (
        Column(*then, words[0], against),
        Column(*this, words[1], of),
        Column(*change, "Change"),
        Column(side.share, years.now, "Per cent", unit=PER_CENT),
    )


def _rows(
    of: Against, services: tuple[PairedService, ...], sums: Mapping[str, tuple[str, ...]]
) -> Iterator[Row]:
    for node in services:
        yield from _service_rows(of, node, sums, 0)
    for fund in in_order_of_funds(node.fund for node in services):
        if (row := fund_row(fund)) in sums:
            plan = of.new.plan if fund in _own_funds(services) else of.old.plan
            yield Row(row, f"Total {fund_name(plan, fund)}", "subtotal", sums=sums[row], fund=fund)
    budget = of.new.budget
    label = named(budget.stated, f"Total {budget.name}")
    funds = {node.fund for node in services}
    fund = next(iter(funds)) if len(funds) == 1 else ""
    yield Row(TOTAL, label, "total", sums=sums[TOTAL], note=noted(budget), fund=fund)


def _own_funds(services: tuple[PairedService, ...]) -> frozenset[str]:
    """The funds that the new budget has."""
    return frozenset(node.fund for node in services if node.new)


def _service_rows(
    of: Against, node: PairedService, sums: Mapping[str, tuple[str, ...]], depth: int
) -> Iterator[Row]:
    """A service's row, or its heading, what is within it and its total."""
    service, label = node.service, _label(of, node)
    known = Row(
        node.id,
        label,
        "line",
        depth,
        service=node.id,
        note=noted(service),
        fund=node.fund,
    )
    if not node.children:
        yield known
        return
    yield known._replace(id=f"{node.id}{HEADING}", role="heading", note="")
    if has_own(node):
        yield known._replace(id=own_row(node.id), label=IN_ONE, depth=depth + 1, note="")
    for child in node.children:
        yield from _service_rows(of, child, sums, depth + 1)
    total = named(service.stated, f"Total {service.name}")
    yield known._replace(label=total, role="subtotal", sums=sums[node.id])


def _label(of: Against, node: PairedService) -> str:
    """Its name; what it was called; where only one of the budgets has it, which."""
    if node.old is None:
        facts = [f"not in {printable(of.name)}"]
    elif node.new is None:
        facts = [f"only in {printable(of.name)}"]
    else:
        facts = [f"was {node.old.name}"] if node.old.name != node.new.name else []
        facts += [_stood(node)] if node.stood else []
    return f"{node.service.name} ({'; '.join(facts)})" if facts else node.service.name


def _stood(node: PairedService) -> str:
    assert node.stood is not None, "only what has moved stood elsewhere"
    return f"was within {node.stood.within}" if node.stood.within else "was within no other"


def _cells(
    services: tuple[PairedService, ...], amounts: Amounts, years: BothYears
) -> dict[Key, Cell]:
    """What the budgets give is an input, with the line that it stands on in its own plan."""
    lines = {own_row(node.id) if node.children else node.id: node for node in walk_paired(services)}
    cells = {key: Cell(pence) for key, pence in amounts.items()}
    for row, node in lines.items():
        for side in SIDES:
            is_made = side.measure == "net" and Key(row, "gross", years.now) in amounts
            for column, of in zip(years.columns(side), (node.new, node.old), strict=False):
                if (key := Key(row, *column)) in amounts:
                    place = _place(of, side.measure) if of else None
                    cells[key] = Cell(amounts[key], place, not is_made)
    for key, made in _made_of(amounts, years).items():
        if isinstance(made, ChangeShareOf):
            cells[key] = Cell(share(amounts[made.change], abs(amounts[made.before])))
    return cells


def _place(service: Service, measure: Measure) -> Place:
    """Where a figure stands; of what is worked out, where its service does."""
    given = {"gross": service.gross, "income": service.income, "net": service.net}
    figure = given.get(measure)
    return figure.place if figure else service.place


def _made_of(amounts: Amounts, years: BothYears) -> dict[Key, MadeOf]:
    """A change is a difference; a share there is only of what is not nil."""
    made: dict[Key, MadeOf] = {}
    for row in dict.fromkeys(key.row for key in amounts):
        for side in SIDES:
            this, then, change = (Key(row, *column) for column in years.columns(side))
            if change in amounts:
                made[change] = DifferenceOf((this,), (then,))
                if amounts[then]:
                    made[change._replace(measure=side.share)] = ChangeShareOf(change, then)
    return made

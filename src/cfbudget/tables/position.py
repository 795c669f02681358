"""The position as a table: four views of each service, each saying what it is against."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Amounts, ColumnKey, Key
from cfbudget.calculate.changes import knows_changes, reversal_row
from cfbudget.calculate.forecasts import forecast_years
from cfbudget.calculate.not_known import position_lacks, unknown_changes
from cfbudget.calculate.options import blocks_by_service
from cfbudget.calculate.other_movements import moved_together
from cfbudget.calculate.position import base_of, opening_years, position_amounts, position_years
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.projected import PROJECTED
from cfbudget.calculate.services import ServiceNode, own_row, service_tree, with_parents
from cfbudget.grammar import listed
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.plan.files import AnyTable, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place
from cfbudget.tables.fund_rows import fund_rows, with_funds
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.position_words import position_notes
from cfbudget.tables.standing_sentences import SIGN, forecast_heading, on_projected
from cfbudget.years import FinancialYear

OTHER = (
    "Other movements, not in the listed options: net budget = the one before it + change + "
    "other movements"
)

OF_OPTIONS = ("change", "cumulative_change", "total_to_date")
"""The measures of which a plan without options has nothing but nils."""
BASED = ("net_budget", "other_movements", *PROJECTED)
"""The measures of which a figure stands on the budget of its year."""


def position_table(plan: Plan) -> Table:
    """Changes, other movements, levels, net budget and total to date by service and year."""
    computed = position_amounts(plan)
    sums = {made.row: made.parts for made in computed.sums}
    options = (plan.options,) if plan.options else ()
    files: tuple[AnyTable, ...] = (*plan.revenue, *options)
    unit, years = files[0].unit, position_years(plan)
    panels = (
        Panel(_change_caption(plan), tuple(Column("change", year, str(year)) for year in years)),
        Panel(OTHER, tuple(Column("other_movements", year, str(year)) for year in years)),
        Panel(
            "Cumulative change, against the opening: a level, not to be added up over years",
            tuple(_cumulative(plan)),
        ),
        Panel(_net_caption(plan), tuple(_net_budget(plan))),
        Panel(
            "Gross in the net budget, which is gross + income, where every option of a service "
            "says which of the two it changes",
            tuple(Column("gross", year, str(year)) for year in years),
        ),
        Panel("Income in the net budget", tuple(Column("income", y, str(y)) for y in years)),
        Panel(
            "Total to date, against the opening: money over the years, never a budget level",
            tuple(_to_date(plan)),
        ),
    )
    there = {(key.measure, key.year) for key in computed.amounts}
    shown = [
        Panel(
            p.caption,
            tuple(c for c in p.columns if (c.measure, c.year) in there),
            is_empty=plan.options is None and p.columns[0].measure in OF_OPTIONS,
        )
        for p in panels
    ]
    return Table(
        name="position",
        title=f"{plan.name}: position by service and year{on_projected(plan)}",
        sign=SIGN,
        facts=tuple(_bases(plan)),
        unit=unit,
        step=min(printed_step(file) for file in files),
        rows=with_funds(plan, _rows(plan, sums)),
        panels=tuple(panel for panel in shown if panel.columns),
        cells=MappingProxyType(_cells(plan, computed.amounts)),
        notes=(*position_notes(plan, computed.amounts), *left_out_note(unknown_changes(plan))),
    )


def _change_caption(plan: Plan) -> str:
    """With several budgets a net budget moves by more than the listed options say."""
    by = " by the listed options" if len(plan.revenue) > 1 else ""
    return f"Change in each year{by}, against the year before"


def _net_caption(plan: Plan) -> str:
    if not knows_changes(plan):
        return "Net budget"
    years = [str(year) for year in forecast_years(plan)]
    forecast = f"; {listed(years)}: a forecast against the approved budget" if years else ""
    return f"Net budget = opening + cumulative change{forecast}"


def _cumulative(plan: Plan) -> Iterator[Column]:
    years = position_years(plan)
    for count, year in enumerate(years, start=1):
        parts: list[ColumnKey] = [("change", before) for before in years[:count]]
        yield Column("cumulative_change", year, str(year), tuple(parts))


def _to_date(plan: Plan) -> Iterator[Column]:
    for count, year in enumerate(plan.years, start=1):
        parts: list[ColumnKey] = [("cumulative_change", before) for before in plan.years[:count]]
        yield Column("total_to_date", year, str(year), tuple(parts))


def _net_budget(plan: Plan) -> Iterator[Column]:
    """The opening, and each year on it; a later budget's opening stands before its years."""
    shown: set[FinancialYear | None] = set()
    forecast = forecast_years(plan)
    for year, kept_under in opening_years(plan).items():
        if kept_under not in shown:
            shown.add(kept_under)
            heading = "Opening" if kept_under is None else f"Opening, {kept_under} budget"
            yield Column("opening", kept_under, heading)
        parts: tuple[ColumnKey, ...] = (("opening", kept_under), ("cumulative_change", year))
        heading = forecast_heading(year) if year in forecast else str(year)
        yield Column("net_budget", year, heading, parts, year in forecast)


def _bases(plan: Plan) -> Iterator[str]:
    """What each opening is, and which years stand on it."""
    if not plan.revenue:
        yield "No revenue budget in the plan: no opening and no net budget."
        return
    if not knows_changes(plan):
        yield "No policy options in the plan, though a budget contains some: no opening."
        return
    shown = position_years(plan)
    before = [str(year) for year in shown if base_of(plan, year) is None]
    if before:
        yield f"No revenue budget at or before {listed(before)}: no net budget."
    standing: dict[FinancialYear, list[str]] = {}
    for year in shown:
        if base := base_of(plan, year):
            standing.setdefault(base.financial_year.year, []).append(str(year))
    for budget in plan.revenue:
        if years := standing.get(budget.financial_year.year):
            opening = f"Opening for {listed(years)}" if len(standing) > 1 else "Opening"
            yield f"{opening}: {_opening(plan, budget)}."
    if len(plan.revenue) > 1:
        yield from _of_several(plan)
    if plan.options:
        beyond = "beyond these budgets only" if len(standing) > 1 else "only"
        yield f"Indicative: {beyond} the listed options are in the net budget."


def _of_several(plan: Plan) -> Iterator[str]:
    """How the services of several budgets stand together."""
    latest = plan.revenue[-1].financial_year.year
    yield f"Services stand within one another as in the {latest} budget."
    if together := moved_together(plan):
        yield (
            f"Options of {listed(list(together))} as a whole are somewhere in the budgets of the "
            "services within: other movements there are those of the total."
        )


def _opening(plan: Plan, budget: RevenueBudget) -> str:
    year = f"{'projected ' if budget.projected else ''}{budget.financial_year.year}"
    contained = [str(word.year) for word in budget.contains_options_of]
    if plan.options is None:
        return f"the {year} budget; the plan lists no options"
    if not contained:
        return f"the {year} budget, which contains none of the listed options"
    return (
        f"the budget before the plan (derived): the {year} budget less the options of "
        f"{listed(contained)}, which it already contains"
    )


def _cells(plan: Plan, amounts: Amounts) -> dict[Key, Cell]:
    """Each figure with the line it comes from: a budget's, or that of a block of options."""
    lines = {
        (budget.financial_year.year, service.id): service.place
        for budget in plan.revenue
        for _, service in with_parents(budget.services)
    }
    blocks = {service: block.place for service, block in blocks_by_service(plan).items()}
    kept_under = opening_years(plan)
    bases = {year: base.financial_year.year for year in kept_under if (base := base_of(plan, year))}
    openings = {kept: bases[year] for year, kept in kept_under.items()}
    cells: dict[Key, Cell] = {}
    lacks = position_lacks(plan)
    for key, pence in amounts.items():
        service = key.row.partition("/")[0]
        place = blocks.get(service)
        if key.measure == "opening":
            place = lines.get((openings[key.year], service))
        elif key.measure in BASED and key.year is not None:
            place = lines.get((bases[key.year], service))
        cells[key] = Cell(pence, place, lacks=key in lacks)
    return cells


def _rows(plan: Plan, sums: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    """Services as the tree has them; a row's own line is that of the first budget with it."""
    places = {service: block.place for service, block in blocks_by_service(plan).items()}
    for budget in reversed(plan.revenue):
        places |= {service.id: service.place for _, service in with_parents(budget.services)}
    labels = _labels(plan)
    for node in service_tree(plan):
        yield from _service_rows(node, sums, (places, labels), 0)
    yield from fund_rows(plan, sums)
    yield Row(TOTAL, labels.get(TOTAL, f"Total {plan.name}"), "total", sums=sums[TOTAL])


def _labels(plan: Plan) -> dict[str, str]:
    """What the latest budget that names a total calls it, by row."""
    labels: dict[str, str] = {}
    for budget in plan.revenue:
        stated = {service.id: service.stated for _, service in with_parents(budget.services)}
        for row, found in {**stated, TOTAL: budget.stated}.items():
            if found and found.label:
                labels[row] = found.label
    return labels


def _service_rows(
    node: ServiceNode,
    sums: Mapping[str, tuple[str, ...]],
    known: tuple[Mapping[str, Place], Mapping[str, str]],
    depth: int,
) -> Iterator[Row]:
    """A service's row, or its heading, what it is made of and its total.

    Args:
        known: by service, the place of its line, and what its total is called.
    """
    place = known[0].get(node.id)
    parts = sums.get(node.id)
    if parts is None:
        yield Row(node.id, node.name, "line", depth, service=node.id, place=place)
        return
    yield Row(f"{node.id}/heading", node.name, "heading", depth, service=node.id)
    own_labels = {
        own_row(node.id): _own_label(node),
        reversal_row(node.id): "Reversal of one-off options",
    }
    for row, label in own_labels.items():
        if row in parts:
            yield Row(row, label, "line", depth + 1, service=node.id, place=place)
    for child in node.children:
        yield from _service_rows(child, sums, known, depth + 1)
    total = known[1].get(node.id, f"Total {node.name}")
    yield Row(node.id, total, "subtotal", depth, parts, service=node.id)


def _own_label(node: ServiceNode) -> str:
    if not node.children:
        return "Before reversals"
    return "Its own budget and options" if node.has_budget else "Options of the service as a whole"

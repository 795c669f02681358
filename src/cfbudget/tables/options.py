"""The policy options as a table, grouped and totalled as plans print them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.changes import years_before
from cfbudget.calculate.not_known import LeftOut, options_lack, unknown_changes
from cfbudget.calculate.option_before import before_amounts
from cfbudget.calculate.option_fte import fte_amounts
from cfbudget.calculate.options import (
    KindAndStatus,
    block_row,
    blocks_by_service,
    group_row,
    grouped,
    groups,
    option_amounts,
    option_tree,
)
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.services import ServiceNode
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.money import FTE
from cfbudget.plan.files import Option, PolicyOptions, ServiceOptions
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Place
from cfbudget.tables.fund_rows import fund_rows, with_funds
from cfbudget.tables.given_cell import given_cell
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.option_row import option_row
from cfbudget.tables.standing_sentences import CHANGE_SIGN, source_line, titled
from cfbudget.tables.total_names import named_change, noted
from cfbudget.years import FinancialYear

FTE_CAPTION = (
    "Full-time equivalents, no money: the change in each year against the year before; "
    "an option that gives none counts as nil"
)


BEFORE_CAPTION = (
    "Before the plan, in no total of it: what each option changed in earlier years; a one-off is "
    "taken back the year after, and payback counts from these"
)


def group_name(group: KindAndStatus) -> str:
    """What a group is called: new savings, previously approved investment."""
    kind, status = group
    return f"{status.replace('-', ' ')} {KINDS[kind].together}"


def options_table(plan: Plan, options: PolicyOptions) -> Table:
    """Changes by option and year, with subtotals by group and service."""
    computed = option_amounts(plan)
    sums = {made.row: made.parts for made in computed.sums}
    posts, before = fte_amounts(plan), before_amounts(plan)
    years = plan.years
    changes: list[tuple[Measure, FinancialYear | None]] = [("change", year) for year in years]
    one_offs = [o.name for block in options.services for o in block.options if not o.recurs]
    heading = "All changes" if one_offs else f"By {years[-1]}"
    columns = (
        *(Column("change", year, str(year)) for year in years),
        Column("total", None, heading, tuple(changes)),
    )
    return Table(
        name="options",
        title=titled(plan.name, "policy options, changes to the revenue budget", options.name),
        sign=CHANGE_SIGN,
        facts=(
            *_meaning(years, heading, one_offs),
            *_level_line(options),
            *source_line(options.source),
        ),
        unit=options.unit,
        step=printed_step(options),
        rows=with_funds(plan, (*_rows(plan, sums), *_plan_rows(plan, options, sums))),
        panels=(
            Panel("", columns),
            *(_fte_panel(plan, heading) if posts else ()),
            *(_before_panel(plan) if before else ()),
        ),
        cells=_cells(options, {**computed.amounts, **posts, **before}, options_lack(plan)),
        notes=tuple(left_out_note(unknown_changes(plan))),
    )


def _fte_panel(plan: Plan, heading: str) -> tuple[Panel]:
    """The full-time equivalents of the same rows.

    Args:
        heading: of the changes of all years.
    """
    years = [Column("fte", year, str(year), unit=FTE) for year in plan.years]
    summed = tuple((column.measure, column.year) for column in years)
    words = heading.replace("All", "All FTE").replace("By", "FTE by")
    total = Column("fte", None, words, summed, unit=FTE)
    blocks = plan.options.services if plan.options else ()
    every = [option for block in blocks for option in block.options]
    has_reversals = any(not option.recurs and option.fte for option in every)
    caption = f"{FTE_CAPTION}; before what one-offs take back" if has_reversals else FTE_CAPTION
    return (Panel(caption, (*years, total), is_sparse=True),)


def _before_panel(plan: Plan) -> tuple[Panel]:
    columns = tuple(Column("before", year, str(year)) for year in years_before(plan))
    return (Panel(BEFORE_CAPTION, columns, is_sparse=True),)


def _meaning(
    years: tuple[FinancialYear, ...], heading: str, one_offs: list[str]
) -> tuple[str, ...]:
    """What a year's column and the last column are, so that neither is taken for another."""
    last = years[-1]
    not_a_cost = "It is not a cost over the years, and not to be added to the base budget."
    if not one_offs:
        return (
            "Each year: the change in that year against the year before; it stays in later years.",
            f"{heading}: the changes added up, the level that {last} reaches against the opening "
            f"(the budget before the plan). {not_a_cost}",
        )
    return (
        "Each year: the change in that year as printed. It stays in later years, but for a "
        f"one-off, which is taken back the year after: {', '.join(one_offs)}.",
        f"{heading}: the changes added up, before reversals. {not_a_cost} The level that {last} "
        "reaches, with the reversals, is in the position.",
    )


def _level_line(options: PolicyOptions) -> tuple[str, ...]:
    if options.basis == "change":
        return ()
    return ("The plan prints levels: a change here is the step from one level to the next.",)


def _rows(plan: Plan, sums: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    blocks = blocks_by_service(plan)
    for node in option_tree(plan):
        yield from _service_rows(node, blocks, sums, 0)


def _service_rows(
    node: ServiceNode,
    blocks: Mapping[str, ServiceOptions],
    sums: Mapping[str, tuple[str, ...]],
    depth: int,
) -> Iterator[Row]:
    """A service's heading, its own groups, the services within it, and its total change."""
    block = blocks.get(node.id)
    name = (block.name if block else None) or node.name
    yield Row(f"{node.id}/heading", name, "heading", depth, service=node.id)
    if block:
        yield from _group_rows(block, sums, depth + 1)
        if node.children:
            own = f"Total change, {name}: its own options"
            yield _block_total(block, block_row(node), own, depth + 1, sums)
    for child in node.children:
        yield from _service_rows(child, blocks, sums, depth + 1)
    label = f"Total change, {name}"
    if block and not node.children:
        yield _block_total(block, node.id, label, depth, sums)
    else:
        yield Row(node.id, label, "subtotal", depth, sums[node.id], service=node.id)


def _block_total(
    block: ServiceOptions, row: str, label: str, depth: int, sums: Mapping[str, tuple[str, ...]]
) -> Row:
    """What a block's own options come to: its stated totals are of these alone."""
    shown = named_change(block.stated, label)
    return Row(
        row, shown, "subtotal", depth, sums[row], service=block.service.text, note=noted(block)
    )


def _group_rows(
    block: ServiceOptions, sums: Mapping[str, tuple[str, ...]], depth: int
) -> Iterator[Row]:
    service = block.service.text
    for group, options in grouped(block).items():
        kind, status = group
        row, name = group_row(service, group), group_name(group)
        heading = name[0].upper() + name[1:]
        yield Row(f"{row}/heading", heading, "heading", depth, service=service)
        for option in options:
            yield option_row(option, service, depth=depth + 1, note=noted(option))
        yield Row(row, f"Total {name}", "subtotal", depth, sums[row], service, kind, status)


def _plan_rows(
    plan: Plan, options: PolicyOptions, sums: Mapping[str, tuple[str, ...]]
) -> Iterator[Row]:
    """The whole plan: its groups over all services, and the grand total."""
    there = [group for group in groups() if group_row(TOTAL, group) in sums]
    if there:
        yield Row(f"{TOTAL}/heading", options.name, "heading")
    for group in there:
        row = group_row(TOTAL, group)
        label = f"All {group_name(group)}"
        yield Row(row, label, "subtotal", 1, sums[row], "", *group)
    yield from fund_rows(plan, sums)
    label = named_change(options.stated, f"Total change, {options.name}")
    yield Row(TOTAL, label, "total", sums=sums[TOTAL], note=noted(options))


def _cells(options: PolicyOptions, amounts: Amounts, lacks: LeftOut) -> Mapping[Key, Cell]:
    """Every figure, with the place of what the file gives, or gives as nil.

    Under `basis: level` it gives levels, and the changes of an assumption are worked out.
    """
    blocks = options.services if options.basis == "change" else ()
    lines = {option.id: option for block in blocks for option in block.options}
    cells: dict[Key, Cell] = {}
    for key, pence in amounts.items():
        line = lines.get(key.row) if key.year is not None else None
        place = _place(line, key) if line else None
        given = line is not None and not (key.measure == "change" and line.is_assumption)
        cells[key] = given_cell(pence, place, lacks.get(key, ()), given=given)
    return MappingProxyType(cells)


def _place(option: Option, key: Key) -> Place | None:
    """Where an option's figure of a year stands, if it does."""
    assert key.year is not None, key
    if key.measure == "change" and key.year in option.unknown:
        return option.unknown[key.year]
    by_measure = {"change": option.changes, "fte": option.fte, "before": option.before}
    figure = by_measure[key.measure].get(key.year)
    return figure.place if figure else None

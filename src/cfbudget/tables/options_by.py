"""The policy options by category, portfolio, owner, kind or status, over all services."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.option_groups import (
    OF_TEXTS,
    OptionGroup,
    grouping_row,
    groupings_given,
    option_groups,
    stated_groups,
    with_groups,
)
from cfbudget.calculate.services import service_tree, walk
from cfbudget.layout.table import HEADING, Cell, Row, Table
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.groupings import Grouping
from cfbudget.plan.kinds import KINDS
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Description, Stated
from cfbudget.tables.fund_rows import with_funds
from cfbudget.tables.option_row import option_label, option_row
from cfbudget.tables.options import options_table
from cfbudget.tables.standing_sentences import titled
from cfbudget.tables.total_names import named_change, noted

NOT_GIVEN = "Not given"


def options_by(plan: Plan, options: PolicyOptions, by: Grouping) -> Table:
    """Changes by option and year, each group under its name with its subtotal.

    Its total is the plan's: the same options, added up in another order.
    """
    groups = option_groups(options, by)
    table = with_group_cells(options_table(plan, options), groups)
    total = next(row for row in table.rows if row.id == TOTAL)
    services = {
        option.id: block.service.text for block in options.services for option in block.options
    }
    names = {node.id: node.name for node in walk(service_tree(plan))}
    made = (row for group in groups for row in _group_rows(group, by, services, names))
    rows = with_funds(plan, made)
    labels = _labels(options)
    what = f"policy options by {by}, changes to the revenue budget"
    return replace(
        table,
        title=titled(plan.name, what, options.name),
        rows=(
            *(_labelled(row, labels) for row in rows),
            total._replace(sums=tuple(group.row for group in groups)),
        ),
        notes=(*table.notes, *_none_given(groups, by)),
    )


def _group_rows(
    group: OptionGroup, by: Grouping, services: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Row]:
    name = group_heading(group, by)
    yield Row(f"{group.row}{HEADING}", name, "heading")
    for option in group.options:
        service = services[option.id]
        label = f"{option_label(option)} ({names[service]})"
        yield option_row(option, service, label, depth=1, note=noted(option))
    yield _subtotal(group, by, f"Total {name if group.said else name.lower()}")


def group_heading(group: OptionGroup, by: Grouping) -> str:
    """A group's name: as it is written, or what many of a kind or status are called."""
    said = group.said
    if by == "kind":
        said = KINDS[said].together
    elif by == "status":
        said = said.replace("-", " ")
    return said[:1].upper() + said[1:] if by in ("kind", "status") else said or NOT_GIVEN


def _subtotal(group: OptionGroup, by: Grouping, label: str, depth: int = 0) -> Row:
    """A group's total, which says of itself what all its options say."""
    option = group.options[0]
    return Row(
        group.row,
        label,
        "subtotal",
        depth,
        group.row_sum.parts,
        kind=option.kind if by == "kind" else "",
        status=option.status if by == "status" else "",
        description=Description(**({by: group.said} if by in OF_TEXTS else {})),
    )


def _labels(options: PolicyOptions) -> Mapping[str, Stated]:
    """The printed totals of groups, by the row that they are of."""
    return {group.row: stated.stated for stated, group in stated_groups(options)}


def _labelled(row: Row, stated: Mapping[str, Stated]) -> Row:
    """A total under its printed name, if it has one."""
    return row._replace(label=named_change(stated.get(row.id), row.label))


def with_group_cells(table: Table, groups: Sequence[OptionGroup]) -> Table:
    """A table of the options with the cells of groups' totals, for rows that are still to come."""
    given = {key: cell.pence for key, cell in table.cells.items()}
    group_of = {option.id: group.row for group in groups for option in group.options}
    lacks = {
        key._replace(row=group_of[key.row])
        for key, cell in table.cells.items()
        if key.row in group_of and (cell.lacks or cell.is_unknown)
    }
    amounts = with_groups(given, groups)
    cells = {key: Cell(pence, lacks=key in lacks) for key, pence in amounts.items()}
    return replace(table, cells=MappingProxyType({**cells, **table.cells}))


def with_groupings(table: Table, options: PolicyOptions) -> Table:
    """The options' table with the totals of all that its options say of themselves, below it."""
    labels = _labels(options)
    for by in groupings_given(options):
        groups = option_groups(options, by)
        whole = grouping_row(by)
        parts = tuple(group.row for group in groups)
        subtotals = [_subtotal(group, by, group_heading(group, by), 1) for group in groups]
        rows = (
            Row(f"{whole}{HEADING}", f"By {by}", "heading"),
            *(_labelled(row, labels) for row in subtotals),
            Row(whole, f"Total by {by}", "subtotal", sums=parts),
        )
        table = with_group_cells(table, groups)
        totals = {
            key._replace(row=whole): Cell(cell.pence)
            for key, cell in table.cells.items()
            if key.row == TOTAL
        }
        cells = MappingProxyType({**table.cells, **totals})
        table = replace(table, rows=(*table.rows, *rows), cells=cells)
    return table


def _none_given(groups: Sequence[OptionGroup], by: Grouping) -> tuple[str, ...]:
    if any(group.said for group in groups) or not groups:
        return ()
    return (f"No option of the plan has {'an' if by == 'owner' else 'a'} {by}.",)

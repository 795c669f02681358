"""The policy options as a list, one a row: ref, name, service, owner and figures."""

from dataclasses import replace
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.services import service_tree, walk
from cfbudget.layout.table import RowWords, Table
from cfbudget.plan.files import PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.tables.fund_rows import with_funds
from cfbudget.tables.option_row import option_row
from cfbudget.tables.options import options_table
from cfbudget.tables.standing_sentences import titled
from cfbudget.tables.total_names import noted


def options_list(plan: Plan, options: PolicyOptions, table: Table | None = None) -> Table:
    """Every option in the order of the file, and their total. Words that no option has stay out.

    Args:
        table: the plan's options by service, where it is made already.
    """
    table = table or options_table(plan, options)
    names = {node.id: node.name for node in walk(service_tree(plan))}
    lines = [
        option_row(option, block.service.text, note=noted(option))
        for block in options.services
        for option in block.options
    ]
    rows = with_funds(plan, lines)
    total = next(row for row in table.rows if row.id == TOTAL)
    words = (
        RowWords("Ref", {row.id: row.description.ref for row in rows}),
        RowWords("Service", {row.id: names[row.service] for row in rows}),
        RowWords("Owner", {row.id: row.description.owner for row in rows}),
    )
    given = tuple(column for column in words if any(column.said.values()))
    money, *posts = table.panels
    columns = [column for panel in posts for column in panel.columns if column.year is None]
    fte = tuple(column._replace(heading="FTE", sums=()) for column in columns)
    kept = {row.id for row in (*rows, total)}
    cells = {key: cell for key, cell in table.cells.items() if key.row in kept}
    what = "policy options, one a row, changes to the revenue budget"
    return replace(
        table,
        title=titled(plan.name, what, options.name),
        rows=(*rows, total._replace(sums=tuple(row.id for row in rows))),
        panels=(money._replace(columns=(*money.columns, *fte), words=given),),
        cells=MappingProxyType(cells),
    )

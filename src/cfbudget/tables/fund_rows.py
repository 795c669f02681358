"""Rows of a table by fund: what each fund comes to, and whose money every row is."""

from collections.abc import Iterable, Iterator, Mapping

from cfbudget.calculate.funds import fund_names, funds
from cfbudget.calculate.services import fund_row, service_tree, walk
from cfbudget.layout.table import Row
from cfbudget.plan.plan import Plan


def fund_rows(plan: Plan, sums: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    """The total of each fund, of a table that has services of several."""
    names = fund_names(plan)
    for fund in funds(plan):
        row = fund_row(fund)
        if row in sums:
            yield Row(row, f"Total {names[fund]}", "subtotal", sums=sums[row], fund=fund)


def with_funds(plan: Plan, rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows with whose money they are: their service's fund; none, of what is of several."""
    there = funds(plan)
    of = {node.id: node.fund for node in walk(service_tree(plan))}
    of_all = there[0] if len(there) == 1 else ""
    return tuple(
        row if row.fund is not None else row._replace(fund=of.get(row.service, of_all))
        for row in rows
    )

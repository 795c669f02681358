"""The bridge from an old plan to a new one as a table, which lands on the new net budgets.

The old net budgets and every line are given; the causes' totals, the difference and the new net
budgets add up from them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from cfbudget.calculate.amounts import ByYear, Key
from cfbudget.calculate.bridge_lines import Bridge, BridgeCause, BridgeLine
from cfbudget.grammar import listed
from cfbudget.layout.table import Cell, Column, Panel, Row, Table
from cfbudget.problem import printable
from cfbudget.tables.compare_labels import heading_of, label_of
from cfbudget.tables.standing_sentences import CHANGE_SIGN

OLD, NEW, DIFFERENCE = "/old", "/new", "/difference"
"""An option may have the id `old`; none begins with a /, which records leave out."""


class Bridged(NamedTuple):
    """A bridge and its two ends as the user named them."""

    bridge: Bridge
    old: str
    new: str
    plans: tuple[str, str]
    """What the old and the new plan call themselves."""
    beyond: Table | None = None
    """What delays take past the last year, of the new plan less of the old one."""


def bridge_table(bridged: Bridged) -> Table:
    """Both net budgets, and between them every line under its causes, with their totals."""
    bridge = bridged.bridge
    rows = tuple(_rows(bridged))
    return Table(
        name="compare",
        title=bridge_title(bridged),
        sign=CHANGE_SIGN,
        facts=(),
        unit=bridge.unit,
        step=bridge.step,
        rows=rows,
        panels=(Panel("", tuple(Column("net_budget", y, str(y)) for y in bridge.years)),),
        cells=MappingProxyType(_cells(bridge)),
    )


def bridge_title(bridged: Bridged) -> str:
    old, new = printable(bridged.old), printable(bridged.new)
    before, after = bridged.plans
    if before != after:
        return f"From {old} ({before}) to {new} ({after})"
    return f"{after}: from {old} to {new}"


def causes_of(bridge: Bridge) -> Mapping[str, str]:
    """The causes of each row that has any, in words."""
    found: dict[str, str] = {}
    for causes, lines in bridge.by_causes.items():
        words = ", ".join(causes)
        found |= {row_of(line): words for line in lines} | {cause_row(causes): words}
    return found


def _rows(bridged: Bridged) -> Iterator[Row]:
    bridge = bridged.bridge
    yield Row(OLD, net_budget_of(bridged, 0), "total", is_apart=False)
    labels = _labels(bridge)
    for causes, lines in bridge.by_causes.items():
        row = cause_row(causes)
        yield Row(f"{row}/heading", heading_of(causes), "heading")
        yield from (_line(line, labels) for line in lines)
        if len(lines) > 1:
            parts = tuple(map(row_of, lines))
            yield Row(row, f"Total {', '.join(causes)}", "subtotal", sums=parts)
    every = tuple(map(row_of, bridge.lines))
    label = "Difference, new − old"
    yield Row(DIFFERENCE, label, "subtotal", sums=every, is_apart=True)
    yield Row(NEW, net_budget_of(bridged, 1), "total", sums=(OLD, DIFFERENCE))


def _line(line: BridgeLine, labels: Mapping[str, str]) -> Row:
    now, row = line.now, row_of(line)
    return Row(
        row,
        labels[row],
        "line",
        1,
        service=line.service,
        kind=now.kind,
        status=now.status,
        place=now.place,
        description=now.description,
    )


def _labels(bridge: Bridge) -> dict[str, str]:
    """The label of each row; a saving and an investment of one name say which they are."""
    found = Counter(label_of(line) for line in bridge.lines)
    return {
        row_of(line): label_of(line, with_kind=found[label_of(line)] > 1) for line in bridge.lines
    }


def _cells(bridge: Bridge) -> dict[Key, Cell]:
    """The net budgets and the lines are given; what adds up from them is not."""
    given = {OLD: bridge.old} | {row_of(line): line.amounts for line in bridge.lines}
    made: dict[str, ByYear] = {DIFFERENCE: bridge.difference, NEW: bridge.new}
    for causes, lines in bridge.by_causes.items():
        made[cause_row(causes)] = {
            year: sum(line.amounts[year] for line in lines) for year in bridge.years
        }
    return {
        Key(row, "net_budget", year): Cell(amounts[year], is_input=rows is given)
        for rows in (given, made)
        for row, amounts in rows.items()
        for year in bridge.years
    }


def row_of(line: BridgeLine) -> str:
    """An option's id; a service's with the cause, as it may have a line for either."""
    return line.now.id if line.what == "option" else f"{line.now.id}/{_slug(line.causes[0])}"


def cause_row(causes: tuple[BridgeCause, ...]) -> str:
    return "/".join(["/cause", *map(_slug, causes)])


def _slug(cause: BridgeCause) -> str:
    return cause.replace(" ", "-")


def net_budget_of(bridged: Bridged, end: int) -> str:
    """What the figures of the old (0) or the new (1) plan are: a trial's may be forecasts."""
    of = printable((bridged.old, bridged.new)[end])
    if budgets := bridged.bridge.budgets:
        what = "Projected budget" if budgets[end].projected else "Budget"
        return f"{what} {budgets[end].financial_year.year}, {of}"
    name = f"Net budget, {of}"
    forecast = [found.year for found in bridged.bridge.forecasts[end]]
    return f"{name} ({listed(forecast)}: forecast)" if forecast else name

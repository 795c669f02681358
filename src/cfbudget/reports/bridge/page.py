"""The bridge from an old plan to a new one, as a page."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.amounts import ByYear
from cfbudget.calculate.bridge_lines import Bridge, BridgeCause, BridgeLine
from cfbudget.grammar import listed
from cfbudget.layout.grid import Grid, GridRow, ShownFigure
from cfbudget.layout.page import Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import STYLES
from cfbudget.layout.table import Role, Table
from cfbudget.money import places_of
from cfbudget.problem import printable
from cfbudget.reports.bridge.words import facts, heading_of, label_of, outcome
from cfbudget.reports.trial.apart import apart
from cfbudget.tables.beyond_plan import beyond_words


class Bridged(NamedTuple):
    """A bridge and its two ends as the user named them."""

    bridge: Bridge
    old: str
    new: str
    plans: tuple[str, str]
    """What the old and the new plan call themselves."""
    beyond: Table | None = None
    """What delays take past the last year, of the new plan less of the old one."""


class BridgedRow(NamedTuple):
    """A row of the page. A heading has no amounts; they are pence by year."""

    id: str
    label: str
    role: Role
    amounts: ByYear
    cause: str = ""
    line: BridgeLine | None = None
    apart: bool = False


def bridge_page(bridged: Bridged) -> Page:
    """What to know of the bridge, its figures, and what they come to."""
    beyond = apart(bridged.beyond) if bridged.beyond else ()
    return page(
        (
            Title(bridge_title(bridged)),
            Facts(tuple(facts(bridged.bridge))),
            bridge_grid(bridged),
            *beyond,
            Sentences(tuple(sentences(bridged))),
        )
    )


def bridge_title(bridged: Bridged) -> str:
    old, new = printable(bridged.old), printable(bridged.new)
    before, after = bridged.plans
    if before != after:
        return f"From {old} ({before}) to {new} ({after})"
    return f"{after}: from {old} to {new}"


def bridged_rows(bridged: Bridged) -> Iterator[BridgedRow]:
    """Both net budgets, and between them every line under its causes, with their totals."""
    bridge = bridged.bridge
    yield BridgedRow("old", net_budget_of(bridged, 0), "total", bridge.old)
    labels = _labels(bridge)
    for causes, lines in bridge.by_causes.items():
        words = ", ".join(causes)
        yield BridgedRow("", heading_of(causes), "heading", {}, words)
        for line in lines:
            yield BridgedRow(row_of(line), labels[row_of(line)], "line", line.amounts, words, line)
        if len(lines) > 1:
            amounts = {year: sum(line.amounts[year] for line in lines) for year in bridge.years}
            row = "/".join(["cause", *map(_slug, causes)])
            yield BridgedRow(row, f"Total {words}", "subtotal", amounts, words)
    label = "Difference, new − old"
    yield BridgedRow("difference", label, "subtotal", bridge.difference, apart=True)
    yield BridgedRow("new", net_budget_of(bridged, 1), "total", bridge.new, apart=True)


def sentences(bridged: Bridged) -> Iterator[str]:
    """What the bridge comes to, and what is in none of its figures."""
    yield from outcome(bridged.bridge, printable(bridged.old), printable(bridged.new))
    if bridged.beyond:
        yield from beyond_words(bridged.beyond)


def bridge_grid(bridged: Bridged) -> Grid:
    """The rows as printed, in as many places as the finer of the two plans prints."""
    bridge = bridged.bridge
    places = places_of(bridge.step, bridge.unit)
    rows = []
    for row in bridged_rows(bridged):
        years = bridge.years if row.role != "heading" else ()
        cells = [ShownFigure(row.amounts[year], bridge.unit, places) for year in years]
        depth = 1 if row.role == "line" else 0
        rows.append(GridRow(row.label, cells, STYLES[row.role], depth, row.apart))
    return Grid((bridge.unit.name, *map(str, bridge.years)), rows)


def _labels(bridge: Bridge) -> dict[str, str]:
    """The label of each row; a saving and an investment of one name say which they are."""
    found = Counter(label_of(line) for line in bridge.lines)
    return {
        row_of(line): label_of(line, with_kind=found[label_of(line)] > 1) for line in bridge.lines
    }


def row_of(line: BridgeLine) -> str:
    """An option's id; a service's with the cause, as it may have a line for either."""
    return line.now.id if line.what == "option" else f"{line.now.id}/{_slug(line.causes[0])}"


def _slug(cause: BridgeCause) -> str:
    return cause.replace(" ", "-")


def net_budget_of(bridged: Bridged, end: int) -> str:
    """What the figures of the old (0) or the new (1) plan are: a trial's may be forecasts."""
    name = f"Net budget, {printable((bridged.old, bridged.new)[end])}"
    forecast = [found.year for found in bridged.bridge.forecasts[end]]
    return f"{name} ({listed(forecast)}: forecast)" if forecast else name

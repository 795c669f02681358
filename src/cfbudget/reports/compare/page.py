"""The bridge from an old plan to a new one, as a page."""

from collections.abc import Iterator

from cfbudget.layout.page import Block, Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.problem import printable
from cfbudget.reports.compare.words import facts, outcome
from cfbudget.reports.trial.apart import apart
from cfbudget.tables.beyond_plan import beyond_words
from cfbudget.tables.compare import Bridged, bridge_table
from cfbudget.tables.compare_gap import compared_gap


def bridge_page(bridged: Bridged) -> Page:
    """What to know of the bridge, its figures, and what they come to."""
    table = bridge_table(bridged)
    beyond = apart(bridged.beyond) if bridged.beyond else ()
    return page(
        (
            Title(table.title),
            Facts(tuple(facts(bridged.bridge))),
            panel_grid(table, table.panels[0]),
            *_gap(bridged),
            *beyond,
            Sentences(tuple(sentences(bridged))),
        )
    )


def _gap(bridged: Bridged) -> Iterator[Block]:
    """What takes the old plan's gap to the new one's."""
    if bridged.bridge.gap:
        table = compared_gap(bridged, bridged.bridge.gap)
        yield Title(table.title)
        yield Facts(table.subtitle)
        yield panel_grid(table, table.panels[0])


def sentences(bridged: Bridged) -> Iterator[str]:
    """What the bridge comes to, and what is in none of its figures."""
    yield from outcome(bridged.bridge, printable(bridged.old), printable(bridged.new))
    if bridged.beyond:
        yield from beyond_words(bridged.beyond)

"""The bridge from an old plan to a new one, as a page."""

from collections.abc import Iterator

from cfbudget.layout.page import Facts, Page, Sentences, Title, page
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.problem import printable
from cfbudget.reports.compare.words import facts, outcome
from cfbudget.reports.trial.apart import apart
from cfbudget.tables.beyond_plan import beyond_words
from cfbudget.tables.compare import Bridged, bridge_table


def bridge_page(bridged: Bridged) -> Page:
    """What to know of the bridge, its figures, and what they come to."""
    table = bridge_table(bridged)
    beyond = apart(bridged.beyond) if bridged.beyond else ()
    return page(
        (
            Title(table.title),
            Facts(tuple(facts(bridged.bridge))),
            panel_grid(table, table.panels[0]),
            *beyond,
            Sentences(tuple(sentences(bridged))),
        )
    )


def sentences(bridged: Bridged) -> Iterator[str]:
    """What the bridge comes to, and what is in none of its figures."""
    yield from outcome(bridged.bridge, printable(bridged.old), printable(bridged.new))
    if bridged.beyond:
        yield from beyond_words(bridged.beyond)

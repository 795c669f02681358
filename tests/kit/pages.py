"""Pages as tests look at them: their blocks by kind, and their text."""

import io
from collections.abc import Iterable, Sequence

from rich.console import Console

from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Facts, Page, Sentences, Title
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.render.page_text import print_page
from cfbudget.tables.compare import Bridged, bridge_table


def title(page: Page) -> str:
    """What the page is called."""
    return next(block.text for block in page.blocks if isinstance(block, Title))


def facts(page: Page) -> list[str]:
    return [line for block in page.blocks if isinstance(block, Facts) for line in block.lines]


def sentences(page: Page) -> list[str]:
    return [line for block in page.blocks if isinstance(block, Sentences) for line in block.lines]


def closing(page: Page) -> Sequence[str]:
    """What the page ends with."""
    last = page.blocks[-1]
    assert isinstance(last, Sentences)
    return last.lines


def grids(page: Page) -> list[Grid]:
    return [block for block in page.blocks if isinstance(block, Grid)]


def text_of(page: Page, width: int | None) -> str:
    """The page as a terminal of a width shows it, or as plain text."""
    console = Console(file=io.StringIO(), width=width or 1_000, highlight=False, markup=False)
    with console.capture() as seen:
        print_page(console, page, width)
    return seen.get()


def drawn(runs: Iterable[tuple[str, str]]) -> str:
    """The text of a grid or a chart, without its looks."""
    return "".join(text for text, _ in runs)


def bridge_grid(bridged: Bridged) -> Grid:
    """The figures of a bridge as they are shown."""
    table = bridge_table(bridged)
    return panel_grid(table, table.panels[0])

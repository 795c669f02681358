"""A page on a terminal, or as plain text where the output is piped."""

from rich.console import Console
from rich.text import Text

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Facts, Heading, Page, Title
from cfbudget.problem import printable
from cfbudget.render.chart_text import chart_text
from cfbudget.render.grid_text import grid_text

PIPED = 100_000
"""As wide as a line with marks may be where no terminal breaks it: the headings of a printed table
still stand in several lines."""
LOOKS = {Title: "bold", Heading: "bold", Caption: "italic"}


def print_page(console: Console, page: Page, width: int | None) -> None:
    """Print the blocks, with a blank line between those that are not read together.

    Args:
        width: the terminal's width, or None to wrap nothing.
    """
    for at, block in enumerate(page.blocks):
        if at and not _belong_together(page.blocks[at - 1], block):
            console.print()
        _print_block(console, block, width)


def _belong_together(before: Block, block: Block) -> bool:
    if isinstance(before, Title):
        return isinstance(block, Facts)
    return isinstance(before, Caption) or (
        isinstance(before, Heading) and isinstance(block, Caption)
    )


def _print_block(console: Console, block: Block, width: int | None) -> None:
    if isinstance(block, Grid):
        console.print(_grid(block, width), soft_wrap=True, end="")
    elif isinstance(block, Chart):
        print_line(console, block.title, width, LOOKS[Title])
        for line in block.facts:
            print_line(console, line, width)
        console.print()
        console.print(chart_text(block, width, console.encoding), soft_wrap=True, end="")
    elif isinstance(block, Title | Heading | Caption):
        print_line(console, block.text, width, LOOKS[type(block)])
    else:
        for line in block.lines:
            print_line(console, line, width)


def _grid(grid: Grid, width: int | None) -> Text:
    if not grid.marks:
        return grid_text(grid, width)
    text = grid_text(grid, width or PIPED)
    text.highlight_regex(rf"(\S+ )?[{grid.marks}]", "bold red")
    return text


def print_line(console: Console, text: str, width: int | None, style: str = "") -> None:
    console.print(Text(printable(text), style=style), width=width, soft_wrap=width is None)

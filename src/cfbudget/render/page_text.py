"""A page on a terminal, or as plain text where the output is piped."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Facts, Heading, Items, Page, Sentences, Title
from cfbudget.problem import printable
from cfbudget.render.grid_text import grid_text

if TYPE_CHECKING:
    from rich.console import Console

PIPED = 100_000
"""As wide as a line with marks may be where no terminal breaks it: the headings of a printed table
still stand in several lines."""
LOOKS = {Title: "bold", Heading: "bold", Caption: "italic"}


class _TextLine(NamedTuple):
    """A line that a terminal may break."""

    text: str
    style: str = ""


class _Drawn(NamedTuple):
    """Texts with their looks, one after the other, laid out in lines of their own."""

    runs: Iterable[tuple[str, str]]
    marks: str = ""
    """The signs that mark a figure in which something is wrong."""


def print_page(console: "Console", page: Page, width: int | None) -> None:
    """Print the blocks, with a blank line between those that are not read together.

    Args:
        width: the terminal's width, or None to wrap nothing.
    """
    from rich.text import Text

    for part in _parts(page, width, console.encoding):
        if isinstance(part, _TextLine):
            console.print(Text(*part), width=width, soft_wrap=width is None)
        else:
            text = Text.assemble(*part.runs, no_wrap=True)
            if part.marks:
                text.highlight_regex(rf"(\S+ )?[{part.marks}]", "bold red")
            console.print(text, soft_wrap=True, end="")


def page_text(page: Page, encoding: str) -> str:
    """The same where no terminal shows it: plain text, its lines as long as they are.

    Args:
        encoding: of what the text is for, which may have no block characters.
    """
    return "".join(
        f"{part.text}\n" if isinstance(part, _TextLine) else "".join(text for text, _ in part.runs)
        for part in _parts(page, None, encoding)
    )


def _parts(page: Page, width: int | None, encoding: str) -> Iterator[_TextLine | _Drawn]:
    for at, block in enumerate(page.blocks):
        if at and not _belong_together(page.blocks[at - 1], block):
            yield _TextLine("")
        yield from _block_parts(block, width, encoding)


def _belong_together(before: Block, block: Block) -> bool:
    if isinstance(before, Title):
        return isinstance(block, Facts)
    return isinstance(before, Caption) or (
        isinstance(before, Heading) and isinstance(block, Caption)
    )


def _block_parts(block: Block, width: int | None, encoding: str) -> Iterator[_TextLine | _Drawn]:
    if isinstance(block, Grid):
        yield _Drawn(grid_text(block, width or PIPED if block.marks else width), block.marks)
    elif isinstance(block, Title | Heading | Caption):
        yield _TextLine(printable(block.text), LOOKS[type(block)])
    elif isinstance(block, Facts | Items | Sentences):
        for line in block.lines:
            yield _TextLine(printable(line))
    else:
        from cfbudget.render.chart_text import chart_text

        yield _TextLine(printable(block.title), LOOKS[Title])
        for line in block.facts:
            yield _TextLine(printable(line))
        yield _TextLine("")
        yield _Drawn(chart_text(block, width, encoding))

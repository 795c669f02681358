"""A page as Markdown."""

import re
from collections.abc import Iterable, Iterator

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Facts, Heading, Items, Page, Title
from cfbudget.problem import printable

SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")
INDENT = "&nbsp;&nbsp;"


def page_markdown(page: Page) -> str:
    return "\n\n".join(part for block in page.blocks for part in _parts(block)) + "\n"


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, Title):
        yield f"## {escaped(block.text)}"
    elif isinstance(block, Heading):
        yield f"### {escaped(block.text)}"
    elif isinstance(block, Caption):
        yield f"**{escaped(block.text)}**"
    elif isinstance(block, Grid):
        yield grid_markdown(block)
    elif isinstance(block, Chart):
        yield f"## {escaped(block.title)}"
        yield "\n".join(f"- {escaped(line)}" for line in block.facts)
        yield " ".join(map(escaped, block.description))
        yield grid_markdown(block.grid)
    elif isinstance(block, Facts | Items):
        yield "\n".join(f"- {escaped(line)}" for line in block.lines)
    else:
        yield from map(escaped, block.lines)


def grid_markdown(grid: Grid) -> str:
    lines = [_line(escaped(heading) for heading in grid.headings)]
    rules = (
        "---" if place - 1 in (-1, *grid.left) else "---:" for place in range(len(grid.headings))
    )
    lines.append(_line(rules))
    for row in grid.rows:
        cells = row.texts or [""] * (len(grid.headings) - 1)
        texts = [escaped(text.strip()) for text in (row.label, *cells)]
        if row.style:
            texts = [f"**{text}**" if text else "" for text in texts]
        lines.append(_line((INDENT * row.depth + texts[0], *texts[1:])))
    return "\n".join(lines)


def escaped(text: str) -> str:
    return SPECIAL.sub(r"\\\1", printable(text))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

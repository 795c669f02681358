"""The shell of a report: its head, contents and search, and the blocks of the page in sections."""

from importlib.resources import files
from typing import NamedTuple

import jinja2
from markupsafe import Markup

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Page, Title
from cfbudget.layout.told_figures import Told
from cfbudget.problem import printable
from cfbudget.render.html_blocks import DEEPEST, HtmlBlocks
from cfbudget.render.report_html.content_policy import content_policy
from cfbudget.render.report_html.figure_marks import FigureMarks, whole_years
from cfbudget.render.report_html.island import island

HERE = "cfbudget.render.report_html"
UPRIGHT = 118
"""Letters in a line of a table on an upright sheet, at the size that they are printed in."""
LABEL, WORDS, BETWEEN = 30, 18, 3
"""Letters of a label, and of words, that stand in one line; letters that a column keeps free."""


class ReportSection(NamedTuple):
    """A part of the report under a title."""

    title: Markup
    anchor: str
    html: Markup
    is_wide: bool
    """Whether a table of it is too wide for an upright sheet of paper."""


def report_html(page: Page, told: Told) -> str:
    """The page as one file that needs no network.

    Args:
        told: what there is to tell of its figures; others open nothing.
    """
    title, lead, parts = _split(page)
    blocks = HtmlBlocks(FigureMarks(told).marks)
    head = Markup(blocks.html(lead))
    sections = [_section(part, blocks) for part in parts]
    style, script = _text("report.css") + _insets(), _text("report.js")
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
        _text("report.html.j2")
    )
    return (
        template.render(
            title=printable(title),
            headed=Markup(whole_years(title)),
            head=head,
            sections=sections,
            policy=content_policy(style, script),
            style=Markup(style),
            script=Markup(script),
            island=Markup(island(told)),
        )
        + "\n"
    )


def _split(page: Page) -> tuple[str, list[Block], list[list[Block]]]:
    """What the page is called, what it says of itself, and its parts: each begins with a
    title, or is a chart."""
    title = "cfbudget"
    lead: list[Block] = []
    parts: list[list[Block]] = []
    for at, block in enumerate(page.blocks):
        if at == 0 and isinstance(block, Title):
            title = block.text
        elif isinstance(block, Title | Chart):
            parts.append([block])
        else:
            (parts[-1] if parts else lead).append(block)
    return title, lead, parts


def _section(part: list[Block], blocks: HtmlBlocks) -> ReportSection:
    at = len(blocks.anchors)
    html = Markup(blocks.html(part))
    title = Markup(whole_years(_title(part[0])))
    return ReportSection(title, blocks.anchors[at], html, any(map(_is_wide, part)))


def _is_wide(block: Block) -> bool:
    """Whether a table has more letters in a line than an upright sheet takes; words may wrap."""
    grid = block.grid if isinstance(block, Chart) else block
    if not isinstance(grid, Grid):
        return False
    columns = zip(*(row.texts for row in grid.rows if row.cells), strict=False)
    letters = LABEL
    for at, texts in enumerate(columns):
        longest = max(map(len, texts))
        letters += BETWEEN + (min(longest, WORDS) if at in grid.left else longest)
    return letters > UPRIGHT


def _title(block: Block) -> str:
    """What a part is called that begins with this block."""
    if isinstance(block, Chart):
        return block.title
    assert isinstance(block, Title)
    return block.text


def _text(name: str) -> str:
    return files(HERE).joinpath(name).read_text("utf-8")


def _insets() -> str:
    return "".join(f".d{depth}{{--depth:{depth}}}" for depth in range(1, DEEPEST + 1))

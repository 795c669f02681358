"""A page as HTML: one file that needs nothing else, for a browser or to be pasted from."""

from collections.abc import Iterator, Sequence
from html import escape

from cfbudget.layout.chart import Chart
from cfbudget.layout.grid import Grid
from cfbudget.layout.page import Block, Caption, Facts, Heading, Items, Page, Title
from cfbudget.problem import printable

WORDS = ' class="words"'
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 75rem; color: #1a1a1a }
table { border-collapse: collapse; margin: .5rem 0 1.5rem; font-variant-numeric: tabular-nums }
th, td { padding: .2rem .75rem; text-align: right; vertical-align: bottom; white-space: nowrap }
th:first-child { text-align: left; white-space: normal; font-weight: normal }
thead th { border-bottom: 1px solid; font-weight: 600 }
.words { text-align: left }
.bold > * { font-weight: 600 }
.apart > * { border-top: 1px solid }
.facts { padding-left: 1.2rem }
.caption { font-style: italic; margin: 1rem 0 0 }
figure { margin: 1rem 0 }
figure svg { max-width: 100%; height: auto }
@media print { body { margin: 0; max-width: none } h2 { break-after: avoid } }
"""


def page_html(page: Page) -> str:
    title = next((b.text for b in page.blocks if isinstance(b, Title)), "cfbudget")
    body = "\n".join(part for block in page.blocks for part in _parts(block))
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _parts(block: Block) -> Iterator[str]:
    if isinstance(block, Title):
        yield f"<h2>{shown(block.text)}</h2>"
    elif isinstance(block, Heading):
        yield f"<h3>{shown(block.text)}</h3>"
    elif isinstance(block, Caption):
        yield f'<p class="caption">{shown(block.text)}</p>'
    elif isinstance(block, Grid):
        yield from _table(block)
    elif isinstance(block, Chart):
        yield from _figure(block)
    elif isinstance(block, Facts | Items):
        items = "".join(f"<li>{shown(line)}</li>" for line in block.lines)
        yield f'<ul class="facts">{items}</ul>'
    else:
        yield from (f"<p>{shown(line)}</p>" for line in block.lines)


def _figure(chart: Chart) -> Iterator[str]:
    """A chart as a picture, in words, and as its table."""
    from cfbudget.render.chart_picture import chart_svg  # an extra, and slow to start

    yield f"<h2>{shown(chart.title)}</h2>"
    yield f"<figure>\n{chart_svg(chart)}"
    said = "".join(f"<p>{shown(line)}</p>" for line in (*chart.notes, *chart.description))
    yield f"<figcaption>{said}</figcaption>\n</figure>"
    yield from _table(chart.grid)


def _table(grid: Grid) -> Iterator[str]:
    """A table whose first column heads its rows; figures stand to the right, words to the left."""
    yield "<table>"
    yield f"<thead><tr>{_cells(grid, grid.headings, 'th')}</tr></thead>"
    yield "<tbody>"
    for row in grid.rows:
        names = " ".join(
            name for name, is_so in (("bold", row.style), ("apart", row.apart)) if is_so
        )
        looks = f' class="{names}"' if names else ""
        indent = f' style="padding-left: {row.depth * 1.5 + 0.75}rem"' if row.depth else ""
        label = f'<th scope="row"{indent}>{shown(row.label)}</th>'
        texts = row.texts or [""] * (len(grid.headings) - 1)
        yield f"<tr{looks}>{label}{_cells(grid, ('', *texts), 'td', since=1)}</tr>"
    yield "</tbody>\n</table>"


def _cells(grid: Grid, texts: Sequence[str], tag: str, since: int = 0) -> str:
    """The cells of a row from a column on, columns of words to the left."""
    scope = ' scope="col"' if tag == "th" else ""
    return "".join(
        f"<{tag}{scope}{WORDS if at - 1 in grid.left else ''}>{shown(text)}</{tag}>"
        for at, text in enumerate(texts)
        if at >= since
    )


def shown(text: str) -> str:
    """A text as a page may hold it: nothing in it is markup, or would act on a reader's screen."""
    return escape(printable(text))

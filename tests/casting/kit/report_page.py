"""The plan that is shipped, as a report of some pages with running text between its tables."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from tests.kit.support import ROOT

STYLE = """@page { size: A4; margin: 20mm 18mm;
  @bottom-center { content: 'Page ' counter(page) ' of ' counter(pages) }
  @top-right { content: 'Children and Families: Our Plan' } }
body { font: 9pt 'Liberation Sans' } h2 { font-size: 14pt } p { margin: 8px 0 }
table { border-collapse: collapse; width: 100% } td { padding: 2px 3px; vertical-align: top }
.figure { text-align: right; white-space: nowrap } .bold { font-weight: bold }
"""
TEXT = """<p>{0}.1 The Council must set a balanced budget for 2024-25 by 11 March 2024. The plan
is for four years and reflects the pressures of £24.3m that Children &amp; Families face, of which
£17.3m fall in the first.</p>
<p>{0}.2 The figures are in £000 unless stated. Policy options were consulted on between 6 November
2023 and 14 January 2024; 1,204 responses were received, 61% of which were from residents.</p>
<p>{0}.3 Inflation of 3.9% is allowed for.</p>"""
PLANTED = {"(789)": "(798)", "23.837": "23.387"}
"""Two digits exchanged in a total of two of the tables."""


def write_report(target: Path, *, wrong: bool) -> None:
    """Write the page to print.

    Args:
        wrong: whether two of its totals are.
    """
    source = (ROOT / "tests" / "source_plan.md").read_text("utf-8")
    parts = ["<h1>Our Finance Plan</h1>"]
    for number, section in enumerate(source.split("\n## ")[1:], 1):
        name, _, body = section.partition("\n")
        parts += [f"<h2>{name}</h2>", TEXT.format(number), f"<table>{''.join(_rows(body))}</table>"]
    page = "".join(parts)
    for right, other in PLANTED.items() if wrong else ():
        page = page.replace(right, other)
    style = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>"
    target.write_text(style + page, "utf-8")


def _rows(body: str) -> Iterator[str]:
    lines = [line for line in body.split("\n") if line.strip()]
    width = max(line.count("\t") for line in lines) + 1
    for line in lines:
        cells = [html.unescape(re.sub(r"</?b>", "", cell)) for cell in line.split("\t")]
        cells += [""] * (width - len(cells))
        looks = " class=bold" if "<b>" in line else ""
        texts = (f"<td{' class=figure' * (at > 0)}>{html.escape(c)}" for at, c in enumerate(cells))
        yield f"<tr{looks}>{''.join(texts)}"

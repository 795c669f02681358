"""Draws the README's picture: `cfbudget totals position` as a terminal shows it.

Usage: python docs/picture.py     (writes docs/totals.svg)
"""

import io
from pathlib import Path

from rich.console import Console

import cfbudget
from cfbudget.render.page_text import print_page
from cfbudget.reports.totals.page import totals_page

HERE = Path(__file__).parent
WIDTH = 84


def main() -> None:
    plan = cfbudget.load(HERE.parent / "data")
    console = Console(file=io.StringIO(), record=True, width=WIDTH, force_terminal=True)
    tables = [cfbudget.revenue(plan), cfbudget.position(plan)]
    print_page(console, totals_page(tables, [], notes=False), WIDTH)
    # One id for every drawing, so that the same plan gives the same bytes.
    svg = console.export_svg(title="cfbudget totals revenue position", unique_id="totals")
    (HERE / "totals.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Payback on a terminal or as plain text, and as tidy data."""

from rich.console import Console

from cfbudget.money import printed
from cfbudget.render.data import csv_text, json_lines
from cfbudget.render.grid import Grid, GridRow, grid_text
from cfbudget.render.terminal import print_head, print_line
from cfbudget.tables.payback import CAPTION, Line, PaybackPage, Section, Shown
from cfbudget.tables.payback_records import payback_records
from cfbudget.tables.tidy import Record


def print_payback(console: Console, page: PaybackPage, width: int | None) -> None:
    """Print each section with what comes of it, then the closing sentences.

    Args:
        width: the terminal's width, or None to wrap nothing.
    """
    print_head(console, page.title, page.facts, width)
    console.print()
    for section in page.sections:
        print_line(console, section.heading, width, "bold")
        print_line(console, CAPTION, width, "italic")
        console.print(grid_text(section_grid(page, section), width), soft_wrap=True, end="")
        for sentence in section.sentences:
            print_line(console, sentence, width)
        console.print()
    for sentence in page.closing:
        print_line(console, sentence, width)


def section_grid(page: PaybackPage, section: Section) -> Grid:
    """The section's figures as the plan prints its options, a column for each year."""

    def cells(line: Line) -> list[str]:
        return [printed(pence, page.unit, page.places) for pence in line.pence]

    rows = [GridRow(line.label, cells(line)) for line in section.lines]
    for at, line in enumerate(section.results):
        rows.append(GridRow(line.label, cells(line), "bold", apart=at == 0))
    return Grid((page.unit.name, *page.years), rows)


def payback_csv(shown: Shown) -> str:
    return csv_text(Record._fields, (record._asdict() for record in payback_records(shown)))


def payback_json(shown: Shown) -> str:
    return json_lines(record._asdict() for record in payback_records(shown))

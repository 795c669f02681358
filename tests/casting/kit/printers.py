"""Tables printed to PDF as councils print them: by a browser and by a spreadsheet, loose and tight.

`python -m tests.casting.kit.printers` prints the tables of tests/tables anew to tests/tables/pdf.
"""

import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from tests.casting.kit.report_page import write_report
from tests.casting.kit.scores import TABLES, read_tables
from tests.kit.libreoffice import MAY_SKIP, SOFFICE, TIMEOUT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PRINTED = TABLES / "pdf"
needs_chromium = pytest.mark.skipif(MAY_SKIP and CHROMIUM is None, reason="needs Chromium")

FIGURE = re.compile(r"[-+−–(£$\s]*\d[\d,./]*\s*(?:%|m|k|bn)?\)?[-*]?|-|–|n/a|\.")
STYLE = """@page {{ size: A3 landscape; margin: 12mm }}
body {{ font: 10pt 'Liberation Sans' }} section {{ break-after: page }}
table {{ border-collapse: collapse }} td {{ padding: 1px {pad} }} .figure {{ text-align: right }}
"""


class ToPrint(NamedTuple):
    """A table with its name."""

    name: str
    rows: Sequence[Sequence[str]]


def real_tables() -> list[ToPrint]:
    return [ToPrint(table.name.replace("/", " "), table.rows) for table in read_tables(TABLES)]


def by_chromium(tables: Sequence[ToPrint], target: Path, *, tight: bool) -> None:
    """A page for each table, below its name."""
    style = STYLE.format(pad="1px" if tight else "14px")
    page = "".join(map(_section, tables))
    source = target.with_suffix(".html")
    source.write_text(f"<!doctype html><meta charset=utf-8><style>{style}</style>{page}", "utf-8")
    print_page(source, target)
    source.unlink()


def print_page(source: Path, target: Path) -> None:
    """A web page as Chromium prints it."""
    assert CHROMIUM is not None
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
               "--disable-pdf-tagging")  # fmt: skip
    command = [CHROMIUM, *options, f"--print-to-pdf={target}", str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT)


def by_libreoffice(tables: Sequence[ToPrint], target: Path, *, tight: bool) -> None:
    """A sheet for each table."""
    assert SOFFICE is not None
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(f"Table {number}")
        for at, row, right in _cells(table):
            for column, text in enumerate(row):
                cell = sheet.cell(at + 1, column + 1, text or None)
                cell.data_type = "s" if text else "n"
                cell.alignment = Alignment(horizontal="right" if right[column] else "left")
        for column, width in enumerate(_widths(table), 1):
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = width + (0.6 if tight else 4)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToHeight = 0
    source = target.with_suffix(".xlsx")
    book.save(source)
    profile = f"-env:UserInstallation=file://{target.parent / 'profile'}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(target.parent), str(source)],
        check=True,
        capture_output=True,
        timeout=TIMEOUT,
    )
    source.unlink()


def _section(table: ToPrint) -> str:
    rows = "".join(
        "<tr>" + "".join(
            f"<td{' class=figure' if figure else ''}>{html.escape(text)}"
            for text, figure in zip(row, right, strict=True)
        )
        for _, row, right in _cells(table)
    )  # fmt: skip
    return f"<section><h2>{html.escape(table.name)}</h2><table>{rows}</table></section>"


def _cells(table: ToPrint) -> Iterator[tuple[int, list[str], list[bool]]]:
    """Each row from 0, filled up, and which of its cells stand at the right."""
    width = max(map(len, table.rows))
    for at, row in enumerate(table.rows):
        filled = [*row, *[""] * (width - len(row))]
        yield (
            at,
            filled,
            [
                column > 0 and (at == 0 or FIGURE.fullmatch(text.strip()) is not None)
                for column, text in enumerate(filled)
            ],
        )


def _widths(table: ToPrint) -> list[int]:
    rows = [row for _, row, _ in _cells(table)]
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def main() -> None:
    """Print all tables anew."""
    PRINTED.mkdir(exist_ok=True)
    for name, printer in (("chromium", by_chromium), ("libreoffice", by_libreoffice)):
        for style in ("loose", "tight"):
            target = PRINTED / f"{name}-{style}.pdf"
            printer(real_tables(), target, tight=style == "tight")
            print(target, file=sys.stderr)
    for name, wrong in (("plan", False), ("plan-wrong", True)):
        page = PRINTED / f"{name}.html"
        write_report(page, wrong=wrong)
        print_page(page, page.with_suffix(".pdf"))
        page.unlink()
    shutil.rmtree(PRINTED / "profile", ignore_errors=True)


if __name__ == "__main__":
    main()

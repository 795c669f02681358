"""The published tables of the shipped plan, from files of every kind: they come to that plan."""

import csv
import html
import re
from pathlib import Path

import openpyxl
import pytest

from tests.casting.kit.printers import ToPrint, by_chromium, by_libreoffice, needs_chromium
from tests.kit.imported import imports, run_import, same_plan
from tests.kit.libreoffice import needs_libreoffice, stored_as
from tests.kit.support import ROOT, SHIPPED

SOURCE = ROOT / "tests" / "source_plan.md"
HEADINGS = {
    "revenue": "Revenue Budgets",
    "capital": "Capital Budgets",
    "options": "Planned Revenue Budget Changes (Policy Options)",
}
ANSWERS = {
    "revenue": ("--unit", "£000", "--contains-options-of", "2024-25"),
    "capital": (),
    "options": ("--map", "Education and Inclusion=education"),
}
FIGURE = re.compile(r"\(?-?[\d.]+\)?")


def published(kind: str) -> list[list[str]]:
    """The rows of a published table, as they are read by eye."""
    text = SOURCE.read_text("utf-8").split(f"## {HEADINGS[kind]}\n")[1].split("\n## ")[0]
    lines = [html.unescape(re.sub(r"</?b>", "", line)) for line in text.strip("\n").splitlines()]
    return [line.split("\t") for line in lines]


def imports_all(sources: dict[str, Path], folder: Path, *besides: str) -> None:
    for kind, path in sources.items():
        proof = imports(path, kind, folder, *ANSWERS[kind], *besides)
        assert "Left out" not in proof
        assert "Does not add up" not in proof
    same_plan(folder, SHIPPED)


def as_csv(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(published(kind))
    return path


def as_workbook(folder: Path, kind: str) -> Path:
    """A sheet with a title block, a blank column before the table, figures as numbers, a note."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "Children and Families: Our Plan 2024-25"
    sheet["B3"] = "As approved by Council"
    rows = published(kind)
    for at, row in enumerate(rows, 6):
        for column, text in enumerate(row, 2):
            plain = text.strip().replace(",", "")
            cell = sheet.cell(at, column)
            if FIGURE.fullmatch(plain):
                places = len(plain.strip("()").partition(".")[2])
                size = float(plain.strip("()-"))
                cell.value = -size if plain[0] in "(-" else size
                cell.number_format = f"#,##0{'.' if places else ''}{'0' * places};(#,##0)"
            elif text:
                cell.value = text
    sheet.cell(len(rows) + 8, 2, "Note: the figures are as published.")
    path = folder / f"{kind}.xlsx"
    book.save(path)
    return path


def test_tables_as_csv(tmp_path: Path) -> None:
    imports_all({kind: as_csv(tmp_path, kind) for kind in HEADINGS}, tmp_path / "plan")


def test_tables_as_workbooks_with_a_title_and_notes_around(tmp_path: Path) -> None:
    imports_all({kind: as_workbook(tmp_path, kind) for kind in HEADINGS}, tmp_path / "plan")


def test_tables_of_one_sheet_and_of_the_page_that_was_pasted(tmp_path: Path) -> None:
    for number, kind in enumerate(HEADINGS, 1):
        answers = [*ANSWERS[kind], "--table", str(number)]
        assert "Left out" not in imports(SOURCE, kind, tmp_path / "plan", *answers)
    same_plan(tmp_path / "plan", SHIPPED)


def test_which_table_is_meant_is_asked_with_the_likely_one_first(tmp_path: Path) -> None:
    for number, kind in enumerate(HEADINGS, 1):
        ran = run_import(SOURCE, kind, tmp_path / "plan", *ANSWERS[kind])
        assert ran.status == 2
        assert f"      --table {number}   (or " in ran.err
    assert not (tmp_path / "plan").exists()


@needs_libreoffice
def test_tables_as_ods_and_printed_by_a_spreadsheet(tmp_path: Path) -> None:
    books = {kind: as_workbook(tmp_path, kind) for kind in HEADINGS}
    stored = {kind: stored_as("ods", path, tmp_path) for kind, path in books.items()}
    imports_all(stored, tmp_path / "of_ods")
    printed = {kind: tmp_path / f"{kind}_printed.pdf" for kind in HEADINGS}
    for kind, path in printed.items():
        by_libreoffice([ToPrint(kind, published(kind))], path, tight=False)
    imports_all(printed, tmp_path / "of_pdf")


@needs_chromium
@pytest.mark.parametrize("tight", [False, True])
def test_tables_printed_by_a_browser(tmp_path: Path, tight: bool) -> None:
    printed = {kind: tmp_path / f"{kind}.pdf" for kind in HEADINGS}
    for kind, path in printed.items():
        by_chromium([ToPrint(kind, published(kind))], path, tight=tight)
    imports_all(printed, tmp_path / "plan")


def test_a_report_printed_as_pdf(tmp_path: Path) -> None:
    report = ROOT / "tests" / "tables" / "pdf" / "plan.pdf"
    for number, kind in enumerate(HEADINGS, 1):
        answers = [*ANSWERS[kind], "--table", str(number)]
        imports(report, kind, tmp_path / "plan", *answers)
    same_plan(tmp_path / "plan", SHIPPED)

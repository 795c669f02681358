"""The workbook as a file: results stored, nothing hidden, ready to read and to print."""

import difflib
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pandas
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from cfbudget.workbook.book.book import Book, StyleRole
from cfbudget.workbook.book.cells import At
from tests.kit.plans_awkward import AWKWARD
from tests.kit.support import plan_of
from tests.kit.workbook_dump import dump
from tests.kit.workbooks import book_of, disagreements, inputs, results, shipped_texts, stored

SHEETS = [
    "About",
    "Checks",
    "Revenue",
    "Capital",
    "Options",
    "List",
    "Position",
    "Lines",
    "Charts",
    "Files",
]
GOLDEN = Path(__file__).parent / "golden" / "workbook.txt"


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(shipped_texts())


@pytest.fixture(scope="module")
def path(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stored(book, tmp_path_factory.mktemp("workbook") / "plan.xlsx")


@pytest.fixture(scope="module")
def workbook(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


# -- what is stored -------------------------------------------------------------------------


@pytest.mark.parametrize("name", AWKWARD)
def test_every_formula_is_stored_with_its_result(name: str, tmp_path: Path) -> None:
    """So that a preview, a protected view or a program that computes nothing shows figures."""
    book = book_of(AWKWARD[name])
    path = stored(book, tmp_path / "plan.xlsx")
    assert disagreements(book, results(path)) == []
    formulas = openpyxl.load_workbook(path)
    for at, formula in book.formulas():
        said = formulas[at.sheet].cell(at.row, at.column).value
        assert said == f"={formula.expression.text(at.sheet)}"


def test_pandas_reads_the_figures(book: Book, path: Path) -> None:
    (block,) = (block for block in book.sheets["Position"].blocks if "Opening" in block.columns)
    frame = pandas.read_excel(path, sheet_name="Position", header=block.header - 1)
    total = frame.head(len(block.rows)).set_index("Id").loc["total"]
    assert list(total.iloc[1:6]) == [83899, 101238, 102224, 104658, 108164]
    (lines,) = book.sheets["Lines"].blocks
    listed = pandas.read_excel(path, sheet_name="Lines", header=lines.header - 1)
    net = listed[listed["Table"] == "revenue"]["Amount"].sum()
    assert (len(listed), net) == (len(inputs(book)), 101238)


def test_the_sheets_stand_in_their_order_and_none_is_hidden(workbook: Workbook) -> None:
    assert workbook.sheetnames == SHEETS
    for sheet in workbook.worksheets:
        assert sheet.sheet_state == "visible"
        assert not [name for name, column in sheet.column_dimensions.items() if column.hidden]
        assert not [number for number, row in sheet.row_dimensions.items() if row.hidden]


def test_the_file_holds_no_macro_and_no_link_to_another(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        kinds = {re.sub(r"\d*(\.\w+)?\.\w+$", "", name) for name in parts.namelist()}
        relations = [parts.read(name) for name in parts.namelist() if name.endswith(".rels")]
    assert kinds == {
        "[Content_Types]",
        "_rels/",
        "docProps/app",
        "docProps/core",
        "xl/_rels/workbook",
        "xl/charts/chart",
        "xl/drawings/_rels/drawing",
        "xl/drawings/drawing",
        "xl/sharedStrings",
        "xl/styles",
        "xl/tables/table",
        "xl/theme/theme",
        "xl/workbook",
        "xl/worksheets/_rels/sheet",
        "xl/worksheets/sheet",
    }
    assert relations
    assert not [relation for relation in relations if b'TargetMode="External"' in relation]


def test_a_name_stays_a_text(tmp_path: Path) -> None:
    """Whatever it begins with, and even if it could be a link."""
    plan = plan_of(AWKWARD["names"])
    names = {plan.name, *(service.name for service in plan.revenue[0].services)}
    assert {name[0] for name in names} >= set("=+-@")
    path = stored(book_of(AWKWARD["names"]), tmp_path / "names.xlsx")
    found: dict[str, list[Cell]] = {name: [] for name in names}
    for sheet in openpyxl.load_workbook(path).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell, Cell) and cell.value in names:
                found[str(cell.value)].append(cell)
    for name in names - {plan.name}:
        assert {cell.parent.title for cell in found[name]} >= {"Revenue", "Position", "Lines"}
    cells = [cell for stands in found.values() for cell in stands]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


# -- to read and to change ------------------------------------------------------------------


def cells_of(book: Book, *roles: StyleRole) -> Iterator[At]:
    for sheet in book.sheets.values():
        for (row, column), cell in sheet.cells.items():
            if cell.style.role in roles and not isinstance(cell.content, str):
                yield At(sheet.name, row, column)


def test_every_input_has_its_id_and_its_place_in_its_row(book: Book, workbook: Workbook) -> None:
    for line, at in inputs(book).items():
        row = [cell.value for cell in workbook[at.sheet][at.row]]
        assert line.row in row
        assert [text for text in row if re.fullmatch(r"\w+\.yaml:\d+", str(text))]


def test_an_input_and_a_stated_figure_take_numbers_only(book: Book, workbook: Workbook) -> None:
    tested = 0
    for at in cells_of(book, "input", "stated"):
        rules = workbook[at.sheet].data_validations.dataValidation
        tested += 1
        assert [rule.type for rule in rules if at.text(at.sheet) in rule.sqref] == ["decimal"], at
    assert tested > 150


def test_a_lines_year_is_one_of_the_plan(book: Book, workbook: Workbook) -> None:
    (block,) = book.sheets["Lines"].blocks
    (rule,) = workbook["Lines"].data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", '"2024-25,2025-26,2026-27,2027-28"')
    years = {At("Lines", row, block.columns["Year"]).text("Lines") for row in block.rows.values()}
    assert years == {f"{cell[0]}" for area in rule.sqref.ranges for cell in _names(area)}


def _names(area: object) -> Iterator[list[str]]:
    for row in area.rows:  # type: ignore[attr-defined]
        for down, along in row:
            yield [At("", down, along).text("")]


def test_outcomes_are_coloured_by_their_word(book: Book, workbook: Workbook) -> None:
    for at in cells_of(book, "outcome"):
        words = {
            str(rule.formula[0]).strip('"')
            for area in workbook[at.sheet].conditional_formatting
            if at.text(at.sheet) in area.sqref
            for rule in area.rules
        }
        assert {"agrees", "rounding", "differs", "all agree", "does not agree"} <= words, at


def test_headings_and_labels_stay_in_sight(book: Book, workbook: Workbook) -> None:
    for name in ("Revenue", "Capital", "Options", "Lines"):
        (block,) = book.sheets[name].blocks
        assert workbook[name].freeze_panes == f"B{block.header + 1}"
        assert workbook[name].print_title_rows == f"${block.header}:${block.header}"
    for name in ("Checks", "Position", "Charts"):
        assert workbook[name].freeze_panes == "B3"
        assert workbook[name].print_title_rows == "$1:$2"


def test_every_sheet_prints_on_a4_with_its_page_number(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        page = sheet.page_setup
        assert sheet.oddHeader
        assert sheet.oddFooter
        head, foot = sheet.oddHeader.right, sheet.oddFooter.right
        assert (int(page.paperSize or 0), page.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr
        # A sheet whose pages are laid out has a size of its own, at which it is no wider than one.
        assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) != bool(
            sheet.row_breaks.brk and page.scale
        )
        assert (page.fitToWidth or 1) == 1
        assert foot
        assert foot.text == "Page &P of &N"
        assert head
        assert "&A" in str(head.text)


def test_charts_are_described_for_who_cannot_see_them(book: Book, path: Path) -> None:
    charts = book.sheets["Charts"].charts
    with zipfile.ZipFile(path) as parts:
        drawing = ET.fromstring(parts.read("xl/drawings/drawing1.xml"))
        drawn = [parts.read(f"xl/charts/chart{n}.xml") for n in range(1, len(charts) + 1)]
    described = [frame.get("descr") for frame in drawing.iter() if frame.tag.endswith("}cNvPr")]
    assert described == [chart.description for chart in charts]
    assert all(described)
    assert len(described) == 3
    for chart, xml in zip(charts, drawn, strict=True):
        texts = [e.text for e in ET.fromstring(xml).iter() if e.tag.endswith("}t")]
        assert chart.title in texts


def test_names_lead_to_the_figures_that_people_quote(path: Path, workbook: Workbook) -> None:
    stored_results = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for name, defined in workbook.defined_names.items():
        ((sheet, cell),) = defined.destinations
        found[name] = stored_results[sheet][cell.replace("$", "")].value
    expected = {
        "Master_check": "all agree",
        "Revenue_net_2024_25": 101238,
        "Capital_programme": 78.299,
        "Capital_total": 91.594,
        "Options_change_2024_25": 17339,
        "Position_opening": 83899,
        "Position_net_budget_2027_28": 108164,
        "Control_revenue_2024_25": 101238,
        "Control_capital": 91.594,
        "Control_options": 24265,
    }
    assert {name: found.get(name) for name in expected} == expected


# -- all of it ------------------------------------------------------------------------------


def test_the_workbook_is_as_it_was(path: Path) -> None:
    """Every cell of the shipped plan's workbook. UPDATE_GOLDEN=1 takes what is there now."""
    found = dump(path)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(found, encoding="utf-8")
    golden = GOLDEN.read_text(encoding="utf-8")
    changed = difflib.unified_diff(golden.splitlines(), found.splitlines(), "golden", "now", n=0)
    assert "\n".join([*changed][:60]) == ""

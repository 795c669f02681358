"""The limits of the format: each is named and nothing is written, and what just fits is written."""

import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import cfbudget.workbook.book.xlsx
from cfbudget.cli.app import run
from cfbudget.workbook.book.book import Book, Formula, Sheet, Style
from cfbudget.workbook.book.cell_rows import CellRows
from cfbudget.workbook.book.expressions import WordValue
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.book.xlsx_limits import DoesNotFit, shortened, units
from tests.kit.support import OPTIONS, REVENUE, small_texts
from tests.kit.workbooks import book_of, stored

TEXT = Style("text")


def plan_of_years(count: int) -> dict[str, str]:
    """A plan of so many years, all in one table."""
    years = [f"{year}-{(year + 1) % 100:02d}" for year in range(2024, 2024 + count)]
    lines = f"financial_years: [{', '.join(years)}]\nservices:\n  - service: care\n    options:\n"
    lines += "      - {id: fees, name: Fees, kind: saving, status: new, changes: {2024-25: -1}}\n"
    options = OPTIONS[: OPTIONS.index("financial_years")] + lines
    return {"revenue_2024_25.yaml": REVENUE, "policy_options.yaml": options}


# -- the years that may be typed ------------------------------------------------------------


@pytest.mark.parametrize("count", [31, 32, 33, 60])
def test_a_plan_of_many_years_is_a_workbook(tmp_path: Path, count: int) -> None:
    """A rule of what may be typed holds 255 characters: 32 years."""
    book = book_of(plan_of_years(count))
    assert len(book.years) == count
    workbook = openpyxl.load_workbook(stored(book, tmp_path / "plan.xlsx"))
    (rule,) = [
        rule for rule in workbook["Lines"].data_validations.dataValidation if rule.type == "list"
    ]
    assert (book.years_at is None) == (count < 33)
    if book.years_at is None:
        assert rule.formula1 == f'"{",".join(book.years)}"'
        return
    sheet, _, area = str(rule.formula1).partition("!")
    cells = [cell.value for (cell,) in workbook[sheet][area.replace("$", "")]]
    assert tuple(cells) == book.years


# -- what does not fit ----------------------------------------------------------------------


def _formats(sheet: Sheet, count: int) -> None:
    for at in range(count):
        sheet.put(at + 1, 9, Decimal(1), Style("printed", number_format=f'0"{at}"'))


def _note(sheet: Sheet, text: str) -> None:
    sheet.put(1, 9, "a", TEXT)
    sheet.notes[1, 9] = text


def _text(sheet: Sheet, text: str) -> None:
    sheet.put(1, 9, text, TEXT)


def _formula(sheet: Sheet, count: int) -> None:
    sheet.put(1, 9, Formula(WordValue("x" * count), "x" * count), Style("figure"))


LARGE: dict[str, tuple[Callable[[Sheet], object], str]] = {
    "rows": (
        lambda sheet: sheet.put(1_048_577, 1, "a", TEXT),
        "About has 1,048,577 rows; a sheet takes 1,048,576",
    ),
    "columns": (
        lambda sheet: sheet.put(1, 16_385, "a", TEXT),
        "About has 16,385 columns; a sheet takes 16,384",
    ),
    "text": (
        lambda sheet: _text(sheet, "x" * 32_768),
        "the text of About!I1 has 32,768 characters; a cell takes 32,767",
    ),
    "text in UTF-16": (
        lambda sheet: _text(sheet, "😀" * 16_384),
        "the text of About!I1 has 32,768 characters; a cell takes 32,767",
    ),
    "note": (
        lambda sheet: _note(sheet, "x" * 32_768),
        "the text of About!I1 has 32,768 characters; a cell takes 32,767",
    ),
    "half a pair": (
        lambda sheet: _text(sheet, "a\udcff"),
        "the text of About!I1 holds '\\udcff', which no workbook can",
    ),
    "no character": (
        lambda sheet: _text(sheet, "a\uffff"),
        "the text of About!I1 holds '\\uffff', which no workbook can",
    ),
    "formula": (
        lambda sheet: _formula(sheet, 8_190),
        "the formula of About!I1 has 8,193 characters; a spreadsheet takes 8,192",
    ),
    "number format": (
        lambda sheet: sheet.put(1, 9, Decimal(1), Style("printed", number_format="0" * 256)),
        f"the number format {'0' * 40}... has 256 characters; a spreadsheet takes 255",
    ),
    "number formats": (
        lambda sheet: _formats(sheet, 201),
        "its figures are printed in 201 ways; a spreadsheet takes 200 number formats",
    ),
}
FITTING: dict[str, Callable[[Sheet], object]] = {
    "columns": lambda sheet: sheet.put(1, 16_384, "a", TEXT),
    "text": lambda sheet: _text(sheet, "x" * 32_767),
    "text in UTF-16": lambda sheet: _text(sheet, "😀" * 16_383),
    "note": lambda sheet: _note(sheet, "x" * 32_767),
    "formula": lambda sheet: _formula(sheet, 8_189),
    "number formats": lambda sheet: _formats(sheet, 200),
    "height": lambda sheet: _text(sheet, "x\n" * 1_000),
    "width": lambda sheet: sheet.widen(9, 300),
}


def book_with(change: Callable[[Sheet], object]) -> Book:
    about = Sheet("About")
    about.put(1, 1, "A title", Style("title"))
    change(about)
    return Book({"About": about}, {}, (), (), {})


@pytest.mark.parametrize("limit", LARGE)
def test_what_does_not_fit_is_said(tmp_path: Path, limit: str) -> None:
    change, said = LARGE[limit]
    with pytest.raises(DoesNotFit) as refused:
        write_workbook(book_with(change), tmp_path / "book.xlsx")
    assert str(refused.value) == said
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("limit", FITTING)
def test_what_just_fits_is_written(tmp_path: Path, limit: str) -> None:
    path = stored(book_with(FITTING[limit]), tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(path)["About"]
    heights = [row.height for row in sheet.row_dimensions.values()]
    assert all(height is None or height <= 409 for height in heights)
    assert all(column.width < 256 for column in sheet.column_dimensions.values())


@pytest.mark.parametrize("name", ["&" * 500, "😀" * 500, "a&😀 " * 125, "10 councils"])
def test_a_title_is_shortened_where_it_does_not_fit(tmp_path: Path, name: str) -> None:
    """It stands whole on the sheet: in a page's header, and the file's properties, it need not."""
    texts = small_texts(revenue=REVENUE.replace("Small Council", f'"{name}"'))
    workbook = openpyxl.load_workbook(stored(book_of(texts), tmp_path / "plan.xlsx"))
    assert units(workbook.properties.title or "") <= 255
    header = workbook["About"].oddHeader
    assert header is not None
    assert header.left.text
    assert shortened("short") == "short"


def test_what_xlsxwriter_leaves_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It only warns, such as of a link too many."""
    monkeypatch.setattr("cfbudget.workbook.book.xlsx.shortened", lambda text, most=0: text)
    monkeypatch.setattr("cfbudget.workbook.book.xlsx.units", lambda text: 0)
    book = book_with(lambda sheet: sheet.put(1, 1, "x" * 300, Style("title")))
    with pytest.raises(DoesNotFit, match="Header string cannot be longer than"):
        write_workbook(book, tmp_path / "book.xlsx")


# -- opened again ---------------------------------------------------------------------------

COMMANDS = (
    "export book.xlsx --data plan",
    "export book.xlsx --data plan --scenario trial.yaml",
    "model --drop fees --data plan -o book.xlsx",
    "cast table.csv -o book.xlsx",
)


def ended(
    words: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int | str | None, str]:
    (folder / "plan").mkdir()
    for name, text in small_texts().items():
        (folder / "plan" / name).write_text(text, encoding="utf-8")
    (folder / "trial.yaml").write_text("name: A trial\nchanges:\n  - {drop: fees}\n")
    (folder / "table.csv").write_text("Line,2024-25\na,1234567\nb,7654321\nTotal,8888888\n")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["cfbudget", *words.split()])
    with pytest.raises(SystemExit) as ending:
        run()
    return ending.value.code, capsys.readouterr().err


def _damaged(book: Book, target: Path, *rest: object) -> None:
    write_workbook(book, target)
    target.write_bytes(target.read_bytes()[:-100])


def _cut(book: Book, target: Path, *rest: object) -> None:
    sheet = book.sheets["About"]
    last = sheet.last_filled
    cells = CellRows((at, cell) for at, cell in sheet.cells.items() if at[0] < last)
    kept, sheet.cells = sheet.cells, cells
    write_workbook(book, target)
    sheet.cells = kept


@pytest.mark.parametrize("words", COMMANDS)
@pytest.mark.parametrize(
    ("fault", "said"), [(_damaged, "cannot be opened: it is damaged"), (_cut, "is not whole")]
)
def test_a_workbook_that_cannot_be_opened_is_not_put_in_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    fault: Callable[..., None],
    said: str,
) -> None:
    monkeypatch.setattr(cfbudget.workbook.book.xlsx, "write_workbook", fault)
    status, err = ended(words, tmp_path, monkeypatch, capsys)
    assert status == 2
    assert said in err
    assert sorted(os.listdir(tmp_path)) == ["plan", "table.csv", "trial.yaml"]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_workbook_that_can_be_opened_is_put_in_place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
) -> None:
    status, err = ended(words, tmp_path, monkeypatch, capsys)
    assert (status, "wrote book.xlsx" in err) == (0, True)
    assert openpyxl.load_workbook(tmp_path / "book.xlsx").sheetnames


def test_a_printed_table_that_does_not_fit_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "long.csv").write_text(f"Line,2024-25\n{'a' * 40_000},12345\nTotal,12345\n")
    status, err = ended("cast long.csv -o book.xlsx", tmp_path, monkeypatch, capsys)
    assert status == 2
    assert "the text of Table!A2 has 40,000 characters; a cell takes 32,767" in err
    assert "book.xlsx" not in os.listdir(tmp_path)

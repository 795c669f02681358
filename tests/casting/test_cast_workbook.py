"""The workbook of a cast table: figures as printed, formulas that a second program agrees with."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cfbudget.casting.book.cast_book import build_cast
from cfbudget.casting.book.figure_formats import Manner, printed_format
from cfbudget.casting.read.printed_file import read_printed
from cfbudget.casting.read.printed_table import PrintedTable
from cfbudget.casting.report.cast_table import CastTable, cast_tables
from cfbudget.problem import Refusal
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import prove, same, work_out
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.book.xlsx import write_workbook
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.support import TABLES

NAMES = (
    "canterbury-services-2014",
    "gateshead-mtfs-2023",
    "penryn-town-2023",
    "schools-2024",
    "west-norfolk-2024",
)


def table_of(text: str, *, exact: bool | None = None) -> CastTable:
    rows = tuple(tuple(line.split("|")) for line in text.strip().splitlines())
    (found,) = cast_tables([PrintedTable("", rows)], exact=exact)
    return found


def tables_in(path: Path, sheet: str | None = None) -> tuple[PrintedTable, ...]:
    found = read_printed(path, sheet=sheet)
    assert not isinstance(found, Refusal)
    return found


def book_of(name: str) -> Book:
    return build_cast(cast_tables(tables_in(TABLES / name / "table.csv")), name, "0")


AWKWARD = """
=Service|@Gross|Income|Net|% of net|Note
+Care|£1.2m|(£0.2m)|£1.0m|50%|-
-Parks|n/a|£0.6m|£0.6m|30.0%|x
Roads|£0.5m|-|£0.5m|25%|y
Other|£31.2.1|||2%|z
Total|£1.7m|£0.4m|£2.0m|100%|
"""


@pytest.mark.parametrize("exact", [True, False])
def test_every_formula_comes_to_what_casting_found(exact: bool) -> None:
    prove(build_cast([table_of(AWKWARD, exact=exact)], "awkward", "0"))
    for table in TABLES.glob("*/*.csv"):
        prove(build_cast(cast_tables(tables_in(table), exact=exact), "table", "0"))


def test_a_wrong_formula_would_be_noticed() -> None:
    book = book_of("schools-2024")
    at = At("Table", 4, 6)
    assert book.cell(at) is not None
    changed = work_out(book, {at: Decimal(15)})
    outcomes = [value for cell, value in changed.items() if cell.sheet == "Relations"]
    stored = [f.result for cell, f in book.formulas() if cell.sheet == "Relations"]
    assert outcomes != stored


@needs_libreoffice
def test_libreoffice_comes_to_the_same(tmp_path: Path) -> None:
    books = {tmp_path / f"{name}.xlsx": book_of(name) for name in NAMES}
    for path, book in books.items():
        write_workbook(book, path)
    found = recalculated(list(books), tmp_path / "work")
    for path, book in books.items():
        stored, theirs = (_values(one) for one in (path, found[path]))
        formulas = list(book.formulas())
        assert any(at.sheet == "Relations" for at, _ in formulas)
        for at, formula in formulas:
            assert same(_value(stored, at), formula.result), (path.stem, at)
            assert same(_value(theirs, at), formula.result), (path.stem, at)


def _values(path: Path) -> Any:
    return openpyxl.load_workbook(path, data_only=True)


def _value(book: Any, at: At) -> Value:
    value = book[at.sheet].cell(at.row, at.column).value
    return Decimal(str(value)) if isinstance(value, int | float) else value


@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_shows_the_table_as_it_is_printed(name: str, tmp_path: Path) -> None:
    write_workbook(book_of(name), tmp_path / "cast.xlsx")
    (printed,) = tables_in(TABLES / name / "table.csv")
    (shown,) = tables_in(tmp_path / "cast.xlsx", sheet="Table")
    assert shown.rows == printed.rows


def test_texts_stay_texts_and_suspects_are_marked(tmp_path: Path) -> None:
    write_workbook(build_cast([table_of(AWKWARD)], "awkward", "0"), tmp_path / "cast.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "cast.xlsx")["Table"]
    assert [sheet[cell].value for cell in ("A1", "B1", "A2", "A3", "B5")] == [
        "=Service",
        "@Gross",
        "+Care",
        "-Parks",
        "£31.2.1",
    ]
    assert {sheet[cell].data_type for cell in ("A1", "B1", "A2", "A3", "B5")} == {"s"}
    assert sheet["B2"].value == 1_200_000
    assert sheet["B5"].comment.text.startswith("Cannot be read as a figure")


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_workbook(book_of("schools-2024"), tmp_path / f"{name}.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_several_tables_have_sheets_of_their_own() -> None:
    (table,) = tables_in(TABLES / "schools-2024" / "table.csv")
    book = build_cast(cast_tables([table, table._replace(name="Two")]), "two", "0")
    assert list(book.sheets) == ["About", "Table_1", "Relations_1", "Table_2", "Relations_2"]
    prove(book)
    assert any(isinstance(c.content, Formula) for c in book.sheets["About"].cells.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234", "#,##0_);(#,##0);#,##0_)"),
        ("(£2.50)", '"£"#,##0.00_);("£"#,##0.00);"£"#,##0.00_)'),
        ("-3.5", "#,##0.0;-#,##0.0;#,##0.0"),
        ("1234-", "0_);(0);0_)"),
        ("+290.0", "+#,##0.0_);(#,##0.0);+#,##0.0_)"),
        ("97.5%", '#,##0.0"%"_);(#,##0.0"%");#,##0.0"%"_)'),
        ("£1.2m", '"£"#,##0.0,,"m"_);("£"#,##0.0,,"m");"£"#,##0.0,,"m"_)'),
        ("-", '#,##0;-#,##0;"-"'),
        ("12*", '#,##0"*"_);(#,##0"*");#,##0"*"_)'),
    ],
)
def test_the_format_of_a_printed_figure(text: str, expected: str) -> None:
    assert printed_format(text, Manner(brackets=True, separated=True)) == expected

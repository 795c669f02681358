"""What a workbook's cells store decides: sign, what is rounded off, what a format hides."""

from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.book.cast_book import build_cast
from cfbudget.casting.casting import cast
from cfbudget.casting.report.cast_table import CastTable, cast_tables
from cfbudget.casting.stored_cells import StoredCells
from cfbudget.casting.table.figures import read_figure
from cfbudget.casting.table.stored_figures import stored_figure
from tests.casting.kit.files import saved

Rows = list[list[str | int | float]]


def cast_book(path: Path, rows: Rows, code: str) -> CastTable:
    """A workbook's only sheet, all of its figures in one format."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows(min_row=2, min_col=2):
        for cell in line:
            cell.number_format = code
    book.save(path / "book.xlsx")
    (table,) = cast_tables(saved(path / "book.xlsx", (path / "book.xlsx").read_bytes()))
    return table


def precepts(random: Random, places: int, count: int = 40) -> Rows:
    """Requirements less precepts and levies, each a row; some of them finer than others."""
    rows: Rows = [["Authority", "Spending", "Precepts", "Levies", "Net requirement"]]
    for at in range(count):
        fine = 10**places if random.random() < 0.3 else 1
        gross, *less = (
            random.randint(low * fine, 10 * low * fine) / fine for low in (10**6, 10**5, 10**4)
        )
        rows.append([f"Authority {at}", gross, *less, round(gross - sum(less), places)])
    return rows


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("code", ["#,##0", "#,##0;(#,##0)", "£#,##0", "0", "#,##0.0"])
def test_what_a_format_rounds_off_is_no_difference(tmp_path: Path, seed: int, code: str) -> None:
    table = cast_book(tmp_path, precepts(Random(seed), 2), code)
    assert not table.casting.suspects
    assert {f"B{row}" for row in range(2, 42)} <= {r.total for r in table.casting.relations}
    assert not any(r.outcome == "differs" for r in table.casting.relations)


def test_thousands_and_percentages_are_stored_otherwise_than_they_show(tmp_path: Path) -> None:
    rows: Rows = [["Service", "2024", "2025"], ["Care", 41_207_490, 43_102_490]]
    rows += [["Roads", 9_364_480, 9_104_470], ["Parks", 2_718_490, 2_690_480]]
    rows.append(["Total", 53_290_460, 54_897_440])
    table = cast_book(tmp_path, rows, "#,##0,")
    assert table.grid.text(1, 1) == "41,207"
    assert [(r.total, r.outcome) for r in table.casting.relations] == [
        ("B5", "rounding"),
        ("C5", "rounding"),
    ]
    assert [r.stated for r in table.casting.relations] == [Decimal(53290), Decimal(54897)]


RED = [
    "#,##0;[Red]#,##0",
    "#,##0;#,##0",
    '#,##0;#,##0" CR"',
    "0;[Red]0;0",
    "#,##0.00;[Red]#,##0.00",
]


@pytest.mark.parametrize("code", RED)
@pytest.mark.parametrize("seed", range(3))
def test_the_stored_sign_counts(tmp_path: Path, code: str, seed: int) -> None:
    random = Random(seed)
    rows: Rows = [["Service", "Spending", "Income", "Net"]]
    figures = []
    for _ in range(6):
        spent, income = random.randint(10_000, 99_999), -random.randint(1_000, 120_000)
        figures.append([spent, income, spent + income])
    figures.append([sum(column) for column in zip(*figures, strict=True)])
    rows += [[f"Service {at}", *line] for at, line in enumerate(figures)]
    table = cast_book(tmp_path, rows, code)
    assert [r.outcome for r in table.casting.relations] == ["agrees"] * 10
    assert not table.casting.suspects


def test_a_real_error_in_a_workbook_is_still_one(tmp_path: Path) -> None:
    rows = precepts(Random(7), 2)
    rows[20][4] = float(rows[20][4]) + 4_000
    table = cast_book(tmp_path, rows, "#,##0")
    assert [suspect.cell for suspect in table.casting.suspects] == ["B21"]


def test_sums_of_doubles_leave_no_difference(tmp_path: Path) -> None:
    random = Random(2)
    rows: Rows = [["Item", "A", "B", "C"]]
    columns = [[random.uniform(-1_000, 1_000) for _ in range(60)] for _ in range(3)]
    rows += [[f"Item {at}", *line] for at, line in enumerate(zip(*columns, strict=True))]
    rows.append(["Total", *(sum(column) for column in columns)])
    for code in ("General", "0.0", "0.000000000"):
        casting = cast_book(tmp_path, rows, code).casting
        assert {"B62", "C62", "D62"} <= {r.total for r in casting.relations}
        assert not casting.suspects


@pytest.mark.parametrize(
    ("text", "stored", "amount", "held"),
    [
        ("1,235", "1234.56", "1235", "1234.56"),
        ("1,235", "-1234.56", "-1235", "-1234.56"),
        ("1.2", "1234.56", "1.2", "1.23456"),
        ("1.2", "1234560", "1.2", "1.23456"),
        ("12.3%", "0.1234", "12.3", "12.34"),
        ("0%", "0.003", "0", "0.3"),
        ("0.3", "0.30000000000000004", "0.3", None),
        ("0.0", "-1.7E-15", "0.0", None),
        ("-", "0", "0", None),
        ("£1.2m", "1234567", "1200000", "1234567"),
        ("12", "99", "12", None),
        ("", "0", None, None),
        ("", "-12.5", "-12.5", None),
        ("1.234,56", "1234.56", "1234.56", None),
        ("Low", "3", None, None),
        ("00123", "123", None, None),
    ],
)
def test_a_cell(text: str, stored: str, amount: str | None, held: str | None) -> None:
    found = stored_figure(read_figure(text), text, Decimal(stored))
    if amount is None:
        assert found is None
    else:
        assert found is not None
        assert found.shown.amount == Decimal(amount)
        assert (found.held and found.held.normalize()) == (held and Decimal(held))


@given(st.lists(st.integers(-(10**6), 10**6), min_size=3, max_size=12), st.integers(0, 3))
def test_values_that_add_up_never_differ(lines: list[int], shown: int) -> None:
    """Whatever is shown of them, in a column that has its total below it."""
    numbers = [Decimal(line).scaleb(-3) for line in lines]
    numbers.append(sum(numbers, Decimal(0)))
    step = Decimal(1).scaleb(-shown)
    rows = [[f"{number.quantize(step):f}"] for number in numbers]
    rows = [[f"Line {at}", *row] for at, row in enumerate(rows)]
    rows[-1][0] = "Total"
    stored = {(at, 1): number for at, number in enumerate(numbers)}
    found = cast(rows, stored=StoredCells(stored))
    assert not any(relation.outcome == "differs" for relation in found.relations)


def test_a_figure_that_its_format_hides_still_counts(tmp_path: Path) -> None:
    rows: Rows = [["Service", "Gross", "Income", "Net"], ["Care", 41_207, -1_310, 39_897]]
    rows += [["Roads", 9_364, -271, 9_093], ["Parks", 2_718, -310, 2_408]]
    rows.append(["Total", 53_289, -1_891, 51_398])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sheet["C3"].number_format = ";;;"
    book.save(tmp_path / "book.xlsx")
    (table,) = cast_tables(saved(tmp_path / "book.xlsx", (tmp_path / "book.xlsx").read_bytes()))
    assert [r.outcome for r in table.casting.relations] == ["agrees"] * 7
    assert not table.casting.suspects
    assert build_cast([table], "book.xlsx", "1").sheets["Table"].cells[3, 3].content == -271

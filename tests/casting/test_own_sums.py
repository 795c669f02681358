"""A workbook's own formulas: as evidence, and held to each other and to the lines beside them."""

from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from cfbudget.addresses import letters
from cfbudget.casting.report.cast_table import CastTable, all_well, cast_tables
from cfbudget.casting.report.page import cast_page
from cfbudget.casting.table.own_sums import own_sums
from tests.casting.kit.files import saved

Rows = list[list[str | int | tuple[str, int]]]


def cast_book(path: Path, rows: Rows) -> CastTable:
    """A workbook's only sheet; a formula is written with its stored result."""
    file = path / "book.xlsx"
    with xlsxwriter.Workbook(file) as written:
        sheet = written.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(at, column, cell[0], None, cell[1])
                elif cell != "":
                    sheet.write(at, column, cell)
    (table,) = cast_tables(saved(file, file.read_bytes()))
    return table


def budget(seed: int, columns: int, lines: int = 6, short: int = 0) -> Rows:
    """Lines with a total below them, each sum a formula; all ranges `short` of their last lines."""
    random = Random(seed)
    rows: Rows = [["Service", *(f"Year {at}" for at in range(columns))]]
    figures = [[random.randint(1_000, 90_000) for _ in range(columns)] for _ in range(lines)]
    rows += [[f"Service {at}", *line] for at, line in enumerate(figures)]
    last = lines + 1 - short
    total: list[str | int | tuple[str, int]] = ["Total"]
    for at in range(columns):
        name = letters(at + 2)
        total.append((f"=SUM({name}2:{name}{last})", sum(line[at] for line in figures[: last - 1])))
    return [*rows, total]


@pytest.mark.parametrize("columns", [1, 2, 5])
@pytest.mark.parametrize("seed", range(3))
def test_sums_that_are_right_are_not_odd(tmp_path: Path, columns: int, seed: int) -> None:
    table = cast_book(tmp_path, budget(seed, columns))
    assert table.casting.odd_sums == ()
    assert all_well([table])
    assert {f"{letters(at + 2)}8" for at in range(columns)} <= {
        relation.total for relation in table.casting.relations
    }


@pytest.mark.parametrize("columns", [1, 2, 5])
@pytest.mark.parametrize("seed", range(3))
def test_ranges_one_row_short(tmp_path: Path, columns: int, seed: int) -> None:
    table = cast_book(tmp_path, budget(seed, columns, short=1))
    assert [odd.cell for odd in table.casting.odd_sums] == [
        f"{letters(at + 2)}8" for at in range(columns)
    ]
    assert table.casting.odd_sums[0].formula == "=SUM(B2:B6)"
    assert "B7" in table.casting.odd_sums[0].reason
    assert not all_well([table])


def test_one_range_shorter_than_its_neighbours(tmp_path: Path) -> None:
    rows = budget(1, 4)
    short = budget(1, 4, short=1)
    rows[-1][3] = short[-1][3]
    table = cast_book(tmp_path, rows)
    assert [odd.cell for odd in table.casting.odd_sums] == ["D8"]
    assert not all_well([table])


@pytest.mark.parametrize("off", [0, 270])
def test_a_total_typed_in_among_formulas(tmp_path: Path, off: int) -> None:
    rows = budget(2, 4)
    cell = rows[-1][2]
    assert isinstance(cell, tuple)
    rows[-1][2] = cell[1] + off
    table = cast_book(tmp_path, rows)
    (odd,) = table.casting.odd_sums
    assert (odd.cell, odd.formula) == ("C8", "")
    assert "typed in" in odd.reason
    assert not all_well([table])
    assert bool(table.casting.suspects) is bool(off)
    assert "C8 is odd: it is typed in, where 3 beside it are sums" in str(
        cast_page("book.xlsx", [table], (False, False))
    )


@pytest.mark.parametrize("label", ["of which schools", "Including grants", "Memorandum: debt"])
def test_a_line_that_is_part_of_others_is_left_out_by_right(tmp_path: Path, label: str) -> None:
    rows = budget(3, 3, short=1)
    rows[-2][0] = label
    assert cast_book(tmp_path, rows).casting.odd_sums == ()


def test_a_line_that_another_formula_adds_is_not_left_out(tmp_path: Path) -> None:
    rows = budget(4, 3, short=1)
    net: list[str | int | tuple[str, int]] = ["Net"]
    for at in range(3):
        name, total = letters(at + 2), rows[-1][at + 1]
        recharge = rows[-2][at + 1]
        assert isinstance(total, tuple)
        assert isinstance(recharge, int)
        net.append((f"={name}8-{name}7", total[1] - recharge))
    table = cast_book(tmp_path, [*rows, net])
    assert table.casting.odd_sums == ()
    assert all_well([table])


def test_short_figures_are_proved_by_their_formulas(tmp_path: Path) -> None:
    rows: Rows = [
        ["Posts", "Number"],
        ["Care", 3],
        ["Roads", 4],
        ["Parks", 2],
        ["Staff", ("=SUM(B2:B4)", 9)],
    ]
    table = cast_book(tmp_path, rows)
    (relation,) = table.casting.relations
    assert (relation.total, relation.terms, relation.outcome) == (
        "B5",
        ("+B2", "+B3", "+B4"),
        "agrees",
    )


@pytest.mark.parametrize(
    ("formula", "terms"),
    [
        ("=SUM(B2:B4)", "+B2 +B3 +B4"),
        ("=B2+B3-B4", "+B2 +B3 -B4"),
        ("=+B2-SUM(C2:C3)", "+B2 -C2 -C3"),
        ("=-B2+(B3-B4)", "-B2 +B3 -B4"),
        ("=B2-(B3-B4)", "+B2 -B3 +B4"),
        ("= SUM( $B$2 , B4 )", "+B2 +B4"),
        ("=SUBTOTAL(9,B2:B3)", "+B2 +B3"),
        ("=SUBTOTAL(109,B2:B3)", "+B2 +B3"),
        ("=SUM(B4:B2)", "+B2 +B3 +B4"),
        ("=B2*B3", ""),
        ("=SUM(Sheet2!B2:B3)", ""),
        ("=SUM(B:B)", ""),
        ("=SUM(B2:B3)/2", ""),
        ("=AVERAGE(B2:B3)", ""),
        ("=B2+1", ""),
        ("=B2", ""),
        ("=SUM(B2:B3", ""),
        ("=SUM(B2:B3))", ""),
        ("=SUM(Z9:Z9)", ""),
        ("=SUM(Z8:Z10)", ""),
        ("=B2+B2", ""),
        ("=" + "(" * 400 + "B2+B3" + ")" * 400, ""),
        ("=SUM(A1:XFD1048576)", ""),
        ("", ""),
    ],
)
def test_a_formula(formula: str, terms: str) -> None:
    found = own_sums({(8, 25): formula}).sums.get((8, 25), ())
    written = [
        f"{'+' if s > 0 else '-'}{letters(column + 1)}{row + 1}" for s, (row, column) in found
    ]
    assert " ".join(written) == terms


def test_many_long_sums_are_bounded() -> None:
    formulas = {(row, 1): "=SUM(C1:C1999)" for row in range(5_000)}
    assert sum(map(len, own_sums(formulas).sums.values())) <= 202_000


def netted(lines: tuple[int, int], columns: str) -> Rows:
    """Gross, income and net of five services, all sums formulas; those of the totals of `columns`
    add only these lines, as a range does that was not extended."""
    figures = [(41_207, -2_236), (58_493, -1_173), (89_377, -7_787), (43_998, -3_939), (35_135, -8)]
    rows: Rows = [["Service", "Gross", "Income", "Net"]]
    for at, (gross, income) in enumerate(figures, 2):
        rows.append([f"Service {at}", gross, income, (f"=B{at}+C{at}", gross + income)])
    total: list[str | int | tuple[str, int]] = ["Total"]
    for at, name in enumerate("BCD"):
        first, last = lines if name in columns else (2, 6)
        added = [(*line, sum(line))[at] for line in figures[first - 2 : last - 1]]
        total.append((f"=SUM({name}{first}:{name}{last})", sum(added)))
    return [*rows, total]


@pytest.mark.parametrize("name", ["B", "C", "D"])
def test_a_range_one_row_short_of_two_beside_it(tmp_path: Path, name: str) -> None:
    table = cast_book(tmp_path, netted((2, 5), name))
    (odd,) = table.casting.odd_sums
    assert odd.cell == f"{name}7"
    assert f"leaves out {name}6" in odd.reason


@pytest.mark.parametrize(("lines", "columns"), [((3, 6), "B"), ((2, 4), "B"), ((2, 5), "BCD")])
def test_ranges_that_two_beside_them_do_not_show_to_be_short(
    tmp_path: Path, lines: tuple[int, int], columns: str
) -> None:
    assert cast_book(tmp_path, netted(lines, columns)).casting.odd_sums == ()

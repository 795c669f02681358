"""Sums that only a line taken off makes hold: doubted where nothing says so, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.proof.turned_lines import turned_lines
from cfbudget.casting.read.printed_table import PrintedTable, row_of
from cfbudget.casting.report.cast_table import cast_tables
from cfbudget.casting.report.unproved_words import unproved_grids
from cfbudget.casting.results import Casting
from cfbudget.casting.search.claims import Claim
from cfbudget.casting.table.grid import read_grid
from tests.casting.kit.scores import TABLES, read_tables
from tests.casting.kit.small_tables import rows_of

REAL = {table.name: table.rows for table in read_tables(TABLES)}


def turned(name: str, row: int, column: int) -> list[list[str]]:
    """A real table with the sign of one figure the other."""
    rows = [list(line) for line in REAL[name]]
    figure = rows[row - 1][column]
    rows[row - 1][column] = figure.strip("()") if figure.startswith("(") else f"({figure})"
    return rows


def listed(found: Casting) -> set[str]:
    return {one.total for one in found.unproved}


@pytest.mark.parametrize(
    ("name", "row", "column", "total"),
    [
        ("oldham-movement-2024", 31, 1, "C33"),
        ("bathnes-capital-2005", 13, 3, "E13"),
        ("stockport-services-2024", 10, 6, "G11"),
        ("eden-fire-2023", 2, 1, "B11"),
    ],
)
def test_a_total_that_adds_up_only_with_one_line_taken_off(
    name: str, row: int, column: int, total: str
) -> None:
    rows = turned(name, row, column)
    found = cast(rows)
    assert listed(found) == {total}
    assert not any(one.outcome == "differs" for one in found.relations)
    (table,) = cast_tables([PrintedTable("", tuple(map(row_of, rows)))])
    ((sentence, _),) = unproved_grids(table)
    cell = f"{'ABCDEFG'[column]}{row}"
    assert sentence.endswith(
        f"It adds up only with {cell} taken off: the sign of that may be the other."
    )


def test_a_wrong_sign_in_the_one_full_row_does_not_turn_the_sums_of_the_others() -> None:
    found = cast(turned("bathnes-capital-2005", 13, 6))
    assert [one.total for one in found.relations if one.outcome == "differs"] == ["I13"]
    assert [one.cell for one in found.suspects] == ["G13"]


DEDUCTED = """
    Line           | 2024-25
    Care           | 41,204
    {label}        | 8,417
    Schools        | 13,318
    {total}        | 46,105
    """


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Less: transport", "Total"),
        ("Fees and charges", "Total"),
        ("Discounts", "Total"),
        ("Use of reserves", "Total"),
        ("Transport", "Total net cost"),
        ("Transport", "Total after deductions"),
        ("Transport", "Left"),
    ],
)
def test_what_words_tell_of_is_taken_off(label: str, total: str) -> None:
    assert listed(cast(rows_of(DEDUCTED.format(label=label, total=total)))) == set()


def test_nothing_tells_of_it() -> None:
    found = cast(rows_of(DEDUCTED.format(label="Transport", total="Total")))
    assert listed(found) == {"B5"}
    assert found.unproved[0].difference == 2 * 8417


RENT = """
    Item      | £
    {rent}
    Rates     | 6,789
    Insurance | 2,311
    Utilities | {last}
    {total}
    """


@pytest.mark.parametrize(
    ("rent", "last", "total"),
    [
        ("Rent | (12,345)", "4,120", "Total | 25,565"),
        ("Grants | (12,345)", "4,120", "Net cost | 25,565"),
        ("Rent | 12,345", "(4,120)", "Total | 25,565"),
        ("Rent | 12,345", "(4,120)", "Total expenditure | 25,565"),
    ],
)
def test_a_line_that_bears_a_minus_is_not_added_in_silence(
    rent: str, last: str, total: str
) -> None:
    assert listed(cast(rows_of(RENT.format(rent=rent, last=last, total=total)))) == {"B6"}


@pytest.mark.parametrize(
    ("rent", "last", "total"),
    [
        ("Rent | (12,345)", "4,120", "Total | 875"),
        ("Less: rent | (12,345)", "4,120", "Total | 25,565"),
        ("Rent | 12,345", "(4,120)", "Increase | 25,565"),
    ],
)
def test_a_line_that_bears_a_minus_may_be_meant(rent: str, last: str, total: str) -> None:
    assert listed(cast(rows_of(RENT.format(rent=rent, last=last, total=total)))) == set()


@given(
    lines=st.lists(st.integers(1, 99_999), min_size=2, max_size=6),
    word=st.sampled_from(["", "Income", "Grants", "Less", "Savings"]),
    data=st.data(),
)
def test_neither_the_last_line_nor_one_with_a_word_is_doubted(
    lines: list[int], word: str, data: st.DataObject
) -> None:
    less = data.draw(st.integers(0, len(lines) - 1)) if word else len(lines) - 1
    signs = [-1 if at == less else 1 for at in range(len(lines))]
    rows = [
        ["Line", "2024-25"],
        *([f"Line {'ABCDEF'[at]}", str(one)] for at, one in enumerate(lines)),
    ]
    rows[less + 1][0] += f" {word}"
    rows.append(["Total", str(sum(sign * one for sign, one in zip(signs, lines, strict=True)))])
    terms = tuple((sign, (at + 1, 1)) for at, sign in enumerate(signs))
    claim = Claim("sum", (len(lines) + 1, 1), terms, down=True, bits=9)
    found = turned_lines(read_grid(rows), [claim])
    assert (found.doubted, found.others) == ([], [claim])


BALANCE = """
£000 | 2026 | 2025
Plant and equipment | 512,340 | 498,221
Investment property | 23,115 | 22,870
Long-term assets | 535,455 | 521,091
Creditors | (41,220) | (39,115)
Borrowing | (12,000) | (14,500)
Current liabilities | (53,220) | (53,615)
Net assets | 482,235 | 467,476
Usable reserves | 150,672 | 145,571
Unusable reserves | 331,563 | 321,905
"""


@pytest.mark.parametrize("row", [2, 3, 5, 6, 10])
@pytest.mark.parametrize("column", [1, 2])
def test_a_wrong_sign_of_one_year_does_not_name_the_other_year(row: int, column: int) -> None:
    rows = rows_of(BALANCE)
    figure = rows[row - 1][column]
    rows[row - 1][column] = figure.strip("()") if figure.startswith("(") else f"({figure})"
    found = cast(rows)
    letter = "ABC"[column]
    named = [one.cell for one in found.suspects]
    assert named or listed(found)
    assert {cell[0] for cell in (*named, *listed(found))} == {letter}


def test_a_column_of_notes_bears_out_no_wrong_sign() -> None:
    notes = ["Note", "12", "38", "", "20", "16", "", "", "8", "9"]
    rows = [[row[0], note, *row[1:]] for row, note in zip(rows_of(BALANCE), notes, strict=True)]
    rows[9][2] = "(331,563)"
    found = cast(rows)
    assert {cell[0] for cell in (*(one.cell for one in found.suspects), *listed(found))} == {"C"}

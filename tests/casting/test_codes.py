"""Columns and rows of numbers that are no figures: levels, codes, the numbers of columns."""

from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting


def well(casting: Casting) -> bool:
    differs = any(relation.outcome == "differs" for relation in casting.relations)
    return not (differs or casting.suspects)


def tree(random: Random, years: int) -> tuple[list[list[str]], list[int]]:
    """Departments of two lines with their totals and a total of all, and the level of each."""
    rows: list[list[str]] = []
    levels = []
    grand = [0] * years
    for department in range(5):
        lines = [[random.randint(10_000, 999_999) for _ in range(years)] for _ in range(2)]
        total = [sum(column) for column in zip(*lines, strict=True)]
        grand = [one + other for one, other in zip(grand, total, strict=True)]
        rows += [[f"Line {at}", *map(str, line)] for at, line in enumerate(lines)]
        rows.append([f"Department {department} total", *map(str, total)])
        levels += [3, 3, 2]
    rows.append(["All", *map(str, grand)])
    return rows, [*levels, 1]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("head", ["Level", "", "Ebene", "Tier"])
@pytest.mark.parametrize("at", [1, 3, 5])
def test_a_column_of_levels_is_no_column_of_figures(seed: int, head: str, at: int) -> None:
    rows, levels = tree(Random(seed), 4)
    table = [["Line", "2020", "2021", "2022", "2023"], *rows]
    for row, level in zip(table, [head, *map(str, levels)], strict=True):
        row.insert(at, level)
    casting = cast(table)
    assert well(casting)
    column = "ABCDEF"[at]
    cells = {cell for r in casting.relations for cell in (r.total, *(t[1:] for t in r.terms))}
    assert not any(cell.startswith(column) for cell in cells)
    assert len(casting.relations) == 6 * 4
    assert casting.uncovered == ()


def test_a_column_of_heads_that_adds_up_is_one_of_figures() -> None:
    rows, _ = tree(Random(4), 3)
    staff = [2, 3, 5, 1, 4, 5, 2, 2, 4, 3, 6, 9, 5, 1, 6, 29]
    table = [["Line", "2021", "2022", "2023", "Posts"]]
    table += [[*row, str(posts)] for row, posts in zip(rows, staff, strict=True)]
    totals = {relation.total for relation in cast(table).relations}
    assert {"E4", "E7", "E10", "E13", "E16", "E17"} <= totals


CODES = {
    "Note": lambda at: str(3 + at),
    "": lambda at: str(12 + 2 * at),
    "Page": lambda at: str(40 + at // 2),
    "Account": lambda at: str(41_010 + 10 * (at * 7 % 5)),
    "Cost centre": lambda at: str(4_010 + at % 3),
    "Ref.": lambda at: str(100 + at),
}


@pytest.mark.parametrize("head", CODES)
@pytest.mark.parametrize("at", [0, 1, 4])
@pytest.mark.parametrize("seed", range(2))
def test_a_column_of_notes_or_codes_is_no_column_of_figures(head: str, at: int, seed: int) -> None:
    rows, levels = tree(Random(seed), 3)
    codes = [CODES[head](row) if level == 3 else "" for row, level in enumerate(levels)]
    table = [["Line", "2020", "2021", "2022"], *rows]
    for row, code in zip(table, [head, *codes], strict=True):
        row.insert(at, code)
    casting = cast(table)
    assert well(casting)
    assert len(casting.relations) == 6 * 3
    assert casting.uncovered == ()


def test_a_column_of_figures_beside_notes_stays_one() -> None:
    rows = [["Line", "Amount", "Notes"], ["Care", "41207", "see page 4"], ["Roads", "9364", ""]]
    casting = cast([*rows, ["Parks", "2718", "new"], ["Total", "53289", "as approved"]])
    assert [relation.total for relation in casting.relations] == ["B5"]


@pytest.mark.parametrize("first", [0, 1, 3])
@pytest.mark.parametrize("where", ["above", "below", "both"])
def test_rows_that_number_columns_are_headings(first: int, where: str) -> None:
    rows, _ = tree(Random(first), 5)
    numbers = ["", *(str(first + at) for at in range(5))]
    table = [["Line", "a", "b", "c", "d", "e"], *rows]
    if where != "below":
        table.insert(0, numbers)
    if where != "above":
        table.insert(1 if where == "below" else 2, numbers)
    casting = cast(table)
    assert well(casting)
    assert len(casting.relations) == 6 * 5
    assert casting.uncovered == ()


def test_headings_that_come_again_are_headings() -> None:
    rows, _ = tree(Random(8), 3)
    years = ["", "2023", "2024", "2025"]
    casting = cast([years, *rows, [], ["Capital"], years, *rows])
    assert well(casting)
    assert casting.uncovered == ()


@pytest.mark.parametrize("head", ["Note", "Notes", "Page no."])
def test_a_column_that_is_said_to_be_of_notes_is_none_of_figures(head: str) -> None:
    notes = ["12", "38", "", "9", "16", "", "20", "16", "", "8", "14", "", "21", "10", "", ""]
    rows, _ = tree(Random(6), 2)
    table = [["Line", head, "2025", "2024"]]
    table += [[row[0], note, *row[1:]] for row, note in zip(rows, notes, strict=True)]
    casting = cast(table)
    assert well(casting)
    assert len(casting.relations) == 6 * 2
    assert casting.uncovered == ()


def test_a_column_of_counts_in_any_order_is_one_of_figures() -> None:
    posts = ["12", "38", "", "9", "16", "", "20", "16", "", "8", "14", "", "21", "10", "", "999"]
    rows, _ = tree(Random(6), 2)
    table = [["Line", "No.", "2025", "2024"]]
    table += [[row[0], post, *row[1:]] for row, post in zip(rows, posts, strict=True)]
    assert cast(table).uncovered != ()

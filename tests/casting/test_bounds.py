"""Tables too large, too small or too odd: always an answer, after bounded work."""

from collections.abc import Callable, Sequence
from functools import cache
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from cfbudget.casting.search import labelled_totals
from cfbudget.casting.search.evidence import Weighed, weigh
from cfbudget.casting.table.side import Equation, Side
from tests.casting.kit.small_tables import casts, rows_of
from tests.kit.counting import calls, growth

Rows = list[list[str]]


def figures(rows: int, columns: int, *, seed: int = 1) -> list[list[int]]:
    """Unrelated figures of five digits."""
    random = Random(seed)
    return [[random.randrange(10_000, 100_000) for _ in range(columns)] for _ in range(rows)]


def with_totals(table: list[list[int]], *, group: int) -> tuple[Rows, int]:
    """A table with a total behind each so many lines, and how many of these there are."""
    rows = [["", *(f"Column {at}" for at in range(len(table[0])))]]
    count = 0
    for start in range(0, len(table), group):
        lines = table[start : start + group]
        rows += [["Line", *(f"{value:,}" for value in line)] for line in lines]
        rows.append(["Total", *(f"{sum(column):,}" for column in zip(*lines, strict=True))])
        count += 1
    return rows, count


def bounded(rows: Sequence[Sequence[str]], *, most: int) -> Casting:
    """Cast a table with at most so many million calls: about twice what it takes."""
    found: list[Casting] = []
    assert calls(lambda: found.append(cast(rows))) < most * 1_000_000
    return found[0]


def totals(found: Casting) -> int:
    assert {one.outcome for one in found.relations} <= {"agrees", "rounding"}
    return len(found.relations)


def test_sixty_rows_of_fifteen_columns() -> None:
    rows, count = with_totals(figures(54, 15), group=9)
    found = bounded(rows, most=3)
    assert totals(found) == 15 * count
    assert found.uncovered == ()
    assert found.bounds == ()


def test_two_thousand_rows() -> None:
    rows, count = with_totals(figures(1900, 3), group=19)
    found = bounded(rows, most=12)
    assert totals(found) == 3 * count
    assert found.bounds


@cache
def wide() -> Casting:
    """Three totals in each of two hundred unrelated columns."""
    rows, _ = with_totals(figures(9, 200), group=3)
    return bounded(rows, most=25)


def test_two_hundred_columns() -> None:
    sums = tuple(one for one in wide().relations if one.kind == "sum")
    assert totals(wide()._replace(relations=sums)) == 600
    assert any("200 columns" in bound for bound in wide().bounds)


def test_no_opening_balance_among_unrelated_columns() -> None:
    assert [one for one in wide().relations if one.kind == "running"] == []


def test_two_hundred_columns_with_their_total_last() -> None:
    table = [[*line, sum(line)] for line in figures(6, 199)]
    found = bounded([[f"{value:,}" for value in line] for line in table], most=12)
    assert [one.total for one in found.relations] == [f"GR{row}" for row in range(1, 7)]
    assert found.bounds


def test_unrelated_figures_in_many_columns() -> None:
    rows = [[f"{value:,}" for value in line] for line in figures(30, 40)]
    found = bounded(rows, most=3)
    assert all(one.outcome != "differs" for one in found.relations)
    assert len(found.relations) < 12


def test_a_thousand_rows_of_one_figure() -> None:
    found = bounded([["Line", "1"] for _ in range(1000)], most=20)
    assert all(one.outcome != "differs" for one in found.relations)


@pytest.mark.parametrize(
    ("rows", "columns", "highest"),
    [
        pytest.param(150, 12, 9, id="single digits"),
        pytest.param(300, 30, 0, id="zeros"),
        pytest.param(60, 60, 9, id="single digits in many columns"),
        pytest.param(4000, 2, 9, id="long columns of single digits"),
    ],
)
def test_what_comes_out_right_by_chance_takes_bounded_work(
    rows: int, columns: int, highest: int
) -> None:
    random = Random(1)
    lines = [[str(random.randint(0, highest)) for _ in range(columns)] for _ in range(rows)]
    found = bounded([["Line", *line] for line in lines], most=10)
    assert all(one.outcome != "differs" for one in found.relations)


def test_constant_figures_take_bounded_work() -> None:
    found = bounded([["Line", *["1"] * 10]] * 400, most=10)
    assert all(one.outcome != "differs" for one in found.relations)


def test_what_was_not_looked_for_is_said() -> None:
    (said,) = bounded([[f"Line {at}", *["1"] * 20] for at in range(20)], most=10).bounds
    assert "not all sums of rows in any order and sums of columns in any order" in said


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [[], [], []],
        [[""]],
        [["", ""], ["", ""]],
        [["Care"]],
        [["Care", "Schools"], ["Parks", "Roads"]],
        [["-", "n/a"], [".", "–"]],
        [["0", "0"], ["0", "0"]],
        [["1,204"]],
        [["Care", "1,204"]],
        [["", "2023", "2024"]],
        [["\ufeff"], ["\x00"], ["\u202e1,204"]],
        [["1" * 5000]],
        [["(" * 500 + "1" + ")" * 500]],
        [["x" * 100_000]],
    ],
    ids=lambda rows: repr(rows)[:30],
)
def test_nothing_that_can_add_up(rows: Rows) -> None:
    found = cast(rows)
    assert found.relations == ()
    assert found.bounds == ()


def test_one_row_that_adds_up() -> None:
    casts("Care | 41,207 | 9,364 | 12,718 | 63,289", "across 1 : E = B..D")


def test_one_row_that_does_not() -> None:
    found = casts("Care | 41,207 | 9,364 | 12,718 | 71,155", "")
    assert found.uncovered == ("B1", "C1", "D1", "E1")


def test_one_column_that_adds_up() -> None:
    casts(
        """
        41,207
        9,364
        12,718
        63,289
        """,
        "down A : 4 = 1..3",
    )


def test_ragged_rows() -> None:
    casts(
        """
        £000    | 2022-23 | 2023-24 | 2024-25
        Care    |  41,207 |  43,118 |  44,093
        Adults
        Schools |   9,364 |   8,951
        Parks   |   2,718 |   2,846 |   2,974 |  | restated
        Total   |  53,289 |  54,915 |  47,067
        """,
        "down B-D : 6 = 2 4 5",
    )


def test_figures_of_twenty_digits() -> None:
    casts(
        """
        | A | B
        Ash | 12,345,678,901,234,567,891 | 98,765,432,109,876,543,219
        Elm | 1 | 2
        Total | 12,345,678,901,234,567,892 | 98,765,432,109,876,543,221
        """,
        "down B-C : 4 = 2..3",
    )


def test_every_figure_is_covered_or_listed() -> None:
    rows = rows_of(
        """
        | 2023-24 | 2024-25 | Staff
        Care | 41,207 | 43,118 | 712
        Schools | 9,364 | 8,951 | 483
        Total | 50,571 | 52,069 | 1,201
        Memo | 4,127 | 4,456 | 98
        """
    )
    found = cast(rows)
    covered = {one.total for one in found.relations}
    covered |= {term.lstrip("+-") for one in found.relations for term in one.terms}
    every = {f"{column}{row}" for column in "BCD" for row in range(2, 6)}
    assert covered | set(found.uncovered) == every
    assert not covered & set(found.uncovered)


@pytest.mark.parametrize("column_count", [1, 2])
def test_runs_far_from_a_wrong_total_are_not_weighed(
    column_count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(3)
    rows = [["Line", "Budget", "Actual"][: column_count + 1]]
    for block in range(30):
        lines = [[random.randint(10**6, 10**7) for _ in range(column_count)] for _ in range(10)]
        rows += [[f"Item {block}.{at}x", *map(str, line)] for at, line in enumerate(lines)]
        totals = [sum(column) + 70_000 for column in zip(*lines, strict=True)]
        rows.append([f"Total {block}x", *map(str, totals)])
    weighed: list[int] = []

    def counted(side: Side, equation: Equation) -> Weighed:
        weighed.append(len(equation.terms))
        return weigh(side, equation)

    monkeypatch.setattr(labelled_totals, "weigh", counted)
    found = cast(rows)
    wrong = [one.total for one in found.relations if one.outcome == "differs"]
    assert len(wrong) == 30 * column_count
    assert max(weighed) <= 12


@pytest.mark.parametrize("off", [0, 70_000])
def test_a_total_to_every_ten_lines_takes_work_in_proportion(off: int) -> None:
    def of(blocks: int) -> Callable[[], object]:
        random, rows = Random(3), [["Line", "Budget", "Actual"]]
        for block in range(blocks):
            lines = [[random.randint(10**6, 10**7) for _ in range(2)] for _ in range(10)]
            rows += [[f"Item {block}.{at}x", *map(str, line)] for at, line in enumerate(lines)]
            totals = [sum(column) + off for column in zip(*lines, strict=True)]
            rows.append([f"Total {block}x", *map(str, totals)])
        return lambda: cast(rows)

    assert growth(of, 40) < 5.5


def test_percentages_of_nothing_printed_take_bounded_work() -> None:
    random = Random(1)
    rows = [["Line", *(f"Year {at}" for at in range(6)), *(f"% {at}" for at in range(6))]]
    rows += [
        [
            f"Line {line}x",
            *(f"{random.randint(10_000, 99_999):,}" for _ in range(6)),
            *(f"{random.randint(10, 999) / 10}%" for _ in range(6)),
        ]
        for line in range(30)
    ]
    found = bounded(rows, most=6)
    assert [one for one in found.relations if one.kind.startswith("percentage")] == []

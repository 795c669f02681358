"""A memorandum in a lone column: passed over where the figures say so, and only there."""

from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.proof.passed_over import but_one
from cfbudget.casting.stored_cells import NOTHING_STORED
from cfbudget.casting.table.grid import read_grid
from cfbudget.casting.table.side import Equation, side_of
from tests.casting.kit.small_tables import rows_of

MEMO = """
    Line              |   2024-25
    Employees         | 1,234,567
    Premises          |   253,613
    Supplies          |   884,126
    of which agency   |   311,727
    Transport         |   145,219
    Third parties     |   678,341
    Total spending    | 3,195,866
    """


def listed(rows: list[list[str]]) -> list[str]:
    return [one.total for one in cast(rows).unproved]


def test_a_total_passes_over_the_one_line_by_which_its_sum_is_out() -> None:
    found = cast(rows_of(MEMO))
    (sum_,) = found.relations
    assert (sum_.total, sum_.outcome) == ("B8", "agrees")
    assert {term.lstrip("+") for term in sum_.terms} == {"B2", "B3", "B4", "B6", "B7"}
    assert found.unproved == ()
    assert found.uncovered == ("B5",)


@pytest.mark.parametrize(
    ("label", "passed"),
    [
        ("Memo: agency", True),
        ("Agency (included above)", True),
        ("Including agency", True),
        ("Total agency", True),  # a total is added where its lines are not
        ("Agency", False),
        ("Supplies including agency", False),
    ],
)
def test_only_a_memorandum_or_a_total_is_passed_over(label: str, passed: bool) -> None:
    rows = rows_of(MEMO)
    rows[4][0] = label
    found = {one.total: one.difference for one in cast(rows).unproved}
    assert ("B8" in found) is not passed
    assert passed or found == {"B8": 311_727}


@pytest.mark.parametrize(("row", "figure"), [(7, "3,195,886"), (1, "1,234,576")])
def test_a_sum_that_is_out_by_no_line_is_listed(row: int, figure: str) -> None:
    rows = rows_of(MEMO)
    rows[row][1] = figure
    assert listed(rows) == ["B8"]


@pytest.mark.parametrize("seed", range(20))
def test_a_total_that_lacks_a_line_does_not_pass(seed: int) -> None:
    draw = Random(f"passed over {seed}")
    figures = [draw.randint(100_000, 3_000_000) for _ in range(12)]
    rows = [["Line", "Amount"], *([f"Line {at}", f"{one:,}"] for at, one in enumerate(figures))]
    rows.append(["Total", f"{sum(figures):,}"])
    del rows[draw.randint(2, 11)]
    differing = [one.total for one in cast(rows).relations if one.outcome == "differs"]
    assert listed(rows) + differing == ["B13"]


def test_a_line_printed_twice_is_not_passed_over() -> None:
    rows = rows_of(MEMO)
    rows[4] = list(rows[3])
    assert listed(rows) == ["B8"]


def total_but_one(rows: list[list[str]], apart: int) -> Equation | None:
    """What is left of the sum of all lines if one that may be passed over is."""
    side = side_of(read_grid(rows, NOTHING_STORED), down=True)
    *lines, total = range(len(side.lines))
    return but_one(side, 0, Equation(total, tuple((1, line) for line in lines)), {apart})


def test_a_total_among_its_lines_is_passed_over_if_they_are_many_and_long() -> None:
    rows = rows_of(MEMO)
    left = total_but_one(rows, 3)
    assert left is not None
    assert [line for _, line in left.terms] == [0, 1, 2, 4, 5]
    assert total_but_one(rows, 2) is None
    assert total_but_one([*rows[:6], ["Total", "2,517,525"]], 3) is None
    rows[4][1] = "300,000"  # which may be a wrong digit of the total
    assert total_but_one(rows, 3) is None


def test_what_is_part_of_a_line_is_added_to_no_total() -> None:
    rows = rows_of(
        """
        Line            | £
        Income          | 9,345
        of which grants | 5,204
        Other           | 3,311
        Total           | 12,656
        """
    )
    assert listed(rows) == []
    del rows[3]
    (found,) = cast(rows).unproved
    assert (found.nearest, found.difference) == (("+B2",), Decimal(-3_311))


def test_a_missing_line_is_told_without_what_others_are_partly_made_of() -> None:
    rows = rows_of(
        """
        Line            | 2023   | 2024
        Staff           | 12,345 | 13,456
        of which agency | 1,204  | 1,310
        Premises        | 3,311  | 3,402
        of which rent   | 800    | 811
        Supplies        | 4,417  | 4,502
        Total           | 20,073 | 21,360
        """
    )
    assert listed(rows) == []
    del rows[3]
    found = cast(rows).unproved
    assert [one.nearest for one in found] == [("+B2", "+B5"), ("+C2", "+C5")]
    assert [one.difference for one in found] == [Decimal(-3_311), Decimal(-3_402)]

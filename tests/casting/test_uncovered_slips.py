"""A figure that no relation has: wrong if one slip in it makes a sum down and one across hold."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting

Figures = Sequence[Sequence[int]]
SMALL = ((94, 61, 155), (11, 83, 94), (105, 144, 249))


def printed(figures: Figures) -> list[list[str]]:
    names = ["North", "South", "West", "Total"]
    head = ["", *names[: len(figures[0]) - 1], "Total"]
    labels = ["Fees", "Rents", "Grants"][: len(figures) - 1]
    return [head] + [
        [label, *(f"{figure:,}" for figure in line)]
        for label, line in zip([*labels, "Total"], figures, strict=True)
    ]


def changed(figures: Figures, row: int, column: int, figure: int) -> Figures:
    lines = [list(line) for line in figures]
    lines[row][column] = figure
    return lines


def differing(found: Casting) -> dict[str, str | None]:
    return {
        f"{one.total} = {' '.join(one.terms)}": one.follows_from
        for one in found.relations
        if one.outcome == "differs"
    }


@pytest.mark.parametrize("figure", [24, 2449, -249, 429, 219])
def test_a_grand_total_that_is_one_slip_out_differs_down_and_across(figure: int) -> None:
    found = cast(printed(changed(SMALL, 2, 2, figure)))
    assert differing(found) == {"D4 = +D2 +D3": "D4", "D4 = +B4 +C4": "D4"}
    assert [(one.cell, one.suggested) for one in found.suspects] == [("D4", Decimal(249))]
    assert found.uncovered == ()


def test_a_total_that_lost_a_digit_is_named_in_other_small_tables() -> None:
    for right in (
        ((12, 72, 84), (35, 37, 72), (47, 109, 156)),
        ((99, 86, 185), (70, 29, 99), (169, 115, 284)),
        ((59, 76, 135), (20, 40, 60), (79, 116, 195)),
    ):
        whole = right[2][2]
        found = cast(printed(changed(right, 2, 2, whole // 10)))
        assert [(one.cell, one.suggested) for one in found.suspects] == [("D4", Decimal(whole))]


def test_a_line_that_is_one_slip_out_differs_down_and_across() -> None:
    right = ((29, 40, 69), (77, 25, 102), (106, 65, 171))
    found = cast(printed(changed(right, 0, 0, 299)))
    assert differing(found) == {"D2 = +B2 +C2": "B2", "B4 = +B2 +B3": "B2"}
    assert [(one.cell, one.suggested) for one in found.suspects] == [("B2", Decimal(29))]


def test_a_figure_that_is_more_than_a_slip_out_is_not_named() -> None:
    assert cast(printed(changed(SMALL, 2, 2, 31))).suspects == ()


def test_a_figure_of_one_digit_is_not_accused() -> None:
    ones = ((1, 2, 3), (3, 2, 5), (4, 4, 8))
    assert cast(printed(changed(ones, 2, 2, 9))).suspects == ()


def test_a_figure_is_not_accused_by_a_sum_that_another_line_misses() -> None:
    found = cast(printed(changed(changed(SMALL, 2, 2, 24), 1, 2, 31)))
    assert "D4" not in {one.cell for one in found.suspects}


def test_no_figure_of_a_small_right_table_is_accused() -> None:
    random = Random("small right tables")
    for _ in range(60):
        lines, columns = random.randint(2, 3), random.randint(2, 3)
        most = random.choice((30, 99, 400))
        body = [[random.randint(0, most) for _ in range(columns)] for _ in range(lines)]
        across = [[*line, sum(line)] for line in body]
        found = cast(printed([*across, [sum(each) for each in zip(*across, strict=True)]]))
        assert not differing(found)
        assert not found.suspects

"""A blank that was to be a total: what rests on it is right, and it alone is named."""

from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

CASH = """
    Cash out          | April | May  | June  | July  | Total
    Capital purchases | 4999  | 1958 | 1821  | 4494  | 13272
    Loan principal    | 1903  | 1216 | 3589  | 1514  | 8222
    Drawings          | 4397  | 417  | 4167  | 1233  |
    Other             | 2413  | 3375 | 3143  | 3335  | 12266
    Subtotal          | 13712 | 6966 | 12720 | 10576 | 33760
    Wages             | 30570 | 1290 | 4501  | 19318 | 55679
    Total out         | 44282 | 8256 | 17221 | 29894 | 89439
    """


def named(found: Casting) -> dict[str, str]:
    return {one.cell: f"{one.suggested:f}" for one in found.suspects}


def test_a_blank_total_that_the_totals_below_it_take_for_nil() -> None:
    found = cast(rows_of(CASH))
    assert named(found) == {"F4": "10214"}
    assert found.suspects[0].stated == ""
    assert found.suspects[0].reason == "it is blank, and 2 relations are out by as much"
    differing = {one.total: one.follows_from for one in found.relations if one.outcome == "differs"}
    assert differing == {"F6": "F4", "F8": "F4"}


def test_a_blank_total_that_the_totals_below_it_count() -> None:
    rows = rows_of(CASH)
    rows[5][5], rows[7][5] = "43974", "99653"
    found = cast(rows)
    assert named(found) == {"F4": "10214"}


def test_a_blank_total_that_nothing_misses_is_no_suspect() -> None:
    rows = [row[:5] for row in rows_of(CASH)] + [[""] * 5]
    for row in rows[:7]:
        row.append("")
    assert cast(rows).suspects == ()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("turned", [False, True], ids=["a row's total", "a column's total"])
def test_blank_totals_of_drawn_tables(seed: int, *, turned: bool) -> None:
    random = Random(seed)
    size, months = random.randint(3, 7), random.randint(3, 8)
    lines = [[random.randint(1_000, 99_999) for _ in range(months)] for _ in range(size)]
    blank = random.randrange(size)
    totals = [sum(line) for line in lines]
    wanted, totals[blank] = totals[blank], 0
    head = ["", *(f"Month {at}" for at in range(months)), "Total"]
    rows = [head]
    for at, (line, total) in enumerate(zip(lines, totals, strict=True)):
        rows.append([f"Line {at}", *map(_printed, line), _printed(total) if total else ""])
    sums = [sum(column) for column in zip(*lines, strict=True)]
    rows.append(["Total", *map(_printed, sums), _printed(sum(totals))])
    if turned:
        rows = [list(column) for column in zip(*rows, strict=True)]
    found = cast(rows)
    (suspect,) = found.suspects
    assert suspect.stated == ""
    assert suspect.suggested == Decimal(wanted)


def _printed(value: int) -> str:
    """With its separator: a column of bare figures without a total is taken for one of codes."""
    return f"{value:,}"


@pytest.mark.parametrize("sign", [1, -1])
def test_a_blank_total_is_suggested_with_the_sign_of_its_lines(sign: int) -> None:
    rows = rows_of(CASH)
    for row in rows[1:]:
        row[1:] = [f"({one})" if sign < 0 and one else one for one in row[1:]]
    assert named(cast(rows)) == {"F4": str(sign * 10214)}


@pytest.mark.parametrize("seed", range(20))
def test_a_blank_total_of_both_signs_comes_to_its_row(seed: int) -> None:
    draw = Random(f"signs {seed}")
    lines = [[draw.randint(-5000, 5000) for _ in range(6)] for _ in range(4)]
    rows = [["Line", *"ABCDEF", "Total"]]
    rows += [[f"Line {at}", *map(str, line), str(sum(line))] for at, line in enumerate(lines)]
    totals = [sum(column) for column in zip(*lines, strict=True)]
    left = sum(totals) - sum(lines[2])  # the blank counts for nil
    rows.append(["Subtotal", *map(str, totals), str(left)])
    rows[3][7] = ""
    assert named(cast(rows)) in ({}, {"H4": str(sum(lines[2]))})

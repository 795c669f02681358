"""The bands of a council tax are never added up, and a wrong sign among them is named alone."""

from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from cfbudget.casting.search.tax_bands import tax_bands
from cfbudget.casting.table.grid import read_grid
from cfbudget.casting.table.side import side_of
from tests.casting.kit.small_tables import rows_of

NINTHS = dict(zip("ABCDEFGH", (6, 7, 8, 9, 11, 13, 15, 18), strict=True))


def money(pence: int) -> str:
    text = f"{abs(pence) // 100:,}.{abs(pence) % 100:02}"
    return f"({text})" if pence < 0 else text


def taxes(random: Random, bands: str = "ABCDEFGH", *, total: bool = True) -> list[list[int]]:
    """The tax of each band by who levies it, in pence, with the total."""
    levied = [random.randint(100_000, 200_000), *(random.randint(4_000, 30_000) for _ in "PF")]
    lines = [[(one * NINTHS[band] * 2 + 9) // 18 for one in levied] for band in bands]
    return [[*line, sum(line)] if total else line for line in lines]


def printed(lines: list[list[int]], bands: str = "ABCDEFGH") -> list[list[str]]:
    head = ["Band", "Council £", "Police £", "Fire £", "Total £"][: len(lines[0]) + 1]
    return [head, *([band, *map(money, line)] for band, line in zip(bands, lines, strict=True))]


def turned_round(rows: list[list[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


def accused(found: Casting) -> set[str]:
    differing = {one.total for one in found.relations if one.outcome == "differs"}
    return differing | {one.cell for one in found.suspects} | {one.total for one in found.unproved}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("total", [True, False])
@pytest.mark.parametrize("sideways", [True, False])
def test_bands_are_added_to_nothing(seed: int, total: bool, sideways: bool) -> None:
    rows = printed(taxes(Random(seed), total=total))
    found = cast(turned_round(rows) if sideways else rows)
    assert accused(found) == set()
    assert len(found.relations) == (8 if total else 0)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("bands", ["ABCDE", "ABCDEFGH"])
def test_a_wrong_sign_is_named_alone(seed: int, bands: str) -> None:
    random = Random(seed)
    lines = taxes(random, bands)
    row, column = random.randrange(len(lines)), random.randrange(4)
    lines[row][column] *= -1
    found = cast(printed(lines, bands))
    assert [one.cell for one in found.suspects] == [f"{'BCDE'[column]}{row + 2}"]
    assert [one.total for one in found.relations if one.outcome == "differs"] == [f"E{row + 2}"]


def test_the_sign_of_what_is_most_of_a_total() -> None:
    rows = printed(taxes(Random(1)))
    rows[1][1] = f"({rows[1][1]})"
    assert [(one.cell, one.stated) for one in cast(rows).suspects] == [("B2", rows[1][1])]


def test_which_lines_are_bands() -> None:
    table = printed(taxes(Random(3)))
    table.append(["Other", "12,345.67", "1.00", "4.56", "12,351.23"])
    grid = read_grid(table)
    assert tax_bands(side_of(grid, down=True)) == frozenset(range(8))
    assert tax_bands(side_of(grid, down=False)) == frozenset()


@pytest.mark.parametrize("count", [3, 40])
def test_few_lines_and_very_many_are_no_bands(count: int) -> None:
    lines = taxes(Random(3))
    table = printed((lines * 6)[:count], ("ABCDEFGH" * 6)[:count])
    assert tax_bands(side_of(read_grid(table), down=True)) == frozenset()


def test_a_few_figures_that_chance_to_be_in_proportion_are_no_bands() -> None:
    """The changes of a table of directorates are, and its other columns are not."""
    found = cast(
        rows_of(
            """
            Service          | 2023/24   | 2024/25   | Change
            Adult care       |           |           |
            Home care        | 900,000   | 990,000   | 90,000
            Day centres      | 450,000   | 468,000   | 18,000
            Total adult care | 1,350,000 | 1,458,000 | 108,000
            Place            |           |           |
            Highways         | 2,000,000 | 2,090,000 | 90,000
            Waste            | 3,000,000 | 3,180,000 | 180,000
            Total place      | 5,000,000 | 5,270,000 | 270,000
            Total            | 6,350,000 | 6,728,000 | 378,000
            """
        )
    )
    totals = [one for one in found.relations if one.total == "B10" and one.terms[0][1] == "B"]
    assert [one.terms for one in totals] == [("+B5", "+B9")]

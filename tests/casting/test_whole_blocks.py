"""Tables of two levels with each total above its lines: right ones are found whole, and a wrong
figure, a line that is missing or one printed twice is told, whatever no word says."""

from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

STEPPED_OVER = """
    £000          | Budget | Actual
    Total         | 56,681 | 39,928
    Adults        | 12,846 | 9,362
    Care          | 3,589 | 1,990
    Commissioning | 7,883 | 3,714
    Support       | 1,014 | 3,658
    Children      | 25,595 | 19,335
    Foster        | 7,150 | 3,771
    Homes         | 7,873 | 4,262
    SEND          | 10,572 | 11,302
    Place         | 18,600 | 11,231
    Roads         | 6,841 | 1,096
    Waste         | 8,385 | 7,061
    Parks         | 3,374 | 3,074
    """
Lines = list[tuple[str, list[int]]]
WHERE = ["above", "below", "none"]


def accused(found: Casting) -> set[str]:
    differing = {one.total for one in found.relations if one.outcome == "differs"}
    return differing | {one.cell for one in found.suspects} | {one.total for one in found.unproved}


def added(lines: Lines) -> list[int]:
    return [sum(column) for column in zip(*(figures for _, figures in lines), strict=True)]


def blocks(random: Random, columns: int, *, groups: int, least: int = 2) -> list[Lines]:
    """Groups of lines, each below its total."""
    lowest, highest = random.choice([(1_000, 9_999), (1_000, 30_000), (20_000, 900_000)])
    found = []
    for group in range(groups):
        lines = [
            (f"{'ABC'[group]}{at}", [random.randint(lowest, highest) for _ in range(columns)])
            for at in range(random.randint(least, 5))
        ]
        found.append([(f"Service {'ABC'[group]}", added(lines)), *lines])
    return found


def printed(groups: list[Lines], grand: str) -> list[list[str]]:
    total = ("Total", added([group[0] for group in groups]))
    lines = [line for group in groups for line in group]
    lines = [*[total] * (grand == "above"), *lines, *[total] * (grand == "below")]
    return [
        ["Service", *(f"Year {at}" for at in range(len(total[1])))],
        *([label, *(f"{one:,}" for one in figures)] for label, figures in lines),
    ]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("grand", WHERE)
@pytest.mark.parametrize("columns", [1, 2])
def test_right_blocks_are_found_whole_and_accused_of_nothing(
    seed: int, grand: str, columns: int
) -> None:
    rows = printed(blocks(Random(seed), columns, groups=3), grand)
    found = cast(rows)
    assert accused(found) == set()
    assert found.uncovered == ()
    assert len(found.relations) == columns * (3 if grand == "none" else 4)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("grand", ["above", "below"])
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("line", [0, 1, 2])
def test_exchanged_digits_are_told(seed: int, grand: str, columns: int, line: int) -> None:
    random = Random(seed)
    groups = blocks(random, columns, groups=3)
    figures = random.choice(groups)[line][1]
    digits = str(figures[-1])
    at = next(at for at in range(3) if digits[at] != digits[at + 1])
    figures[-1] = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    assert accused(cast(printed(groups, grand)))


def test_a_wrong_total_above_its_lines_is_not_stepped_over() -> None:
    found = cast(rows_of(STEPPED_OVER))
    assert {one.total for one in found.relations if one.outcome == "differs"} == {"B2", "B3"}
    ((cell, stated, suggested, _),) = found.suspects
    assert (cell, stated, suggested) == ("B3", "12,846", Decimal(12_486))


@pytest.mark.parametrize("grand", ["above", "below"])
@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("twice", [False, True])
def test_a_line_that_is_missing_or_printed_twice_is_told(
    seed: int, columns: int, grand: str, twice: bool
) -> None:
    random = Random(seed)
    groups = blocks(random, columns, groups=3, least=4)
    rows = printed(groups, grand)
    label = random.choice(groups)[random.randint(1, 4)][0]
    at = next(at for at, row in enumerate(rows) if row[0] == label)
    head = max(n for n, row in enumerate(rows[:at]) if row[0].startswith("Service ")) + 1
    rows[at : at + 1] = [rows[at]] * (2 if twice else 0)
    cells = {f"{'BCD'[column]}{head}" for column in range(columns)}
    assert cells <= accused(cast(rows))


PARTLY = """
    Service       | 2024-25 | 2025-26
    Total         | 64,307 | 66,118
    Adults        | 22,486 | 23,017
    Care          | 13,589 | 13,990
    Support       | 8,897 | 9,027
    Children      | 25,595 | 26,335
    of which agency staff | 7,150 | 7,771
    Place         | 16,226 | 16,766
    Roads         | 9,841 | 10,096
    Waste         | 6,385 | 6,670
    """


def test_a_part_that_is_said_to_be_one_is_no_broken_block() -> None:
    assert accused(cast(rows_of(PARTLY))) == set()


def test_services_without_lines_of_their_own_are_lines_of_the_grand_total() -> None:
    rows = printed(blocks(Random(5), 2, groups=3), "none")
    rows[1:1] = [["Total", "0", "0"]]
    rows.append(["Debt charges", "31,448", "29,015"])
    heads = [row for row in rows if row[0].startswith(("Service ", "Debt")) and row[0] != "Service"]
    sums = [sum(int(row[at].replace(",", "")) for row in heads) for at in (1, 2)]
    rows[1][1:] = [f"{one:,}" for one in sums]
    found = cast(rows)
    assert accused(found) == set()
    assert found.uncovered == ()

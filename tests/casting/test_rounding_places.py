"""To which place figures are rounded: their own, that of their column, or tens and hundreds."""

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting

Table = list[list[str]]


def differing(casting: Casting) -> list[str]:
    return [r.total for r in casting.relations if r.outcome == "differs"]


def table_of(random: Random, shown: Callable[[int], str], rows: int, columns: int) -> Table:
    """Lines and their total, each column and row added, shown one by one."""
    lines = [[random.randint(10_000, 900_000) for _ in range(columns)] for _ in range(rows)]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    table = [["Region", *(f"Band {at}" for at in range(columns)), "Total"]]
    for at, line in enumerate(lines):
        label = "Total" if at == rows else f"Region {at}"
        table.append([label, *map(shown, [*line, sum(line)])])
    return table


@pytest.mark.parametrize("unit", [5, 10, 100, 1000])
@pytest.mark.parametrize("commas", [",", ""])
@pytest.mark.parametrize("seed", range(3))
def test_figures_rounded_to_tens_or_hundreds(unit: int, commas: str, seed: int) -> None:
    table = table_of(Random(seed), lambda n: f"{round(n / unit) * unit:{commas}}", 9, 5)
    casting = cast(table)
    assert differing(casting) == []
    assert not casting.suspects
    totals = {relation.total for relation in casting.relations}
    assert {f"G{row}" for row in range(2, 12)} | {f"{c}11" for c in "BCDEF"} <= totals


@pytest.mark.parametrize("seed", range(8))
def test_one_column_rounded_to_hundreds(seed: int) -> None:
    random = Random(seed)
    lines = [[random.randint(1_000, 90_000) for _ in range(3)] for _ in range(12)]
    lines.append([sum(column) for column in zip(*lines, strict=True)])
    table = [["Region", "A", "B", "C"]]
    for at, (a, b, c) in enumerate(lines):
        table.append(["England" if at == 12 else f"R{at}", str(a), str(b), str(round(c, -2))])
    casting = cast(table)
    assert differing(casting) == []
    assert {r.total for r in casting.relations} == {"B14", "C14", "D14"}


@pytest.mark.parametrize("seed", range(4))
def test_round_figures_that_are_exact_are_held_to_that(seed: int) -> None:
    table = table_of(Random(seed), lambda n: f"{n // 1000 * 100:,}", 6, 4)
    figures = [[int(cell.replace(",", "")) for cell in row[1:5]] for row in table[1:7]]
    figures.append([sum(column) for column in zip(*figures, strict=True)])
    exact = [table[0]]
    for at, line in enumerate(figures):
        exact.append([table[at + 1][0], *(f"{n:,}" for n in (*line, sum(line)))])
    assert differing(cast(exact)) == []
    wrong = [list(row) for row in exact]
    wrong[3][2] = f"{figures[2][1] + 1000:,}"
    assert [suspect.cell for suspect in cast(wrong).suspects] == ["C4"]


def worked_out(random: Random, digits: int) -> Table:
    """Budgets raised by a rate year by year, exported to so many digits, totals too."""
    table = [["Department", "2022", "2023", "2024", "2025"]]
    grand = [Decimal(0)] * 4
    for department in range(4):
        lines = []
        for _ in range(2):
            first = Decimal(random.randint(1_000_000, 99_999_999)) / 100
            lines.append([first * Decimal("1.035") ** year for year in range(4)])
        total = [sum(column, Decimal(0)) for column in zip(*lines, strict=True)]
        grand = [one + other for one, other in zip(grand, total, strict=True)]
        for label, line in (
            ("Salaries", lines[0]),
            ("Expenses", lines[1]),
            (f"D{department}", total),
        ):
            table.append([label, *(f"{amount:.{digits}g}" for amount in line)])
    table.append(["Total", *(f"{amount:.{digits}g}" for amount in grand)])
    return [[plain(cell) for cell in row] for row in table]


def plain(cell: str) -> str:
    """Without noughts at its end, as an export leaves them out."""
    return cell.rstrip("0").rstrip(".") if "." in cell else cell


@pytest.mark.parametrize("digits", [9, 10, 12])
@pytest.mark.parametrize("seed", range(5))
def test_decimals_finer_than_pence_are_rounded_each_to_its_own(digits: int, seed: int) -> None:
    casting = cast(worked_out(Random(seed), digits))
    assert differing(casting) == []
    assert not casting.suspects
    assert {f"{c}{row}" for c in "BCDE" for row in (4, 7, 10, 13)} <= {
        relation.total for relation in casting.relations
    }


def test_a_wrong_figure_among_such_decimals_is_found() -> None:
    table = worked_out(Random(3), 10)
    table[6][3] = table[6][3].replace(table[6][3][2], str((int(table[6][3][2]) + 4) % 10), 1)
    assert "D7" in [suspect.cell for suspect in cast(table).suspects]


@pytest.mark.parametrize("seed", range(6))
def test_a_total_coarser_than_its_lines_is_rounded(seed: int) -> None:
    random = Random(seed)
    lines = [[random.randint(10_000, 9_999_999) for _ in range(3)] for _ in range(7)]
    table = [["Service", "2023", "2024", "2025"]]
    table += [[f"S{at}", *(f"{n / 100:,.2f}" for n in line)] for at, line in enumerate(lines)]
    sums = [sum(column) for column in zip(*lines, strict=True)]
    casting = cast([*table, ["Total", *(f"{(n + 50) // 100:,}" for n in sums)]])
    assert differing(casting) == []
    assert {r.total for r in casting.relations} == {"B9", "C9", "D9"}
    wrong = [f"{(n + 50) // 100 + 300:,}" for n in sums[:1]]
    right = [f"{(n + 50) // 100:,}" for n in sums[1:]]
    assert differing(cast([*table, ["Total", *wrong, *right]])) == ["B9"]

"""Trees whose totals stand above their lines, with a total at the end: no difference is made up."""

from random import Random

import pytest

from cfbudget.casting.casting import cast
from tests.casting.kit.small_tables import casts


def test_a_tree_with_a_total_at_the_end() -> None:
    casts(
        """
        account | 2024-04 | 2024-05 | 2024-06 | total
        expenses | 1600.00 | 1400.00 | 1511.00 | 4511.00
          adults | 1600.00 | 1300.50 | 1310.25 | 4210.75
            day | 400.00 | 0 | 0 | 400.00
            home | 1200.00 | 1300.50 | 1310.25 | 3810.75
          highways | 0 | 99.50 | 200.75 | 300.25
        total | 1600.00 | 1400.00 | 1511.00 | 4511.00
        """,
        """
        down B-E : 3 = 4 5
        down B-E : 2 = 3 6
        down B-E : 7 = 2
        down B-E : 7 = 4..6
        across 2-7 : E = B..D
        """,
    )


@pytest.mark.parametrize("seed", range(12))
def test_right_trees_with_nils_accuse_nothing(seed: int) -> None:
    """Two levels of accounts above their lines, some nil in most months, a total of each row."""
    random = Random(seed)
    groups = []
    for _ in range(random.randint(2, 4)):
        lines = [_months(random) for _ in range(random.randint(1, 3))]
        groups.append([_added(lines), *lines])
    top = _added([group[0] for group in groups])
    rows = [top, *(line for group in groups for line in group), top]
    names = ["expenses", *(f"account {at}" for at in range(len(rows) - 2)), "total"]
    table = [["account", "04", "05", "06", "total"]]
    table += [
        [name, *map(_printed, [*row, sum(row)])] for name, row in zip(names, rows, strict=True)
    ]
    found = cast(table)
    assert found.suspects == ()
    assert all(one.outcome != "differs" for one in found.relations)


def _months(random: Random) -> list[int]:
    return [random.choice([0, random.randint(10_000, 400_000)]) for _ in range(3)]


def _added(lines: list[list[int]]) -> list[int]:
    return [sum(column) for column in zip(*lines, strict=True)]


def _printed(pence: int) -> str:
    return f"{pence // 100}.{pence % 100:02}" if pence else "0"

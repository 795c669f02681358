"""What holds once cells are changed is what the changed table would prove, for little work."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.proof.changed_relations import ChangedRelations
from cfbudget.casting.proof.suspects import find_suspects
from cfbudget.casting.search.claims import Claim, prove
from cfbudget.casting.table.grid import PrintedGrid, read_grid
from tests.kit.counting import growth

FIGURES = st.sampled_from(["0", "-", "", "5", "12.5", "40", "(40)", "95", "100", "1,23", "12.5%"])
ROWS = st.lists(st.tuples(FIGURES, FIGURES, st.just("1,000")), min_size=4, max_size=4)
VALUES = st.sampled_from([0, 50, 400, 405, 950, -400, 1000, 10_000])


def grid_of(rows: list[tuple[str, ...]]) -> PrintedGrid:
    return read_grid([[f"Line {'abcdefgh'[at]}", *row] for at, row in enumerate(rows)])


def claims_of(grid: PrintedGrid) -> list[Claim]:
    """The last row as the sum of the others, the third column as that of those before it, and a
    share."""
    down = [
        Claim("sum", (3, column), tuple((1, (row, column)) for row in range(3)), True, 20)
        for column in (1, 2, 3)
    ]
    across = [
        Claim("sum", (row, 3), ((1, (row, 1)), (-1, (row, 2))), False, 20) for row in range(4)
    ]
    share = Claim("percentage", (0, 1), ((1, (1, 3)), (1, (2, 3))), True, 20)
    claims = [one for one in (*down, *across) if one.total in grid.cells]
    return [*claims, share] if all(place in grid.cells for place in share.cells) else claims


@given(ROWS, st.booleans(), st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3), VALUES)))
def test_relations_hold_as_they_would_be_proved(
    rows: list[tuple[str, ...]], exact: bool, changes: list[tuple[int, int, int]]
) -> None:
    grid = grid_of(rows)
    tested = [prove(grid, claim, exact=exact) for claim in claims_of(grid)]
    relations = ChangedRelations(grid, tested, range(len(tested)), exact=exact)
    taken: dict[tuple[int, int], int] = {}
    for row, column, value in changes:
        if (row, column) not in grid.cells:
            continue
        then = {(row, column): value}
        for at, one in enumerate(tested):
            proved = prove(grid, one.claim, exact=exact, taken={**taken, **then})
            assert relations.holds(at, then) is (proved.outcome != "differs")
        taken |= then
        relations.change((row, column), value)
        for at, one in enumerate(tested):
            assert relations.told(at) == prove(grid, one.claim, exact=exact, taken=taken)


def crossed(totals: int) -> tuple[PrintedGrid, list[Claim]]:
    """Blocks of lines with a total each, wrong in two columns, and right sums across."""
    random = Random(1)
    rows, claims = list[tuple[str, ...]](), list[Claim]()
    for _ in range(totals):
        start, lines = len(rows), [random.randint(10**6, 10**7) for _ in range(3)]
        rows += [(str(line), str(2 * line), str(3 * line)) for line in lines]
        total = sum(lines)
        # One digit is wrong: out by anything else, a line may be missing, and nobody is named.
        out = 3_000_000 if total // 1_000_000 % 10 < 7 else -3_000_000
        rows.append((str(total + out), str(2 * total), str(3 * total + out)))
        claims += [
            Claim("sum", (len(rows) - 1, column), terms, True, 20)
            for column in (1, 2, 3)
            for terms in (tuple((1, (row, column)) for row in range(start, len(rows) - 1)),)
        ]
    claims += [
        Claim("sum", (row, 3), ((1, (row, 1)), (1, (row, 2))), False, 20)
        for row in range(len(rows))
    ]
    return read_grid([["Line", *row] for row in rows]), claims


@pytest.mark.parametrize("named", [False, True])
def test_errors_that_hide_each_other_are_found_with_work_in_proportion(named: bool) -> None:
    def of(totals: int) -> Callable[[], object]:
        grid, claims = crossed(totals)
        tested = [prove(grid, claim, exact=True) for claim in claims]
        assert sum(one.outcome == "differs" for one in tested) == 2 * totals
        return lambda: find_suspects(grid, tested, exact=True, named=named)

    assert growth(of, 5) < 5
    grid, claims = crossed(5)
    tested = [prove(grid, claim, exact=True) for claim in claims]
    changes = find_suspects(grid, tested, exact=True, named=named).changes
    assert [change.cell for change in changes] == [
        (row, column) for row in (3, 7, 11, 15, 19) for column in (1, 3)
    ]

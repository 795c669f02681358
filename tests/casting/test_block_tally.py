"""Runs before a claimed total that are weighed line by line come out as each would alone."""

from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.proof.block_tally import BlockTally, Tallied, TotalFigure
from cfbudget.casting.search.evidence import difference
from cfbudget.casting.table.grid import read_grid
from cfbudget.casting.table.side import Equation, Side, side_of

CELLS = st.sampled_from(["", "-", "0", "n/a", "1,23", "7", "12", "(12)", "40", "52", "(65)", "105"])
SIDES = st.lists(st.tuples(CELLS, CELLS, st.just("1,000")), min_size=3, max_size=8)
"""The last column is only there so that the others are read as figures."""


def side(rows: list[tuple[str, ...]], *, exact: bool) -> Side:
    grid = read_grid([[f"Line {'abcdefgh'[at]}", *row] for at, row in enumerate(rows)])
    return side_of(grid, down=True, exact=exact)


def tallied(side: Side, equation: Equation, *, variance: bool = False) -> list[Tallied]:
    """What is told after each of an equation's lines."""
    figures = [
        TotalFigure(member, value, 0, variance)
        for member, value in enumerate(side.values[equation.total])
        if value is not None
    ]
    tally, told = BlockTally(side, equation.total, figures), []
    for sign, line in equation.terms:
        tally.add(sign, line)
        told.append(tally.told())
    return told


@given(SIDES, st.booleans())
def test_each_run_of_lines_is_held_and_missed_where_it_would_be_alone(
    rows: list[tuple[str, ...]], exact: bool
) -> None:
    lines = side(rows, exact=exact)
    total = len(lines.lines) - 1
    terms = tuple((1, line) for line in range(total))
    for count, told in enumerate(tallied(lines, Equation(total, terms)), 1):
        run = Equation(total, terms[:count])
        found = {m: difference(lines, run, m) for m in range(len(lines.members))}
        held = {m for m, off in found.items() if off and 2 * abs(off[0]) <= off[1]}
        assert set(told.holds) == held
        assert set(told.misses) == {m for m, off in found.items() if off} - held


def test_what_is_taken_off_may_be_a_favourable_variance() -> None:
    lines = side([("40", "40", "1,000"), ("12", "12", "1,000"), ("52", "28", "1,000")], exact=True)
    taken_off = Equation(2, ((1, 0), (-1, 1)))
    *_, signed = tallied(lines, taken_off, variance=True)
    assert (signed.holds, signed.misses) == ((0, 1), (2,))
    *_, other = tallied(lines, taken_off)  # in a column that is none, a sign is wrong
    assert (other.holds, other.misses) == ((1,), (0, 2))
    *_, plain = tallied(lines, Equation(2, ((1, 0), (1, 1))))
    assert (plain.holds, plain.misses) == ((0,), (1, 2))


def test_how_far_a_run_is_from_its_total() -> None:
    lines = side([("40", "40", ""), ("65", "65", ""), ("(105)", "105", "")], exact=True)
    short, whole = tallied(lines, Equation(2, ((1, 0), (1, 1))))
    assert (short.misses, short.far) == ((0, 1), 138)  # of two the larger: 145 of 105
    assert (whole.holds, whole.misses, whole.far) == ((1,), (0,), 0)  # the sign is the other

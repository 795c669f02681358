"""Rows that are the same throughout, or go up in even steps: they say nothing of their own, so
that nothing is accused because of them. These are exact, as rounding makes more of them sums, and
longer than years."""

from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting

WIDTH = 5
FIRST = 2_200
"""The least figure: a line of 1900 to 2199 in every column is one of years, and adds to nothing."""
CONSTANT = st.integers(FIRST, 99_999).map(lambda figure: [figure] * WIDTH)
STEPS = st.builds(
    lambda first, step: [first + step * at for at in range(WIDTH)],
    st.integers(FIRST, 99_999),
    st.integers(1, 5_000),
)
WORDS = ("Care", "Roads", "Parks", "Waste", "Libraries", "Planning", "Housing", "Transport")


def table(lines: list[list[int]]) -> list[list[str]]:
    head = ["Line", *(f"Column {letter}" for letter in "PQRST")]
    return [head, *([word, *map(str, line)] for word, line in zip(WORDS, lines, strict=False))]


def accused(found: Casting) -> set[str]:
    return (
        {one.cell for one in found.suspects}
        | {one.total for one in found.unproved}
        | {one.total for one in found.relations if one.outcome == "differs"}
    )


@given(st.lists(CONSTANT, min_size=2, max_size=8))
def test_constant_rows_accuse_nothing(lines: list[list[int]]) -> None:
    assert accused(cast(table(lines), exact=True)) == set()


@given(st.lists(STEPS, min_size=2, max_size=8))
def test_rows_in_even_steps_accuse_nothing(lines: list[list[int]]) -> None:
    assert accused(cast(table(lines), exact=True)) == set()


@given(st.lists(st.one_of(CONSTANT, STEPS), min_size=2, max_size=7), st.booleans())
def test_their_total_accuses_nothing(lines: list[list[int]], down: bool) -> None:
    rows = table(lines)
    if down:
        rows.append(["Total", *(str(sum(column)) for column in zip(*lines, strict=True))])
    else:
        rows = [[*row, str(sum(line))] for row, line in zip(rows[1:], lines, strict=True)]
        rows.insert(0, ["Line", *(f"Column {letter}" for letter in "PQRST"), "Total"])
    assert accused(cast(rows, exact=True)) == set()

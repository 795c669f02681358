"""Tables of more columns than can be tried in any order: what is simple is found, and a sum that
holds only where some of its terms cancel is not."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting

Rows = list[list[str]]


def years_in_turns(
    random: Random, *, pairs: int, years: int, rows: int, swapped: bool = False
) -> tuple[Rows, set[frozenset[int]]]:
    """Columns of so many years that take turns. Of each three kinds of column the third is the
    first less the second (or the second less the first); a third of the figures are nil."""
    width = 3 * pairs * years
    table = [["Authority", *(f"Column {at}" for at in range(width))]]
    for row in range(rows):
        line = [
            random.choice([0, random.randint(1, 999_999), random.randint(1, 2000)])
            for _ in range(width)
        ]
        for at in nets(pairs, years):
            line[at] = line[at - 2 * years] - line[at - years]
            if swapped:
                line[at] = -line[at]
        table.append([f"Authority {row}", *map(str, line)])
    wanted = {frozenset({at - 2 * years, at - years, at}) for at in nets(pairs, years)}
    return table, wanted


def nets(pairs: int, years: int) -> list[int]:
    return [3 * years * pair + 2 * years + year for pair in range(pairs) for year in range(years)]


def columns_of(found: Casting) -> set[frozenset[int]]:
    """The columns, from 0, of each pattern of relations across."""
    return {
        frozenset(
            number("".join(filter(str.isalpha, cell.lstrip("+-")))) - 2
            for cell in (one.total, *one.terms)
        )
        for one in found.relations
    }


def number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = 26 * value + ord(letter) - 64
    return value


@pytest.mark.parametrize(("pairs", "years"), [(5, 2), (9, 1), (4, 3), (10, 2), (3, 3)], ids=str)
def test_nets_of_years_that_take_turns(pairs: int, years: int) -> None:
    table, wanted = years_in_turns(Random(1), pairs=pairs, years=years, rows=40)
    found = cast(table)
    assert columns_of(found) == wanted
    assert {one.outcome for one in found.relations} == {"agrees"}
    assert found.suspects == ()


@settings(max_examples=12)
@given(
    st.integers(min_value=0, max_value=10_000),
    st.integers(min_value=1, max_value=3),
    st.integers(min_value=12, max_value=40),
    st.booleans(),
)
def test_a_wide_table_that_is_right_accuses_nothing(
    seed: int, years: int, rows: int, swapped: bool
) -> None:
    pairs = -(-25 // (3 * years))
    table, wanted = years_in_turns(
        Random(seed), pairs=pairs, years=years, rows=rows, swapped=swapped
    )
    found = cast(table)
    assert found.suspects == ()
    assert all(one.outcome != "differs" for one in found.relations)
    if rows > 24:  # in fewer rows a third of which are nil, a net may be told by too few
        assert wanted <= columns_of(found)


def test_a_wrong_net_in_a_wide_table_is_found() -> None:
    table, _ = years_in_turns(Random(1), pairs=5, years=2, rows=40)
    at = next(row for row in range(1, 41) if len(table[row][5]) > 4)
    printed = table[at][5]
    table[at][5] = printed[:-1] + str((int(printed[-1]) + 1) % 10)
    (wrong,) = (one for one in cast(table).relations if one.outcome == "differs")
    assert f"F{at + 1}" in {wrong.total, *(term[1:] for term in wrong.terms)}


def test_quarters_with_their_totals_over_many_years() -> None:
    random = Random(1)
    table = [["", *["Q1", "Q2", "Q3", "Q4", "Year"] * 8]]
    for row in range(6):
        line: list[str] = []
        for _ in range(8):
            quarters = [random.randint(1_000, 99_999) for _ in range(4)]
            line += [f"{value:,}" for value in (*quarters, sum(quarters))]
        table.append([f"Service {row}", *line])
    found = cast(table)
    assert len(found.relations) == 6 * 8
    assert {one.outcome for one in found.relations} == {"agrees"}

"""Columns that take turns, as debits and credits do: each total is held to its own lines."""

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

TRIAL_BALANCE = """
    Account      | Debit   | Credit
    Salaries     | 212,372 |
    Premises     | 26,343  |
    Transport    | 18,128  |
    Supplies     | 77,383  |
    Debtors      | 28,926  |
    Grants       |         | 80,100
    Fees         |         | 50,200
    General fund |         | 232,852
    Total        | 363,152 | 363,152
    """


def found_in(text: str) -> Casting:
    return cast(rows_of(text))


def flagged(found: Casting) -> set[str]:
    differing = {one.total for one in found.relations if one.outcome == "differs"}
    return differing | {one.cell for one in found.suspects} | {one.total for one in found.unproved}


def test_a_trial_balance_that_adds_up_is_accused_of_nothing() -> None:
    assert flagged(found_in(TRIAL_BALANCE)) == set()


@pytest.mark.parametrize(
    ("printed", "wrong"),
    [
        ("77,383", "72,383"),
        ("26,343", "(26,343)"),
        ("18,128", "18,218"),
    ],
)
def test_a_wrong_debit_is_told_though_the_credits_add_up(printed: str, wrong: str) -> None:
    found = found_in(TRIAL_BALANCE.replace(printed, wrong))
    assert "B10" in flagged(found)


@pytest.mark.parametrize("line", ["Premises", "Transport", "Debtors"])
def test_a_missing_debit_is_told_with_what_the_others_come_to(line: str) -> None:
    rows = [row for row in TRIAL_BALANCE.splitlines() if line not in row]
    found = found_in("\n".join(rows))
    (one,) = found.unproved
    assert one.total == "B9"
    assert one.nearest == ("+B2", "+B3", "+B4", "+B5")
    assert one.difference == one.computed - 363_152


def test_a_figure_beside_a_total_that_other_lines_do_not_make_is_left_alone() -> None:
    """A tax base and a rate beside an amount, which stand in lines of their own."""
    found = found_in(
        """
        Council tax           | £m      | Dwellings
        Adults                | 61.400  |
        Children              | 38.250  |
        Place                 | 21.120  |
        Total requirement     | 120.770 | 84,120
        Dwellings in Band A   |         | 21,004
        Dwellings in Band D   |         | 50,116
        """
    )
    assert not found.unproved

"""Lines drawn beside figures of pasted text: those that mark a total, and those that do not."""

from inspect import cleandoc

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.files import pasted

NESTED = """
                      2023-24   2024-25
Employees                 100       120
Premises                  200       240
                        -----     -----
Gross                     300       360
                        =====     =====
Income                    (50)      (40)
                        -----     -----
                          250       320
                        =====     =====
"""
LONE = """
Pay                        31
Rent                       22
Power                      17
                          ---
All                        70
"""


def ruled(text: str) -> set[int]:
    return {row + 1 for table in pasted(cleandoc(text) + "\n") for row in table.stored.ruled}


def found(text: str) -> Casting:
    (table,) = pasted(cleandoc(text) + "\n")
    return cast(table.rows, stored=table.stored)


@pytest.mark.parametrize("drawn", ["---", "===", "___", "───", "═══"])
def test_a_line_above_a_figure_says_that_it_is_a_total(drawn: str) -> None:
    text = LONE.replace("---", drawn)
    assert ruled(text) == {5}
    (made,) = found(text).relations
    assert (made.total, made.terms, made.outcome) == ("B5", ("+B1", "+B2", "+B3"), "agrees")
    (listed,) = found(text.replace("70", "75")).unproved
    assert (listed.total, listed.claim) == ("B5", "a line is drawn to mark it")
    assert listed.difference == -5


def test_a_double_line_below_the_last_figure_says_so_too() -> None:
    text = LONE.replace("                          ---\n", "") + "                          ===\n"
    assert ruled(text) == {4}
    assert [one.total for one in found(text.replace("70", "75")).unproved] == ["B4"]


def test_totals_nest() -> None:
    assert ruled(NESTED) == {5, 9}
    assert {one.outcome for one in found(NESTED).relations} == {"agrees"}


@pytest.mark.parametrize(
    "text",
    [
        # below headings, of years and of words
        """
        Line          2023   2024
                     -----  -----
        Employees      100    120
        Premises       200    260
        """,
        """
        Table 1
        Employees      100    120
        Premises       200    260
        Supplies        31     42

        Table 2
        Line          2023   2024
                     -----  -----
        Roads          100    120
        Parks          205    267
        """,
        # round a table, labels and all
        """
        ==========  =====  =====
        Line         2023   2024
        ==========  =====  =====
        Employees     100    120
        Premises      200    260
        Supplies       31     42
        ==========  =====  =====
        """,
        # between all its rows
        """
        Employees      100    120
                     -----  -----
        Premises       200    260
                     -----  -----
        Supplies        31     42
                     -----  -----
        Transport       25     27
        """,
        # below a total, above lines of another part
        """
        Employees      100    120
        Premises       200    260
                     -----  -----
        Gross          300    380
                     -----  -----
        Fees            31     42
        Grants          25     27
        """,
        # across the page
        """
        Employees      100    120
        Premises       200    260
        -------------------------
        Supplies        31     42
        """,
    ],
)
def test_other_lines_say_nothing(text: str) -> None:
    assert ruled(text) <= {4}
    assert not ruled(text) or "Gross" in text
    for table in pasted(cleandoc(text) + "\n"):
        assert cast(table.rows, stored=table.stored).unproved == ()


def test_a_report_with_its_accounts_behind_the_figures_is_left_alone() -> None:
    text = """
                       100  assets:bank
                        20    assets:cash
                       -90  income
        --------------------
                        10
        """
    assert ruled(text) == set()

"""Blocks from which a line is missing, or in which one is wrong: they are named, and no other."""

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.error_trial import called_wrong
from tests.casting.kit.known_casting import cast_known
from tests.casting.kit.printed_errors import PrintedError, plant_errors
from tests.casting.kit.scores import MADE_TABLES, read_tables
from tests.casting.kit.small_tables import rows_of

MADE = {table.name: table for table in read_tables(MADE_TABLES)}


def planted(name: str, kind: str, where: str) -> tuple[PrintedError, Casting]:
    errors = plant_errors(MADE[name], "1", cells=99, lines=99)
    (error,) = [one for one in errors if (one.kind, one.where) == (kind, where)]
    return error, cast_known(MADE[name], error.rows).casting


def called_wrong_in(text: str) -> set[str]:
    return set(called_wrong(cast(rows_of(text))))


@pytest.mark.parametrize(
    ("name", "kind", "where", "named"),
    [
        ("budget-bridge", "digit", "B11", "B13"),
        ("budget-bridge", "dropped line", "10", "B12"),
        ("budget-bridge", "dropped line", "15", "B16"),
        ("balance-sheet", "dropped line", "9", "B10 C10"),
        ("balance-sheet", "sign", "C15", "C15"),
        ("balance-sheet", "exchange", "C6", "C6"),
        ("capital-by-financing", "dropped line", "13", "B14 C14 D14 E14 F14"),
        ("capital-by-financing", "doubled line", "14", "B16 E16 F16"),
        ("cash-flow-by-month", "dropped line", "8", "F8 G8 H8 K8 L8 M8"),
        ("collection-fund", "doubled line", "9", "C13 D13"),
        ("reserves-by-year", "doubled line", "9", "B12 E12"),
        ("capital-financing-requirement", "sign", "E5", "E2 E5"),
        ("parish-precepts", "dropped line", "8", "B11 C11 D11 E11"),
        ("trial-balance", "dropped line", "7", "D15"),
        ("trial-balance", "doubled line", "12", "C17"),
        ("ruled-receipts-and-payments", "digit", "B4", "B8"),
        ("ruled-receipts-and-payments", "exchange", "B2", "B10"),
    ],
)
def test_the_block_with_the_error_is_named_and_no_other(
    name: str, kind: str, where: str, named: str
) -> None:
    error, found = planted(name, kind, where)
    assert called_wrong(found) == set(named.split())
    assert called_wrong(found) <= error.broken


def test_a_line_of_one_column_that_a_total_leaves_out_is_no_other_total_s() -> None:
    text = """
        £000        | 2024/25 | 2025/26 | 2026/27
        Adults      | 88,412  | 90,125  | 93,470
        Children    | 61,205  | 63,980  | 65,115
        Contingency | -       | 1,240   | -
        Place       | 24,918  | 25,360  | 25,905
        Total       | 174,535 | 179,465 | 184,490
        """
    assert "C6" in called_wrong_in(text)


def test_a_line_within_a_sum_that_it_leaves_out_is_right_where_no_run_makes_it() -> None:
    text = """
        £000                        | 2024/25 | 2025/26
        Adults                      | 88,412  | 90,125
        Children                    | 61,205  | 63,980
        Of which funded by the NHS  | 141,870 | 144,310
        Place                       | 24,918  | 25,360
        Corporate                   | 9,310   | 9,515
        Net cost of services        | 183,845 | 188,980
        """
    assert called_wrong_in(text) == set()


def test_counts_before_the_first_line_of_a_sum_do_not_make_it() -> None:
    text = """
        £000                 | 2024/25 | 2025/26
        Population           | 31,204  | 31,420
        Households           | 11,980  | 12,105
        Adults               | 88,412  | 90,125
        Children             | 61,205  | 63,980
        Net cost of services | 149,617 | 154,105
        Grants               | 40,000  | 41,000
        Council tax          | 109,617 | 113,105
        Total funding        | 149,617 | 154,105
        """
    assert called_wrong_in(text) == set()


def test_a_result_right_below_a_total_that_is_used_elsewhere_needs_nothing_between() -> None:
    text = """
        £000                  | 2024/25 | 2025/26
        Adults                | 88,412  | 90,125
        Children              | 61,205  | 63,980
        Total services        | 149,617 | 154,105
        Net budget            | 143,500 | 150,820
        Council tax           | 109,617 | 113,105
        Grants                | 33,883  | 37,715
        Services over budget  | 6,117   | 3,285
        """
    assert called_wrong_in(text) == set()


def test_columns_of_levels_are_still_read_as_one() -> None:
    text = """
        £000               | Items  | Subtotals | Result
        Pay                | 8,993  |           |
        Prices             | 2,350  |           |
        Demand             | 6,236  |           |
        Total pressures    |        | 17,579    |
        Savings            | 11,027 |           |
        Fees               | 8,800  |           |
        Total reductions   |        | 19,827    |
        Change in budget   |        | 37,406    | 37,406
        """
    found = cast(rows_of(text))
    assert called_wrong(found) == set()
    totals = {relation.total for relation in found.relations}
    assert {"C5", "C8", "C9"} <= totals

"""Minus figures that a spreadsheet holds as texts, and prints at the left of their column."""

import pytest

from cfbudget.casting.report.cast_table import all_well, cast_tables
from tests.casting.kit.files import only, pasted

ACCOUNT = """
£000                           2025/26        2026/27
Dwelling rents                 (48,215)       (50,744)
Other rents                    (1,320)        (1,366)
Total income                   (49,535)       (52,110)
Repairs                           14870          15633
Management                        32204          33781
Depreciation                        412            430
Total expenditure                 47486          49844
Net cost                       (2,049)        (2,266)
"""


def test_figures_at_the_left_and_at_the_right_are_one_column() -> None:
    assert all(len(row) == 3 for row in only(ACCOUNT) if row)
    (table,) = cast_tables(pasted(ACCOUNT))
    assert all_well([table])
    assert len(table.casting.relations) == 6
    assert table.casting.uncovered == ()


def test_a_wrong_figure_among_them_is_told() -> None:
    (table,) = cast_tables(pasted(ACCOUNT.replace("(2,049)", "(2,409)")))
    assert not all_well([table])


LEVELS = """
Salaries                          14,870
Rents                             (2,204)
Staff                                       12,666
Repairs                              412
Fees                              (1,300)
Premises                                      (888)
"""
BESIDE = ACCOUNT.replace(
    "Net cost                       (2,049) ", "Net cost           (2,049)    47486"
)


@pytest.mark.parametrize(("text", "columns"), [(LEVELS, 3), (BESIDE, 4)])
def test_columns_of_their_own_stay_so(text: str, columns: int) -> None:
    assert max(len(row) for row in only(text)) == columns

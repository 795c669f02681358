"""Figures that a spreadsheet holds as texts, and prints at the left of their column."""

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


NILS = """
£m                        2024/25        2025/26          Total
Schools                    12.500         11.250         23.750
Libraries           -                      0.400          0.400
Parks                       1.750  -                      1.750
Museums             n/a                    0.350          0.350
Total                      14.250         12.000         26.250
"""
PLUS = """
£000                      2024/25        2025/26
Restructure         +0.0           +290.0
Fees                        -41.0          -61.0
Rents                      -119.0         -120.8
Total                      -160.0          108.2
"""
ONE_AT_THE_RIGHT = """
£                           Gross         Income            Net
Planning               £1,960,160  (£624,480)        £1,335,680
Policy                   £172,060             £0       £172,060
Legal                    £908,520  (£9,880)            £898,640
Total                  £3,040,740  (£634,360)        £2,406,380
"""


@pytest.mark.parametrize(("text", "columns"), [(NILS, 4), (PLUS, 3), (ONE_AT_THE_RIGHT, 4)])
def test_nils_and_signed_figures_at_the_left_make_no_column(text: str, columns: int) -> None:
    assert all(len(row) == columns for row in only(text) if row)
    (table,) = cast_tables(pasted(text))
    assert all_well([table])
    assert table.casting.relations


HEADS_OF_EACH = """
£m                  Nil                  2024/25
Schools                                   12.500
Libraries           -
Parks                                      1.750
Total                                     14.250
"""
LEVELS_OF_MINUS = """
£000
Rents                     (2,204)
Fees                      (1,300)
Income                                   (3,504)
"""


@pytest.mark.parametrize("text", [HEADS_OF_EACH, LEVELS_OF_MINUS])
def test_what_has_a_head_or_a_side_of_its_own_is_a_column(text: str) -> None:
    assert max(len(row) for row in only(text)) == 3

"""Reports of plain-text accounting: bars part the accounts from figures, blanks the figures."""

import pytest

from cfbudget.casting.casting import cast
from tests.casting.kit.files import only

HLEDGER = """\
Balance changes in 2024Q2:

                  ||     Apr      May      Jun    Total\x20
==================++====================================
 home care        || 1200.00  1300.50  1310.25  3810.75\x20
 day centres      ||  400.00        0        0   400.00\x20
 highways         ||       0    99.50   200.75   300.25\x20
------------------++------------------------------------
                  || 1600.00  1400.00  1511.00  4511.00\x20
"""
PRETTY = str.maketrans({"|": "║", "=": "═", "-": "─", "+": "╫"})


@pytest.mark.parametrize("text", [HLEDGER, HLEDGER.translate(PRETTY), HLEDGER.replace("||", " |")])
def test_bars_that_part_only_accounts_from_figures(text: str) -> None:
    rows = only(text)
    assert rows[2] == ("", "Apr", "May", "Jun", "Total")
    assert rows[4:7] == (
        ("home care", "1200.00", "1300.50", "1310.25", "3810.75"),
        ("day centres", "400.00", "0", "0", "400.00"),
        ("highways", "0", "99.50", "200.75", "300.25"),
    )
    found = cast(rows).relations
    assert [relation.outcome for relation in found] == ["agrees"] * 8


def test_bars_between_all_columns_part_them() -> None:
    text = " name | sum | of it \n------+-----+------\n Care |  50 | 5 000 \n Home | 7 2 |\n"
    assert only(text)[2:] == (("Care", "50", "5 000"), ("Home", "7 2"))

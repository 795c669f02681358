"""One wrong figure that two sums down share: it is named, and both differ because of it."""

from decimal import Decimal

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.scores import TABLES, read_tables
from tests.casting.kit.small_tables import rows_of

REAL = {table.name: table.rows for table in read_tables(TABLES)}
TAX_BASE = """
    Band             | Dwellings | Equivalent
    A                | 45,335    | 30,224
    B                | 15,425    | 11,997
    C                | 11,711    | 10,410
    D                | 4,947     | 4,947
                     | 77,418    | {}
    Less: allowance  |           | 1,266
    Council tax base |           | 56,312
    """


def differing(found: Casting) -> list[tuple[str, str | None]]:
    return [(one.total, one.follows_from) for one in found.relations if one.outcome == "differs"]


@pytest.mark.parametrize("figure", ["57,758", "57,878", "57,871"])
def test_the_figure_that_two_sums_share_is_named(figure: str) -> None:
    found = cast(rows_of(TAX_BASE.format(figure)))
    assert differing(found) == [("C6", "C6"), ("C8", "C6")]
    assert [(one.cell, one.suggested) for one in found.suspects] == [("C6", Decimal(57578))]
    assert found.unproved == ()


def test_where_no_one_figure_tells_of_both_the_second_is_listed_by_itself() -> None:
    found = cast(rows_of(TAX_BASE.format("57,578").replace("1,266", "1,626")))
    assert differing(found) == []
    assert [(one.total, one.difference) for one in found.unproved] == [("C8", Decimal(-360))]


def test_of_a_missing_line_no_pair_of_lines_is_accused() -> None:
    rows = [list(line) for line in REAL["west-norfolk-2024"]]
    before = {one.cell for one in cast(rows).suspects}
    del rows[2]
    found = cast(rows)
    assert {"B15", "D15"} <= {total for total, _ in differing(found)}
    assert len(found.suspects) <= len(before)
    assert not {one.cell for one in found.suspects} & {
        f"{c}{r}" for c in "BCD" for r in range(2, 14)
    }

"""What a list carries forward to its next page, and brings forward there."""

from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from tests.casting.kit.small_tables import rows_of

LEDGER = """
    Ledger          | £
    Journal 1       | 63,745
    Journal 2       | 6,519
    Journal 3       | 72,203
    Journal 4       | 16,786
    Journal 5       | 22,482
    Journal 6       | 61,990
    Carried forward | 243,725
    Brought forward | 243,725
    Journal 7       | 54,477
    Journal 8       | 45,144
    Journal 9       | 37,029
    Total           | 380,375
    """
LABELS = [
    ("Carried forward", "Brought forward"),
    ("Carried forward to page 2", "Brought forward from page 1"),
    ("Total c/f", "Total b/f"),
    ("Balance carried down", "Balance brought down"),
    ("c/fwd", "b/fwd"),
    ("Closing balance 31 March", "Opening balance 1 April"),
    ("Cash carried forward", "Cash brought forward"),
]


def differing(found: Casting) -> set[str]:
    return {one.total for one in found.relations if one.outcome == "differs"}


def ledger(carried: str, brought: str, *, total: str = "380,375") -> list[list[str]]:
    rows = rows_of(LEDGER)
    rows[7][1], rows[8][1], rows[12][1] = carried, brought, total
    return rows


@pytest.mark.parametrize("labels", LABELS)
def test_what_is_brought_forward_is_what_is_carried_forward(labels: tuple[str, str]) -> None:
    rows = ledger("243,725", "243,725")
    rows[7][0], rows[8][0] = labels
    found = cast(rows)
    made = {one.total: one.terms for one in found.relations}
    assert made["B9"] == ("+B8",)
    assert made["B13"] == ("+B9", "+B10", "+B11", "+B12")
    assert differing(found) == set()
    assert found.unproved == ()
    assert found.uncovered == ()


@pytest.mark.parametrize("labels", LABELS)
def test_where_they_differ_by_a_slip_that_is_said(labels: tuple[str, str]) -> None:
    rows = ledger("247,325", "243,725")
    rows[7][0], rows[8][0] = labels
    found = cast(rows)
    assert "B9" in differing(found)
    assert [(one.cell, one.suggested) for one in found.suspects] == [("B8", Decimal(243_725))]


def test_another_figure_that_is_brought_forward_is_said_and_no_figure_is_named() -> None:
    found = cast(ledger("243,725", "198,311", total="334,961"))
    assert differing(found) == {"B9"}
    assert found.suspects == ()


def test_a_line_that_is_missing_before_it_is_carried_forward_is_said() -> None:
    rows = ledger("243,725", "243,725")
    del rows[3]
    (listed,) = cast(rows).unproved
    assert (listed.total, listed.difference) == ("B7", Decimal(-72_203))
    assert listed.claim == "it is carried forward to the next page"


def test_a_head_that_comes_again_between_them_is_the_pages() -> None:
    rows = ledger("243,725", "243,752", total="380,402")
    rows[8:8] = [["Page 2", ""], ["Ledger", "£"]]
    assert differing(cast(rows)) == {"B11"}


def test_pages_that_mostly_agree_are_one_list() -> None:
    rows = ledger("243,725", "243,725")
    rows[10:10] = [["Carried forward", "298,202"], ["Brought forward", "150,011"]]
    rows[-1][1] = "232,184"
    assert differing(cast(rows)) == {"B12"}


ACCOUNTS = """
    Reserve                  | £000
    Balance brought forward  | 12,345
    Added                    | 1,111
    Balance carried forward  | 13,456
    Balance brought forward  | 7,812
    Added                    | 318
    Balance carried forward  | 8,130
    """


def said(rows: list[list[str]]) -> set[str]:
    found = cast(rows)
    return differing(found) | {one.total for one in found.unproved}


def test_accounts_one_below_the_other_are_held_each_to_its_own() -> None:
    assert said(rows_of(ACCOUNTS)) == set()
    rows = rows_of(ACCOUNTS)
    rows[4:4] = [["Housing", ""]]
    assert said(rows) == set()
    rows = rows_of(ACCOUNTS.replace("Balance brought", "Pensions brought"))
    assert said(rows) == set()


def test_lines_that_are_carried_and_brought_forward_are_no_ends_of_pages() -> None:
    rows = rows_of(
        """
        Service                    | £000
        Schools                    | 1,204
        Underspend carried forward | 312
        Underspend brought forward | 117
        Other                      | 411
        Total                      | 2,044
        """
    )
    assert said(rows) == set()
    for row in rows[2:4]:
        row[0] = row[0].removeprefix("Underspend ").capitalize()
    assert said(rows) == set()


@pytest.mark.parametrize("seed", range(30))
def test_a_right_list_of_pages_accuses_nothing_and_one_wrong_page_is_said(seed: int) -> None:
    random = Random(f"pages {seed}")
    total, rows = 0, [["Ledger", "£"]]
    for page in range(random.randint(2, 3)):
        if page:
            rows += [["Carried forward", f"{total:,}"], ["Brought forward", f"{total:,}"]]
        for line in range(random.randint(2, 6)):
            amount = random.randint(1_000, 99_999)
            total += amount
            rows.append([f"Journal {page}.{line}", f"{amount:,}"])
    rows.append(["Total", f"{total:,}"])
    assert said(rows) == set()
    at = next(at for at, row in enumerate(rows) if row[0].startswith("Brought"))
    rows[at][1] = f"{int(rows[at][1].replace(',', '')) + 3_000:,}"
    rows[-1][1] = f"{total + 3_000:,}"
    assert said(rows)

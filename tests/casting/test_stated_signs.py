"""Labels that state a formula by numbers, letters, marks or names: what they state is held."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from cfbudget.casting.search.line_references import reference_formulas
from tests.casting.kit.small_tables import rows_of

LETTERS = """
                                      | £000
    A Gross expenditure               | 345,678
    B Income                          | 123,456
    C Net expenditure = A minus B     | 222,222
    D Use of reserves                 | 2,222
    E Budget requirement (C - D)      | 220,000
    F Grants                          | 45,000
    G Council tax requirement (E - F) | 175,000
    """
NUMBERS = """
    Line                         | £
    1 Balances brought forward   | 45,678
    2 Precept                    | 123,456
    3 Total other receipts       | 22,222
    4 Staff costs                | 62,222
    5 Loan interest              | 10,111
    6 All other payments         | 45,320
    7 Balances carried forward (1+2+3-(4+5+6)) | 73,703
    """
MARKS = """
    Line                    | £000
    Gross                   | 9,100
    (-) Income              | 3,300
    (=) Net                 | 5,800
    (-) Use of reserves     | 1,150
    (=) Budget requirement  | 4,650
    """
BESIDE = """
    Ref       | Line        | Made of | £000
    A         | Gross       |         | 9,100
    B         | Income      |         | 3,300
    C         | Net         | A - B   | 5,800
    D         | Reserves    |         | 1,150
    E = C - D | Requirement |         | 4,650
    """


def flagged(found: Casting) -> set[str]:
    return {one.total for one in found.unproved} | {
        one.total for one in found.relations if one.outcome == "differs"
    }


def turned(text: str, at: int) -> list[list[str]]:
    """The table with the other sign in a line's last figure."""
    rows = rows_of(text)
    rows[at][-1] = f"({rows[at][-1]})"
    return rows


@pytest.mark.parametrize("text", [LETTERS, NUMBERS, MARKS, BESIDE])
def test_what_labels_state_is_what_is_found(text: str) -> None:
    found = cast(rows_of(text))
    assert flagged(found) == set()
    assert found.suspects == ()
    assert found.uncovered == ()


@pytest.mark.parametrize(
    ("text", "line", "total"),
    [
        *((LETTERS, line, total) for line, total in zip((2, 4, 6, 7), (4, 6, 8, 8), strict=True)),
        *((NUMBERS, line, 8) for line in range(1, 7)),
        (MARKS, 2, 4),
        (MARKS, 4, 6),
        (BESIDE, 2, 4),
        (BESIDE, 4, 6),
    ],
)
def test_a_wrong_sign_makes_no_other_formula(text: str, line: int, total: int) -> None:
    rows = turned(text, line)
    assert f"{'ABCD'[len(rows[0]) - 1]}{total}" in flagged(cast(rows))


@pytest.mark.parametrize("text", [LETTERS, NUMBERS, MARKS])
def test_what_is_taken_off_may_bear_its_minus_in_all_of_a_table(text: str) -> None:
    rows = rows_of(text)
    taken = {LETTERS: (2, 4, 6), NUMBERS: (4, 5, 6), MARKS: (2, 4)}[text]
    for at in taken:
        rows[at][1] = f"({rows[at][1]})"
    assert flagged(cast(rows)) == set()


def test_a_lone_formula_may_take_off_what_bears_its_minus() -> None:
    rows = turned(LETTERS, 6)
    assert flagged(cast([rows[0], *rows[5:]])) == set()


def test_income_that_bears_its_minus_may_be_what_a_formula_begins_with() -> None:
    table = """
        Line            | £000
        A Income        | (9,100)
        B Spending      | 3,300
        C Surplus (A-B) | 5,800
        D Opening       | 10,100
        E Use           | 230
        F Closing (D-E) | 9,870
        """
    assert flagged(cast(rows_of(table))) == set()
    rows = rows_of(table.replace("Income", "Budget"))
    assert flagged(cast(rows)) == {"B4"}


def test_the_total_is_that_of_the_label_not_another_of_its_figures() -> None:
    made = {one.total: one.terms for one in cast(rows_of(LETTERS)).relations}
    assert made == {"B4": ("+B2", "-B3"), "B6": ("+B4", "-B5"), "B8": ("+B6", "-B7")}


def test_a_sign_that_is_wrong_in_one_of_two_columns_differs_in_it() -> None:
    rows = rows_of(LETTERS)
    for row, more in zip(
        rows,
        ("", "351,234", "120,000", "231,234", "1,234", "230,000", "50,000", "180,000"),
        strict=True,
    ):
        row.append(more)
    rows[6][1] = "(45,000)"
    found = cast(rows)
    assert flagged(found) == {"B8"}
    assert [(one.cell, one.suggested) for one in found.suspects] == [("B7", Decimal(45_000))]


def test_a_line_that_a_label_names_and_that_is_missing_is_said() -> None:
    rows = rows_of(LETTERS)
    del rows[6]
    (listed,) = cast(rows).unproved
    assert (listed.total, listed.nearest) == ("B7", ("+B6",))
    assert listed.claim == "its label names F, and no line is called so"


@pytest.mark.parametrize("label", ["F Grants", "F. Grants", "(F) Grants", "F"])
def test_a_line_without_figures_is_not_missing(label: str) -> None:
    rows = rows_of(LETTERS)
    rows[6], rows[7][1] = [label, ""], "220,000"
    assert "no line is called so" not in {one.claim[-22:] for one in cast(rows).unproved}


def test_a_line_of_another_page_is_not_missing() -> None:
    rows = rows_of(LETTERS)
    rows[7][0] = "G Council tax requirement (E - J)"
    assert flagged(cast(rows)) <= {"B8"}
    assert all("no line" not in one.claim for one in cast(rows).unproved)


@pytest.mark.parametrize(
    "label", ["Ages 2-4", "Children (2-4)", "Bands 1 - 4", "Pupils (notes 1-3)", "Left (2 - 3) x 4"]
)
def test_what_only_looks_like_a_formula_accuses_nothing(label: str) -> None:
    rows = rows_of(
        f"""
        Line      | 2023  | 2024
        1 Nursery | 1,204 | 1,318
        2 Infants | 917   | 1,011
        3 Juniors | 418   | 433
        4 Seniors | 777   | 881
        5 {label} | 1,950 | 2,004
        6 Others  | 123   | 117
        """
    )
    assert flagged(cast(rows)) == set()


def test_two_statements_with_the_same_letters_are_held_each_to_its_own() -> None:
    rows = rows_of(
        """
        Line           | £
        A Gross        | 9,100
        B Income       | 3,300
        C Net (A - B)  | 5,800
        Housing        |
        A Gross        | 8,200
        B Income       | 1,300
        C Net (A - B)  | 6,900
        """
    )
    assert flagged(cast(rows)) == set()
    rows[6][1] = "(1,300)"
    assert flagged(cast(rows)) == {"B8"}


def between(one: str, other: str) -> Sequence[str]:
    names = "abcdefgh" if one.isalpha() else "12345678"
    return names[names.index(one) : names.index(other) + 1]


@pytest.mark.parametrize(
    ("text", "terms", "strength"),
    [
        (" Net (A - B)", "+a -b", "stated"),
        (" Net (A-B)", "+a -b", "stated"),
        (" = A − B", "+a -b", "stated"),
        ("=A-B Net expenditure", "+a -b", "stated"),
        (" Net (line 1 less line 2)", "+1 -2", "stated"),
        (" Net ((1) plus (2))", "+1 +2", "stated"),
        (" Requirement (c) - (d)", "+c -d", "loose"),
        (" must equal 1+2+3-(4+5+6)", "+1 +2 +3 -4 -5 -6", "sure"),
        (" Total (1-(2-(3+4)))", "+1 -2 +3 +4", "sure"),
        (" Total (sum of lines 1 to 4)", "+1 +2 +3 +4", "stated"),
        (" Total (A to C)", "+a +b +c", "stated"),
        (" Box - (A - B)", "+a -b", "stated"),
    ],
)
def test_formulas_are_read_however_they_are_written(text: str, terms: str, strength: str) -> None:
    found = next(reference_formulas(text, between))
    assert " ".join(f"{'+' if sign > 0 else '-'}{name}" for sign, name in found.terms) == terms
    assert found.strength == strength


@pytest.mark.parametrize(
    "text",
    [
        " Band D (C / D)",
        " Tax (A x B)",
        " Tax = A - B x C",
        " Net (A - B, or nil)",
        " Net (A -)",
        " Net (- A)",
        " Net (A))",
        " Schools (1 to 4)",
        " At 1.5 - 2.5",
        " A grant",
        " Net (A (B))",
        " Net of (1, 2 and 3)",
    ],
)
def test_what_is_no_formula_is_not_read(text: str) -> None:
    assert list(reference_formulas(text, between)) == []


@pytest.mark.parametrize("seed", range(40))
def test_a_right_statement_is_never_accused_and_a_wrong_sign_of_a_total_always_is(
    seed: int,
) -> None:
    random = Random(f"stated {seed}")
    minus, numbered = random.random() < 0.5, random.random() < 0.5
    left = random.randint(500_000, 999_999)
    rows = [["Line", "£000"], [f"{_name(0, numbered=numbered)} Opening", f"{left:,}"]]
    for step in range(random.randint(1, 4)):
        first, taken, total = (_name(2 * step + at, numbered=numbered) for at in range(3))
        amount = random.randint(1_000, 99_999)
        left -= amount
        rows.append([f"{taken} Used", f"({amount:,})" if minus else f"{amount:,}"])
        rows.append([f"{total} Left ({first} - {taken})", f"{left:,}"])
    assert flagged(cast(rows)) == set()
    at = random.randrange(3, len(rows), 2)
    rows[at][1] = f"({rows[at][1]})"
    assert flagged(cast(rows))


def _name(at: int, *, numbered: bool) -> str:
    return str(at + 1) if numbered else "ABCDEFGHIJKLM"[at]

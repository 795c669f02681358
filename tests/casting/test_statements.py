"""Statements in which labels say what is taken off: what is left is held to the lines above."""

from decimal import Decimal
from random import Random

import pytest

from cfbudget.casting.casting import cast
from cfbudget.casting.results import Casting
from cfbudget.casting.search.statements import statements
from cfbudget.casting.table.grid import read_grid
from tests.casting.kit.small_tables import rows_of

STATEMENT = """
                                | £000
    Gross expenditure           | 412,345
    Less: income                | 203,456
    Net expenditure             | 208,889
    Add: transfer to reserves   | 2,204
    Less: use of reserves       | 3,704
    Budget requirement          | 207,389
    Less: Revenue Support Grant | 35,123
    Less: Business rates        | 61,234
    Council tax requirement     | 111,032
    """
Lines = list[tuple[str, list[int]]]


def accused(found: Casting) -> set[str]:
    differing = {one.total for one in found.relations if one.outcome == "differs"}
    return differing | {one.cell for one in found.suspects} | {one.total for one in found.unproved}


def statement(random: Random, columns: int, less: str) -> Lines:
    """From gross to the council tax requirement."""
    left = [random.randint(300_000, 9_000_000) for _ in range(columns)]
    lines = [("Gross expenditure", left)]
    for names, result in (
        (["fees", "specific grants"], "Net expenditure"),
        (["use of reserves"], "Budget requirement"),
        (["Revenue Support Grant", "business rates"], "Council tax requirement"),
    ):
        for name in names:
            part = [int(one * random.uniform(0.05, 0.2)) for one in left]
            left = [one - other for one, other in zip(left, part, strict=True)]
            lines.append((f"{less} {name}", part))
        lines.append((result, left))
    return lines


def printed(lines: Lines) -> list[list[str]]:
    return [
        ["", *(str(2024 + at) for at in range(len(lines[0][1])))],
        *(
            [label, *(f"{one:,}" if one >= 0 else f"({-one:,})" for one in figures)]
            for label, figures in lines
        ),
    ]


def test_a_statement_is_told_by_what_is_left() -> None:
    found = cast(rows_of(STATEMENT))
    assert accused(found) == set()
    assert found.uncovered == ()
    assert {one.total: one.terms for one in found.relations} == {
        "B4": ("+B2", "-B3"),
        "B7": ("+B4", "+B5", "-B6"),
        "B10": ("+B7", "-B8", "-B9"),
    }


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("less", ["Less:", "less", "Minus:", "Deduct"])
def test_right_statements_accuse_nothing(seed: int, columns: int, less: str) -> None:
    lines = statement(Random(seed), columns, less)
    assert accused(cast(printed(lines))) == set()
    brackets = [
        (label, [-one for one in figures] if label.startswith(less) else figures)
        for label, figures in lines
    ]
    assert accused(cast(printed(brackets))) == set()


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("line", range(9))
@pytest.mark.parametrize("error", ["exchange", "sign", "digit"])
def test_a_wrong_figure_is_told(columns: int, line: int, error: str) -> None:
    lines = statement(Random(line), columns, "Less:")
    label, right = lines[line]
    figures = list(right)
    lines[line] = label, figures
    digits = str(figures[-1])
    if error == "sign":
        figures[-1] *= -1
    elif error == "digit":
        figures[-1] += 20_000 if digits[-5] < "8" else -20_000
    else:
        at = next(at for at in range(len(digits)) if digits[at] != digits[at + 1])
        figures[-1] = int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    assert accused(cast(printed(lines)))


@pytest.mark.parametrize("line", [1, 2, 6, 7])
@pytest.mark.parametrize("twice", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_line_that_is_missing_or_printed_twice_is_told(
    line: int, twice: bool, columns: int
) -> None:
    lines = statement(Random(line), columns, "Less:")
    lines[line : line + 1] = [lines[line]] * (2 if twice else 0)
    assert accused(cast(printed(lines)))


def test_the_end_is_held_to_the_lines_above() -> None:
    found = cast(rows_of(STATEMENT.replace("111,032", "111,302")))
    assert [(one.cell, one.suggested) for one in found.suspects] == [("B10", Decimal(111_032))]
    found = cast(rows_of(STATEMENT.replace("111,032", "118,674")))
    ((total, nearest, _, computed, _),) = found.unproved
    assert (total, nearest, computed) == ("B10", ("+B7", "-B8", "-B9"), Decimal(111_032))


@pytest.mark.parametrize(
    "text",
    [
        """
        Debtors               | 2024  | 2025
        Trade                 | 5,204 | 4,417
        Less than one year    | 3,117 | 2,904
        One to two years      | 2,087 | 1,513
        """,
        """
        Line                    | £
        Rates                   | 50,412
        Less: reliefs           | 10,306
        Water                   | 30,117
        Power                   | 22,904
        """,
        """
        Line                    | 2024    | 2025
        Available budget        | 121,046 | 118,290
        Less: spending          | 120,488 | 119,377
        (Surplus)/deficit       | (558)   | 1,087
        """,
        """
        Line                    | £
        Income                  | (61,204)
        Less: spending          | 72,317
        Deficit                 | 11,113
        """,
        """
        Line                    | 2024    | 2025
        Total                   | 96,418  | 97,220
        Less: transfers         | 4,418   | 3,220
        Staff                   | 71,000  | 70,000
        Premises                | 21,000  | 24,000
        """,
    ],
)
def test_what_stands_below_a_line_that_is_taken_off_need_not_be_what_is_left(text: str) -> None:
    assert accused(cast(rows_of(text))) == set()


def test_several_lines_may_stand_before_those_that_are_taken_off() -> None:
    rows = rows_of(
        """
        Line         | £
        Care         | 41,204
        Schools      | 33,318
        Less: fees   | 8,417
        Net cost     | 66,105
        """
    )
    (found,) = statements(read_grid(rows))
    assert (found.total, found.terms) == (4, ((1, 1), (1, 2), (-1, 3)))
    assert found.strength == "loose"
    rows[4][1] = "66,150"
    (found,) = statements(read_grid(rows))
    assert found.strength == "sure"
    rows[4][1] = "12,345"
    (found,) = statements(read_grid(rows))
    assert found.strength == "loose"
    rows[3][1] = "-"
    assert list(statements(read_grid(rows))) == []

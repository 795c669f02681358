"""Financial years as plans write them."""

import pytest

from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear, is_unbroken, parse_year


@pytest.mark.parametrize("text", ["2024-25", "2024/25", "24-25", "24/25", "2024-2025", "2024–25"])
def test_read(text: str) -> None:
    assert parse_year(text) == FinancialYear(2024)


def test_the_turn_of_a_century() -> None:
    assert parse_year("1999-00") == FinancialYear(1999)
    assert parse_year("2099-2100") == FinancialYear(2099)
    assert str(FinancialYear(2099)) == "2099-00"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2024", "write 2024-25 or 2023-24: a year has two parts"),
        ("2024-26", "write 2024-25"),
        ("2024-2124", "write 2024-25"),
        ("2024-2125", "write 2024-25"),
        ("2024-1925", "write 2024-25"),
        ("24-2025-26", "write a year like 2024-25"),
        ("next year", "write a year like 2024-25"),
        ("", "write a year like 2024-25"),
    ],
)
def test_refused(text: str, hint: str) -> None:
    refusal = parse_year(text)
    assert isinstance(refusal, Refusal)
    assert refusal.hint == hint


def test_years_follow_each_other() -> None:
    first, second, third = (FinancialYear(year) for year in (2024, 2025, 2026))
    assert is_unbroken([])
    assert is_unbroken([first, second, third])
    assert not is_unbroken([first, third])
    assert not is_unbroken([second, first])
    assert not is_unbroken([first, first])

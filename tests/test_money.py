"""Amounts as plans print them, in and out."""

import pytest

from cfbudget.money import (
    LARGEST,
    MILLIONS,
    POUNDS,
    THOUSANDS,
    Amount,
    Unit,
    exactly,
    headline,
    is_not_stated,
    parse_amount,
    places_of,
    plain,
    printed,
    rounded,
)
from cfbudget.problem import Refusal


@pytest.mark.parametrize(
    ("text", "unit", "pence", "step"),
    [
        ("-3380", THOUSANDS, -338_000_000, 100_000),
        ("(3,380)", THOUSANDS, -338_000_000, 100_000),
        ("+5", THOUSANDS, 500_000, 100_000),
        ("−5", THOUSANDS, -500_000, 100_000),
        ("5-", THOUSANDS, -500_000, 100_000),
        ("16.728", MILLIONS, 1_672_800_000, 100_000),
        ("£0.750m", MILLIONS, 75_000_000, 100_000),
        ("£0.750m", THOUSANDS, 75_000_000, 100_000),
        ("-£750k", MILLIONS, -75_000_000, 100_000),
        ("£1,234.56", POUNDS, 123_456, 1),
        ("1.500", POUNDS, 150, 1),
        ("-", THOUSANDS, 0, 100_000),
        ("–", THOUSANDS, 0, 100_000),
        ("0", MILLIONS, 0, 100_000_000),
        ("0.000", MILLIONS, 0, 100_000),
        (" 77,523 ", THOUSANDS, 7_752_300_000, 100_000),
    ],
)
def test_read(text: str, unit: Unit, pence: int, step: int) -> None:
    assert parse_amount(text, unit) == Amount(pence, step)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "n/a",
        "1e5",
        ".nan",
        "inf",
        "0123",
        "12:30",
        "1_008",
        "1,23",
        "1234,567",
        "12 345",
        "1.2.3",
        "(5",
        "5)",
        "(-5)",
        "-5-",
        "--5",
        "£",
        "5%",
        "1" + "0" * 30,
        "9" * 5000,
        "12٣",  # a digit, though not one of ours
    ],
)
def test_refused(text: str) -> None:
    refusal = parse_amount(text, THOUSANDS)
    assert isinstance(refusal, Refusal)
    assert refusal.reason
    assert refusal.hint


def test_pounds_in_a_file_of_thousands_could_be_either() -> None:
    refusal = parse_amount("£3,380", THOUSANDS)
    assert isinstance(refusal, Refusal)
    assert "could be pounds or £000" in refusal.reason


def test_finer_than_a_penny() -> None:
    assert parse_amount("0.01", POUNDS) == Amount(1, 1)
    assert isinstance(parse_amount("0.001", POUNDS), Refusal)
    assert parse_amount("0.00001", THOUSANDS) == Amount(1, 1)
    assert isinstance(parse_amount("0.000001", THOUSANDS), Refusal)


def test_the_largest_amount() -> None:
    assert parse_amount("10000000", MILLIONS) == Amount(LARGEST, 100_000_000)
    assert isinstance(parse_amount("10000000.00000001", MILLIONS), Refusal)


@pytest.mark.parametrize("text", ["", " ", "n/a", "N/A", ".", "tbc", "not yet known", "~"])
def test_not_stated(text: str) -> None:
    assert is_not_stated(text)


@pytest.mark.parametrize(
    "text", ["-", "–", "0", "1,2", "£1", "nan", ".nan", "NaN", "inf", "-.inf", "+.Inf", "infinity"]
)
def test_stated(text: str) -> None:
    assert not is_not_stated(text)


@pytest.mark.parametrize(
    ("pence", "unit", "places", "expected"),
    [
        (50_000, THOUSANDS, 0, 1),
        (-50_000, THOUSANDS, 0, -1),
        (49_999, THOUSANDS, 0, 0),
        (150_000, THOUSANDS, 0, 2),
        (250_000, THOUSANDS, 0, 3),
        (1_672_850_000, MILLIONS, 3, 16_729),
        (-1, POUNDS, 2, -1),
    ],
)
def test_rounding_is_half_away_from_zero(
    pence: int, unit: Unit, places: int, expected: int
) -> None:
    assert rounded(pence, unit, places) == expected


@pytest.mark.parametrize(
    ("pence", "unit", "places", "expected"),
    [
        (-338_000_000, THOUSANDS, 0, "(3,380)"),
        (1_200_000_000, MILLIONS, 3, "12.000"),
        (7_900_000, MILLIONS, 3, "0.079"),
        (0, THOUSANDS, 0, "-"),
        (40_000, THOUSANDS, 0, "0"),  # not nil: it only rounds to it
        (-40_000, THOUSANDS, 0, "(0)"),
        (123_456, POUNDS, 2, "1,234.56"),
    ],
)
def test_printed(pence: int, unit: Unit, places: int, expected: str) -> None:
    assert printed(pence, unit, places) == expected


@pytest.mark.parametrize(
    ("pence", "unit", "expected"),
    [
        (-338_000_000, THOUSANDS, "-3380"),
        (1_200_000_000, MILLIONS, "12"),
        (-1, MILLIONS, "-0.00000001"),
        (0, POUNDS, "0"),
    ],
)
def test_plain(pence: int, unit: Unit, expected: str) -> None:
    assert plain(pence, unit) == expected


def test_exactly_has_the_places_it_needs() -> None:
    assert exactly(75_000_000, MILLIONS) == "0.75"
    assert exactly(-338_000_000, THOUSANDS) == "(3,380)"


@pytest.mark.parametrize(
    ("pence", "expected"),
    [
        (692_600_000, "£6.926m"),
        (-692_600_000, "£6.926m"),
        (1_234_500, "£12,345"),
        (1_234_567, "£12,345.67"),
        (0, "£0"),
    ],
)
def test_headline(pence: int, expected: str) -> None:
    assert headline(pence) == expected


@pytest.mark.parametrize(
    ("step", "unit", "places"),
    [(100_000, MILLIONS, 3), (100_000, THOUSANDS, 0), (1, POUNDS, 2), (10_000_000, THOUSANDS, 0)],
)
def test_places_that_show_a_step(step: int, unit: Unit, places: int) -> None:
    assert places_of(step, unit) == places

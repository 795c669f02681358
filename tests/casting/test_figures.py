"""Figures as tables print them: read exactly, told from words, or named as misprinted."""

from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.casting.table.figures import PrintedFigure, Unreadable, cell_name, read_figure
from tests.kit.counting import calls


def read(text: str) -> PrintedFigure:
    found = read_figure(text)
    assert isinstance(found, PrintedFigure), found
    return found


@pytest.mark.parametrize(
    ("text", "amount", "step"),
    [
        ("1,234", "1234", "1"),
        ("1234", "1234", "1"),
        (" 77,523 ", "77523", "1"),
        ("(310)", "-310", "1"),
        ("( 310 )", "-310", "1"),
        ("(0)", "0", "1"),
        ("-0.00", "0.00", "0.01"),
        ("+0.0", "0.0", "0.1"),
        ("+290.0", "290.0", "0.1"),
        ("-1,387.3", "-1387.3", "0.1"),
        ("- 3.5", "-3.5", "0.1"),
        ("−5", "-5", "1"),
        ("–5", "-5", "1"),
        ("‐5", "-5", "1"),
        ("5-", "-5", "1"),
        ("5–", "-5", "1"),
        ("(-5)", "-5", "1"),
        ("0.5", "0.5", "0.1"),
        (".5", "0.5", "0.1"),
        ("-.5", "-0.5", "0.1"),
        ("1·5", "1.5", "0.1"),
        ("£5", "5", "1"),
        ("-£5", "-5", "1"),
        ("£-5", "-5", "1"),
        ("(£5)", "-5", "1"),
        ("£(5)", "-5", "1"),
        ("£ (5)", "-5", "1"),
        ("£ 1,234.56", "1234.56", "0.01"),
        ("$(1,234)", "-1234", "1"),
        ("5 €", "5", "1"),
        ("(5) €", "-5", "1"),
        ("GBP 5", "5", "1"),
        ("5 CR", "-5", "1"),
        ("5Cr", "-5", "1"),
        ("5 DR", "5", "1"),
        ("£1.2m", "1200000", "100000"),
        ("£1.20m", "1200000", "10000"),
        ("(1.2m)", "-1200000", "100000"),
        ("£(1.2)m", "-1200000", "100000"),
        ("1.2 million", "1200000", "100000"),
        ("£350k", "350000", "1000"),
        ("350K", "350000", "1000"),
        ("2 thousand", "2000", "1000"),
        ("£3bn", "3000000000", "1000000000"),
        ("3 billion", "3000000000", "1000000000"),
        ("4mn", "4000000", "1000000"),
        ("1'234'567", "1234567", "1"),
        ("1’234.50", "1234.50", "0.01"),
        ("1\u2009234\u2009567", "1234567", "1"),
        ("1\xa0234", "1234", "1"),
        ("1\u202f234.5", "1234.5", "0.1"),
        ("1 234 567", "1234567", "1"),
        ("1E+05", "100000", "100000"),
        ("1.50E+05", "150000", "1000"),
        ("1e-5", "0.00001", "0.00001"),
        ("1,234*", "1234", "1"),
        ("1,234†", "1234", "1"),
        ("1,234¹", "1234", "1"),
        ("1,234 (1)", "1234", "1"),
        ("(310) (1)", "-310", "1"),
        ("(310)*", "-310", "1"),
        ("(310*)", "-310", "1"),
        ("310 [a]", "310", "1"),
        ("310[1]", "310", "1"),
        ("1,234r", "1234", "1"),
        ("1,234 p", "1234", "1"),
        ("12.5 (r)", "12.5", "0.1"),
        ("(1)", "-1", "1"),
        ("\ufeff1,234\u200b", "1234", "1"),
        ("9007199254740993.01", "9007199254740993.01", "0.01"),  # no binary fraction holds it
    ],
)
def test_read(text: str, amount: str, step: str) -> None:
    figure = read(text)
    assert str(figure.amount) == amount
    assert str(figure.step) == step
    assert (figure.percent, figure.nil) == (False, False)


@pytest.mark.parametrize(
    ("text", "amount", "step"),
    [
        ("97.5%", "97.5", "0.1"),
        ("97.5 %", "97.5", "0.1"),
        ("(5%)", "-5", "1"),
        ("(5)%", "-5", "1"),
        ("-0.26%", "-0.26", "0.01"),
        ("100%*", "100", "1"),
        ("5 per cent", "5", "1"),
        ("5pc", "5", "1"),
    ],
)
def test_percentages(text: str, amount: str, step: str) -> None:
    figure = read(text)
    assert (str(figure.amount), str(figure.step), figure.percent) == (amount, step, True)


@pytest.mark.parametrize(
    "text", ["-", "–", "—", "−", " - ", "nil", "NIL", "£-", "£ -", "- £", "(-)", "-*"]
)
def test_nil(text: str) -> None:
    assert read(text) == PrintedFigure(Decimal(0), Decimal(1), percent=False, nil=True, plain=False)


def test_nil_with_digits_is_a_figure_like_another() -> None:
    assert not any(read(text).nil for text in ("0", "0.00", "£0", "(0)", "0%"))
    assert read("-%").percent


@pytest.mark.parametrize(
    ("text", "plain"),
    [("2024", True), ("0", True), ("2024*", True), ("59 [a]", True)]
    + [(text, False) for text in ("1,234", "-5", "(5)", "£5", "5.0", "5%", "5k", "+5", "5 CR")],
)
def test_plain(text: str, plain: bool) -> None:
    assert read(text).plain is plain


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "\xa0", ".", "..", "…", "n/a", "N/A", "na", "tbc", "nil return", "[x]", ":"),
        *("--", "#REF!", "#DIV/0!", "TRUE", "[5]", "*", "£", "%", "()", "£m", "(a)", "½"),
        *("Adult Social Care", "- Public Health", "Section 106", "S106", "s151", "G4S", "A12"),
        *("007", "00", "000", "£000", "£'000", "£’000", "£ 000", "£000s", "'000", "E06000001"),
        *("31/03/2024", "31.03.2024", "31-03-2024", "2024/25", "2024-25", "2024–25", "24/25"),
        *("5-10", "5 - 10", "£5-£10", "£1,000 - £2,000", "25%-30%", "5 to 10", "10:30", "1/4"),
        *("1.2.3", "10.1.2", "1.2.3.4", "1.", "12.", "1)", "1, 2", "12 34", "(2023/24)", "Q1"),
        *(
            "5th",
            "1st",
            "1990s",
            "5+",
            "<5",
            "#5",
            "No. 5",
            "£5 per head",
            "12.5 homes",
            "5km",
            "1E5",
        ),
        *("01234 567890", "12345678901234567890123", "2023/24 £m", "1 April 2024", "5?"),
        "1" * 61,
        "1,234 " * 20,
    ],
)
def test_not_stated(text: str) -> None:
    assert read_figure(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("£723.79.48", "two decimal points"),
        ("723.79.48", "two decimal points"),
        ("£1.2.3", "two decimal points"),
        ("1.2.3.4%", "several decimal points"),
        ("1,23", "1,23 has its comma in the wrong place"),
        ("12,34,567", "12,34,567 has its comma in the wrong place"),
        ("1,2345", "1,2345 has its comma in the wrong place"),
        ("(1234,567)", "1234,567 has its comma in the wrong place"),
        (",234", ",234 has its comma in the wrong place"),
        ("1'23.50", "1'23 has its apostrophe in the wrong place"),
        ("0,123", "0,123 begins with 0"),
        ("£007", "007 begins with 0"),
        ("1.234,56", "a comma behind the decimal point"),
        ("1,234 567", "two kinds of thousands separator"),
        ("1 ,234", "a blank among the digits"),
        ("1, 234", "a blank among the digits"),
        ("£12 34", "a blank among the digits"),
        ("1\u200923", "a blank among the digits"),
        ("1O5", "the letter O among the digits"),
        ("10O", "the letter O among the digits"),
        ("£1O", "the letter O among the digits"),
        ("1,O50", "the letter O among the digits"),
        ("l,234", "the letter l among the digits"),
        ("(l,23O)", "the letter l and O among the digits"),
        ("S.5%", "the letter S among the digits"),
        ("£1.Om", "the letter O among the digits"),
        ("1,2a4", "the letter a among the digits"),
        ("12٣", "a digit that is not one of 0 to 9"),
        ("(1,234", "a bracket opened and not closed"),
        ("(5", "a bracket opened and not closed"),
        ("1,234)", "a bracket closed and not opened"),
        ("((5))", "two pairs of brackets"),
        ("--5", "two signs"),
        ("-(5)", "two signs"),
        ("(5-)", "two signs"),
        ("(+5)", "two signs"),
        ("+5-", "two signs"),
        ("-5 CR", "two signs"),
        ("££5", "two currency signs"),
        ("5%%", "two % signs"),
        ("£5%", "a % beside a currency or a unit"),
        ("5m%", "a % beside a currency or a unit"),
        ("5 k m", "two units"),
        ("1,234.", ". at the end, with no digit behind it"),
        ("£5.", ". at the end, with no digit behind it"),
        ("1,234,", ", at the end, with no digit behind it"),
        ("1,234;567", "; among the digits"),
        ("1,234?", "? beside the digits"),
        ("£" + "1" * 25, "more digits than any budget has"),
        ("1E+99", "more digits than any budget has"),
    ],
)
def test_misprinted(text: str, reason: str) -> None:
    assert read_figure(text) == Unreadable(reason)


AMOUNTS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.integers(0, 4),
)
SEPARATORS = st.sampled_from(["", ",", "'", "’", " ", "\xa0", "\u2009", "\u202f"])
NOTES = st.sampled_from(["", "*", "†", "²", " (1)", " [a]", " r", " (p)"])
NEGATIVE = ["-{}", "−{}", "- {}", "({})", "( {} )", "{}-", "{} CR", "(-{})"]
POSITIVE = ["{}", "+{}", "{} DR"]
MONEY = ["{}", "£{}", "£ {}", "{} €", "{}%", "{} GBP"]


@given(AMOUNTS, SEPARATORS, st.sampled_from(MONEY), NOTES, st.data())
def test_any_style_reads_back(
    amount: Decimal, separator: str, money: str, note: str, data: st.DataObject
) -> None:
    places = -int(amount.as_tuple().exponent)
    sign = data.draw(st.sampled_from(NEGATIVE if amount < 0 else POSITIVE))
    digits = f"{abs(amount):,.{places}f}".replace(",", separator)
    text = sign.format(money.format(digits)) + note
    figure = read(text)
    assert figure.amount == amount
    assert figure.step == Decimal(1).scaleb(-places)
    assert figure.percent is ("%" in money)


@given(AMOUNTS, st.sampled_from([("m", 6), ("k", 3), ("bn", 9), (" million", 6)]))
def test_units_read_back(amount: Decimal, unit: tuple[str, int]) -> None:
    word, power = unit
    places = -int(amount.as_tuple().exponent)
    figure = read(f"£{amount:,.{places}f}{word}" if amount >= 0 else f"(£{-amount:,}{word})")
    assert figure.amount == amount * 10**power
    assert figure.step == Decimal(1).scaleb(power - places)


@given(st.text() | st.text("0123456789.,-+()£% OlSmkrE'/[]\xa0٣²–", max_size=12))
def test_nothing_raises(text: str) -> None:
    found = read_figure(text)
    if isinstance(found, PrintedFigure):
        assert found.amount.is_finite()
        assert found.step > 0
        assert found == read_figure(f" {text} ")
    elif found is not None:
        assert found.reason


def test_a_cell_is_read_at_once() -> None:
    for cell in ("1,234", "(310)", "Adult Social Care", "", "-", "12.5%", "£1.2m", "2024-25"):
        assert calls(partial(read_figure, cell)) < 150


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 1, "A1"), (2, 28, "AB2"), (9, 26, "Z9"), (3, 703, "AAA3")]
)
def test_cell_names(row: int, column: int, name: str) -> None:
    assert cell_name(row, column) == name

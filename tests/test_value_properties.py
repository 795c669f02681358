"""What holds for every amount, year and id: what is printed reads back."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.ids import ID, id_of
from cfbudget.money import (
    THOUSANDS,
    UNITS,
    Amount,
    Unit,
    exactly,
    parse_amount,
    plain,
    printed,
    rounded,
)
from cfbudget.years import EARLIEST, LATEST, FinancialYear, parse_year

PENCE = st.integers(-(10**15), 10**15)
AnyUnit = st.sampled_from(list(UNITS.values()))

quick = settings(max_examples=100, deadline=None)


# -- money ----------------------------------------------------------------------------------


@quick
@given(PENCE, AnyUnit)
def test_an_amount_written_in_full_reads_back(pence: int, unit: Unit) -> None:
    for text in (plain(pence, unit), exactly(pence, unit)):
        assert amount_of(text, unit).pence == pence


@quick
@given(PENCE, AnyUnit, st.integers(0, 8))
def test_an_amount_printed_in_all_its_places_reads_back(pence: int, unit: Unit, fewer: int) -> None:
    """With as many places as the amount has, printing alters nothing; with more, neither."""
    places = max(len(str(unit.pence)) - 1 - fewer, 0)
    step = unit.pence // 10**places
    whole = pence // step * step
    text = printed(whole, unit, places)
    assert amount_of(text, unit) == (whole, unit.pence if whole == 0 else step)


def amount_of(text: str, unit: Unit) -> Amount:
    found = parse_amount(text, unit)
    assert isinstance(found, Amount), found
    return found


@quick
@given(PENCE, AnyUnit, st.integers(0, 3))
def test_rounding_is_half_away_from_zero(pence: int, unit: Unit, places: int) -> None:
    shown = rounded(pence, unit, places)
    exact = Decimal(pence) * 10**places / unit.pence
    assert shown == exact.to_integral_value(ROUND_HALF_UP)  # decimal's half up is away from 0
    assert abs(shown - exact) <= Decimal("0.5")
    assert rounded(-pence, unit, places) == -shown


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (49_999, 0),
        (50_000, 1),
        (-49_999, 0),
        (-50_000, -1),
        (149_999, 1),
        (150_000, 2),
        (-250_000, -3),
    ],
)
def test_rounding_at_the_half(pence: int, shown: int) -> None:
    assert rounded(pence, THOUSANDS, 0) == shown


# -- years and ids --------------------------------------------------------------------------


@quick
@given(st.integers(EARLIEST, LATEST))
def test_a_year_reads_back_from_what_it_prints(start: int) -> None:
    year = FinancialYear(start)
    assert parse_year(str(year)) == year
    later = (start + 1) % 100
    for text in (f"{start}/{later:02d}", f"{start}–{later:02d}", f" {start}-{start + 1} "):
        assert parse_year(text) == year


@quick
@given(st.integers(0, 99))
def test_a_short_year_is_of_this_century(start: int) -> None:
    text = f"{start:02d}/{(start + 1) % 100:02d}"
    assert parse_year(text) == FinancialYear(2000 + start)


@quick
@given(st.integers(EARLIEST, LATEST), st.integers(0, 99))
def test_a_year_that_does_not_follow_is_refused(start: int, later: int) -> None:
    follows = later == (start + 1) % 100
    assert isinstance(parse_year(f"{start}-{later:02d}"), FinancialYear) == follows


@quick
@given(st.text(max_size=30) | st.from_regex(r"[A-Za-z0-9 '’*()–/&.éŵ-]{1,30}", fullmatch=True))
def test_an_id_is_one_and_stays_so(name: str) -> None:
    made = id_of(name)
    assert made == "" or ID.fullmatch(made)
    assert id_of(made) == made


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Children's Social Care", "childrens-social-care"),
        ("Children’s  Services", "childrens-services"),
        ("Home to School Transport - reduced demand*", "home-to-school-transport-reduced-demand"),
        ("Pinewood Plus (Invest to Save)", "pinewood-plus"),
        ("Emerging Pressures – Childrens/Youth", "emerging-pressures-childrens-youth"),
        ("Tŷ Gŵyr & Café", "ty-gwyr-cafe"),
        ("Home–School Transport", "home-school-transport"),
        ("Care—growth", "care-growth"),
        ("🌳", ""),
    ],
)
def test_the_id_of_a_printed_name(name: str, made: str) -> None:
    """Every run of characters but letters and figures is one hyphen, whichever dash it is."""
    assert id_of(name) == made

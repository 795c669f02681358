"""Amounts in sentences: as many places in each of a sentence, and no pence where £m are meant."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.payback import orphans, payback
from cfbudget.layout.grid import ShownFigure
from cfbudget.money import MILLIONS, POUNDS, THOUSANDS, UNITS, Unit, alike, headlines, plain
from cfbudget.plan.plan import Plan
from cfbudget.reports.payback.page import sections
from cfbudget.reports.solve.page import solution_page
from cfbudget.tables.payback import PaybackShown
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.trial import trial_tables
from tests.kit import pages
from tests.kit.scenarios import applied, town
from tests.kit.support import plan_of
from tests.kit.workbooks import shipped_texts

UNIT = st.sampled_from(list(UNITS.values()))
PENCE = (
    st.integers(-(10**12), 10**12)
    | st.integers(-999, 999)
    | st.integers(-9_999, 9_999).map(lambda thousands: thousands * THOUSANDS.pence)
)
# An amount, but no year and no percentage; the words £000 and £m are units.
AMOUNT = re.compile(r"(?<![\w.,-])\(?£?\d[\d,]*(?:\.(\d+))?m?(?![\d%-]|\.\d)")


def places(sentence: str) -> set[int]:
    said = re.sub(r"£000|£m\b|\d+(\.\d+)?%|\d{4}-\d\d|\d+ years?", " ", sentence)
    return {len(match[1] or "") for match in AMOUNT.finditer(said)}


def assert_one_number_of_places(text: str, unit: Unit) -> None:
    for sentence in re.split(r"\. ?(?=[A-Z£]|$)", text):
        found = places(sentence)
        assert len(found) <= 1, sentence
        # A headline is in £m, to £000, whatever the unit of the plan.
        finest = 6 if unit is MILLIONS else max(3, len(str(unit.pence)) - 1)
        assert max(found, default=0) <= finest, sentence
        if unit is MILLIONS:
            assert not re.search(r"£[\d,]+\.\d\d(?![\dm])", sentence), sentence


def test_the_property_can_fail() -> None:
    for text in ("It is 1.5, and is to come to 2, in £m.", "It costs £173.45 more in 2024-25."):
        with pytest.raises(AssertionError):
            assert_one_number_of_places(text, MILLIONS)


@given(UNIT, st.lists(PENCE.filter(bool), min_size=1, max_size=5))
def test_amounts_said_alike(unit: Unit, amounts: list[int]) -> None:
    texts = alike(unit, *amounts)
    assert len({len(text.strip("()").partition(".")[2]) for text in texts}) == 1
    if unit is not MILLIONS:  # they are exact
        assert Decimal(texts[0].strip("()").replace(",", "")) * unit.pence == abs(amounts[0])


@given(UNIT, st.lists(PENCE.filter(bool), min_size=1, max_size=5))
def test_headlines_of_one_sentence(unit: Unit, amounts: list[int]) -> None:
    texts = headlines(*amounts, unit=unit)
    assert_one_number_of_places(", ".join(texts) + ".", unit)
    assert not any(re.fullmatch(r"£[0.]+m?", text) for text in texts)


def test_what_is_said_of_nil_and_of_what_is_nearly() -> None:
    assert alike(MILLIONS, 0, 17_403_300_000, 17_000_000_000) == ("nil", "174.033", "170.000")
    assert alike(MILLIONS, 17_403_300_012, 30) == ("174.033000", "under 0.000001")
    assert alike(THOUSANDS, -12_345, 100_000) == ("(0.12345)", "1.00000")
    assert headlines(200_000_000, 30_000_000) == ("£2.000m", "£0.300m")
    assert headlines(200_000_000, 12_345) == ("£2,000,000", "£123")
    assert headlines(1_234, 500) == ("£12.34", "£5.00")
    assert headlines(1_234, unit=MILLIONS) == ("£12",)


def test_a_forecast_is_said_to_the_pound_and_a_target_to_the_penny() -> None:
    assert alike(THOUSANDS, 10_141_087_655, 12_345, has_pence=False) == ("101,410.877", "0.123")
    assert alike(THOUSANDS, 5_000_025, 100_000, has_pence=False) == ("50", "1")
    assert alike(THOUSANDS, 100_000, 1, has_pence=False) == ("1.000", "under 0.001")
    assert alike(POUNDS, 12_350, 1, has_pence=False) == ("123.50", "0.01")
    trial = applied(town(), {"set": "fees", "to": {"2024-25": "-4.12345"}})
    said = trial_tables(trial, "a trial").sentences
    assert "2024-25: forecast 175.877 against a budget of 170.000: overspend 5.877, in £000." in (
        said[1].replace(" It lasts into later years.", "")
    )


def test_one_more_pair_is_one() -> None:
    shipped = plan_of(dict(shipped_texts()))
    found = applied(shipped, {"drop": "saving/new"}).problems
    (apart,) = (problem.message for problem in found if problem.rule == "CF509")
    assert apart.endswith("; and 1 more pair")


@st.composite
def plans(draw: st.DrawFn, units: st.SearchStrategy[Unit] = UNIT) -> Plan:
    """A service with an invest to save: a budget and options in any units, and any amounts."""
    unit, of_options = draw(units), draw(UNIT)
    net, *changes = (draw(PENCE) for _ in range(5))
    saving = [plain(-abs(pence), of_options) for pence in changes[:2]]
    spending = [plain(abs(pence), of_options) for pence in changes[2:]]
    head = "name: Town\nunit: {}\n"
    options = (
        f"{head.format(of_options.name)}basis: change\nfinancial_years: [2024-25, 2025-26]\n"
        "services:\n  - service: care\n    options:\n"
        "      - {id: fees, name: Fees, kind: saving, status: new, "
        f"changes: {{2024-25: {saving[0]}, 2025-26: {saving[1]}}}}}\n"
        "      - {id: night, name: Night, kind: investment, status: new, invest_to_save: true, "
        f"funds: [fees], changes: {{2024-25: {spending[0]}, 2025-26: {spending[1]}}}}}\n"
    )
    revenue = (
        f"{head.format(unit.name)}financial_year: 2024-25\ncontains_options_of: [2024-25]\n"
        f"services:\n  - {{id: care, name: Care, net: {plain(net, unit)}}}\n"
    )
    return plan_of({"policy_options.yaml": options, "revenue_2024_25.yaml": revenue})


@settings(max_examples=150, deadline=None)
@given(plans(), PENCE, st.data())
def test_every_sentence_has_one_number_of_places(
    plan: Plan, pence: int, data: st.DataObject
) -> None:
    unit = plan.revenue[0].unit
    for text in sentences(plan, pence, data.draw(st.sampled_from(("2024-25", "2025-26")))):
        assert_one_number_of_places(text, unit)
    assert plan.options is not None
    for section in sections(shown(plan)):
        for text in section.sentences:
            assert_one_number_of_places(text, plan.options.unit)


def shown(plan: Plan) -> PaybackShown:
    from cfbudget.cli.rate import parse_rate

    assert plan.options is not None
    return PaybackShown(plan, plan.options, payback(plan), orphans(plan), parse_rate("3.5%"))


def sentences(plan: Plan, pence: int, year: str) -> Iterator[str]:
    """What is said of the position, of a target, and of a trial."""
    unit, options = plan.revenue[0].unit, plan.options
    assert options is not None
    for table in plan_tables(plan, ["position"]):
        yield from table.notes
    page = solution_page(cfbudget.solve(plan, service="care", year=year, net=plain(pence, unit)))
    yield from (pages.title(page), *pages.sentences(page))
    to = {year: plain(-abs(pence), options.unit)}
    yield from trial_tables(applied(plan, {"set": "fees", "to": to}), "a trial").sentences


@settings(max_examples=60, deadline=None)
@given(plans(st.just(MILLIONS)), PENCE)
def test_solve_shows_no_pence_in_millions(plan: Plan, pence: int) -> None:
    net = plain(pence, MILLIONS)
    page = solution_page(cfbudget.solve(plan, service="care", year="2025-26", net=net))
    figures = [
        cell
        for grid in pages.grids(page)
        for row in grid.rows
        for cell in row.cells
        if isinstance(cell, ShownFigure)
    ]
    assert max(figure.places for figure in figures) <= 6
    exact = all(figure.pence % 100 == 0 for figure in figures)
    assert exact != any("shown to the pound" in sentence for sentence in pages.sentences(page))

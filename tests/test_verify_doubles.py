"""Verifying what was calculated in doubles: honest results pass, and a penny is found."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from tests.kit.altered import RESULT, Case, case_of
from tests.kit.doubles import Double, in_doubles, plain_sum
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.returned import came_back, stored
from tests.kit.workbooks import penny_places

PENCE_OF_HUNDREDS_OF_MILLIONS = """\
name: Large Council
financial_year: 2024-25
unit: £
exact: true
contains_options_of: [2024-25]
services:
  - {id: care, name: Care, gross: 277523811.17, income: -276380123.45}
  - {id: schools, name: Schools, gross: 812409377.03, income: -812409376.98}
  - {id: roads, name: Roads, gross: 0.10, income: -0.30}
  - {id: waste, name: Waste, gross: 99999999.99, income: -3.33}
"""
OPTIONS_IN_POUNDS = """\
name: Large Council
unit: £
exact: true
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -111222333.44, 2025-26: -0.07}}
      - {id: demand, name: Demand, kind: investment, status: new,
         changes: {2024-25: 111222333.41, 2025-26: 98765432.10}}
"""
LARGE = {
    "revenue_2024_25.yaml": PENCE_OF_HUNDREDS_OF_MILLIONS,
    "policy_options.yaml": OPTIONS_IN_POUNDS,
}


def calculated(case: Case, random: Random) -> Spreadsheet:
    """The workbook with the results of doubles that were added in any order."""

    def add(values: Iterable[Double]) -> float:
        parts = [*values]
        random.shuffle(parts)
        return plain_sum(parts)

    cells = in_doubles(case.book, add)
    sheets = {name: dict(held) for name, held in case.found.sheets.items()}
    for at, _ in case.book.formulas():
        result = cells(at)
        there = sheets[at.sheet][at.row, at.column]
        value = Decimal(repr(result)) if isinstance(result, float) else result
        sheets[at.sheet][at.row, at.column] = SheetCell(there.formula, value)
    return case.found._replace(sheets=sheets)


def pennies(book: Book) -> dict[At, Decimal]:
    """A penny in the unit of each result of a plan's tables."""
    places = penny_places(book)
    return {
        at: Decimal(1).scaleb(-places[at])
        for at, formula in book.formulas()
        if isinstance(formula.result, Decimal) and at in places and at.sheet != "Checks"
    }


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(LARGE, tmp_path_factory.mktemp("large"))


@needs_libreoffice
def test_large_amounts_that_libreoffice_calculated(large: Case, tmp_path: Path) -> None:
    path = stored(large.found, tmp_path / "sent.xlsx")
    found = came_back(recalculated([path], tmp_path / "libreoffice")[path])
    care = found.sheets["Revenue"][7, 4].value
    assert care != Decimal("1143687.72")  # a double's: this would not test anything otherwise
    assert large.held(found).findings == ()


@pytest.mark.parametrize("seed", range(5))
def test_large_amounts_to_the_penny_in_any_order(large: Case, seed: int) -> None:
    assert large.held(calculated(large, Random(seed))).findings == ()


@settings(max_examples=25, deadline=None)
@given(plan=printed_plans(), random=st.randoms(use_true_random=False))
def test_doubles_added_in_any_order_are_honest_results(
    plan: Printed, random: Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = case_of(plan.texts, tmp_path_factory.mktemp("drawn"))
    assert case.held(calculated(case, random)).findings == ()


@pytest.mark.parametrize("name", ["large", "small", "levels in £m"])
@pytest.mark.parametrize("off", [1, -1])
def test_a_penny_anywhere_in_the_results_is_found(name: str, off: int, tmp_path: Path) -> None:
    case = case_of(LARGE if name == "large" else AWKWARD[name], tmp_path)
    found = calculated(case, Random(7))
    cells = pennies(case.book)
    assert len(cells) > 20
    sheets = {name: dict(held) for name, held in found.sheets.items()}
    for (sheet, row, column), penny in cells.items():
        formula, value = sheets[sheet][row, column]
        assert isinstance(value, Decimal)
        sheets[sheet][row, column] = SheetCell(formula, value + off * penny)
    findings = case.held(found._replace(sheets=sheets)).findings
    assert {f.rule.code for f in findings} == {RESULT}
    assert {f.place for f in findings} == {f"{at.sheet}!{at.text(at.sheet)}" for at in cells}

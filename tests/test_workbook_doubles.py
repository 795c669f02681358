"""The workbook in doubles that nothing smooths: a spreadsheet may add as plainly as that."""

import pytest
from hypothesis import given, settings

from tests.kit.doubles import in_doubles
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.workbooks import book_of, disagreements


@pytest.mark.parametrize("name", AWKWARD)
def test_doubles_come_to_every_figure_and_outcome(name: str) -> None:
    book = book_of(AWKWARD[name])
    assert disagreements(book, in_doubles(book)) == []


@settings(max_examples=40, deadline=None)
@given(printed_plans())
def test_doubles_come_to_every_figure_and_outcome_of_any_plan(plan: Printed) -> None:
    book = book_of(plan.texts)
    assert disagreements(book, in_doubles(book)) == []

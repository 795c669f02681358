"""Verifying what another program has calculated: an altered cell is all there is to say of it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

import pytest

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from tests.kit.altered import (
    INPUT,
    MISSING_ROW,
    RESULT,
    Case,
    case_of,
    input_at,
    lines_sorted,
    put_in,
    row_of,
)
from tests.kit.libreoffice import needs_libreoffice
from tests.kit.libreoffice import recalculated as by_libreoffice
from tests.kit.returned import COLUMN, ROW, came_back, deleted, stored, typed, with_cells
from tests.kit.support import small_texts

pytestmark = needs_libreoffice

Edit = Callable[[Case], Spreadsheet]


def fees(value: Value, formula: str | None = None) -> Edit:
    """A saving's change typed over."""

    def edit(case: Case) -> Spreadsheet:
        at = input_at(case.book, "options", "fees", "change", "2025-26")
        return with_cells(case.found, at.sheet, {(at.row, at.column): SheetCell(formula, value)})

    return edit


def emptied(case: Case) -> Spreadsheet:
    at = input_at(case.book, "revenue", "care", "gross", "2024-25")
    return typed(case.found, at.sheet, (at.row, at.column), None)


def without(sheet: str, identity: str) -> Edit:
    return lambda case: deleted(case.found, sheet, ROW, row_of(case.book, sheet, identity))


class Edited(NamedTuple):
    """An edit, and the rules that it breaks."""

    edit: Edit
    rules: set[str]


EDITS = {
    "nothing": Edited(lambda case: case.found, set()),
    "rows and columns put in": Edited(
        lambda case: put_in(put_in(case.found, ROW, 7), COLUMN, 2), set()
    ),
    "lines sorted": Edited(lambda case: lines_sorted(case.found, lambda rows: rows[::-1]), set()),
    "an amount": Edited(fees(Decimal("-7.5")), {INPUT}),
    "an amount, as a formula": Edited(fees(None, "=-5-2.5"), {INPUT}),
    "emptied": Edited(emptied, {INPUT}),
    "a row that nothing refers to": Edited(without("Charts", "care"), {MISSING_ROW}),
    "a text": Edited(fees("to come"), {INPUT}),
    "an error": Edited(fees(None, "=1/0"), {INPUT}),
    "a line": Edited(without("Options", "fees"), {MISSING_ROW}),
    "a service": Edited(without("Revenue", "care"), {MISSING_ROW}),
    "a total": Edited(without("Revenue", "total"), {MISSING_ROW}),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(small_texts(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def calculated(small: Case, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Spreadsheet]:
    """Every edited workbook by name, with the results of one start of LibreOffice."""
    folder = tmp_path_factory.mktemp("calculated")
    paths = {
        name: stored(edited.edit(small), folder / f"{number}.xlsx")
        for number, (name, edited) in enumerate(EDITS.items())
    }
    found = by_libreoffice([*paths.values()], folder / "libreoffice")
    return {name: came_back(found[path]) for name, path in paths.items()}


@pytest.mark.parametrize("name", EDITS)
def test_what_was_calculated_elsewhere_is_taken_for_right(
    small: Case, calculated: Mapping[str, Spreadsheet], name: str
) -> None:
    findings = small.held(calculated[name]).findings
    assert {finding.rule.code for finding in findings} == EDITS[name].rules


def test_a_result_that_was_not_calculated_is_found(
    small: Case, calculated: Mapping[str, Spreadsheet]
) -> None:
    found = calculated["an amount"]
    at = input_at(small.book, "options", "fees", "total")
    wrong = SheetCell(found.sheets[at.sheet][at.row, at.column].formula, Decimal(-15))
    findings = small.held(with_cells(found, at.sheet, {(at.row, at.column): wrong})).findings
    assert [finding.rule.code for finding in findings] == [INPUT, RESULT]


@pytest.mark.parametrize("name", ["a total", "a line", "an error"])
def test_the_master_check_does_not_pass_what_cannot_be_checked(
    small: Case, calculated: Mapping[str, Spreadsheet], name: str
) -> None:
    at = At("Checks", *small.book.sheets["Checks"].labelled["Master check"])
    assert calculated[name].sheets[at.sheet][at.row, at.column].value != "all agree"

"""Rows typed among a workbook's options: each becomes a line of the plan, or says why not."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.workbook.book.values import Value
from tests.kit import returned
from tests.kit.processes import cfbudget
from tests.kit.returned import ROW, inserted, with_cells
from tests.kit.support import OPTIONS, small_texts

NAME, FIRST, SECOND, TOTAL, ID = range(1, 6)
FEES, AFTER_FEES, SUBTOTAL, HEADING, DEMAND = 16, 17, 18, 19, 20
"""Rows of the small plan's options before which one is put in."""


class Sent(NamedTuple):
    """A folder with a plan, and the cells of its workbook."""

    home: Path
    found: Spreadsheet

    def applied(self, found: Spreadsheet) -> tuple[int, list[str], str]:
        """The exit, the lines that are added or gone, and what is said of the workbook."""
        returned.stored(found, self.home / "back.xlsx")
        done = cfbudget("apply", "back.xlsx", "--data", "plan", folder=self.home)
        lines = [line for line in done.stdout.splitlines()[2:] if line[0] in "+-"]
        return done.returncode, lines, done.stderr

    def with_row(self, row: int, cells: Mapping[int, Value]) -> Spreadsheet:
        """A row put in, as a spreadsheet does it: sums go over it where it stands within them."""
        found = inserted(self.found, "Options", ROW, row)
        typed = {(row, column): SheetCell(None, value) for column, value in cells.items()}
        return with_cells(found, "Options", typed)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    home = tmp_path_factory.mktemp("home")
    returned.plan_in(home / "plan", small_texts())
    assert returned.cfbudget("export", home / "sent.xlsx", "--data", home / "plan").status == 0
    return Sent(home, returned.came_back(home / "sent.xlsx"))


NEW: Mapping[int, Value] = {NAME: "Day care charges", SECOND: Decimal(-7)}


@pytest.mark.parametrize(
    ("row", "kind", "status"),
    [
        (FEES, "saving", "new"),
        (AFTER_FEES, "saving", "new"),
        (SUBTOTAL, "saving", "new"),
        (DEMAND, "investment", "previously approved"),
    ],
)
def test_a_row_among_lines_is_one_of_their_kind(
    sent: Sent, row: int, kind: str, status: str
) -> None:
    code, lines, said = sent.applied(sent.with_row(row, NEW))
    assert code == 1
    assert lines == [
        f"+      - {{id: day-care-charges, name: Day care charges, kind: {kind}, "
        f"status: {status}, changes: {{2025-26: -7}}}}"
    ]
    one = "a saving" if kind == "saving" else "an investment"
    assert (
        f"row {row} of Options, 'Day care charges', becomes {one} ({status}) of 'care', "
        "with the id 'day-care-charges'" in said
    )


def test_an_id_is_taken_if_it_can_be_one_and_is_of_nothing_else(sent: Sent) -> None:
    for typed, expected in (("day", "day"), ("fees", "fees-2"), ("Day care!", "day-care-charges")):
        _, lines, _ = sent.applied(sent.with_row(AFTER_FEES, {**NEW, ID: typed}))
        assert lines[0].startswith(f"+      - {{id: {expected}, name: Day care charges,")


def test_a_total_beside_the_amounts_is_not_needed_and_does_no_harm(sent: Sent) -> None:
    found = sent.with_row(AFTER_FEES, NEW)
    total = {(AFTER_FEES, TOTAL): SheetCell(f"=SUM(B{AFTER_FEES}:C{AFTER_FEES})", Decimal(-7))}
    assert len(sent.applied(with_cells(found, "Options", total))[1]) == 1


def test_an_input_may_be_changed_beside_it(sent: Sent) -> None:
    found = sent.with_row(AFTER_FEES, {**NEW, FIRST: "(3)"})
    found = with_cells(found, "Options", {(FEES, SECOND): SheetCell(None, Decimal(-8))})
    _, lines, said = sent.applied(found)
    assert [line for line in lines if "fees" not in line][:3] == [
        "-         changes: {2024-25: -10, 2025-26: -5}, stated: -15}",
        "+         changes: {2024-25: -10, 2025-26: -8}, stated: -15}",
        "+      - {id: day-care-charges, name: Day care charges, kind: saving, status: new, "
        "changes: {2024-25: -3, 2025-26: -7}}",
    ]
    assert "Options of 2024-25 are in the approved budget of 2024-25" in said


@pytest.mark.parametrize(
    ("row", "cells", "reason"),
    [
        (15, NEW, "whose option it is cannot be told"),
        (22, NEW, "whose option it is cannot be told"),
        (24, NEW, "whose option it is cannot be told"),
        (AFTER_FEES, {SECOND: Decimal(-7)}, "a row of figures has no name"),
        (AFTER_FEES, {**NEW, TOTAL: Decimal(-7)}, "a figure stands where an option has none"),
        (AFTER_FEES, {**NEW, SECOND: Decimal("-7.0000001")}, "is finer than a penny"),
    ],
)
def test_a_row_that_is_no_option_leaves_all_as_it_is(
    sent: Sent, row: int, cells: Mapping[int, Value], reason: str
) -> None:
    code, lines, said = sent.applied(sent.with_row(row, cells))
    assert (code, lines) == (2, [])
    assert reason in said


def test_an_altered_sum_is_not_passed_over_because_of_a_row(sent: Sent) -> None:
    found = sent.with_row(AFTER_FEES, NEW)
    cell = found.sheets["Options"][SUBTOTAL, FIRST]
    assert cell.formula is not None
    altered = SheetCell(f"{cell.formula}+1", cell.value)
    found = with_cells(found, "Options", {(SUBTOTAL, FIRST): altered})
    code, lines, said = sent.applied(found)
    assert (code, lines) == (2, [])
    assert "CF605" in said
    formula = with_cells(
        sent.with_row(AFTER_FEES, NEW),
        "Options",
        {(AFTER_FEES, SECOND): SheetCell("=-3-4", Decimal(-7))},
    )
    assert "a formula stands in place of an amount" in sent.applied(formula)[2]


def test_a_rate_that_was_typed_over_is_written_as_one(tmp_path: Path) -> None:
    option = "{id: pay, name: Pay, kind: inflation, status: new, of: schools.gross, rates: {%s}}"
    options = OPTIONS.replace(
        "    options:\n", f"    options:\n      - {option % '2024-25: 4%, 2025-26: 3%'}\n", 1
    )
    returned.plan_in(tmp_path / "plan", small_texts(options=options))
    book = tmp_path / "sent.xlsx"
    assert returned.cfbudget("export", book, "--data", tmp_path / "plan").status == 0
    found = returned.came_back(book)
    cells = found.sheets["Assumptions"].items()
    (at,) = (at for at, cell in cells if cell.formula is None and cell.value == Decimal("0.03"))
    sent = Sent(tmp_path, found)
    typed = returned.typed(found, "Assumptions", at, Decimal("0.025"))
    assert sent.applied(typed)[1] == [
        f"-      - {option % '2024-25: 4%, 2025-26: 3%'}",
        f"+      - {option % '2024-25: 4%, 2025-26: 2.5%'}",
    ]

"""Verifying: no figure on a sheet of the plan goes unmentioned, and no note is accused."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.addresses import cell_name
from cfbudget.read.spreadsheet import SheetCell, Spreadsheet
from cfbudget.reports.verify.page import Verified, message, verdict
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.added_lines import CONTAINED
from cfbudget.workbook.returned.findings import Finding
from cfbudget.workbook.returned.strays import NEAR
from cfbudget.workbook.sheets.about import FREE
from tests.kit.altered import ADDED_ROW, FORMULA, MISSING_ROW, Case, blocks, case_of, named, row_of
from tests.kit.plans_awkward import AWKWARD
from tests.kit.returned import ROW, deleted, inserted, typed, without_results
from tests.kit.support import PLANS, small_texts

APART = "CF621"
FAR_DOWN, FAR_RIGHT = 60, 30
"""How far around what a sheet holds figures are typed."""


def texts_in(name: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (PLANS / name).glob("*.yaml")}


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Case]:
    """Plans with one budget, with several and with levels in place of changes."""
    plans = {
        "small": small_texts(),
        "revised": texts_in("revised"),
        "nested": texts_in("nested"),
        "odd": texts_in("odd"),
    }
    return {name: case_of(texts, tmp_path_factory.mktemp(name)) for name, texts in plans.items()}


@pytest.fixture(scope="module")
def small(cases: Mapping[str, Case]) -> Case:
    return cases["small"]


# -- any figure in any empty cell -----------------------------------------------------------


def touches(book: Book, sheet: str, row: int, column: int) -> bool:
    """Whether a cell stands in a table or next to it, by where its tables were written.

    What the sheet says near below a table, such as its notes or the next table's title, ends it.
    """
    written = {at for at, _ in book.sheets[sheet].cells}
    for name, block in blocks(book):
        rows = (block.header, *block.rows.values())
        columns = block.columns.values()
        below = min((at for at in written if at > max(rows)), default=0)
        end = below - 1 if 0 < below - max(rows) <= NEAR else max(rows) + 1
        if name == sheet and (
            min(rows) - 1 <= row <= end and min(columns) - 1 <= column <= max(columns) + 1
        ):
            return True
    return False


def is_free(book: Book, sheet: str, row: int) -> bool:
    labelled = book.sheets[sheet].labelled
    return row in {labelled[label][0] for label in FREE & labelled.keys()}


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_figure_goes_unmentioned(cases: Mapping[str, Case], data: st.DataObject) -> None:
    case = cases[data.draw(st.sampled_from([*cases]))]
    sheet = data.draw(st.sampled_from([*case.book.sheets]))
    held = case.found.sheets[sheet]
    row = data.draw(st.integers(1, max(row for row, _ in held) + FAR_DOWN))
    column = data.draw(st.integers(1, max(column for _, column in held) + FAR_RIGHT))
    if (row, column) in held or is_free(case.book, sheet, row):
        return
    values: list[Value] = [Decimal(-400), Decimal("0.01"), "(1,234)", True]
    is_mentioned(case, sheet, row, column, data.draw(st.sampled_from(values)))


@pytest.mark.parametrize("name", ["small", "revised", "nested", "odd"])
def test_no_figure_between_tables_goes_unmentioned(cases: Mapping[str, Case], name: str) -> None:
    """Every blank row of every sheet, where a figure would stand among the words."""
    case = cases[name]
    for sheet, held in case.found.sheets.items():
        written = {row for row, _ in held}
        for row in {*range(1, max(written) + 3)} - written:
            if not is_free(case.book, sheet, row):
                is_mentioned(case, sheet, row, 1, Decimal(-400))


def is_mentioned(case: Case, sheet: str, row: int, column: int, value: Value) -> None:
    verification = case.held(typed(case.found, sheet, (row, column), value))
    (only,) = verification.findings
    assert only.place == f"{sheet}!{cell_name(row, column)}"
    assert only.rule.code == (ADDED_ROW if touches(case.book, sheet, row, column) else APART)
    said = verdict(Verified("returned.xlsx", "Council", verification))
    if only.rule.severity == "notice":
        assert said[-2:] == [
            "Not compared: 1 figure that is none of the plan's.",
            "The workbook is the plan: Council.",
        ]
    else:
        assert said[-1] == "The workbook is not the plan as it stands: 1 difference."


# -- rows under a table ---------------------------------------------------------------------

UNDER = {
    "Revenue": ("total", "raise the net budget by £7,000 in every year from 2024-25"),
    "Options": ("total", "raise the net budget by £7,000 in 2025-26"),
    "Capital": ("total", "raise the capital programme by £7.000m in 2025-26"),
}
COLUMN = {"Revenue": 2, "Options": 3, "Capital": 3}


@pytest.mark.parametrize("sheet", UNDER)
@pytest.mark.parametrize("label", [None, "New line"])
def test_a_row_directly_under_a_table(small: Case, sheet: str, label: str | None) -> None:
    identity, would = UNDER[sheet]
    row = row_of(small.book, sheet, identity) + 1
    found = typed(small.found, sheet, (row, 1), label)
    found = typed(found, sheet, (row, COLUMN[sheet]), Decimal(7))
    (only,) = small.held(found).findings
    assert (only.rule.code, only.place) == (ADDED_ROW, f"{sheet}!{cell_name(row, COLUMN[sheet])}")
    assert only.what == f"a figure where the plan has none; as a line of the plan it would {would}"
    assert "expected nothing, found 7" in message(only)


@pytest.mark.parametrize("sheet", UNDER)
def test_a_row_with_an_id_is_named_once_with_what_all_of_it_does(small: Case, sheet: str) -> None:
    identity, would = UNDER[sheet]
    row = row_of(small.book, sheet, identity) + 1
    block = next(block for name, block in blocks(small.book) if name == sheet)
    found = typed(small.found, sheet, (row, block.id_columns[0]), "new-line")
    found = typed(found, sheet, (row, COLUMN[sheet]), Decimal(7))
    (only,) = small.held(found).findings
    assert (only.rule.code, only.found) == (ADDED_ROW, "new-line")
    assert only.what.endswith(f"as a line of the plan it would {would}")


def test_several_rows_under_a_table_with_a_heading_among_them(small: Case) -> None:
    row = row_of(small.book, "Options", "total") + 1
    found = typed(small.found, "Options", (row, 1), "Savings found since")
    for down in (1, 2, 3):
        found = typed(found, "Options", (row + down, 3), Decimal(-down))
    assert named(small.held(found).findings) == [
        (ADDED_ROW, f"Options!C{row + down}") for down in (1, 2, 3)
    ]
    # One blank row parts them from the table.
    apart = inserted(found, "Options", ROW, row)
    assert named(without_results_of(small, apart)) == [(APART, f"Options!C{row + 2}:C{row + 4}")]


def without_results_of(case: Case, found: Spreadsheet) -> tuple[Finding, ...]:
    """What is found where rows were put in, and nothing was calculated since."""
    return tuple(f for f in case.held(without_results(found)).findings if f.rule.code != "CF614")


def test_a_row_between_a_table_and_its_notes(small: Case) -> None:
    """Put in below the blank row that follows the table, too."""
    row = max(max(b.rows.values()) for name, b in blocks(small.book) if name == "Position")
    assert small.found.sheets["Position"][row + 2, 1].value  # the notes
    found = typed(
        inserted(small.found, "Position", ROW, row + 2), "Position", (row + 2, 3), Decimal(1)
    )
    assert named(without_results_of(small, found)) == [(ADDED_ROW, f"Position!C{row + 2}")]


def test_years_of_one_row_are_told_together(small: Case) -> None:
    row = row_of(small.book, "Options", "fees") + 1
    found = inserted(small.found, "Options", ROW, row)
    for column, value in ((2, -3), (3, -4)):
        found = typed(found, "Options", (row, column), Decimal(value))
    found = typed(found, "Options", (row, 5), "more-fees")
    (only,) = [f for f in without_results_of(small, found) if f.rule.code == ADDED_ROW]
    # What the base budget contains moves the opening, and no net budget.
    assert only.what.endswith("it would lower the net budget of Care by £4,000 in 2025-26")


NESTED = {
    ("Options", "management-review", 4): "lower the net budget of Adults by £4,000 in 2026-27",
    ("Options", "smaller-centres", 4): "lower the net budget of Day Centres by £4,000",
    ("Options", "total", 4): "lower the net budget by £4,000 in 2026-27",
    ("Revenue", "total", 2): "lower the net budget by £4,000 in 2024-25",
}


@pytest.mark.parametrize(("sheet", "above", "column"), NESTED)
def test_what_a_line_does_where_services_nest_and_budgets_follow(
    cases: Mapping[str, Case], sheet: str, above: str, column: int
) -> None:
    case = cases["nested"]
    row = row_of(case.book, sheet, above) + 1
    found = typed(inserted(case.found, sheet, ROW, row), sheet, (row, column), Decimal(-4))
    (only,) = [f for f in without_results_of(case, found) if f.rule.code == ADDED_ROW]
    assert f"as a line of the plan it would {NESTED[sheet, above, column]}" in only.what


def test_what_the_base_budget_contains_moves_no_net_budget(small: Case) -> None:
    row = row_of(small.book, "Options", "total") + 1
    (only,) = small.held(typed(small.found, "Options", (row, 2), Decimal(-400))).findings
    assert only.what.endswith(f"it would not move the net budget: {CONTAINED}")


def test_a_row_put_in_above_a_total_whose_sum_was_extended(small: Case) -> None:
    """As a spreadsheet does where a figure is typed directly below what a total adds up."""
    total = row_of(small.book, "Revenue", "total")
    found = typed(inserted(small.found, "Revenue", ROW, total), "Revenue", (total, 2), Decimal(7))
    cell = found.sheets["Revenue"][total + 1, 2]
    assert cell.formula
    widened = cell.formula.replace(str(total - 1), str(total))
    assert widened != cell.formula
    for formula, others in ((cell.formula, []), (widened, [(FORMULA, f"Revenue!B{total + 1}")])):
        edited = found._replace(
            sheets={
                **found.sheets,
                "Revenue": {
                    **found.sheets["Revenue"],
                    (total + 1, 2): SheetCell(formula, cell.value),
                },
            }
        )
        expected = sorted([(ADDED_ROW, f"Revenue!B{total}"), *others])
        assert named(without_results_of(small, edited)) == expected


# -- what is no accusation ------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_notes_in_words_and_dates_are_passed_over(
    cases: Mapping[str, Case], data: st.DataObject
) -> None:
    """Around and below the tables, in any column: also where ids stand."""
    case = cases[data.draw(st.sampled_from([*cases]))]
    sheet = data.draw(st.sampled_from([*case.book.sheets]))
    held = case.found.sheets[sheet]
    last = max(row for row, _ in held)
    column = data.draw(st.integers(1, max(column for _, column in held) + 3))
    row = data.draw(st.integers(last + 1, last + 5))
    note = data.draw(st.sampled_from(["see mail", "2026-03-03", "2024-25", "n/a", "page 12", "-"]))
    assert case.held(typed(case.found, sheet, (row, column), note)).findings == ()


@pytest.mark.parametrize("value", [Decimal(46084), "2026-03-03", "J. Smith", True])
def test_who_prepared_it_and_when_is_passed_over(small: Case, value: Value) -> None:
    found = small.found
    for label in ("Prepared by", "Reviewed by", "Date"):
        row, column = small.book.sheets["About"].labelled[label]
        for along in (column, column + 1, column + 3):
            found = typed(found, "About", (row, along), value)
    assert small.held(found).findings == ()


@pytest.mark.parametrize("name", AWKWARD)
def test_no_figure_of_a_plans_own_is_a_stray(name: str, tmp_path: Path) -> None:
    case = case_of(AWKWARD[name], tmp_path)
    assert case.held(case.found).findings == ()


def test_many_figures_apart_are_listed_compactly(small: Case) -> None:
    found = small.found
    for row in range(30, 40):
        for column in (10, 11, 13):
            found = typed(found, "Revenue", (row, column), Decimal(row))
    (only,) = small.held(found).findings
    assert (only.rule.code, only.cell) == (APART, "J30:K39, M30:M39")
    assert "30 figures were not compared" in message(only)


# -- headings that are gone -----------------------------------------------------------------


def test_a_cleared_row_of_headings_is_missing_and_nothing_else_is_said(
    cases: Mapping[str, Case],
) -> None:
    for case in cases.values():
        for sheet, block in blocks(case.book):
            if len(block.columns) < 2:
                continue
            cells = {
                at: cell for at, cell in case.found.sheets[sheet].items() if at[0] != block.header
            }
            found = case.found._replace(sheets={**case.found.sheets, sheet: cells})
            (only,) = case.held(found).errors
            assert (only.rule.code, only.sheet) == (MISSING_ROW, sheet)
            assert only.expected == " | ".join(" ".join(text.split()) for text in block.columns)
            assert case.held(found).findings == (only,)


def test_a_deleted_row_of_headings_is_missing_too(cases: Mapping[str, Case]) -> None:
    for case in cases.values():
        for sheet, block in blocks(case.book):
            found = without_results(deleted(case.found, sheet, ROW, block.header))
            errors = case.held(found).errors
            assert [f.sheet for f in errors if f.rule.code == MISSING_ROW] == [sheet]
            assert {f.rule.code for f in errors} <= {MISSING_ROW, FORMULA}

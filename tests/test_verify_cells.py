"""Verifying: whatever is altered in a workbook that comes back is named, with its cell."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from cfbudget.calculate.amounts import Key
from cfbudget.read.spreadsheet import SheetCell
from cfbudget.reports.verify.page import message
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import amount
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.effects import MEASURES
from cfbudget.workbook.returned.findings import Finding
from tests.kit.altered import (
    ADDED_ROW,
    FORMULA,
    INPUT,
    MISSING_ROW,
    MISSING_SHEET,
    NAME,
    RESULT,
    STATED,
    TEXT,
    VALUE_WAYS,
    WAYS,
    Case,
    altered,
    blocks,
    case_of,
    cell_in,
    cells_of,
    headings,
    ids,
    input_at,
    more,
    named,
    place,
    row_of,
    shipped_texts,
    with_role,
)
from tests.kit.returned import (
    COLUMN,
    ROW,
    deleted,
    inserted,
    recalculated,
    typed,
    with_cells,
    without_results,
    without_sheet,
)
from tests.kit.support import REVENUE, plan_of, small_texts

TOGETHER = 7
"""Of the cells of a kind, every so many are altered at once: each is still to be named."""
ALONE = 3
"""Of the many cells of a large plan, every so many are altered alone."""


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(shipped_texts(), tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return case_of(small_texts(), tmp_path_factory.mktemp("small"))


# -- every cell, altered --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "way"), [(rule, way) for rule, ways in WAYS.items() for way in ways]
)
def test_every_altered_cell_is_named(shipped: Case, rule: str, way: str) -> None:
    cells = cells_of(shipped.book, rule)
    assert len(cells) == {INPUT: 166, STATED: 79}.get(rule, 1317)
    for first in range(TOGETHER):
        some = cells[first::TOGETHER]
        found = altered(
            shipped.found, {at: WAYS[rule][way](cell_in(shipped.found, at)) for at in some}
        )
        findings = shipped.held(found).findings
        assert named(findings, results=rule == RESULT) == sorted((rule, place(at)) for at in some)


@pytest.mark.parametrize("rule", [INPUT, STATED])
def test_each_altered_value_is_named_alone(shipped: Case, rule: str) -> None:
    """Some one by one, each in one of the ways; what the plan says, and where, is named with it.

    All of them are altered together with others above, and all of a small plan alone below.
    """
    for number, at in enumerate(cells_of(shipped.book, rule)[::ALONE]):
        way = [*VALUE_WAYS.values()][number % len(VALUE_WAYS)]
        there = cell_in(shipped.found, at)
        first, *others = shipped.held(altered(shipped.found, {at: way(there)})).findings
        assert (first.rule.code, first.place, first.expected) == (rule, place(at), there.value)
        assert first.source
        assert {finding.rule.code for finding in others} <= {RESULT}


def test_each_altered_cell_of_a_small_plan_is_named_alone(small: Case) -> None:
    for rule, ways in WAYS.items():
        every = 1 if rule in (INPUT, STATED) else 3  # of the many formulas, some
        for number, at in enumerate(cells_of(small.book, rule)[::every]):
            way = [*ways.values()][number % len(ways)]
            found = altered(small.found, {at: way(cell_in(small.found, at))})
            findings = small.held(found).findings
            assert named(findings, results=rule == RESULT) == [(rule, place(at))]


@pytest.mark.parametrize("is_emptied", [False, True])
def test_every_altered_id_is_named(shipped: Case, is_emptied: bool) -> None:
    cells = ids(shipped.book)
    assert len(cells) > 900
    for first in range(TOGETHER):
        some = dict([*cells.items()][first::TOGETHER])
        new = {
            at: None if is_emptied else SheetCell(None, more(cell_in(shipped.found, at).value))
            for at in some
        }
        findings = shipped.held(altered(shipped.found, new)).errors
        assert set(named(findings)) == {(TEXT, place(at)) for at in some}


@pytest.mark.parametrize("is_emptied", [False, True])
def test_every_altered_heading_is_named(small: Case, is_emptied: bool) -> None:
    for at, (block, heading) in headings(small.book).items():
        if is_emptied and (heading == "Document and section" or not block.rows):
            continue  # nothing stands in the column to show that it is there
        new = None if is_emptied else SheetCell(None, f"{heading}?")
        findings = small.held(altered(small.found, {at: new})).errors
        assert named(findings) == [(TEXT, place(at))], heading


def test_every_altered_heading_of_a_large_plan_is_named(shipped: Case) -> None:
    cells = headings(shipped.book)
    assert len(cells) > 100
    for first in range(TOGETHER):
        some = dict([*cells.items()][first::TOGETHER])
        new = {at: SheetCell(None, f"{heading}?") for at, (_, heading) in some.items()}
        findings = shipped.held(altered(shipped.found, new)).errors
        assert named(findings) == sorted((TEXT, place(at)) for at in some)


def test_a_heading_typed_as_another_of_its_table_moves_no_column(small: Case) -> None:
    """Two columns then bear one heading: their neighbours tell which is which."""
    for at, (block, _) in headings(small.book).items():
        others = [other for other, column in block.columns.items() if column != at.column]
        new = SheetCell(None, others[at.column % len(others)])
        held = small.held(altered(small.found, {at: new}))
        assert named(held.findings) == [(TEXT, place(at))]
        assert (held.findings[0].source, held.effects) == ("", ())


def test_an_id_typed_as_that_of_another_row_takes_no_row_away(small: Case) -> None:
    blocks_of_one_id = [(n, b) for n, b in blocks(small.book) if len(b.id_columns) == 1]
    for name, block in blocks_of_one_id:
        labels = Counter(
            cell_in(small.found, At(name, row, 1)).value for row in block.rows.values()
        )
        names = [*block.rows]
        for number, row in enumerate(block.rows.values()):
            if len(names) == 1 or labels[cell_in(small.found, At(name, row, 1)).value] > 1:
                continue  # nothing else tells the row
            at = At(name, row, block.id_columns[0])
            other = names[number - 1]
            held = small.held(altered(small.found, {at: SheetCell(None, other)}))
            assert named(held.findings) == [(TEXT, place(at))]
            assert held.effects == ()


def test_every_other_fixed_value_and_text_of_a_table_is_compared(shipped: Case) -> None:
    book, found = shipped
    known = {*ids(book), *headings(book), *cells_of(book, INPUT), *cells_of(book, STATED)}
    texts = [
        At(name, row, column)
        for name, block in blocks(book)
        for row in block.rows.values()
        for column in block.columns.values()
        if isinstance(cell := book.cell(At(name, row, column)), tuple)
        and isinstance(cell.content, str | Decimal)
        and At(name, row, column) not in known
    ]
    assert len(texts) > 1000
    for first in range(TOGETHER):
        some = texts[first::TOGETHER]
        new = {at: SheetCell(None, more(cell_in(found, at).value)) for at in some}
        findings = shipped.held(altered(found, new)).errors
        assert named(findings) == sorted((TEXT, place(at)) for at in some)


def test_a_name_that_leads_elsewhere_or_nowhere(small: Case) -> None:
    for name, leads in small.found.names.items():
        for names in (
            {**small.found.names, name: f"{leads}0"},
            {other: to for other, to in small.found.names.items() if other != name},
        ):
            (only,) = small.held(small.found._replace(names=names)).findings
            assert (only.rule.code, only.what, only.expected) == (NAME, name, leads)


# -- an input changed in a spreadsheet that calculates --------------------------------------


class Change(NamedTuple):
    """A figure that is changed in the workbook, and in a file of the plan alike."""

    cell: tuple[str, str, str, str]
    file: str
    before: str
    """A text of the file, once in it, in front of the figure."""
    was: str
    becomes: str
    value: Decimal


CHANGES = {
    "gross": Change(
        ("revenue", "childrens-social-care", "gross", "2024-25"),
        "revenue_2024_25.yaml",
        "id: childrens-social-care",
        "gross: 77523",
        "gross: 80000.5",
        Decimal("80000.5"),
    ),
    "a change that the budget contains": Change(
        ("options", "personal-travel-budgets", "change", "2024-25"),
        "policy_options.yaml",
        "id: personal-travel-budgets",
        "{2024-25: -573}",
        "{2024-25: -500}",
        Decimal(-500),
    ),
    "a later change": Change(
        ("options", "personal-travel-budgets", "change", "2026-27"),
        "policy_options.yaml",
        "id: personal-travel-budgets",
        "{2024-25: -573}",
        "{2024-25: -573, 2026-27: -400}",
        Decimal(-400),
    ),
    "an allocation": Change(
        ("capital", "school-basic-need", "allocation", "2025-26"),
        "capital_programme.yaml",
        "id: school-basic-need",
        "2025-26: 11.417",
        "2025-26: 12.000001",
        Decimal("12.000001"),
    ),
    "under development": Change(
        ("capital", "pupil-referral-unit", "under_development", ""),
        "capital_programme.yaml",
        "id: pupil-referral-unit",
        "under_development: 3.203",
        "under_development: 0",
        Decimal(0),
    ),
}
Figures = dict[tuple[str, Key], Decimal]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_input_is_the_one_error_and_does_what_it_does_in_the_plan(
    shipped: Case, change: Change
) -> None:
    at = input_at(shipped.book, *change.cell)
    there = cell_in(shipped.found, at)
    found = altered(shipped.found, {at: SheetCell(None, change.value)})
    held = shipped.held(recalculated(shipped.book, found, {at: change.value}))
    (only,) = held.findings
    assert (only.rule.code, only.place) == (INPUT, place(at))
    assert (only.expected, only.found) == (there.value, change.value)
    assert only.source.startswith(f"{change.file}:")
    # A year that is not listed is nil where its option stands.
    line = source_line(only)
    assert change.was.strip() in line or line.strip() == f"- id: {change.cell[1]}"

    texts = shipped_texts()
    before, line, after = texts[change.file].partition(change.before)
    assert change.was in after
    texts[change.file] = before + line + after.replace(change.was, change.becomes, 1)
    was, becomes = figures(shipped_texts()), figures(texts)
    cells = {key: shipped.book.places[key] for key in was}  # type: ignore[index]
    moved_figures = {
        key: (was[key], becomes[key])
        for key in was
        if was[key] != becomes[key] and cells[key] != at
    }
    shown = {
        (effect.table.name, Key(effect.row.id, effect.column.measure, effect.column.year)): (
            effect.plan,
            effect.workbook,
        )
        for effect in held.effects
    }
    assert shown == moved_figures
    assert all(effect.difference == effect.workbook - effect.plan for effect in held.effects)


def source_line(finding: Finding) -> str:
    file, _, line = finding.source.partition(":")
    return shipped_texts()[file].splitlines()[int(line) - 1]


def figures(texts: Mapping[str, str]) -> Figures:
    """The core's figures of the tables and measures whose effects are shown, as cells show them."""
    return {
        (table.name, key): amount(cell.pence, table.unit)
        for table in plan_tables(plan_of(dict(texts)))
        for key, cell in table.cells.items()
        if key.measure in MEASURES.get(table.name, ())
    }


# -- rows, columns and sheets ---------------------------------------------------------------


def test_a_missing_row_is_said_once(small: Case) -> None:
    """What only shrank says nothing; what referred to the row alone can no longer say anything."""
    for name, block in blocks(small.book):
        for identity, row in block.rows.items():
            findings = small.held(without_results(deleted(small.found, name, ROW, row))).errors
            (missing,) = [f for f in findings if f.rule.code == MISSING_ROW]
            assert (missing.sheet, missing.expected) == (name, identity)
            assert missing.what == f"the row of {small.found.sheets[name][row, 1].value!r}"
            for other in findings:
                assert other is missing or "#REF!" in str(other.found)


def test_a_figure_put_within_a_sum_is_an_added_row(small: Case) -> None:
    row = row_of(small.book, "Revenue", "schools")
    found = typed(inserted(small.found, "Revenue", ROW, row), "Revenue", (row, 2), Decimal(7))
    findings = small.held(without_results(found)).errors
    assert (ADDED_ROW, f"Revenue!B{row}") in named(findings)
    found = typed(found, "Revenue", (row, 5), "roads")
    findings = small.held(without_results(found)).errors
    assert (ADDED_ROW, f"Revenue!E{row}") in named(findings)
    # The total adds up the new row too, and is named as well, with what it added up before.
    assert (FORMULA, f"Revenue!B{row + 2}") in named(findings)
    (total,) = [one for one in findings if one.place == f"Revenue!B{row + 2}"]
    assert total.expected == f"=SUM(B{row - 1},B{row + 1})"
    assert total.found == f"=SUM(B{row - 1}:B{row + 1})"


def test_a_repeated_row_is_an_added_one(small: Case) -> None:
    row, last = (row_of(small.book, "Revenue", identity) for identity in ("care", "total"))
    copied = {
        (last + 2, column): cell
        for (at, column), cell in small.found.sheets["Revenue"].items()
        if at == row
    }
    findings = small.held(with_cells(small.found, "Revenue", copied)).findings
    assert named(findings, results=True) == [(ADDED_ROW, f"Revenue!E{last + 2}")]
    assert findings[0].found == "care"


def test_a_missing_sheet_is_said_once(small: Case) -> None:
    for name in small.book.sheets:
        findings = small.held(without_results(without_sheet(small.found, name))).errors
        assert [f.sheet for f in findings if f.rule.code == MISSING_SHEET] == [name]
        for other in findings:
            assert other.rule.code == MISSING_SHEET or "#REF!" in str(other.found)


def test_a_missing_column_is_said_once(small: Case) -> None:
    for name, block in blocks(small.book):
        if len(small.book.sheets[name].blocks) > 1:
            continue
        for heading, column in block.columns.items():
            if column in block.id_columns or column == 1:
                continue
            found = deleted(small.found, name, COLUMN, column)
            findings = small.held(without_results(found)).errors
            missing = [f for f in findings if f.rule.code == MISSING_SHEET]
            assert [f.what for f in missing] == [f"the column {' '.join(heading.split())!r}"]
            for other in findings:
                # The master check stands in the second column of every sheet.
                assert other in missing or "#REF!" in str(other.found) or column == 2


def test_a_hidden_sheet_is_compared_and_said_to_be_hidden(small: Case) -> None:
    hidden = small.found._replace(hidden=("Revenue",))
    (only,) = small.held(hidden).findings
    assert (only.rule.code, only.rule.severity, only.sheet) == ("CF615", "notice", "Revenue")
    row = row_of(small.book, "Revenue", "care")
    findings = small.held(typed(hidden, "Revenue", (row, 2), Decimal(1))).findings
    assert (INPUT, f"Revenue!B{row}") in named(findings)


# -- what is easily mistaken -----------------------------------------------------------------


def test_true_and_false_are_no_amounts(small: Case) -> None:
    at = input_at(small.book, "options", "demand", "change", "2024-25")
    assert cell_in(small.found, at).value == 0
    found = altered(small.found, {at: SheetCell(None, False)})
    assert named(small.held(found).findings) == [(INPUT, place(at))]


@pytest.mark.parametrize("role", ["input", "stated"])
@pytest.mark.parametrize(
    ("shown", "counts_as"),
    [("2025-01-04", 45661), ("12:00:00", 0.5), ("PT86400S", 1), (True, 1), (True, 0)],
)
def test_a_date_where_an_amount_stood_counts_as_a_number_to_a_spreadsheet(
    small: Case, role: str, shown: Value, counts_as: float
) -> None:
    """And true counts as a number to some: what either does further on cannot be told."""
    for at in with_role(small.book, role):
        found = recalculated(small.book, small.found, {at: Decimal(str(counts_as))})
        held = small.held(altered(found, {at: SheetCell(None, shown)}))
        rule = INPUT if role == "input" else STATED
        assert [(f.rule.code, f.place) for f in held.findings] == [(rule, place(at))]
        assert ("a date stands" in held.findings[0].what) == isinstance(shown, str)
        assert held.effects == ()


def test_a_figure_where_a_table_has_none(tmp_path: Path) -> None:
    """A service that prints its net alone has no gross."""
    text = REVENUE.replace("gross: 100, income: -20, stated: {net: 80}", "net: 80")
    text = text.replace("{gross: 300, income: -170, net: 130}", "{net: 130}")
    case = case_of(small_texts(revenue=text), tmp_path)
    row = row_of(case.book, "Revenue", "care")
    assert (row, 2) not in case.found.sheets["Revenue"]
    assert case.held(typed(case.found, "Revenue", (row, 2), Decimal(999))).errors


def test_the_name_of_a_group_of_rows(small: Case) -> None:
    groups = [
        At(name, *at)
        for name, sheet in small.book.sheets.items()
        for at, cell in sheet.cells.items()
        if cell.style.role == "group"
    ]
    assert groups
    for at in groups:
        assert small.held(altered(small.found, {at: SheetCell(None, "New investment")})).errors


@pytest.mark.parametrize("is_moved", [False, True])
def test_an_altered_id_alters_no_formula_and_no_result(small: Case, is_moved: bool) -> None:
    row = row_of(small.book, "Revenue", "care")
    found = typed(small.found, "Revenue", (row, 5), "cares")
    held = small.held(inserted(found, "Revenue", ROW, 1) if is_moved else found)
    (only,) = held.findings
    assert (only.rule.code, only.expected, only.found) == (TEXT, "care", "cares")
    assert held.effects == ()


def test_an_altered_heading_of_ids_takes_no_row_away(small: Case) -> None:
    (at,) = (
        at
        for at, (_, heading) in headings(small.book).items()
        if (at.sheet, heading) == ("Revenue", "Id")
    )
    (only,) = small.held(altered(small.found, {at: SheetCell(None, "Identifier")})).findings
    assert (only.rule.code, only.what) == (TEXT, "the heading 'Id'")


def test_an_expected_formula_names_cells_where_they_stand_now(small: Case) -> None:
    row = row_of(small.book, "Revenue", "care") + 1
    found = inserted(small.found, "Revenue", ROW, 1)
    expected = found.sheets["Revenue"][row, 4].formula
    finding, *_ = small.held(typed(found, "Revenue", (row, 4), Decimal(80))).findings
    assert (finding.rule.code, finding.cell) == (FORMULA, f"D{row}")
    assert finding.expected == expected == f"=SUM(B{row}:C{row})"


@pytest.mark.parametrize("text", ["-10", "(10)"])
def test_a_text_is_told_from_the_amount_that_it_looks_like(small: Case, text: str) -> None:
    at = input_at(small.book, "options", "fees", "change", "2024-25")
    finding, *_ = small.held(altered(small.found, {at: SheetCell(None, text)})).findings
    said = message(finding).partition("; expected ")[2]
    expected, _, found = said.partition(", found ")
    assert expected == "(10)"
    assert found.partition(";")[0] not in ("(10)", "-10")

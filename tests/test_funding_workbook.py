"""Funding, the gap and reserves in the workbook: live, proved, compared, and read as a plan."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import cfbudget
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.gap import gap_amounts
from cfbudget.checks.report import check
from cfbudget.cli.app import command_line
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.read.spreadsheet import Spreadsheet
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.trial import trial_tables
from cfbudget.workbook.book.book import Book, Formula
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import work_out
from cfbudget.workbook.book.xlsx import write_workbook
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.changed_inputs import changed_inputs
from cfbudget.workbook.returned.findings import Verification
from cfbudget.workbook.returned.own_plan import OwnPlan, own_plan
from cfbudget.workbook.returned.typed_over import typed_over
from cfbudget.workbook.returned.verification import verify
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.checks_layout import Columns
from cfbudget.workbook.sheets.plan_book import build
from cfbudget.workbook.sheets.trial_sheets import Tried
from cfbudget.years import FinancialYear
from tests.kit.altered import input_at
from tests.kit.libreoffice import needs_libreoffice, recalculated
from tests.kit.plans_awkward import AWKWARD
from tests.kit.returned import book_of, came_back, typed
from tests.kit.returned import recalculated as with_results
from tests.kit.scenarios import applied
from tests.kit.support import ROOT, plan_of
from tests.kit.whole_council import WHOLE_COUNCIL
from tests.kit.workbooks import results, texts_in
from tests.test_funding import councils

GATESHEAD = texts_in(ROOT / "examples" / "gateshead-2023")
PLANS = {
    "council": WHOLE_COUNCIL,
    "gateshead": GATESHEAD,
    "cash limit": AWKWARD["cash limit"],
    "reserves alone": {"reserves.yaml": WHOLE_COUNCIL["reserves.yaml"]},
    "funding alone": {"funding.yaml": WHOLE_COUNCIL["funding.yaml"]},
}
FIRST, SECOND = FinancialYear(2024), FinancialYear(2025)


def _verified(texts: dict[str, str], found: Spreadsheet) -> Verification:
    held = verify(book_of(texts), found)
    assert held is not None
    return held


@pytest.mark.parametrize("name", PLANS)
def test_an_unchanged_workbook_is_the_plan(name: str, tmp_path: Path) -> None:
    write_workbook(book_of(PLANS[name]), tmp_path / "a.xlsx")
    held = _verified(PLANS[name], came_back(tmp_path / "a.xlsx"))
    assert held.findings == ()
    assert held.compared["inputs"] > 2


def test_the_sheets_are_there_only_where_the_plan_has_them() -> None:
    sheets = {name: set(book_of(texts).sheets) for name, texts in PLANS.items()}
    council = {"Gap", "Funding", "Reserves"}
    assert {name: found & council for name, found in sheets.items()} == {
        "council": council,
        "gateshead": {"Gap", "Funding"},
        "cash limit": {"Gap", "Funding"},
        "reserves alone": {"Reserves"},
        "funding alone": {"Funding"},
    }
    revenue = {name: text for name, text in WHOLE_COUNCIL.items() if "revenue" in name}
    assert not set(book_of(revenue).sheets) & council


def test_what_a_council_tax_and_a_gap_are_made_of_can_be_read() -> None:
    book = book_of(WHOLE_COUNCIL)

    def formula(table: str, key: Key) -> str:
        at = next(at for (name, one), at in book.places.items() if (name, one) == (table, key))
        cell = book.cell(at)
        assert cell is not None
        assert isinstance(cell.content, Formula)
        return cell.content.expression.text(at.sheet)

    assert formula("funding", Key("council-tax", "amount", FIRST)) == "-ROUND(B13*B14,2)/$B$4"
    assert formula("funding", Key("council-tax", "rise", SECOND)) == "ROUND(C14/B14-1,8)"
    assert formula("funding", Key("police", "band_d", FIRST)) == "ROUND(-B16*$B$4/B17,2)"
    assert formula("gap", Key(TOTAL, "gap", FIRST)) == "SUM(B12:B13)"
    assert formula("gap", Key(TOTAL, "annual_gap", SECOND)) == "SUM(C14)-SUM(B14)"
    assert formula("reserves", Key("general", "opening", SECOND)) == "SUM(B23)"


@pytest.mark.parametrize(
    ("cell", "value", "gap"),
    [
        # Another £10 on 50,000.55 dwellings is £500,005.50 less gap in the first year.
        (("funding", "council-tax", "band_d"), "1510.25", -50_000_550),
        (("funding", "council-tax", "tax_base"), "50001.55", -150_025),
        (("funding", "rates", "amount"), "-17000", 100_000_000),
        (("funding", "general", "reserves_used"), "-7000", -100_000_000),
    ],
)
def test_an_input_that_is_typed_over_moves_the_gap(
    cell: tuple[str, str, str], value: str, gap: int, tmp_path: Path
) -> None:
    book = book_of(WHOLE_COUNCIL)
    write_workbook(book, tmp_path / "a.xlsx")
    table, row, measure = cell
    at = input_at(book, table, row, measure, "2024-25")
    found = _typed_over(tmp_path / "a.xlsx", at, Decimal(value))
    held = _verified(WHOLE_COUNCIL, found)
    assert [f.rule.code for f in held.findings] == ["CF603"]
    moved = next(e for e in held.effects if (e.row.id, str(e.column.year)) == ("gap", "2024-25"))
    assert moved.difference * 10**8 == pytest.approx(gap, abs=1)
    read = own_plan(found, "a.xlsx", "0.0.0")
    assert isinstance(read, OwnPlan)
    was = gap_amounts(_plan_of(WHOLE_COUNCIL, tmp_path))[Key(TOTAL, "gap", FIRST)]
    assert gap_amounts(read.plan)[Key(TOTAL, "gap", FIRST)] - was == moved.difference * 10**8


def _plan_of(texts: dict[str, str], folder: Path) -> Plan:
    write_workbook(book_of(texts), folder / "b.xlsx")
    read = own_plan(came_back(folder / "b.xlsx"), "b.xlsx", "0.0.0")
    assert isinstance(read, OwnPlan)
    return read.plan


def _typed_over(path: Path, at: At, value: Decimal) -> Spreadsheet:
    found = typed(came_back(path), at.sheet, (at.row, at.column), value)
    return with_results(book_of(WHOLE_COUNCIL), found, {at: value})


def test_a_balance_that_is_typed_over_moves_every_closing_after_it(tmp_path: Path) -> None:
    book = book_of(WHOLE_COUNCIL)
    write_workbook(book, tmp_path / "a.xlsx")
    at = input_at(book, "reserves", "general", "draw", "2025-26")
    held = _verified(WHOLE_COUNCIL, _typed_over(tmp_path / "a.xlsx", at, Decimal(7)))
    closings = [(e.row.id, str(e.column.year), int(e.difference)) for e in held.effects]
    assert closings == [
        ("general", "2025-26", -3),
        ("general", "2026-27", -3),
        ("total", "2025-26", -3),
        ("total", "2026-27", -3),
    ]


@needs_libreoffice
def test_another_calculator_comes_to_the_same(tmp_path: Path) -> None:
    paths = []
    for name, texts in PLANS.items():
        paths.append(tmp_path / f"{name}.xlsx")
        write_workbook(book_of(texts), paths[-1])
    again = recalculated(paths, tmp_path / "again")
    for path, texts in zip(paths, PLANS.values(), strict=True):
        book, read = book_of(texts), results(again[path])
        for name, sheet in book.sheets.items():
            for (row, column), cell in sheet.cells.items():
                if isinstance(cell.content, Formula) and isinstance(cell.content.result, Decimal):
                    came_to = read(At(name, row, column))
                    assert came_to == pytest.approx(float(cell.content.result), abs=1e-9)
        assert _verified(texts, came_back(again[path])).findings == ()


def test_what_is_typed_over_is_kept_as_a_scenario_of_the_same_gap(tmp_path: Path) -> None:
    book = book_of(WHOLE_COUNCIL)
    plan = plan_of(WHOLE_COUNCIL)
    inputs = {
        input_at(book, "funding", "council-tax", "band_d", "2025-26"): Decimal("1600.25"),
        input_at(book, "funding", "council-tax", "tax_base", "2026-27"): Decimal("51234.5"),
        input_at(book, "funding", "rates", "amount", "2024-25"): Decimal(-18100),
        input_at(book, "funding", "general", "reserves_used", "2025-26"): Decimal(-5000),
        input_at(book, "reserves", "general", "draw", "2025-26"): Decimal(5),
    }
    changes = as_changes(book, plan, inputs)
    assert not isinstance(changes, Refusal)
    found = changed_inputs(book, inputs)
    assert not isinstance(found, Refusal)
    assert gap_amounts(cfbudget.apply(plan, changes)) == gap_amounts(typed_over(plan, found))


@pytest.mark.parametrize(
    ("table", "row", "measure"),
    [
        ("reserves", "general", "draw"),
        ("funding", "general", "reserves_used"),
        ("reserves", "general", "opening"),
        ("reserves", "general", "contribution"),
    ],
)
def test_what_no_scenario_can_say_is_refused(table: str, row: str, measure: str) -> None:
    book = book_of(WHOLE_COUNCIL)
    at = input_at(book, table, row, measure, "2024-25")
    assert isinstance(as_changes(book, plan_of(WHOLE_COUNCIL), {at: Decimal(7)}), Refusal)


def test_a_draw_that_funding_does_not_use_is_said_by_the_master_check(tmp_path: Path) -> None:
    texts = {
        name: text.replace("2025-26: 4}", "2025-26: 3}") for name, text in WHOLE_COUNCIL.items()
    }
    book = book_of(texts)
    for sheet in book.sheets.values():
        content = sheet.cells[sheet.labelled["Master check"]].content
        assert isinstance(content, Formula)
        assert content.result == "does not agree"
    write_workbook(book, tmp_path / "a.xlsx")
    assert _verified(texts, came_back(tmp_path / "a.xlsx")).findings == ()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = CliRunner().invoke(command_line(), ["totals", "gap", "--data", str(tmp_path)])
    assert done.exit_code == 0
    assert "CF310 'General' is drawn by £3.000m in 2025-26, and funding uses £4.000m" in done.stderr


# The use of 4 in 2025-26 is typed in thousands, the draw in millions.
USE, DRAW, PAID_IN = (
    ("funding", "general", "reserves_used"),
    ("reserves", "general", "draw"),
    ("reserves", "general", "contribution"),
)


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ({}, "agrees"),
        ({USE: "-7000"}, "differs"),
        ({DRAW: "7"}, "differs"),
        ({DRAW: "4.00000001"}, "differs"),
        ({USE: "-7000", DRAW: "7"}, "agrees"),
        # What is paid in is in the services' budgets, or in the funding.
        ({PAID_IN: "1"}, "agrees"),
        ({PAID_IN: "1", USE: "-3000"}, "agrees"),
        ({PAID_IN: "1", USE: "-5000"}, "differs"),
    ],
)
def test_a_use_in_funding_that_is_not_the_draw_in_reserves_fails_a_control(
    cells: dict[tuple[str, str, str], str], outcome: str
) -> None:
    book = book_of(WHOLE_COUNCIL)
    typed_in = {input_at(book, *cell, "2025-26"): Decimal(v) for cell, v in cells.items()}
    came = work_out(book, typed_in)
    assert came[_control(book, "draw/general/2025-26")] == outcome
    assert came[_control(book, "draw/general/2024-25")] == "agrees"
    if outcome == "differs" or not cells:  # Else the closing balance is not what is stated.
        master = "does not agree" if cells else "all agree"
        assert {came[at] for at in _masters(book)} == {master}
    assert came[_control(book, "CF310")] == ("see below" if outcome == "differs" else "holds")


@needs_libreoffice
def test_a_spreadsheet_finds_the_use_that_is_not_the_draw(tmp_path: Path) -> None:
    book = book_of(WHOLE_COUNCIL)
    write_workbook(book, tmp_path / "a.xlsx")
    at = input_at(book, *USE, "2025-26")
    stored = openpyxl.load_workbook(tmp_path / "a.xlsx")
    stored[at.sheet][at.text(at.sheet)] = -7000
    stored.save(tmp_path / "typed.xlsx")
    again = recalculated([tmp_path / f"{n}.xlsx" for n in ("a", "typed")], tmp_path / "again")
    said = [results(path)(_control(book, "draw/general/2025-26")) for path in again.values()]
    assert said == ["agrees", "differs"]
    assert results(again[tmp_path / "typed.xlsx"])(_masters(book)[0]) == "does not agree"


def test_a_draw_that_differed_and_is_mended_in_the_workbook_agrees() -> None:
    texts = {
        name: text.replace("2025-26: 4}", "2025-26: 3}") for name, text in WHOLE_COUNCIL.items()
    }
    book = book_of(texts)
    broken = work_out(book, {})
    assert broken[_control(book, "draw/general/2025-26")] == "differs"
    assert {broken[at] for at in _masters(book)} == {"does not agree"}
    mended = work_out(book, {input_at(book, *DRAW, "2025-26"): Decimal(4)})
    assert {mended[at] for at in _masters(book)} == {"all agree"}


def _control(book: Book, identity: str) -> At:
    """The outcome of a row of the Checks sheet."""
    (row,) = (b.rows[identity] for b in book.sheets["Checks"].blocks if identity in b.rows)
    return At("Checks", row, Columns.outcome)


def _masters(book: Book) -> list[At]:
    return [At(s.name, *s.labelled["Master check"]) for s in book.sheets.values()]


# -- whatever the figures are ---------------------------------------------------------------

MANY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MANY
@given(councils())
def test_the_workbook_of_any_council_is_that_council(tmp_path: Path, texts: dict[str, str]) -> None:
    write_workbook(book_of(texts), tmp_path / "a.xlsx")
    found = came_back(tmp_path / "a.xlsx")
    assert _verified(texts, found).findings == ()
    read = own_plan(found, "a.xlsx", "0.0.0")
    assert isinstance(read, OwnPlan)
    assert plan_tables(read.plan) == plan_tables(plan_of(texts))


@MANY
@given(councils(), st.integers(-2000, 2000), st.integers(0, 10**6), st.integers(-(10**6), 10**6))
def test_the_workbook_of_any_trial_of_a_council_is_proved_and_verified(
    tmp_path: Path, texts: dict[str, str], rise: int, draw: int, net: int
) -> None:
    plan = plan_of(texts)
    assert plan.funding is not None
    first, *others = map(str, plan.years)
    changes: list[dict[str, object]] = [
        {"set": "tax", "measure": "tax_base", "year": first, "to": "51234.56"},
        {"set": "care", "measure": "net", "year": first, "to": str(net)},
    ]
    if others:
        to = f"{rise / 100:.2f}%"
        changes.append({"set": "tax", "measure": "rise", "year": others[-1], "to": to})
    if plan.funding.reserves:
        changes.append({"set": "kept-0", "measure": "draw", "year": first, "to": str(draw)})
    trial = applied(plan, *changes)
    tried = Tried(trial, "Trial", trial_tables(trial, "Trial"))
    origin = Origin("0.0.0", dict.fromkeys(texts, "0" * 64), texts=texts)
    book = build(plan, check(plan), origin, tried)
    write_workbook(book, tmp_path / "a.xlsx")
    held = verify(book, came_back(tmp_path / "a.xlsx"))
    assert held is not None
    assert held.findings == ()

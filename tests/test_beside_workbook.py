"""The workbook of scenarios side by side: columns of live formulas over each scenario's sheets."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cfbudget.checks.report import check
from cfbudget.workbook.book.book import Book, Formula, Link
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import work_out
from cfbudget.workbook.book.values import number
from cfbudget.workbook.returned.own_plan import NoPlan, own_plan
from cfbudget.workbook.returned.verification import verify
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from cfbudget.workbook.sheets.scenario_sheets import is_of_scenario
from tests.kit.models import model
from tests.kit.returned import came_back
from tests.kit.scenarios import Change, town
from tests.kit.side_by_side import GAPS, book_of, laid_out, of_council, shipped
from tests.kit.support import SHIPPED, plan_of
from tests.kit.whole_council import council
from tests.kit.workbooks import inputs, shipped_texts, stored
from tests.test_workbook_trial import TRIALS


def results(book: Book, sheet: str, label: str) -> list[object]:
    """What stands beside each row of a label."""
    rows = [at for (at, _), cell in book.sheets[sheet].cells.items() if cell.content == label]
    cells = sorted((at, cell) for at, cell in book.sheets[sheet].cells.items() if at[0] in rows)
    return [c.content.result for _, c in cells if isinstance(c.content, Formula)]


# -- proved, and itself ---------------------------------------------------------------------


@pytest.mark.parametrize("name", TRIALS)
def test_every_formula_is_proved_and_it_is_found_to_be_itself(name: str, tmp_path: Path) -> None:
    texts, changes = TRIALS[name]
    book = book_of(plan_of(dict(texts)), [changes, [], changes[:1]])
    held = verify(book, came_back(stored(book, tmp_path / "trials.xlsx")))
    assert held is not None
    assert held.findings == ()
    assert held.compared["formulas"] == len([*book.formulas()])


def test_a_whole_council_has_the_gap_and_its_reserves_side_by_side(tmp_path: Path) -> None:
    book = of_council()
    held = verify(book, came_back(stored(book, tmp_path / "trials.xlsx")))
    assert held is not None
    assert held.findings == ()
    titles = [chart.title for chart in book.sheets["Charts"].charts]
    assert titles[1].startswith("Gap by year: the baseline and each scenario, £m")
    columns = laid_out(council(), GAPS)
    level = columns.level("gap")
    assert level is not None
    shown = results(book, "Beside", "Gap after reserves")
    assert len(shown) == 7 * len(level.baseline.columns)


def test_several_are_too_many_for_colours_and_not_for_the_workbook() -> None:
    many: list[Sequence[Change]] = [
        [{"set": "fees", "to": {"2024-25": -at}}] for at in range(1, 14)
    ]
    book = book_of(town(), many)
    assert "Scenario13_Position" in book.sheets
    titles = [chart.title for chart in book.sheets["Charts"].charts]
    assert not any("each scenario" in title for title in titles)
    few = book_of(town(), many[:11]).sheets["Charts"].charts[0]
    colours = [series.colour for series in few.series]
    assert len(colours) == len(set(colours)) == 12


# -- what stands on the sheets --------------------------------------------------------------


def test_a_table_that_a_scenario_leaves_as_it_is_has_no_sheet() -> None:
    sheets = list(shipped().sheets)
    assert sheets[:4] == ["About", "Beside", "Scenarios", "Charts"]
    assert sheets[sheets.index("Files") + 1 :] == [
        *("Scenario1_Options", "Scenario1_Position", "Scenario2_Options", "Scenario2_Position"),
        *("Scenario3_Capital", "Scenario3_Options", "Scenario3_Position"),
    ]


def test_about_lists_every_sheet() -> None:
    book = shipped()
    cells = [cell.content for cell in book.sheets["About"].cells.values()]
    listed = {content.text for content in cells if isinstance(content, Link)}
    assert listed == set(book.sheets) - {"About"}
    assert "options with B: what it leaves as it is refers to the baseline" in cells


def test_differences_are_formulas_over_the_columns() -> None:
    book = shipped()
    sheet = book.sheets["Beside"]
    block = next(b for b in sheet.blocks if "Baseline" in b.columns and "education" in b.rows)
    row = block.rows["education"]
    content = sheet.cells[row, block.columns["1. − baseline"]].content
    assert isinstance(content, Formula)
    assert content.expression.text("Beside") == f"C{row}-B{row}"
    own = sheet.cells[row, block.columns["1. A"]].content
    assert isinstance(own, Formula)
    assert own.expression.text("Beside").startswith("Scenario1_Position!")
    unchanged = sheet.cells[row, block.columns["Baseline"]].content
    assert isinstance(unchanged, Formula)
    assert unchanged.expression.text("Beside").startswith("Position!")


def test_the_charts_are_drawn_over_the_columns() -> None:
    chart = shipped().sheets["Charts"].charts[0]
    assert chart.title.startswith("Net budget by year: the baseline and each scenario, £000; the")
    assert [series.name.sheet for series in chart.series] == ["Beside"] * 4
    assert "1. A, 2. B, 3. C" in chart.description


# -- it is live -----------------------------------------------------------------------------


def line_at(book: Book, line: str, year: str) -> At:
    return next(at for one, at in inputs(book).items() if (one.row, one.year) == (line, year))


def test_the_columns_follow_an_input_of_the_baseline_and_the_differences_stay() -> None:
    book = shipped()
    sheet = book.sheets["Beside"]
    blocks = [b for b in sheet.blocks if "Baseline" in b.columns and "education" in b.rows]
    block = blocks[-1]
    cells = {
        name: At("Beside", block.rows["total"], along)
        for name, along in block.columns.items()
        if name not in ("£000", "Id")
    }
    line = line_at(book, "complex-youth-team", "2025-26")
    cell = book.cell(line)
    assert cell
    assert isinstance(cell.content, Decimal)
    now = work_out(book, {line: cell.content - 10})
    moved = {name: number(now[at]) - _result(book, at) for name, at in cells.items()}
    less = {name for name in moved if name.endswith("− baseline")}
    assert len(less) == 3
    assert {moved[name] for name in less} == {0}
    assert {moved[name] for name in moved if name not in less} == {-10}


def _result(book: Book, at: At) -> Decimal:
    cell = book.cell(at)
    assert cell is not None
    assert isinstance(cell.content, Formula)
    assert isinstance(cell.content.result, Decimal)
    return cell.content.result


def test_a_value_that_is_typed_over_in_a_scenario_is_seen_in_its_column_and_its_control() -> None:
    book = shipped()
    options = book.sheets["Scenario1_Options"]
    block = next(b for b in options.blocks if "personal-travel-budgets" in b.rows)
    along = block.columns["Change\n2024-25"]
    typed = At("Scenario1_Options", block.rows["personal-travel-budgets"], along)
    cell = book.cell(typed)
    assert cell
    assert cell.content == Decimal(-400)
    now = work_out(book, {typed: Decimal(-300)})
    controls = book.sheets["Beside"].blocks[-1]
    said = {
        name: now[At("Beside", row, controls.columns["Outcome"])]
        for name, row in controls.rows.items()
    }
    first = {name: word for name, word in said.items() if name.startswith("scenario-1/position")}
    assert set(first.values()) == {"differs"}
    assert set(said.values()) == {"agrees", "differs"}
    assert {word for name, word in said.items() if name not in first} == {"agrees"}
    less = results(book, "Beside", "Total Children & Families")[4]
    assert less == 173


def test_every_total_has_a_control_that_agrees() -> None:
    book = shipped()
    controls = book.sheets["Beside"].blocks[-1]
    years = ("2024-25", "2025-26", "2026-27", "2027-28")
    for at in (1, 2, 3):
        assert {f"scenario-{at}/position/net_budget/{year}" for year in years} <= set(controls.rows)
    assert "scenario-3/capital/allocation/2025-26" in controls.rows


# -- what comes back ------------------------------------------------------------------------


def test_it_is_no_plan_of_its_own(tmp_path: Path) -> None:
    book = shipped()
    found = own_plan(came_back(stored(book, tmp_path / "trials.xlsx")), "trials.xlsx", "0.0.0")
    assert isinstance(found, NoPlan)
    assert [(one.rule.code, one.sheet) for one in found.findings] == [("CF619", "Beside")]


def test_held_against_the_plan_alone_the_plan_is_compared_and_the_rest_told(
    tmp_path: Path,
) -> None:
    plan = plan_of(dict(shipped_texts()))
    alone = build(plan, check(plan), Origin("0.0.0", {}))
    held = verify(alone, came_back(stored(shipped(), tmp_path / "trials.xlsx")))
    assert held is not None
    assert [(one.rule.code, one.sheet) for one in held.findings] == [("CF619", "Beside")]
    assert "several stand side by side" in held.findings[0].what
    assert held.is_the_plan


@pytest.mark.parametrize(
    ("name", "of_scenario"),
    [
        ("Scenario", True),
        ("Scenario_Options", True),
        ("Difference_Gap", True),
        ("Scenario12_Position", True),
        ("Beside", True),
        ("Scenarios", True),
        ("Scenario_Notes", False),
        ("Scenario12", False),
        ("Scenariox_Options", False),
        ("Options", False),
        ("Difference1_Options", False),
    ],
)
def test_whose_sheet_it_is(name: str, *, of_scenario: bool) -> None:
    assert is_of_scenario(name) is of_scenario


def test_the_command_writes_it_and_replaces_none_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, changes in {
        "a": "{drop: pension-liabilities}",
        "b": "{deliver: saving, share: 50%}",
    }.items():
        Path(f"{name}.yaml").write_text(f"name: {name.upper()}\nchanges: [{changes}]\n", "utf-8")
    words = ("--data", str(SHIPPED), "--beside", "a.yaml", "--beside", "b.yaml", "-o", "it.xlsx")
    done = model(*words)
    assert (done.status, done.out) == (0, "")
    assert "wrote it.xlsx: 79 of 79 stated figures agree" in done.err
    first = Path("it.xlsx").read_bytes()
    again = model(*words)
    assert again.status == 2
    assert "it.xlsx exists: give --force to replace it" in again.err
    assert model(*words, "--force").status == 0
    assert Path("it.xlsx").read_bytes() == first
    book = openpyxl.load_workbook("it.xlsx", data_only=True)
    assert book["Beside"]["A1"].value == "Children & Families: 2 scenarios side by side"
    refused = model(*words, "--force", "--summary")
    assert refused.status == 2
    assert Path("it.xlsx").read_bytes() == first

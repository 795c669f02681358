"""Steps land: every bridge and every contribution comes to the level that it leads to."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from typer.testing import CliRunner

from cfbudget import rules
from cfbudget.calculate import plan_bridge as comparing
from cfbudget.calculate.plan_bridge import compare
from cfbudget.calculate.steps_landed import Astray
from cfbudget.cli.app import command_line
from cfbudget.tables.trial import trial_tables
from cfbudget.workbook.book.book import Book, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.proof import Disagreement, prove, work_out
from cfbudget.workbook.returned.own_plan import OwnPlan, own_plan
from cfbudget.workbook.sheets.year_bridge import BridgeStep, YearBridge
from tests.kit.altered import case_of, input_at
from tests.kit.plans_awkward import AWKWARD, Printed, printed_plans
from tests.kit.returned import recalculated, typed
from tests.kit.scenarios import applied
from tests.kit.support import REVENUE, SHIPPED, plan_of, small_texts
from tests.kit.workbooks import book_of, shipped_texts


def bridge_rows(book: Book) -> dict[str, dict[str, Decimal]]:
    """The figures of the bridge, by the label of the step and the heading."""
    sheet = book.sheets["Charts"]
    block = next(block for block in sheet.blocks if "Moves by" in block.columns)
    results = work_out(book, {})
    found: dict[str, dict[str, Decimal]] = {}
    for row in block.rows.values():
        label = str(sheet.cells[row, 1].content)
        found[label] = {
            heading: value
            for heading, column in block.columns.items()
            if isinstance(value := results.get(At("Charts", row, column)), Decimal)
        }
    return found


def stack(figures: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    """From where to where a column of the picture is seen, from its parts."""
    above = figures["Rise"] + figures["Fall"]
    below = figures["Rise below nil"] + figures["Fall below nil"]
    assert min(figures["Rise"], figures["Fall"]) == 0 <= above
    assert max(figures["Rise below nil"], figures["Fall below nil"]) == 0 >= below
    lifted = figures["Stands on"]
    assert not (lifted < 0 and above)
    assert not (lifted > 0 and below)
    return (lifted if lifted > 0 else lifted + below), (lifted if lifted < 0 else lifted + above)


def test_the_picture_goes_below_nil() -> None:
    """Each part is split at nil, and the steps of a budget of minus 20 are seen where they are."""
    book = book_of(AWKWARD["below nil"])
    prove(book)
    rows = bridge_rows(book)
    assert [(label, int(figures["Reaches"])) for label, figures in rows.items()] == [
        ("Net budget 2024-25", -20),
        ("Savings 2025-26", -120),
        ("Investment 2025-26", -55),
        ("Reversals 2025-26", -55),
        ("Other movements 2025-26", 5),
        ("Net budget 2025-26", 5),
        ("Savings 2026-27", -95),
        ("Investment 2026-27", -65),
        ("Reversals 2026-27", -80),
        ("Net budget 2026-27", -80),
    ]
    moved = rows["Other movements 2025-26"]
    assert {part: int(pence) for part, pence in moved.items() if pence} == {
        "Moves by": 60,
        "Reaches": 5,
        "Rise": 5,
        "Rise below nil": -55,
    }
    fallen = rows["Savings 2025-26"]
    assert (int(fallen["Stands on"]), int(fallen["Fall below nil"])) == (-20, -100)
    assert rows["Net budget 2024-25"]["Net budget"] == -20
    (chart,) = [made for made in book.sheets["Charts"].charts if "takes" in made.title]
    assert chart.minimum is None
    assert [series.is_named for series in chart.series] == [False, True, True, True, False, False]


def test_a_net_budget_typed_below_nil_accuses_nothing(tmp_path: Path) -> None:
    """The picture has the layout that the files of the same amounts would give it."""
    later = AWKWARD["below nil"].items()
    below = {name: text.replace("net: 40", "net: 400") for name, text in later}
    above = {name: text.replace("net: -20", "net: 200") for name, text in below.items()}
    case = case_of(above, tmp_path)
    at = input_at(case.book, "revenue", "roads", "net", "2024-25")
    found = typed(case.found, at.sheet, (at.row, at.column), Decimal(-20))
    found = recalculated(case.book, found, {at: Decimal(-20)})
    assert [one.rule for one in case.held(found).errors] == [rules.INPUT_CHANGED]
    assert isinstance(own_plan(found, "a.xlsx", "0.0.0"), OwnPlan)
    of_the_files = case._replace(book=book_of(below)).held(found)
    assert {one.rule for one in of_the_files.errors} == {rules.TEXT_CHANGED}  # their own words
    assert "Charts" not in {one.sheet for one in of_the_files.errors}


@settings(max_examples=80, deadline=None)
@given(printed_plans())
def test_the_steps_of_every_bridge_land_and_are_drawn(plan: Printed) -> None:
    """Also with nets below nil, one-offs, several budgets and options of every kind."""
    book = book_of(plan.texts)
    prove(book)
    sheet = book.sheets["Charts"]
    titles = [chart.title for chart in sheet.charts]
    levels = [label for label in _labels(sheet) if label.startswith("Net budget 2")]
    assert len(sheet.landings) == max(len(levels) - 1, 0)
    assert any(title.startswith("What takes") for title in titles) == (len(levels) > 1)
    if len(levels) < 2:
        return
    before = Decimal(0)
    for label, figures in bridge_rows(book).items():
        if label in levels:
            assert figures["Net budget"] == figures["Reaches"]
        elif before != figures["Reaches"]:
            assert stack(figures) == (
                min(before, figures["Reaches"]),
                max(before, figures["Reaches"]),
            ), label
        before = figures["Reaches"]


def _labels(sheet: Sheet) -> Iterator[str]:
    for block in sheet.blocks:
        if "Moves by" in block.columns:
            yield from (str(sheet.cells[row, 1].content) for row in block.rows.values())


STEPS = YearBridge.steps


def without_investment(bridge: YearBridge) -> list[BridgeStep]:
    return [step for step in STEPS(bridge) if not step.id.startswith("investment")]


def test_a_step_that_is_missing_refuses_to_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(YearBridge, "steps", without_investment)
    with pytest.raises(Disagreement, match="do not land on"):
        prove(book_of(shipped_texts()))
    target = tmp_path / "plan.xlsx"
    outcome = CliRunner().invoke(
        command_line("export"), ["export", str(target), "--data", str(SHIPPED)]
    )
    assert outcome.exit_code == 2
    assert "do not land on" in outcome.output
    assert not target.exists()


def test_contributions_that_do_not_come_to_the_difference_are_not_shown() -> None:
    plan = plan_of(small_texts())
    trial = applied(plan, {"deliver": "fees", "share": "50%"}, {"drop": "demand"})
    assert len(trial_tables(trial, "a trial").attributions) == 1
    lost = replace(trial, contributions=trial.contributions[:-1])
    with pytest.raises(Astray, match="the steps come to"):
        trial_tables(lost, "a trial", names=["options"])


def test_a_bridge_between_plans_that_lacks_a_line_is_not_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = plan_of(small_texts())
    new = plan_of(small_texts(revenue=REVENUE.replace("gross: 100", "gross: 103")))
    assert compare(old, new).difference
    monkeypatch.setattr(comparing, "opening_lines", lambda *_: ())
    with pytest.raises(Astray, match="the bridge to the net budget of 2024-25"):
        compare(old, new)

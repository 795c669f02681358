"""`cfbudget explain`: every figure is found by its name, by words, by its cell; nothing else is."""

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import PLAN_TABLES, TOTAL, Key
from cfbudget.calculate.steps_landed import Astray
from cfbudget.explanations import changed_by
from cfbudget.explanations.changed_by import Step, changed_table, steps_to
from cfbudget.explanations.explained_plan import ExplainedPlan, ExplainedTrial
from cfbudget.explanations.search import sought
from cfbudget.explanations.trees import fitting, tree
from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.page import Sentences
from cfbudget.layout.units import exact
from cfbudget.reports.explain.page import Explained, explain_page
from cfbudget.reports.totals.page import totals_page
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.plan_tables import plan_tables
from tests.kit.assumed import ASSUMPTIONS
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget
from tests.kit.returned import ROW, came_back, inserted, stored
from tests.kit.scenarios import scenarios, tried
from tests.kit.support import SHIPPED, plan_of
from tests.test_explanations import EXAMPLES, explained, unexplained


def shown_in_totals(plan: ExplainedPlan) -> Iterator[ShownFigure]:
    """Every figure that `totals` prints."""
    page = totals_page(plan_tables(plan.plan, PLAN_TABLES), (), notes=True)
    for block in page.blocks:
        for row in block.rows if isinstance(block, Grid) else ():
            yield from (cell for cell in row.cells if isinstance(cell, ShownFigure))


@pytest.mark.parametrize("folder", EXAMPLES)
def test_every_figure_of_totals_is_found_by_its_own_name(folder: str) -> None:
    plan, count = explained(folder), 0
    for shown in shown_in_totals(plan):
        assert shown.cell is not None
        figure = plan.figure(shown.cell.table.name, shown.cell.key)
        assert figure is not None
        assert (figure.pence, figure.unit) == (shown.pence, shown.unit)
        assert sought(plan, figure.id.pasted.split()).figures == (figure,)
        count += 1
    assert count > 50
    assert len(plan.by_name) == len(plan.figures)


@pytest.mark.parametrize("folder", EXAMPLES)
def test_a_record_of_totals_names_its_figure(folder: str) -> None:
    plan = explained(folder)
    for table in plan_tables(plan.plan, PLAN_TABLES):
        for record in table.records():
            named = (record.table, record.row, record.measure, record.year)
            found = sought(plan, [word for word in named if word]).figures
            assert [exact(one.pence, one.unit) for one in found] == [record.amount], named


FOUND = {
    "net education 2026-27": "position net_budget education 2026-27",
    "Education 2026/27 NET": "position net_budget education 2026-27",
    "net education 2024-25": "revenue net education 2024-25",
    "capital total": "capital total total",
    "personal-travel-budgets": "options total personal-travel-budgets",
    "travel budgets change 24-25": "options change personal-travel-budgets 2024-25",
    "cumulative change education 2026-27": "position cumulative_change education 2026-27",
    "children's social care income": "revenue income childrens-social-care 2024-25",
    "total new savings education 2024-25": "options change education/saving/new 2024-25",
    "under development": "capital under_development total",
    "roman road": "",
}
FOUND_IN_COUNCIL = {
    "gap 2026-27": "gap gap total 2026-27",
    "gap before reserves 2026-27": "gap gap_before_reserves total 2026-27",
    "council tax 2025-26": "funding amount council-tax 2025-26",
    "band d 2025-26": "funding band_d council-tax 2025-26",
    "tax base 2025-26": "funding tax_base council-tax 2025-26",
    "working balance closing 2026-27": "reserves closing working-balance 2026-27",
    "unfinanced 2025-26": "financing unfinanced unfinanced 2025-26",
    "net 2026-27": "position net_budget total 2026-27",
}


@pytest.mark.parametrize(
    ("folder", "asked", "found"),
    [
        *(("data", asked, found) for asked, found in FOUND.items()),
        *(("examples/ring-fenced", asked, found) for asked, found in FOUND_IN_COUNCIL.items()),
    ],
)
def test_words_in_any_order_find_a_figure(folder: str, asked: str, found: str) -> None:
    plan = explained(folder)
    for words in (asked.split(), asked.split()[::-1], [asked]):
        named = [one.id.pasted for one in sought(plan, words).figures]
        assert named == ([found] if found else [])


@pytest.mark.parametrize(
    ("folder", "asked", "count"),
    [
        ("data", "education savings 2024-25", 3),  # new, approved, and the total of both
        ("data", "emergency bed provision", 2),  # a saving and what pays for it
        ("data", "position total 2027-28", 4),
        ("data", "change total 2025-26", 2),
        ("data", "education 2026-27", 5),
        ("examples/ring-fenced", "reserves 2026-27", 4),
        ("examples/ring-fenced", "working balance 2025-26", 5),
    ],
)
def test_words_that_may_mean_several_figures_choose_none(
    folder: str, asked: str, count: int
) -> None:
    plan = explained(folder)
    for words in (asked.split(), asked.split()[::-1]):
        assert len(sought(plan, words).figures) == count


def test_accents_are_folded() -> None:
    plan = explained("tests/plans/odd")
    figure = next(iter(plan.figures.values()))
    assert figure in sought(plan, [figure.row.label, figure.id.key.measure]).figures


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("education", "cfbudget explain options total education --data data"),
        ("education 2026-27", "cfbudget explain position net_budget education 2026-27"),
        ("net edukation 2026-27", "did you mean 'education'?"),
        ("gap 2026-27", "the plan in data has no gap table"),
        ("net education 2035-36", "there are figures of 2024-25, 2025-26, 2026-27 and 2027-28"),
        (" ", "it names no figure"),
        ("Options!A1", "no figure of the plan's tables stands in Options!A1"),
    ],
)
def test_what_is_not_one_figure_is_refused(asked: str, said: str) -> None:
    ended = cfbudget("explain", asked, "--data", "data")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in " ".join(ended.stderr.split())
    assert "Traceback" not in ended.stderr


def test_what_is_pasted_from_a_list_of_candidates_is_one_figure() -> None:
    ended = cfbudget("explain", "education", "2026-27", "--data", "data")
    lines = [line for line in ended.stderr.splitlines() if "cfbudget explain" in line]
    assert len(lines) > 2
    for line in lines[:3]:
        pasted = line.split(": cfbudget ")[-1].split()
        assert cfbudget(*pasted).returncode == 0


@pytest.mark.parametrize("has_trial", [False, True])
def test_the_name_that_a_page_gives_finds_the_same_page(has_trial: bool, tmp_path: Path) -> None:
    file = tmp_path / "a trial.yaml"
    file.write_text("name: A trial\nchanges: [{drop: personal-travel-budgets}]\n")
    besides = ["--scenario", str(file)] if has_trial else []
    page = cfbudget("explain", "net", "education", "2026-27", "--data", "data", *besides).stdout
    assert page.startswith("With A trial, Education: ") is has_trial
    (name,) = re.findall("Its name here: cfbudget (.*)", page)
    assert cfbudget(*shlex.split(name)).stdout == page


def test_no_little_word_is_taken_for_what_was_meant() -> None:
    assert sought(explained("data"), ["form"]).nearest != "for"


def test_the_total_of_all_schemes_says_what_it_is() -> None:
    said = cfbudget("explain", "capital", "total", "--data", "data").stdout
    assert said.startswith("Children and Young People, all capital schemes: £91.594m ")


# -- the tree ---------------------------------------------------------------------------------


def test_the_ends_of_a_tree_add_up_to_its_figure_at_any_depth() -> None:
    plan = explained("examples/ring-fenced")
    for figure in plan.figures.values():
        for depth in (0, 1, 2, None):
            whole = tree(plan, figure, depth)
            ends = [branch.pence for branch in whole.walk() if not branch.branches]
            assert sum(ends) == figure.pence
            assert depth is None or all(branch.depth <= depth for branch in whole.walk())


def test_lines_of_one_name_have_a_formula_each() -> None:
    """Pay and prices, called alike, are worked out of other amounts."""
    texts = {
        file: text.replace("name: prices", "name: pay").replace("name: Prices", "name: Pay")
        for file, text in ASSUMPTIONS.items()
    }
    plan = ExplainedPlan(plan_of(texts))
    (figure,) = sought(plan, ["position", "cumulative_change", "total", "2026-27"]).figures
    made = explain_page(Explained(tree(plan, figure), plan.plan.name))
    formulas = [
        line
        for block in made.blocks
        if isinstance(block, Sentences)
        for line in block.lines
        if " = " in line
    ]
    worked_out = {
        branch.figure.id for branch in tree(plan, figure).walk() if branch.explanation.formula
    }
    titles = [line.partition(" = ")[0] for line in formulas]
    assert len(formulas) == len(worked_out) > len(set(titles))


def test_a_page_shows_as_much_of_a_tree_as_fits() -> None:
    plan = explained("data")
    figure = plan.by_name["position net_budget total 2027-28"]
    shown = fitting(plan, figure, 40)
    assert 3 < sum(1 for _ in shown.walk()) <= 40
    deeper = 1 + max(branch.depth for branch in shown.walk())
    assert sum(1 for _ in tree(plan, figure, deeper).walk()) > 40


def test_data_has_the_whole_tree_in_every_row_with_its_place() -> None:
    words = ("explain", "net", "education", "2026-27", "--data", "data")
    rows = list(csv.DictReader(io.StringIO(cfbudget(*words, "-f", "csv").stdout)))
    assert json.loads(cfbudget(*words, "-f", "json").stdout) == rows
    numbers = {row["number"] for row in rows}
    ends = [row for row in rows if f"{row['number']}.1" not in numbers]
    assert sum(Decimal(row["contribution"]) for row in ends) == Decimal(rows[0]["amount"])
    files = {file.name: file.read_text("utf-8").splitlines() for file in SHIPPED.glob("*.yaml")}
    for row in ends:
        file, _, line = row["source"].partition(":")
        assert len(files[file]) >= int(line)
        amount = row["amount"]
        assert amount == "0" or amount in files[file][int(line) - 1].replace("(", "-")


# -- a scenario -------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_a_scenario_changes_lands_on_every_figure(data: st.DataObject) -> None:
    sketch = data.draw(sketches())
    plan = plan_of(sketch.texts())
    applied = tried(plan, data.draw(scenarios(sketch)), allow_conflicts=True)
    if not isinstance(applied, Applied):
        return
    baseline = ExplainedPlan(plan)
    trial = ExplainedTrial(applied, baseline)
    assert [one.figure.title for one in unexplained(trial)] == []
    drawn = data.draw(st.sampled_from(sorted(trial.by_name)))
    figure = trial.by_name[drawn]
    whole = tree(trial, figure)
    assert sum(one.pence for one in whole.walk() if not one.branches) == figure.pence
    changed_table(applied, "Trial", figure, baseline.by_name.get(drawn))
    for year in plan.years:
        key = Key(TOTAL, "net_budget", year)
        if found := trial.figure("position", key):
            steps = {id(step.change): step.pence for step in steps_to(applied, found.id)}
            for one in applied.contributions:
                assert steps.get(id(one.change), 0) == one.net_budget[year]


def test_steps_that_do_not_land_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = explained("data")
    applied = tried(plan.plan, [{"drop": "personal-travel-budgets"}])
    assert isinstance(applied, Applied)
    figure = plan.by_name["position net_budget education 2026-27"].id
    assert [step.pence for step in steps_to(applied, figure)] == [57_300_000]

    def astray(change: object, pence: int) -> Step:
        return Step(applied.changes[0], pence + 1)

    monkeypatch.setattr(changed_by, "Step", astray)
    with pytest.raises(Astray):
        steps_to(applied, figure)


# -- a workbook -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped plan's workbook with one saving typed over."""
    path = tmp_path_factory.mktemp("explain") / "plan.xlsx"
    assert cfbudget("export", str(path), "--data", str(SHIPPED)).returncode == 0
    book = openpyxl.load_workbook(path)
    book["Options"]["B55"] = -400
    book.save(path)
    return path


def test_a_cell_of_a_workbook_is_explained_as_it_stands(typed: Path) -> None:
    for asked in ("Options!B55", "options!$B$55", "personal-travel-budgets change 2024-25"):
        ended = cfbudget("explain", asked, "--workbook", str(typed))
        assert ended.returncode == 0, ended.stderr
        assert ended.stdout.startswith("Personal travel budgets: £400,000 less net spending")
        assert "As exported it was (573); it is (400) now, as it was typed over" in ended.stdout
    total = cfbudget("explain", "Options!F55", "--workbook", str(typed)).stdout
    assert "inputs that make it were typed over" in total


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Options!A1", "no figure of the plan's tables stands there"),
        ("Options!A900", "is empty"),
        ("Nowhere!B5", "the workbook has no sheet 'Nowhere'"),
        ("edukation", "did you mean 'education'?"),
    ],
)
def test_a_cell_without_a_figure_is_refused(typed: Path, asked: str, said: str) -> None:
    ended = cfbudget("explain", asked, "--workbook", str(typed))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr


def test_a_row_that_was_moved_is_found_where_it_now_stands(typed: Path, tmp_path: Path) -> None:
    moved = stored(inserted(came_back(typed), "Options", ROW, 20), tmp_path / "moved.xlsx")
    before = cfbudget("explain", "Options!F55", "--workbook", str(typed)).stdout
    after = cfbudget("explain", "Options!F56", "--workbook", str(moved)).stdout
    assert "Options!B55" in before
    after = after.replace(str(moved), str(typed))
    assert re.sub(r"(?<=Options!.)56", "55", after) == before


def test_a_cell_of_the_baseline_is_its_figure_with_the_scenario() -> None:
    plan = explained("data")
    applied = tried(plan.plan, [{"drop": "personal-travel-budgets"}])
    assert isinstance(applied, Applied)
    trial = ExplainedTrial(applied, plan)
    for cell in ("Position!E28", "Scenario_Position!E28"):
        (figure,) = trial.shown_in(cell)
        assert figure.pence == plan.by_name[figure.id.pasted].pence + 57_300_000


def test_a_workbook_is_a_plan_of_its_own(typed: Path) -> None:
    ended = cfbudget("explain", "B5", "--workbook", str(typed), "--data", "data")
    assert ended.returncode == 2
    assert "leave out --data and --scenario" in " ".join(ended.stderr.replace("│", " ").split())

"""Options that say whether they change gross or income: both are then projected."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import TOTAL
from cfbudget.calculate.position import position_amounts
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.proof import prove
from tests.kit.altered import case_of
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.processes import cfbudget as run
from tests.kit.processes import plan_in
from tests.kit.support import OPTIONS, REVENUE, loaded, plan_of, small_texts
from tests.kit.workbooks import book_of

TOLD = OPTIONS.replace("name: Fees,", "name: Fees, affects: income,").replace(
    "name: Demand,", "name: Demand, affects: gross,"
)
"""The small plan: fees are income, −10 and −5, the first in the budget; demand is gross, +30."""


def projected(plan: Plan, row: str) -> dict[str, list[int]]:
    """Gross and income of a row by year, in £000."""
    amounts = position_amounts(plan).amounts
    return {
        measure: [amounts[key] // 100_000 for key in keys]
        for measure in ("gross", "income")
        if (keys := [k for k in amounts if (k.row, k.measure) == (row, measure)])
    }


def test_gross_and_income_are_projected_where_all_options_say_it() -> None:
    plan = plan_of(small_texts(options=TOLD))
    assert projected(plan, "care") == {"gross": [100, 130], "income": [-20, -25]}
    assert projected(plan, "schools") == {"gross": [200, 200], "income": [-150, -150]}
    assert projected(plan, TOTAL) == {"gross": [300, 330], "income": [-170, -175]}


def test_a_service_with_an_option_that_does_not_say_it_is_not_projected() -> None:
    plan = plan_of(small_texts(options=TOLD.replace("affects: gross,", "")))
    assert projected(plan, "care") == {}
    assert projected(plan, TOTAL) == {}
    assert projected(plan, "schools")["gross"] == [200, 200]


def test_an_option_that_changes_nothing_need_not_say_it() -> None:
    nil = TOLD.replace("affects: gross,", "").replace("{2025-26: 30}, stated: 30", "{}")
    assert projected(plan_of(small_texts(options=nil)), "care")["gross"] == [100, 100]
    unknown = nil.replace("changes: {}", "changes: {2025-26: tbc}")
    assert projected(plan_of(small_texts(options=unknown)), "care") == {}


def test_a_plan_in_which_no_option_says_it_is_as_it_was() -> None:
    plan = plan_of(small_texts())
    assert projected(plan, "care") == {}
    assert "income" not in {c.measure for c in cfbudget.position(plan).columns}


def test_a_service_that_prints_its_net_alone_is_not_projected() -> None:
    revenue = REVENUE.replace("gross: 200, income: -150, stated: {net: 50}", "net: 50")
    revenue = revenue.replace("{gross: 300, income: -170, net: 130}", "{net: 130}")
    plan = plan_of(small_texts(options=TOLD, revenue=revenue))
    assert projected(plan, "care")["income"] == [-20, -25]
    assert projected(plan, "schools") == projected(plan, TOTAL) == {}


def test_the_panel_stands_after_the_net_budget() -> None:
    table = cfbudget.position(plan_of(small_texts(options=TOLD)))
    captions = [panel.caption.partition(" ")[0] for panel in table.panels]
    assert captions[2:] == ["Net", "Gross", "Income", "Total"]
    (gross,) = [panel for panel in table.panels if panel.caption.startswith("Gross")]
    assert [row.texts for row in panel_grid(table, gross).rows] == [
        ["100", "130"],
        ["200", "200"],
        ["300", "330"],
    ]
    cells = {(r.row, r.measure, r.year): r.amount for r in table.records()}
    assert cells["care", "income", "2025-26"] == "-25"


@pytest.mark.parametrize("word", ["net", "grss", "both"])
def test_it_is_gross_or_income(word: str) -> None:
    (found,) = loaded(options=TOLD.replace("affects: gross", f"affects: {word}")).problems
    assert (found.rule, found.place.line) == ("CF114", 11)


def told(text: str, words: list[str]) -> str:
    """A sketch's options, each of which says what it changes."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(line)
        if line.strip().startswith("status:"):
            indent = line[: len(line) - len(line.lstrip())]
            lines.append(f"{indent}affects: {words[at % len(words)]}\n")
            at += 1
    return "".join(lines)


WORDS = st.lists(st.sampled_from(["gross", "income"]), min_size=1, max_size=5)


@given(sketches().filter(lambda sketch: sketch.blocks is not None), WORDS)
def test_gross_and_income_add_up_to_the_net_budget(sketch: Sketch, words: list[str]) -> None:
    texts = sketch.texts()
    texts["policy_options.yaml"] = told(texts["policy_options.yaml"], words)
    amounts = position_amounts(plan_of(texts)).amounts
    found = [key for key in amounts if key.measure == "gross"]
    for key in found:
        income = amounts[key._replace(measure="income")]
        assert amounts[key] + income == amounts[key._replace(measure="net_budget")]
    plain = position_amounts(plan_of(sketch.texts())).amounts
    assert {k: p for k, p in amounts.items() if k.measure not in ("gross", "income")} == plain


@given(sketches().filter(lambda sketch: sketch.blocks is not None), WORDS)
def test_its_formulas_are_proved(sketch: Sketch, words: list[str]) -> None:
    texts = sketch.texts()
    texts["policy_options.yaml"] = told(texts["policy_options.yaml"], words)
    prove(book_of(texts))


def test_a_workbook_has_it_and_is_verified(tmp_path: Path) -> None:
    one_off = TOLD.replace("kind: saving,", "kind: saving, recurs: false,")
    case = case_of(small_texts(options=one_off), tmp_path)
    assert case.held(case.found).findings == ()


@pytest.mark.parametrize(
    "change",
    [
        "{set: fees, to: {2024-25: -12}}",
        "{delay: fees, years: 1}",
        "{uplift: care, measure: income, by: 5%, from: 2025-26}",
        "{set: care, measure: gross, to: 120}",
        "{add: {id: more, name: More, kind: saving, status: new, service: schools, "
        "affects: gross, changes: {2024-25: -1}}}",
        "{add: {id: more, name: More, kind: saving, status: new, service: schools, "
        "changes: {2024-25: -1}}}",
    ],
)
def test_a_scenario_projects_them_too(change: str, tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan", options=TOLD)
    scenario, book = tmp_path / "s.yaml", str(tmp_path / "plan.xlsx")
    scenario.write_text(f"name: Try\nchanges:\n  - {change}\n")
    words = ("--data", str(folder), "--scenario", str(scenario))
    done = run("model", *words)
    assert done.returncode == 0, done.stderr
    done = run("export", book, *words)
    assert done.returncode == 0, done.stderr
    done = run("verify", book, *words)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_uplift_of_income_changes_income(tmp_path: Path) -> None:
    folder, scenario = plan_in(tmp_path / "plan", options=TOLD), tmp_path / "s.yaml"
    scenario.write_text(
        "name: Try\nchanges:\n  - {uplift: care, measure: income, by: 10%, from: 2025-26}\n"
    )
    plan = cfbudget.apply(cfbudget.load(str(folder)), scenario)
    assert projected(plan, "care") == {"gross": [100, 130], "income": [-20, -27]}


def test_an_uplift_shows_nothing_that_the_plan_does_not(tmp_path: Path) -> None:
    folder = plan_in(tmp_path / "plan")
    done = run("model", "--data", str(folder), "--uplift", "schools.gross=1%@2025-26")
    assert done.returncode == 0, done.stderr
    assert "Gross in the net budget" not in done.stdout

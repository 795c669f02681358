"""What options changed before the plan, and a budget that is projected: neither is lost or told
for what it is not.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.payback import payback
from cfbudget.calculate.position import position_amounts
from cfbudget.checks.report import check
from cfbudget.cli.payback import _shown
from cfbudget.layout.table import Table
from cfbudget.loaded import load_texts
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Problem, Refusal
from cfbudget.reports.payback.page import payback_page
from cfbudget.scenario.public import apply
from cfbudget.tables.plan_tables import gap, options, position, revenue
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.changed_inputs import changed_inputs
from cfbudget.workbook.returned.typed_over import typed_over
from cfbudget.workbook.sheets.approved_years import approved_words
from cfbudget.years import FinancialYear
from tests.kit.altered import case_of, input_at
from tests.kit.models import tried
from tests.kit.pages import sentences, text_of
from tests.kit.plans_awkward import GOES_ON
from tests.kit.returned import typed
from tests.kit.small_plans import THOUSAND, years_of
from tests.kit.support import plan_of
from tests.kit.whole_council import with_funding

FIRST, SECOND = FinancialYear(2025), FinancialYear(2026)


def texts(old: str = "", new: str = "") -> dict[str, str]:
    """The plan with something else in its options, or in its budget."""
    return {name: text.replace(old, new) if old else text for name, text in GOES_ON.items()}


def going_on(old: str = "", new: str = "") -> Plan:
    return plan_of(texts(old, new))


def own(plan: Plan, row: str, measure: Measure = "net_budget") -> list[int]:
    return years_of(plan, position_amounts(plan).amounts, row, measure)


def test_a_one_off_of_the_year_right_before_is_taken_back_in_the_first_year() -> None:
    plan = going_on()
    assert own(plan, "parks/reversals", "change") == [-4, 0]
    assert own(plan, "parks") == [50, 58]
    approved = going_on("contains_options_of: [2025-26]", "contains_options_of: []")
    assert own(approved, "parks") == [46, 54]


def test_what_was_taken_back_before_the_plan_is_not_taken_back_again() -> None:
    # Also with a budget of the year before: it contains what came before, and is no first year.
    earlier = texts()["revenue_2025_26.yaml"].replace("2025-26", "2024-25")
    base = earlier.replace("contains_options_of: [2024-25]", "contains_options_of: []")
    plan = plan_of({"revenue_2024_25.yaml": base, **texts()})
    amounts = position_amounts(plan).amounts
    assert amounts[Key("parks/reversals", "change", FinancialYear(2024))] == 0
    assert amounts[Key("parks/reversals", "change", FIRST)] == -4 * THOUSAND


def test_it_is_in_no_total_of_the_plan() -> None:
    table = options(going_on())
    shown = {key.year: cell.pence for key, cell in table.cells.items() if key.measure == "before"}
    assert set(shown) == {FinancialYear(2023), FinancialYear(2024)}
    assert table.cells[Key("pond", "total")].pence == 8 * THOUSAND
    assert table.cells[Key(TOTAL, "before", FinancialYear(2024))].pence == 19 * THOUSAND
    assert [panel.caption for panel in table.panels][-1].startswith("Before the plan, in no total")


def test_payback_counts_from_what_came_before() -> None:
    (pair,) = payback(going_on("2026-27: tbc", "2026-27: -0.040"))
    thousands = [pence // THOUSAND for pence in pair.annual_net_cost.values()]
    assert [str(year) for year in pair.annual_net_cost] == [
        "2023-24", "2024-25", "2025-26", "2026-27",
    ]  # fmt: skip
    assert thousands == [-5, 10, 0, -40]
    assert pair.breaks_even == FIRST
    assert pair.pays_back == SECOND


def test_what_was_new_in_an_earlier_plan_is_whole() -> None:
    (pair,) = payback(going_on())
    salt, tolls = pair.lines
    assert (salt.is_approved_before, tolls.is_approved_before) == (False, True)
    page = payback_page(_shown(going_on(), None))
    assert any("may have begun before 2023-24" in said for said in sentences(page))
    assert "against the budget before 2023-24" in text_of(page, None)
    assert any("but for what its options say" in said for said in sentences(page))


def test_a_sign_is_that_of_all_that_an_option_changed() -> None:
    # It gives back half of what it saved before: no saving that costs more, and no accusation.
    back = going_on("{2025-26: -0.020, 2026-27: tbc}", "{2025-26: 0.007}")
    assert [problem.rule for problem in check(back).problems] == ["CF405"]
    whole = going_on("{2025-26: -0.020, 2026-27: tbc}", "{2025-26: 0.020}")
    assert [problem.rule for problem in check(whole).problems] == ["CF404"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("before: {2024-25: 0.030}", "before: {2025-26: 0.030}", "before names 2025-26"),
        ("new_in: 2024-25", "new_in: 2025-26", "new_in is 2025-26, and the plan begins with"),
        ("before: {2024-25: 0.030}", "before: {2023-24: 0.030}", "new in 2024-25, and changed 202"),
        (
            "status: previously approved, invest_to_save",
            "status: new, invest_to_save",
            "is new in this plan, and has before",
        ),
    ],
)
def test_what_cannot_be_before_the_plan_is_refused(old: str, new: str, said: str) -> None:
    assert old in GOES_ON["policy_options.yaml"]
    found = loaded_of(texts(old, new))
    assert [problem.rule for problem in found] == ["CF218"]
    assert said in found[0].message
    assert found[0].hint


def test_levels_have_no_changes_before_the_plan() -> None:
    levels = GOES_ON["policy_options.yaml"].replace("basis: change", "basis: level")
    levels = levels.replace("tbc", "-0.020").replace("{2025-26: 0.010}", "{2025-26: 0, 2026-27: 0}")
    levels = levels.replace("recurs: false,", "").replace(
        "{2026-27: 0.008}", "{2025-26: 0, 2026-27: 0}"
    )
    found = loaded_of({**GOES_ON, "policy_options.yaml": levels})
    assert {problem.rule for problem in found} == {"CF218"}


def test_a_year_before_the_plan_is_read_like_any_other() -> None:
    assert [p.rule for p in loaded_of(texts("{2024-25: 0.030}", "{2024-26: 1}"))] == ["CF113"]
    assert [p.rule for p in loaded_of(texts("before: {2024-25: 0.030}", "before: 3"))] == ["CF111"]
    assert [p.rule for p in loaded_of(texts("{2024-25: 0.030}", "{2024-25: x}"))] == ["CF112"]


def loaded_of(files: dict[str, str]) -> tuple[Problem, ...]:
    return load_texts(files).problems


# -- a projected budget ---------------------------------------------------------------------


def test_a_projected_budget_is_called_that_in_every_title() -> None:
    plan = going_on()
    assert revenue(plan).title == "Small: projected revenue budget 2025-26"
    assert position(plan).title.endswith(", on the projected budget of 2025-26")
    assert any("projected 2025-26 budget" in fact for fact in position(plan).facts)
    council = with_funding()
    council["revenue_2024_25.yaml"] += "projected: true\n"
    assert gap(plan_of(council)).title.endswith(", on the projected budget of 2024-25")
    approved = going_on("projected: true\n", "")
    assert all("projected" not in word for word in words_of(revenue(approved), position(approved)))


def words_of(*tables: Table) -> list[str]:
    return [word for table in tables for word in (table.title, *table.facts, *table.notes)]


def test_a_projected_budget_moves_with_its_options() -> None:
    plan = going_on()
    trial = apply(plan, [{"set": "tolls", "to": {"2025-26": "-0.010"}}])
    assert own(trial, "roads") == [110, 110]
    assert not any(column.is_forecast for column in position(trial).columns)
    approved = going_on("projected: true\n", "")
    trial = apply(approved, [{"set": "tolls", "to": {"2025-26": "-0.010"}}])
    assert any(column.is_forecast for column in position(trial).columns)


def test_a_trial_of_a_projected_budget_is_no_forecast(tmp_path: Path) -> None:
    for name, text in GOES_ON.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = tried("--data", str(tmp_path), "--set", "tolls@2025-26=-0.010")
    assert "orecast" not in said
    assert "approved budget" not in said
    assert "on the projected budget of 2025-26" in said


def test_what_is_not_known_accuses_nothing() -> None:
    """A saving over a net that stands beside a gross, options beside it, a warning not to tell."""
    plan = going_on("{id: roads, name: Roads, net: 100}", "{id: roads, name: Roads, net: 1}")
    assert check(plan).open_warnings == ()
    accepted = GOES_ON["policy_options.yaml"].replace(
        "affects: income,", "affects: income, accepted: {CF405: in part},"
    )
    assert check(plan_of({**GOES_ON, "policy_options.yaml": accepted})).open_warnings == ()
    known = accepted.replace(", 2026-27: tbc", "")
    stale = check(plan_of({**GOES_ON, "policy_options.yaml": known})).open_warnings
    assert [problem.rule for problem in stale] == ["CF420"]


def test_a_later_budget_beside_a_projected_one_is_not_accused() -> None:
    later = GOES_ON["revenue_2025_26.yaml"].replace(
        "financial_year: 2025-26", "financial_year: 2026-27"
    )
    later = later.replace("projected: true\n", "").replace(
        "net: 100", "gross: 99000, income: -98900"
    )
    later = later.replace("contains_options_of: [2025-26]", "contains_options_of: []")
    plan = plan_of({**GOES_ON, "revenue_2026_27.yaml": later})
    assert check(plan).open_warnings == ()


def test_a_workbook_says_that_a_budget_is_projected(tmp_path: Path) -> None:
    case = case_of(GOES_ON, tmp_path)
    at = input_at(case.book, "options", "tolls", "change", "2025-26")
    found = case.held(typed(case.found, at.sheet, (at.row, at.column), Decimal("-0.01")))
    assert any("in the projected budget of 2025-26" in one.what for one in found.findings)
    assert "moves a projected net budget" in approved_words(found.contained, (FIRST,))


def test_what_came_before_the_plan_is_set_by_no_scenario(tmp_path: Path) -> None:
    case = case_of(GOES_ON, tmp_path)
    at = input_at(case.book, "options", "pond", "before", "2024-25")
    plan = going_on()
    made = as_changes(case.book, plan, {at: Decimal("0.005")})
    assert isinstance(made, Refusal)
    assert "no scenario sets that" in made.reason
    changed = changed_inputs(case.book, {at: Decimal("0.005")})
    assert not isinstance(changed, Refusal)
    assert own(typed_over(plan, changed), "parks/reversals", "change") == [-5, 0]

"""Last year's budget beside this year's: both figures, the change and its share, by service."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.paired_services import Dated, budget_against
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.layout.panel_grid import panel_grid
from cfbudget.layout.rounding_notes import unadded
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.tables.against import Against, against_table, rows_within
from cfbudget.years import FinancialYear
from tests.kit.plans_edited import edited, shifted
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.returned import cfbudget, plan_in
from tests.kit.small_plans import revenue
from tests.kit.support import plan_of
from tests.test_properties import REVENUE, read

OLD = """\
  - id: people
    name: People
    services:
      - {id: care, name: Care, gross: 100, income: -20}
      - {id: music, name: Music, gross: 10, income: -4}
  - {id: fees, name: Fees, gross: 20, income: -60}
  - {id: roads, name: Roads, gross: 50, income: 0}
"""
NEW = """\
  - id: people
    name: People
    services:
      - {id: homes, name: Homes, was: care, gross: 110, income: -30}
      - {id: roads, name: Roads, gross: 60, income: 0}
  - {id: fees, name: Fees, gross: 20, income: -70}
  - {id: climate, name: Climate, gross: 5, income: 0}
"""


def table(old: str | Plan, new: str | Plan) -> Table:
    before = plan_of(revenue(old)) if isinstance(old, str) else old
    now = plan_of(revenue(new, "2025-26", "")) if isinstance(new, str) else new
    budget = now.revenue[-1]
    return against_table(Against(Dated(now, budget), Dated(before, before.revenue[-1]), "last"))


def texts(found: Table, panel: int = -1) -> dict[str, list[str]]:
    """What a panel, the net's, shows of each row."""
    return {row.label: row.texts for row in panel_grid(found, found.panels[panel]).rows}


# -- figures --------------------------------------------------------------------------------


def test_both_years_the_change_and_its_share_by_service() -> None:
    found = table(OLD, NEW)
    assert texts(found) == {
        "People": [],
        "Homes (was Care)": ["80", "80", "-", "0%"],
        "Roads (was within no other)": ["50", "60", "10", "20.0%"],
        "Music (only in last)": ["6", "-", "(6)", "(100.0%)"],
        "Total People": ["136", "140", "4", "2.9%"],
        "Fees": ["(40)", "(50)", "(10)", "(25.0%)"],
        "Climate (not in last)": ["-", "5", "5", ""],
        "Total Small Council": ["96", "95", "(1)", "(1.0%)"],
    }
    assert texts(found, 1)["Total Small Council"] == ["(84)", "(100)", "(16)", "(19.0%)"]
    assert found.notes == (
        "Only in this plan: Climate.",
        "Only in last: Music.",
        "Roads stood within no other in last: its 2024-25 figures count where it stands now.",
    )
    assert unadded(found) == ()


def test_a_net_alone_in_either_budget_leaves_no_gross() -> None:
    found = table(OLD, NEW.replace("gross: 110, income: -30", "net: 85"))
    assert texts(found, 0)["Homes (was Care)"] == [""] * 4
    assert texts(found, 0)["Roads (was within no other)"] == ["50", "60", "10", "20.0%"]
    assert texts(found, 0)["Total People"] == [""] * 4
    assert texts(found)["Homes (was Care)"] == ["80", "85", "5", "6.3%"]
    assert "Where either budget prints a service's net alone" in " ".join(found.facts)


def test_what_only_one_budget_splits_is_one_figure_of_the_other() -> None:
    whole = "  - {id: people, name: People, net: 90}\n"
    split = "  - id: people\n    name: People\n    services: [{id: care, name: Care, net: 95}]\n"
    assert texts(table(whole, split)) == {
        "People": [],
        "In one figure": ["90", "-", "(90)", "(100.0%)"],
        "Care (not in last)": ["-", "95", "95", ""],
        "Total People": ["90", "95", "5", "5.6%"],
        "Total Small Council": ["90", "95", "5", "5.6%"],
    }
    assert texts(table(split, whole))["In one figure"] == ["-", "90", "90", ""]


def test_a_service_whose_services_all_moved_away_is_named_with_nils() -> None:
    flat = "  - {id: care, name: Care, net: 95}\n"
    within = "  - id: people\n    name: People\n    services: [{id: care, name: Care, net: 90}]\n"
    shown = texts(table(within, flat))
    assert shown["Care (was within People)"] == ["90", "95", "5", "5.6%"]
    assert shown["People (only in last)"] == ["-", "-", "-", ""]
    # What stood within a service that is gone goes on within it.
    gone = texts(table(within, "  - {id: roads, name: Roads, net: 1}\n"))
    assert gone["Care (only in last)"] == ["90", "-", "(90)", "(100.0%)"]
    assert gone["Total People"] == ["90", "-", "(90)", "(100.0%)"]


def test_totals_by_fund() -> None:
    hra = "  - {id: flats, name: Flats, fund: hra, net: 5}\n"
    found = table(OLD, NEW + hra)
    assert texts(found)["Total Housing Revenue Account"] == ["-", "5", "5", ""]
    assert texts(found)["Total General Fund"] == ["96", "95", "(1)", "(1.0%)"]
    of = {row.id: row.fund for row in found.rows}
    assert (of["flats"], of["homes"], of["total/hra"], of["total"]) == ("hra", "general", "hra", "")
    # A fund that only the other plan has, and a service that was of another.
    gone = table(OLD + hra, NEW)
    assert texts(gone)["Total Housing Revenue Account"] == ["5", "-", "(5)", "(100.0%)"]
    moved = table(OLD + hra, NEW + hra.replace("hra", "dsg"))
    assert (
        "Flats stood within no other and of the fund hra in last: its 2024-25 figures count where "
        "it stands now."
    ) in moved.notes


def test_one_name_under_two_ids_is_pointed_at() -> None:
    found = table("  - {id: a, name: Care, net: 1}\n", "  - {id: b, name: Care, net: 1}\n")
    assert found.notes[-1] == ("Care has another id in each: if it is the same, write was: a on b.")


def test_two_budgets_of_one_year_are_told_apart() -> None:
    same = plan_of(revenue(NEW.replace("was: care, ", "")))
    found = table(OLD, same)
    assert [column.heading for column in found.panels[0].columns[:2]] == [
        "other 2024-25",
        "this 2024-25",
    ]
    assert texts(found)["Total Small Council"] == ["96", "95", "(1)", "(1.0%)"]


def test_a_projected_budget_is_called_so() -> None:
    text = revenue(NEW, "2025-26", "")["revenue_2025_26.yaml"]
    found = table(OLD, plan_of({"revenue_2025_26.yaml": f"projected: true\n{text}"}))
    assert found.title == "Small Council: revenue budget, projected 2025-26 against 2024-25"


def test_which_budget_it_is_held_against() -> None:
    years = [f"{year}-{year % 100 + 1}" for year in (2023, 2024, 2026)]
    other = plan_of({k: v for year in years for k, v in revenue(OLD, year, "").items()})
    found = [
        budget_against(other, plan_of(revenue(OLD, year, "")).revenue[0]).financial_year.year
        for year in ("2022-23", "2023-24", "2025-26", "2027-28")
    ]
    assert found == [FinancialYear(year) for year in (2023, 2023, 2024, 2026)]


def test_a_service_that_is_chosen_brings_what_only_the_other_budget_has_in_it() -> None:
    before, now = plan_of(revenue(OLD)), plan_of(revenue(NEW, "2025-26", ""))
    of = Against(Dated(now, now.revenue[0]), Dated(before, before.revenue[0]), "last")
    assert rows_within(of, None) is None
    assert rows_within(of, {"people"}) == {"people", "homes", "roads", "music"}
    assert rows_within(of, {"fees"}) == {"fees"}


@settings(max_examples=60, deadline=None)
@given(sketches(needs=REVENUE), st.data())
def test_both_totals_are_those_of_the_budgets(sketch: Sketch, data: st.DataObject) -> None:
    old, new = read(sketch), read(shifted(data.draw(edited(sketch)), 1))
    found = table(old, new)
    ends: list[tuple[Plan, Measure]] = [(old, "net_against"), (new, "net")]
    for plan, measure in ends:
        budget = plan.revenue[-1]
        year = budget.financial_year.year
        whole = revenue_amounts(budget).amounts[Key(TOTAL, "net", year)]
        assert found.cells[Key(TOTAL, measure, year)].pence == whole
    for key, cell in found.cells.items():
        if key.measure == "net_change":
            then = found.cells[Key(key.row, "net_against", old.revenue[-1].financial_year.year)]
            now = found.cells[Key(key.row, "net", key.year)]
            assert cell.pence == now.pence - then.pence
            share = found.cells.get(key._replace(measure="net_change_per_cent"))
            assert (share is None) == (then.pence == 0)
            # The share never has the sign that the change has not.
            assert share is None or share.pence * cell.pence >= 0


# -- the command ----------------------------------------------------------------------------


@pytest.fixture
def plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    plan_in(tmp_path / "last", revenue(OLD))
    plan_in(tmp_path / "this", revenue(NEW, "2025-26", ""))
    return tmp_path


def records(*given: str) -> list[dict[str, Any]]:
    done = cfbudget("totals", "revenue", "--data", "this", "--against", *given, "-f", "json")
    assert (done.status, done.stderr) == (0, "")
    return list(json.loads(done.stdout))


def test_records_say_which_figure_is_whose(plans: Path) -> None:
    found = [r for r in records("last") if r["row"] == "homes" and r["measure"].startswith("net")]
    assert [(r["measure"], r["year"], r["unit"], r["amount"], r["source"]) for r in found] == [
        ("net_against", "2024-25", "£000", "80", "revenue_2024_25.yaml:9"),
        ("net", "2025-26", "£000", "80", "revenue_2025_26.yaml:9"),
        ("net_change", "2025-26", "£000", "0", ""),
        ("net_change_per_cent", "2025-26", "%", "0", ""),
    ]
    gone = [r for r in records("last") if r["row"] == "music" and r["measure"] == "net"]
    assert [(r["amount"], r["source"]) for r in gone] == [("0", "")]


def test_a_workbook_is_a_plan_to_hold_against(plans: Path) -> None:
    assert cfbudget("export", "last.xlsx", "--data", "last").status == 0
    assert [
        {**record, "label": record["label"].replace("last.xlsx", "last")}
        for record in records("last.xlsx")
    ] == records("last")


def test_the_workbook_of_the_page_is_live(plans: Path) -> None:
    done = cfbudget("totals", "revenue", "--data", "this", "--against", "last", "-o", "beside.xlsx")
    assert done.status == 0
    sheet = openpyxl.load_workbook("beside.xlsx")["Revenue"]
    rows = {row[0]: row[1:5] for row in sheet.iter_rows(values_only=True) if row[4]}
    assert rows["Fees"][2] == "=SUM(C{0})-SUM(B{0})".format(_row_of(sheet, "Fees"))
    assert rows["Fees"][3] == "=ROUND(D{0}/ABS(B{0}),8)".format(_row_of(sheet, "Fees"))
    assert all(str(cell).startswith("=") for cell in rows["Total Small Council"])


def _row_of(sheet: Any, label: str) -> int:
    """The last row of that label: the net's."""
    return max(int(row[0].row) for row in sheet.iter_rows() if row[0].value == label)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--against", "last"], "write totals revenue --against last"),
        (["position", "--against", "last"], "write totals revenue --against last"),
        (["revenue", "capital", "--against", "last"], "write totals revenue --against last"),
        (["revenue", "--against", ""], "it names no plan"),
        (["revenue", "--against", "slips.yaml"], "a scenario has no budget of its own"),
        (["revenue", "--against", "nowhere"], "nowhere: error CF101"),
        (["revenue", "--against", "options"], "options has no revenue budget to hold against"),
        (["revenue", "--against", "last", "--list"], "it is about the options"),
        (["revenue", "--against", "last", "-o", "last/revenue_x.yaml"], "is a file of the plan"),
    ],
)
def test_what_is_refused(plans: Path, given: list[str], said: str) -> None:
    blocks = "  - {service: care, options: []}\n"
    head = "name: Small Council\nunit: £000\nbasis: change\nfinancial_years: [2024-25]\nservices:\n"
    plan_in(plans / "options", {"policy_options.yaml": head + blocks})
    done = cfbudget("totals", *given, "--data", "this")
    assert (done.status, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_years_choose_the_budgets_that_are_shown(plans: Path) -> None:
    options = "name: S\nunit: £\nbasis: change\nfinancial_years: [2027-28]\nservices: []\n"
    both = {**revenue(NEW, "2025-26", ""), **revenue(NEW, "2026-27", "")}
    plan_in(plans / "both", {**both, "policy_options.yaml": options})
    words = ("totals", "revenue", "--data", "both", "--against", "last", "--year")
    done = cfbudget(*words, "2026-27")
    assert done.stdout.count("2026-27 against 2024-25") == 1
    assert "2025-26 against" not in done.stdout
    done = cfbudget(*words, "2027-28")
    assert done.status == 2
    assert "has no revenue budget of 2027-28: it has 2025-26, 2026-27" in done.stderr

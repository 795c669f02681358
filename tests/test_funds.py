"""Funds: totals by fund, the gap of the general fund, and whether ring fences hold."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget import check, gap, options, position, reserves, revenue, solve
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.layout.table import Table
from cfbudget.loaded import load_texts
from cfbudget.money import THOUSANDS, plain
from cfbudget.plan.plan import Plan
from cfbudget.tables.trial import trial_tables
from cfbudget.workbook.book.proof import prove, work_out
from cfbudget.years import FinancialYear
from tests.kit.returned import book_of
from tests.kit.scenarios import applied
from tests.kit.support import ROOT, plan_of

EXAMPLE = ROOT / "examples" / "ring-fenced"
GENERAL, HRA, DSG = "total/general", "total/hra", "total/dsg"


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in EXAMPLE.glob("*.yaml")}


def council(**edits: tuple[str, str]) -> Plan:
    """The example; each edit is of a file, by its stem."""
    made = texts()
    for stem, (old, new) in edits.items():
        (name,) = (name for name in made if name.startswith(stem))
        assert old in made[name]
        made[name] = made[name].replace(old, new)
    return plan_of(made)


def figures(table: Table, row: str, measure: str) -> list[int]:
    """A row's figures of a measure, by year, in £000."""
    found = {
        k.year: c.pence for k, c in table.cells.items() if (k.row, k.measure) == (row, measure)
    }
    return [pence // 100_000 for year, pence in sorted(found.items()) if year]


def fences(plan: Plan) -> list[str]:
    return [problem.message for problem in check(plan).problems if problem.rule == "CF441"]


def test_each_fund_has_a_total_in_every_table_and_they_add_to_the_whole() -> None:
    plan = council()
    for table in (revenue(plan), options(plan), position(plan)):
        rows = {row.id: row for row in table.rows}
        assert rows[TOTAL].sums == (GENERAL, HRA, DSG)
        assert [rows[row].fund for row in (GENERAL, HRA, DSG, TOTAL)] == [
            "general",
            "hra",
            "dsg",
            "",
        ]
        assert rows[HRA].label == "Total Housing Revenue Account"
        assert {row.fund for row in table.rows if row.service in ("repairs", "housing")} == {"hra"}
    assert figures(position(plan), GENERAL, "net_budget") == [20000, 20580, 21320]
    assert figures(position(plan), HRA, "net_budget") == [-400, 200, 30]
    assert figures(position(plan), DSG, "net_budget") == [0, 0, 0]


def test_reserves_of_several_funds_have_a_total_of_each() -> None:
    plan = council()
    table, book = reserves(plan), book_of(texts())
    rows = {row.id: row for row in table.rows}
    subtotals = [row for row in table.rows if row.role == "subtotal"]
    assert [(row.id, row.fund) for row in subtotals] == [(GENERAL, "general"), (HRA, "hra")]
    assert rows[TOTAL].sums == (GENERAL, HRA)
    for measure in ("opening", "contribution", "draw", "closing"):
        own = figures(table, "hra-balance", measure)
        assert figures(table, HRA, measure) == own
        whole = zip(figures(table, GENERAL, measure), own, strict=True)
        assert figures(table, TOTAL, measure) == [general + hra for general, hra in whole]
    # In the workbook they are live sums.
    at = book.places["reserves", Key(HRA, "closing", FinancialYear(2024))]
    own_at = book.places["reserves", Key("hra-balance", "closing", FinancialYear(2024))]
    assert work_out(book, {own_at: Decimal(7)})[at] == 7


@pytest.mark.parametrize("fund", ["", "fund: general, ", "fund: hra, "])
def test_reserves_of_one_fund_have_one_total(fund: str) -> None:
    text = texts()["reserves.yaml"].replace("fund: hra, ", fund)
    if "hra" in fund:
        text = text.replace("opening: 3200", f"{fund}opening: 3200")
    roles = [row.role for row in reserves(plan_of({"reserves.yaml": text})).rows]
    assert roles == ["line", "line", "total"]


def test_the_gap_is_the_general_funds() -> None:
    table = gap(council())
    assert figures(table, "net-budget", "net_budget") == [20000, 20580, 21320]
    assert next(row.label for row in table.rows) == "Net budget, General Fund"
    more_rent = council(policy=("2024-25: -310, 2025-26: -350", "2024-25: -310, 2025-26: -950"))
    for key, cell in table.cells.items():
        assert gap(more_rent).cells[key].pence == cell.pence


def test_a_fence_that_holds_is_said_and_not_accused() -> None:
    plan = council()
    assert fences(plan) == []
    assert (
        "Housing Revenue Account, ring-fenced: pays £400,000 into its reserves in 2024-25; draws "
        "£200,000 from its reserves in 2025-26; draws £30,000 from its reserves in 2026-27."
    ) in position(plan).notes
    assert (
        "Dedicated Schools Grant, ring-fenced: balances in 2024-25, 2025-26 and 2026-27."
    ) in position(plan).notes


def test_what_a_fund_spends_and_no_reserve_meets_is_named_with_its_years() -> None:
    plan = council(reserves=("draws: {2025-26: 200, 2026-27: 30}", "draws: {2025-26: 150}"))
    assert fences(plan) == [
        "'Housing Revenue Account' is ring-fenced, and neither balances nor moves its reserves: "
        "£50,000 is met by nothing in 2025-26 and £30,000 is met by nothing in 2026-27"
    ]
    over = council(revenue=("gross: 32600, income: -32600", "gross: 32600, income: -32700"))
    assert "'Dedicated Schools Grant'" in fences(over)[0]
    assert "£100,000 goes nowhere in 2024-25" in fences(over)[0]


def test_rounding_of_printed_lines_opens_no_fence() -> None:
    """Eight services and options of the whole plan, rounded to £1,000: £7,000 may be nothing."""
    inexact = texts()
    for name in inexact:
        inexact[name] = inexact[name].replace("exact: true\n", "")
    name = "revenue_2024_25.yaml"
    inexact[name] = inexact[name].replace(
        "gross: 32600, income: -32600", "gross: 32601, income: -32600"
    )
    assert fences(plan_of(inexact)) == []


def test_a_trial_says_which_fence_it_opens() -> None:
    trial = applied(council(), {"set": "rent-rise", "to": {"2025-26": "-200"}})
    assert [problem.rule for problem in trial.problems] == ["CF441"]
    (shown,) = (t for t in trial_tables(trial, "Trial").tables if t.difference.name == "position")
    assert figures(shown.difference, HRA, "net_budget") == [0, 150, 150]
    assert figures(shown.difference, GENERAL, "net_budget") == [0, 0, 0]


def test_what_a_change_does_to_the_gap_is_of_the_general_fund_alone() -> None:
    changes = (
        {"set": "rent-rise", "to": {"2025-26": "-300"}},
        {"set": "schools", "measure": "gross", "to": "32700"},
        {"set": "adults", "measure": "gross", "to": "18500"},
        {"set": "reablement", "to": {"2025-26": "-250"}},
    )
    trial = applied(council(), *changes)
    moved = [[pence // 100_000 for pence in one.gap.values()] for one in trial.contributions]
    assert moved == [[0, 0, 0], [0, 0, 0], [100, 100, 100], [0, 50, 50]]
    shown = trial_tables(trial, "Trial")
    (attributed,) = (t for t in shown.attributions if "contributes to the gap" in t.title)
    assert [row.id for row in attributed.rows] == ["change-3", "change-4", TOTAL]


def test_what_closes_the_gap_is_found_in_the_general_fund() -> None:
    plan = council()
    found = solve(plan, year="2026-27", gap="0")
    last = gap(plan).cells[Key(TOTAL, "gap", FinancialYear(2026))].pence
    assert (found.name, found.gap) == ("General Fund", -last)
    used = solve(plan, year="2026-27", gap="0", using="reablement")
    changed = [{"set": "reablement", "to": {"2026-27": plain(used.lines[0].must_be, THOUSANDS)}}]
    closed = gap(applied(plan, *changed).plan)
    assert closed.cells[Key(TOTAL, "gap", FinancialYear(2026))].pence == 0
    with pytest.raises(ValueError, match="does not move that net budget"):
        solve(plan, year="2026-27", gap="0", using="rent-rise")
    balanced = solve(plan, service=HRA, year="2026-27", net="0", using="rent-rise")
    assert balanced.gap == -30 * 100_000


def test_a_plan_that_says_nothing_of_funds_has_no_such_rows() -> None:
    made = texts()
    name = "revenue_2024_25.yaml"
    made[name] = made[name].replace("    fund: hra\n", "").replace("fund: dsg, ", "")
    del made["reserves.yaml"], made["funding.yaml"]
    plan = plan_of(made)
    assert not [row.id for row in position(plan).rows if row.id.startswith("total/")]
    assert {record.fund for record in position(plan).records()} == {"general"}
    assert fences(plan) == []


def test_the_workbook_of_several_funds_is_proved() -> None:
    book = book_of(texts())
    prove(book)
    places = {key.row for name, key in book.places if name == "position"}
    assert {GENERAL, HRA, DSG} <= places


@pytest.mark.parametrize(
    ("fund", "message"),
    [
        ("HRA", "'HRA' is not an id of a fund"),
        ("total", "'total' is not an id of a fund"),
        ("hra-2", "unknown fund 'hra-2'"),
    ],
)
def test_a_fund_is_named_by_a_known_id(fund: str, message: str) -> None:
    made = texts()
    name = "revenue_2024_25.yaml"
    made[name] = made[name].replace("    fund: hra", f"    fund: {fund}")
    assert message in [problem.message for problem in load_texts(made).problems]


# -- what always holds ----------------------------------------------------------------------

FUNDS = ("", "hra", "dsg", "public-health")
SERVICE = st.tuples(st.sampled_from(FUNDS), st.integers(-99, 99), st.integers(-9, 9))


def drawn(services: list[tuple[int, tuple[str, int, int]]]) -> Plan:
    budget = (
        "name: Drawn\nfinancial_year: 2024-25\nunit: £000\ncontains_options_of: []\nservices:\n"
    )
    changes = (
        "name: Drawn\nunit: £000\nbasis: change\nfinancial_years: [2024-25, 2025-26]\nservices:\n"
    )
    for at, (fund, net, change) in services:
        of = f"fund: {fund}, " if fund else ""
        budget += f"  - {{id: s{at}, name: S{at}, {of}net: {net}}}\n"
        changes += (
            f"  - service: s{at}\n    options: [{{id: o{at}, name: O{at}, kind: other, "
            f"status: new, changes: {{2025-26: {change}}}}}]\n"
        )
    return plan_of({"revenue_2024_25.yaml": budget, "policy_options.yaml": changes})


@given(st.lists(SERVICE, min_size=1, max_size=6), st.randoms())
def test_funds_add_to_the_whole_in_any_order(
    services: list[tuple[str, int, int]], chance: Random
) -> None:
    numbered = list(enumerate(services))
    plan = drawn(numbered)
    chance.shuffle(numbered)
    other = drawn(numbered)
    for made in (revenue, options, position):
        cells, shuffled = made(plan).cells, made(other).cells
        assert {k: c.pence for k, c in cells.items()} == {k: c.pence for k, c in shuffled.items()}
        of_funds = {
            key.row for key in cells if key.row.count("/") == 1 and key.row.startswith("total/")
        }
        assert bool(of_funds) == (len({fund for fund, *_ in services}) > 1)
        for key, cell in cells.items():
            if key.row == TOTAL and of_funds:
                parts = [cells[Key(row, *key[1:])].pence for row in of_funds]
                assert sum(parts) == cell.pence


def test_a_fence_that_a_delay_opens_is_closed_by_a_draw_of_its_reserve() -> None:
    plan = council()
    late = {"delay": "rent-rise", "years": 1, "from": "2025-26"}
    opened = applied(plan, late)
    assert [problem.rule for problem in opened.problems] == ["CF441"]
    draws = {"2025-26": 550, "2026-27": 350}
    closed = applied(plan, late, {"set": "hra-balance", "measure": "draw", "to": draws})
    assert closed.problems == ()
    assert fences(closed.plan) == []
    # The general fund's gap is as it was, and the reserve pays for the rents that are late.
    assert figures(gap(closed.plan), "total", "gap") == figures(gap(plan), "total", "gap")
    assert figures(reserves(closed.plan), "hra-balance", "closing") == [2500, 1950, 1600]
    assert [sum(one.gap.values()) for one in closed.contributions] == [0, 0]

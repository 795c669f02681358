"""What compare says of two plans besides the bridge, and which it refuses."""

import json
from typing import Any

import pytest

import cfbudget
from cfbudget.calculate.bridge_lines import BridgeLine
from cfbudget.calculate.plan_bridge import bridge_between, compare
from cfbudget.problem import Refusal
from cfbudget.render.data import records_csv, records_json
from cfbudget.reports.compare.records import bridge_records
from cfbudget.reports.compare.words import outcome
from cfbudget.tables.compare import Bridged
from tests.kit.compared import FEES, SERVICES, care, labels, next_year, option, plan
from tests.kit.pages import bridge_grid
from tests.kit.small_plans import options, revenue
from tests.kit.support import CAPITAL, plan_of

# -- refusals -------------------------------------------------------------------------------


def test_plans_that_cannot_be_compared() -> None:
    full = plan(care(FEES))
    only_options = plan_of(options(care(FEES)))
    later = revenue(SERVICES, "2030-31", "")
    unbased = plan_of({**later, **options(care(FEES))})
    other = plan_of(later)
    reasons = []
    for old, new in ((full, only_options), (unbased, full), (other, full)):
        found = bridge_between(old, new)
        assert isinstance(found, Refusal)
        reasons.append(found.reason)
        with pytest.raises(LookupError, match="budget"):
            cfbudget.compare(old, new)
    assert reasons == [
        " has no revenue budget, and so no net budget to compare",
        " has no net budget: no year of the plan stands on a budget",
        "no year is in both plans, and the budget of  (2030-31) is the later one: that of  is of "
        "2024-25",
    ]


def test_a_saving_and_an_investment_of_one_name_are_told_apart() -> None:
    meals = option("Meals", "2024-25: 1", kind="investment", id="meals-investment")
    bridge = compare(plan(care()), plan(care(option("Meals", "2024-25: -4"), meals, FEES)))
    assert labels(bridge)[2:-2] == [
        "Meals (Care; saving)",
        "Meals (Care; investment)",
        "Fees (Care)",
        "Total new",
    ]


def test_gross_and_income_that_differ_alike_are_said() -> None:
    lines = "  - {{id: care, name: Care, gross: {}, income: -{}}}\n  - {{id: b, name: B, net: 5}}\n"
    old, new = (plan(care(), lines.format(100 + n, 20 + n)) for n in (0, 5))
    bridge = compare(old, new)
    assert bridge.lines == ()
    assert list(outcome(bridge, "a", "b"))[1:] == [
        "Gross and income differ in the base budget, and the net does not: Care."
    ]
    assert compare(old, old).same_net == ()
    # Where the net differs too it is a line; on budgets of other years nothing is the same.
    priced = plan(care(), lines.format(105, 20))
    assert compare(old, priced).same_net == ()
    assert compare(old, next_year(care(), lines.format(105, 25))).same_net == ()


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        (("1.500", "1.600"), True),
        (("name: Roof", "name: Roofs"), True),
        (("2025-26: 0.250}, stated", "2025-26: 0.25}, stated"), False),
    ],
)
def test_capital_is_said_to_differ_and_is_in_no_line(
    change: tuple[str, str], differs: bool
) -> None:
    base = {**revenue(SERVICES, contains=""), **options(care(FEES))}
    old = plan_of({**base, "capital_programme.yaml": CAPITAL})
    new = plan_of({**base, "capital_programme.yaml": CAPITAL.replace(*change)})
    bridge = compare(old, new)
    assert (bridge.lines, bridge.capital_differs) == ((), differs)
    sentence = "The capital programmes differ; they are not in this bridge."
    assert (sentence in outcome(bridge, "a", "b")) == differs
    other = compare(old, plan(care()))
    assert list(outcome(other, "a", "b"))[-1].startswith("The capital programmes differ too;")


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        (
            option("Fees", "2024-25: -10, 2025-26: -3"),
            "The net budget of 2026-27 is £2,000 higher in b than in a.",
        ),
        (
            option("Fees", "2024-25: -11, 2025-26: -5"),
            "The net budget of every year from 2024-25 to 2026-27 is £1,000 lower in b than in a.",
        ),
        (
            option("Fees", "2025-26: -15"),
            "The net budget of 2026-27 is the same in both plans; that of 2024-25 is not.",
        ),
        (
            option("Fees", "2024-25: -10, 2025-26: -5", status="previously approved"),
            "The net budget of every year compared is the same in both plans: what differs moves "
            "no money, or cancels out.",
        ),
        (
            FEES,
            "Nothing differs: the net budgets, the services' net budgets and the policy options "
            "are the same in both plans.",
        ),
    ],
)
def test_the_outcome_in_words(new: str, sentence: str) -> None:
    assert list(outcome(compare(plan(care(FEES)), plan(care(new))), "a", "b")) == [sentence]


def test_records_add_up_and_lead_to_their_lines() -> None:
    old = plan(care(FEES, option("Gone", "2025-26: 4"), option("Meals", "2024-25: 1")))
    new = plan(
        care(FEES, option("New", "2025-26: -6.25"), option("Meals", "2024-25: 1", recurs="false")),
        SERVICES.replace("net: 50", "net: 50.5"),
    )
    ends = Bridged(compare(old, new), "one", "two", ("P", "P"))
    records: list[dict[str, Any]] = json.loads(records_json(bridge_records(ends)))
    by_row = {(r["row"], r["role"], r["year"]): r for r in records}
    assert len(by_row) == len(records)
    # An option may have the id of a row: the role tells which is which.
    assert by_row["new", "line", "2025-26"] == {
        "table": "compare",
        "row": "new",
        "label": "New (Care)",
        "role": "line",
        "measure": "net_budget",
        "year": "2025-26",
        "unit": "£000",
        "amount": "-6.25",
        "source": "policy_options.yaml:9",
        "service": "care",
        "kind": "saving",
        "status": "new",
        "fund": "",
        "category": "",
        "ref": "",
        "portfolio": "",
        "owner": "",
        "cause": "new",
        "forecast": "",
    }
    assert by_row["gone", "line", "2026-27"]["source"] == "policy_options.yaml:9"
    assert by_row["roads/base-changed", "line", "2024-25"]["source"] == "revenue_2024_25.yaml:7"
    assert by_row["old", "total", "2026-27"]["amount"] == "140"
    assert by_row["new", "total", "2026-27"]["amount"] == "129.25"
    assert by_row["difference", "subtotal", "2026-27"]["amount"] == "-10.75"
    assert records_csv(bridge_records(ends)).splitlines()[0] == ",".join(records[0])
    grid = bridge_grid(ends)
    assert grid.rows[0].texts == ["141.00", "140.00", "140.00"]
    assert "Meals (Care; one-off, was lasting)" in [row.label for row in grid.rows]


def test_the_old_plan_gives_the_unit_and_the_finer_one_the_places() -> None:
    old = plan(care(FEES))
    text = options(care(option("Fees", "2024-25: -0.0105, 2025-26: -0.005")))
    pounds = {name: body.replace("£000", "£m") for name, body in text.items()}
    new = plan_of({**revenue(SERVICES, contains=""), **pounds})
    bridge = compare(old, new)
    assert (bridge.unit.name, bridge.step) == ("£000", 10_000)
    assert [line.causes for line in bridge.lines] == [("re-priced",)]
    rows = bridge_grid(Bridged(bridge, "a", "b", ("P", "P"))).rows
    assert rows[2].texts == ["(0.5)", "(0.5)", "(0.5)"]


def test_a_line_that_stands_in_neither_plan_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        _ = BridgeLine(("new",), "option", None, None, {}).now

"""From budget to budget, of two plans that have no year in common. Amounts are in £000."""

from dataclasses import replace

import pytest

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.plan_bridge import compare
from cfbudget.plan.plan import Plan
from cfbudget.reports.compare.words import facts, outcome
from cfbudget.tables.compare import Bridged
from tests.kit.compared import block, option
from tests.kit.pages import bridge_grid
from tests.kit.returned import cfbudget
from tests.kit.scenarios import applied
from tests.kit.small_plans import options, revenue
from tests.kit.support import CAPITAL, PLANS, plan_of

LAST = """\
  - id: people
    name: People
    services:
      - {id: care, name: Care, net: 100}
      - {id: music, name: Music, net: 6}
  - {id: roads, name: Roads, net: 50}
"""
THIS = LAST.replace("net: 100", "net: 97").replace("Roads, net: 50", "Roads, net: 53")
FEES = option("Fees", "2025-26: -5, 2026-27: -2")


def last(services: str = LAST) -> Plan:
    return plan_of(revenue(services))


def this(blocks: str, services: str = THIS, contains: str = "2025-26") -> Plan:
    texts = revenue(services, "2025-26", contains)
    return plan_of({**texts, **options(blocks, years="2025-26, 2026-27")})


def lines(bridge: Bridge) -> dict[str, list[str]]:
    grid = bridge_grid(Bridged(bridge, "last", "this", ("P", "P")))
    return {row.label: row.texts for row in grid.rows}


def test_options_other_movements_and_both_budgets() -> None:
    bridge = compare(last(), this(block("care", FEES)))
    assert lines(bridge) == {
        "Budget 2024-25, last": ["156"],
        "Listed options, which the new budget contains": [],
        "Fees (Care)": ["(5)"],
        "Other movements, not in the listed options": [],
        "Care": ["2"],
        "Roads": ["3"],
        "Total other movements": ["5"],
        "Difference, new − old": ["-"],
        "Budget 2025-26, this": ["156"],
    }
    said = list(outcome(bridge, "last", "this"))
    assert said[0] == "The 2025-26 budget of this is the same as the 2024-25 budget of last."
    assert said[1] == (
        "By cause, in 2025-26: listed options £5,000 lower; other movements £5,000 higher."
    )
    assert "change in 2025-26, which its budget contains" in list(facts(bridge))[2]


def test_a_service_that_is_new_gone_renamed_or_moved() -> None:
    services = """\
  - id: people
    name: People
    services:
      - {id: homes, name: Homes, was: care, net: 101}
      - {id: roads, name: Roads, net: 53}
  - {id: climate, name: Climate, net: 4}
"""
    bridge = compare(last(), this(block("homes", FEES), services))
    shown = lines(bridge)
    assert shown["Climate (in the new plan only)"] == ["4"]
    assert shown["Music (in the old plan only)"] == ["(6)"]
    assert shown["Total service new or gone"] == ["(2)"]
    assert shown["Homes (was Care)"] == ["6"]
    assert shown["Roads (was within no other)"] == ["3"]
    assert next(outcome(bridge, "last", "this")) == (
        "The 2025-26 budget of this is £2,000 higher than the 2024-25 budget of last."
    )


def test_options_of_a_service_as_a_whole_are_held_to_all_within_it() -> None:
    """What they change stands somewhere in the budgets within: nobody knows in which."""
    shown = lines(compare(last(), this(block("people", FEES))))
    assert shown["People (with the services within it)"] == ["2"]
    assert "Care" not in shown
    gone = THIS.replace("      - {id: music, name: Music, net: 6}\n", "")
    shown = lines(compare(last(), this(block("people", FEES), gone)))
    assert shown["People (with the services within it)"] == ["(4)"]
    assert shown["Music (in the old plan only)"] == ["-"]


def test_what_the_new_budget_does_not_contain_is_no_step() -> None:
    bridge = compare(last(), this(block("care", FEES), contains=""))
    assert "Fees (Care)" not in lines(bridge)
    assert lines(bridge)["Care"] == ["(3)"]
    assert "contains no listed options" in list(facts(bridge))[2]
    plain = plan_of(revenue(THIS, "2025-26", ""))
    assert compare(last(), plain).difference == bridge.difference


def test_a_one_off_of_the_year_before_is_taken_back_and_listed() -> None:
    once = option(
        "Winter",
        "2025-26: 0",
        recurs="false",
        before="{2024-25: 8}",
        kind="pressure",
        status="previously approved",
    )
    bridge = compare(last(), this(block("roads", once)))
    assert lines(bridge)["Winter (Roads)"] == ["(8)"]
    assert lines(bridge)["Roads"] == ["11"]


def test_years_between_that_neither_plan_has_a_budget_of() -> None:
    later = revenue(THIS, "2026-27", "2025-26, 2026-27")
    new = plan_of({**later, **options(block("care", FEES), years="2025-26, 2026-27")})
    bridge = compare(last(), new)
    assert lines(bridge)["Fees (Care)"] == ["(7)"]
    assert [str(year) for year in bridge.between] == ["2025-26", "2026-27"]


def test_a_projected_budget_is_called_so() -> None:
    text = revenue(THIS, "2025-26", "")["revenue_2025_26.yaml"]
    projected = plan_of({"revenue_2025_26.yaml": f"projected: true\n{text}"})
    assert "Projected budget 2025-26, this" in lines(compare(last(), projected))


def test_a_trial_moves_no_approved_budget() -> None:
    new = this(block("care", FEES))
    trial = applied(new, {"drop": "fees"}).plan
    bridge, other = compare(last(), trial), compare(last(), new)
    assert lines(bridge) == lines(other)
    assert compare(last(), replace(trial, struck_with=new.options)).new == other.new


def test_what_is_said_of_capital_and_of_what_is_not_known() -> None:
    tbc = block("care", option("Fees", "2025-26: tbc, 2026-27: -2"))
    new = plan_of(
        {
            **revenue(THIS, "2025-26", "2025-26"),
            **options(tbc, years="2025-26, 2026-27"),
            "capital_programme.yaml": CAPITAL,
        }
    )
    said = list(outcome(compare(last(), new), "last", "this"))
    assert any(sentence.startswith("this excludes") for sentence in said)
    assert "The capital programmes differ too; they are not in this bridge." in said


@pytest.mark.parametrize("name", ["last_year", "this_year"])
def test_the_plans_of_the_transcripts_are_valid(name: str) -> None:
    assert cfbudget("check", "--data", PLANS / name).status == 0

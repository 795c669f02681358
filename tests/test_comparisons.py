"""Stated figures beside computed ones: what differs, what rounding explains, what is not there."""

import pytest

from cfbudget import rules
from cfbudget.checks.comparison import Comparison, Outcome
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.report import Report, check
from cfbudget.loaded import load_texts
from cfbudget.money import POUNDS
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, plan_of, rules_of, small_texts

UNIT = 100_000  # pence: one printed £000


SMALL = comparisons(plan_of(small_texts()))[0]


def one(
    stated: int | None,
    computed: int | None,
    *,
    addends: int = 2,
    exact: bool = False,
    step: int = UNIT,
) -> Comparison:
    """A comparison of pence, in a table that prints whole £000 unless `step` says otherwise."""
    figure = SMALL.stated._replace(pence=stated)
    return SMALL._replace(stated=figure, computed=computed, addends=addends, exact=exact, step=step)


# -- the rounding rule ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("addends", "allowance"),
    [(0, 50_000), (1, 100_000), (2, 150_000), (3, 200_000), (11, 600_000)],
)
def test_half_a_unit_for_each_addend_and_half_for_itself(addends: int, allowance: int) -> None:
    assert one(0, 0, addends=addends).allowance == allowance
    for sign in (1, -1):
        at_it = one(0, sign * allowance, addends=addends)
        assert (at_it.difference, at_it.outcome) == (sign * allowance, "rounding")
        beyond = one(0, sign * (allowance + 1), addends=addends)  # by one penny
        assert (beyond.difference, beyond.outcome) == (sign * (allowance + 1), "differs")


@pytest.mark.parametrize(("addends", "pence"), [(0, 0), (1, 1), (2, 1), (3, 2)])
def test_half_a_penny_is_no_money(addends: int, pence: int) -> None:
    """In a table printed to the penny the allowance is cut down to whole pence."""
    assert one(0, 0, addends=addends, step=1).allowance == pence
    assert one(0, pence + 1, addends=addends, step=1).outcome == "differs"


def test_an_exact_table_gets_no_allowance() -> None:
    assert one(0, 0, exact=True).allowance == 0
    assert one(100, 101, exact=True).outcome == "differs"
    assert one(100, 100, exact=True).outcome == "agrees"


@pytest.mark.parametrize(
    ("stated", "computed", "difference", "outcome"),
    [
        (None, 5, None, "not stated"),
        (None, None, None, "not stated"),
        (5, None, None, "not checkable"),
        (0, None, None, "not checkable"),
        (0, 0, 0, "agrees"),
        (-7, -7, 0, "agrees"),
        (-7, 7, 14, "rounding"),
    ],
)
def test_what_is_not_there(
    stated: int | None, computed: int | None, difference: int | None, outcome: Outcome
) -> None:
    compared = one(stated, computed)
    assert (compared.difference, compared.outcome) == (difference, outcome)
    assert not compared.is_large_rounding


@pytest.mark.parametrize(
    ("addends", "largest_usual"),
    # 3√(n/12) units of £000, cut down to the penny: √0.75 = 0.866025…, 1.5, √27/2 = 2.598076…
    [(0, 0), (1, 86_602), (3, 150_000), (9, 259_807), (12, 300_000)],
)
def test_a_rounding_is_large_over_three_standard_deviations(
    addends: int, largest_usual: int
) -> None:
    for sign in (1, -1):
        assert not one(0, sign * largest_usual, addends=addends).is_large_rounding
        large = one(0, sign * (largest_usual + 1), addends=addends)
        assert (large.outcome, large.is_large_rounding) == ("rounding", True)


def test_what_differs_is_not_a_large_rounding() -> None:
    assert not one(0, 150_001).is_large_rounding
    assert not one(0, 150_000, exact=True).is_large_rounding


# -- which figures are compared with which --------------------------------------------------


def stated_of(plan: Plan) -> dict[tuple[str, str, str], tuple[str, int]]:
    """Outcome and number of addends by row, measure and year."""
    return {
        (c.key.row, c.key.measure, str(c.key.year or "")): (c.outcome, c.addends)
        for c in comparisons(plan)
    }


def test_the_small_plan_agrees_in_every_table() -> None:
    found = stated_of(plan_of(small_texts()))
    assert found == {
        ("care", "net", "2024-25"): ("agrees", 2),
        ("schools", "net", "2024-25"): ("agrees", 2),
        ("total", "gross", "2024-25"): ("agrees", 2),
        ("total", "income", "2024-25"): ("agrees", 2),
        ("total", "net", "2024-25"): ("agrees", 2),
        ("roof", "programme", ""): ("agrees", 2),
        ("hall", "programme", ""): ("agrees", 0),
        ("hall", "total", ""): ("agrees", 1),
        ("total", "allocation", "2024-25"): ("agrees", 1),
        ("total", "allocation", "2025-26"): ("agrees", 1),
        ("total", "programme", ""): ("agrees", 1),
        ("total", "under_development", ""): ("agrees", 1),
        ("total", "total", ""): ("agrees", 2),
        ("fees", "total", ""): ("agrees", 2),
        ("demand", "total", ""): ("agrees", 1),
        ("care", "change", "2024-25"): ("agrees", 1),
        ("care", "change", "2025-26"): ("agrees", 2),
        ("care", "total", ""): ("agrees", 2),
        ("total", "change", "2024-25"): ("agrees", 1),
        ("total", "change", "2025-26"): ("agrees", 1),
    } | {("total", "total", ""): ("agrees", 1)}


NET_ONLY = """\
name: Small Council
financial_year: 2024-25
unit: £000
contains_options_of: []
services:
  - id: people
    name: People
    services:
      - {id: care, name: Care, gross: 100, income: -20, stated: {gross: 100, net: 80}}
      - {id: music, name: Music, net: 7, stated: {gross: 9, net: 7}}
    stated: {gross: 109, income: -22, net: 87}
  - {id: roads, name: Roads, gross: 50, income: "-", stated: {gross: 50, income: "-", net: 50}}
stated: {label: All, gross: 159, net: 137}
"""


def test_above_a_net_alone_a_gross_or_income_is_not_checkable() -> None:
    found = stated_of(plan_of({"revenue_2024_25.yaml": NET_ONLY}))
    assert {(row, measure): outcome for (row, measure, _), outcome in found.items()} == {
        ("care", "gross"): ("agrees", 0),
        ("care", "net"): ("agrees", 2),
        ("music", "gross"): ("not checkable", 0),
        ("music", "net"): ("agrees", 0),
        ("people", "gross"): ("not checkable", 1),
        ("people", "income"): ("not checkable", 1),
        ("people", "net"): ("agrees", 2),
        ("roads", "gross"): ("agrees", 0),
        ("roads", "income"): ("agrees", 0),
        # A nil income is no addend: the allowance of this net is one unit.
        ("roads", "net"): ("agrees", 1),
        ("total", "gross"): ("not checkable", 1),
        ("total", "net"): ("agrees", 2),
    }


@pytest.mark.parametrize("written", ["n/a", "", '""', ".", "~", "see note", "N/A"])
def test_what_states_no_figure_is_not_stated(written: str) -> None:
    text = REVENUE.replace("{net: 80}", f"{{net: {written}}}")
    assert text != REVENUE
    report = check(plan_of({"revenue_2024_25.yaml": text}))
    assert report.outcomes == {"agrees": 4, "not stated": 1}
    assert report.agrees


@pytest.mark.parametrize("written", ["nan", ".nan", ".NaN", "-.inf", "inf", "Infinity"])
def test_a_spreadsheets_word_for_no_number_is_an_error(written: str) -> None:
    """It was a figure once: taken for words, the total would go untested."""
    text = REVENUE.replace("{net: 80}", f"{{net: {written}}}")
    found = load_texts({"revenue_2024_25.yaml": text})
    assert rules_of(found) == ["CF112"]
    assert found.problems[0].place[1:3] == (7, text.splitlines()[6].index(written) + 1)


@pytest.mark.parametrize("written", ['"-"', "0", '"–"'])
def test_a_printed_dash_is_a_stated_nil(written: str) -> None:
    text = REVENUE.replace("{net: 80}", f"{{net: {written}}}")
    (differing,) = [c for c in comparisons(plan_of({"revenue_2024_25.yaml": text})) if c.difference]
    assert (differing.key.row, differing.stated.pence, differing.outcome) == ("care", 0, "differs")


def test_a_blank_addend_is_nil() -> None:
    text = REVENUE.replace("income: -20, stated: {net: 80}", "income: , stated: {net: 100}")
    found = stated_of(plan_of({"revenue_2024_25.yaml": text}))
    assert found["care", "net", "2024-25"] == ("agrees", 1)
    assert found["total", "income", "2024-25"] == ("differs", 1)


NESTED = """\
name: Small Council
financial_year: 2024-25
unit: £000
contains_options_of: []
services:
  - id: people
    name: People
    services:
      - {id: care, name: Care, gross: 10, income: 0}
      - {id: music, name: Music, gross: 1, income: 0}
"""
BLOCKS = """\
name: Small Council
unit: £000
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: people
    name: People and Places
    options:
      - {id: review, name: Review, kind: saving, status: new, changes: {2024-25: -6, 2025-26: -4}}
    stated: {2024-25: -6, total: -10}
  - service: care
    options:
      - {id: demand, name: Demand, kind: investment, status: new, changes: {2025-26: 3},
         stated: 3}
    stated: {label: Care net, 2025-26: 3}
stated: {2024-25: -6, 2025-26: -1, total: -7}
"""


def test_a_blocks_stated_figures_are_of_its_own_options() -> None:
    plan = plan_of({"revenue_2024_25.yaml": NESTED, "policy_options.yaml": BLOCKS})
    assert stated_of(plan) == {
        ("people/own", "change", "2024-25"): ("agrees", 1),
        ("people/own", "total", ""): ("agrees", 1),
        ("demand", "total", ""): ("agrees", 1),
        ("care", "change", "2025-26"): ("agrees", 1),
        ("total", "change", "2024-25"): ("agrees", 1),
        ("total", "change", "2025-26"): ("agrees", 2),
        ("total", "total", ""): ("agrees", 2),
    }
    labels = {c.key.row: c.label for c in comparisons(plan)}
    assert labels == {
        "people/own": "Total People and Places",
        "demand": "Demand",
        "care": "Care net",
        "total": "Total Small Council",
    }


def test_a_block_without_a_name_is_called_by_its_service() -> None:
    text = BLOCKS.replace("    name: People and Places\n", "")
    plan = plan_of({"revenue_2024_25.yaml": NESTED, "policy_options.yaml": text})
    assert comparisons(plan)[0].label == "Total People"


LEVELS = """\
name: Small Council
unit: £000
basis: level
financial_years: [2024-25, 2025-26, 2026-27]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -10, 2025-26: -25, 2026-27: -20}, stated: -20}
      - {id: demand, name: Demand, kind: investment, status: new,
         changes: {2024-25: 0, 2025-26: 30, 2026-27: 30}, stated: 30}
    stated: {2024-25: -10, 2025-26: 5, 2026-27: 10, total: 10}
stated: {2024-25: -10, 2025-26: 5, 2026-27: 10, total: 10}
"""


def test_stated_levels_are_compared_with_levels() -> None:
    assert stated_of(plan_of({"policy_options.yaml": LEVELS})) == {
        # The last level is printed beside the levels; it adds nothing up.
        ("fees", "total", ""): ("agrees", 0),
        ("demand", "total", ""): ("agrees", 0),
        ("care", "cumulative_change", "2024-25"): ("agrees", 1),
        ("care", "cumulative_change", "2025-26"): ("agrees", 2),
        ("care", "cumulative_change", "2026-27"): ("agrees", 2),
        ("care", "total", ""): ("agrees", 2),
        ("total", "cumulative_change", "2024-25"): ("agrees", 1),
        ("total", "cumulative_change", "2025-26"): ("agrees", 1),
        ("total", "cumulative_change", "2026-27"): ("agrees", 1),
        ("total", "total", ""): ("agrees", 1),
    }


SCHEMES = """\
name: Small Council
unit: £m
financial_years: [2024-25, 2025-26]
schemes:
  - id: roof
    name: Roof
    allocations: {2024-25: 1.5, 2025-26: 0.25}
    under_development: 2.0
    stated: {2024-25: 1.5, programme: 1.75, under_development: 2.0, total: 3.75}
  - {id: hall, name: Hall, allocations: {2025-26: 1.0}}
stated: {label: In all, 2025-26: 1.25, under_development: 2.0, total: 4.75}
"""


def test_a_schemes_stated_figures() -> None:
    plan = plan_of({"capital_programme.yaml": SCHEMES})
    assert stated_of(plan) == {
        ("roof", "allocation", "2024-25"): ("agrees", 0),
        ("roof", "programme", ""): ("agrees", 2),
        ("roof", "under_development", ""): ("agrees", 0),
        ("roof", "total", ""): ("agrees", 2),
        ("total", "allocation", "2025-26"): ("agrees", 2),
        ("total", "under_development", ""): ("agrees", 1),
        ("total", "total", ""): ("agrees", 2),
    }
    assert {c.label for c in comparisons(plan)} == {"Roof", "In all"}


def test_tables_that_print_no_totals() -> None:
    nothing = SCHEMES.replace("stated: {label: In all, 2025-26: 1.25, under", "note: x # under")
    bare = nothing.replace("    stated: {2024-25: 1.5, programme", "    note: x # ")
    options = BLOCKS.replace("stated:", "note: x # ")
    services = {"revenue_2024_25.yaml": NESTED}
    plan = plan_of(
        {**services, "capital_programme.yaml": bare, "policy_options.yaml": blocks(options)}
    )
    assert comparisons(plan) == ()
    assert check(plan).agrees


def blocks(text: str) -> str:
    """The options file without the option's own stated figure, which ends its line."""
    return text.replace("changes: {2025-26: 3},\n         note: x #  3}", "changes: {2025-26: 3}}")


# -- what comes of it -----------------------------------------------------------------------


def found_by(report: Report, rule: str) -> list[Problem]:
    return [problem for problem in report.problems if problem.rule == rule]


def test_a_difference_is_an_error_at_the_stated_figure() -> None:
    text = REVENUE.replace("net: 130", "net: 131")
    report = check(plan_of({"revenue_2024_25.yaml": text}))
    (problem,) = found_by(report, "CF301")
    assert problem.place.line == 9
    assert problem.message == (
        "'Total Small Council': net 2024-25 is stated as 131 and comes to 130 £000: difference (1)"
    )
    assert problem.hint == "check it, and the lines that it adds up, against the source"
    assert problem.severity == "error"
    assert not report.agrees
    assert report.outcomes == {"agrees": 4, "differs": 1}


def test_a_difference_beyond_rounding_says_what_rounding_explains() -> None:
    """Two addends and itself: 1.5 units, so 2 are too much and 1 is not."""
    text = REVENUE.replace("exact: true", "exact: false")
    wrong = text.replace("net: 130", "net: 128")
    (problem,) = found_by(check(plan_of({"revenue_2024_25.yaml": wrong})), "CF301")
    assert problem.message.endswith("comes to 130 £000: difference +2")
    assert problem.hint is not None
    assert problem.hint.endswith("rounding explains 1.5 at most")
    near = check(plan_of({"revenue_2024_25.yaml": text.replace("net: 130", "net: 129")}))
    assert (near.agrees, near.outcomes["rounding"]) == (True, 1)
    assert not found_by(near, "CF302")


def test_a_total_without_a_year_is_worded_without_one() -> None:
    text = OPTIONS.replace("stated: -15}", "stated: -16}")
    (problem,) = found_by(check(plan_of(small_texts(options=text))), "CF301")
    assert problem.message == (
        "'Fees': total is stated as (16) and comes to (15) £000: difference +1"
    )


def test_a_large_rounding_is_a_warning() -> None:
    """One addend: a whole unit is allowed, and over 0.87 of one is large."""
    text = REVENUE.replace("exact: true", "exact: false")
    text = text.replace("income: -20, stated: {net: 80}", 'income: "-", stated: {net: 101}')
    text = text.replace("income: -170, net: 130", "income: -150, net: 150")
    report = check(plan_of({"revenue_2024_25.yaml": text}))
    (problem,) = found_by(report, "CF302")
    assert problem.severity == "warning"
    assert problem.place.line == 7
    assert problem.message.endswith("difference (1): large for the rounding of 1 figure")
    assert report.agrees
    assert report.open_warnings == (problem,)


def later(budget: str) -> str:
    """A budget of 2025-26 that contains the options of both years."""
    return budget.replace("financial_year: 2024-25", "financial_year: 2025-26").replace(
        "[2024-25]", "[2024-25, 2025-26]"
    )


def test_other_movements_are_a_notice() -> None:
    """Care was to be 80 − 5 + 30 = 105; schools are gone."""
    services = "services:\n  - {id: care, name: Care, net: 112}\n"
    text = later(REVENUE[: REVENUE.index("services:")]) + services
    report = check(plan_of({**small_texts(), "revenue_2025_26.yaml": text}))
    care, schools = sorted(found_by(report, "CF303"), key=lambda problem: problem.message)
    assert {care.severity, schools.severity} == {"notice"}
    assert care.message == (
        "'Care': other movements, not in the listed options: +7 £000 in 2025-26 "
        "(projected 105, budget 112)"
    )
    assert (care.place.file, care.place.line) == ("revenue_2025_26.yaml", 7)
    assert "'Schools': other movements, not in the listed options: (50) £000" in schools.message
    assert "projected 50" in schools.message
    # What the later budget lacks has no line in it: the notice stands at the file's beginning.
    assert (schools.place.file, schools.place.line) == ("revenue_2025_26.yaml", 1)
    assert report.agrees
    assert report.open_warnings == ()


def test_other_movements_of_several_years_are_one_notice() -> None:
    """The first of them says where it is."""
    services = (
        "services:\n  - {{id: care, name: Care, net: {}}}\n  - {{id: schools, name: S, net: 50}}"
    )
    head = REVENUE[: REVENUE.index("services:")]
    budgets = {
        "revenue_2025_26.yaml": later(head) + services.format(112),
        "revenue_2026_27.yaml": later(head).replace("year: 2025-26", "year: 2026-27")
        + services.format(110),
    }
    report = check(plan_of({**small_texts(), **budgets}))
    (care,) = found_by(report, "CF303")
    assert care.message == (
        "'Care': other movements, not in the listed options: +7 £000 in 2025-26 "
        "(projected 105, budget 112); (2) £000 in 2026-27 (projected 112, budget 110)"
    )
    assert (care.place.file, care.place.line) == ("revenue_2025_26.yaml", 7)


def test_a_report_counts_what_the_plan_accepts() -> None:
    marked = OPTIONS.replace("kind: investment", "invest_to_save: true, kind: investment")
    (warning,) = check(plan_of(small_texts(options=marked))).open_warnings
    assert warning.rule == "CF402"
    accepted = marked.replace("id: demand,", 'id: demand, accepted: {CF402: "it is known"},')
    report = check(plan_of(small_texts(options=accepted)))
    assert report.accepted == 1
    assert report.open_warnings == ()
    assert [problem.accepted for problem in report.problems] == ["it is known"]


FUNDED = {
    "funding.yaml": """\
name: Small Council
unit: £000
financial_years: [2024-25, 2025-26]
kind: funding
lines: [{id: rates, name: Business rates, amounts: {2024-25: -130, 2025-26: -155}}]
""",
    "reserves.yaml": """\
name: Small Council
unit: £000
financial_years: [2024-25, 2025-26]
reserves: [{id: general, name: General reserve, opening: 20}]
""",
}


def test_a_report_names_every_rule_that_was_applied() -> None:
    paid = "financing: {borrowing: {2024-25: 1.5, 2025-26: 0.25}}\n"
    homes = "  - {id: homes, name: Homes, fund: hra, gross: 10, income: -10}\nstated: {net: 130}\n"
    revenue = REVENUE.partition("stated: {gross")[0] + homes
    report = check(plan_of({**small_texts(revenue=revenue, capital=CAPITAL + paid), **FUNDED}))
    assert report.problems == ()
    # A year outside the plan is found while the file is read, and never reaches a report.
    of_a_plan = {rule.code for rule in rules.ALL if rule.code[:3] in ("CF2", "CF3", "CF4")}
    # The ids of services are read with them, but for those that only options name.
    of_a_plan |= {rules.BAD_ID.code}
    assert sorted(report.rules) == sorted(of_a_plan - {rules.YEAR_OUTSIDE.code})


def test_the_unit_of_a_comparison_is_its_files() -> None:
    text = REVENUE.replace("unit: £000", "unit: £")
    assert {c.unit for c in comparisons(plan_of({"revenue_2024_25.yaml": text}))} == {POUNDS}

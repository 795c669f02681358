"""Labels and figures that say different things: each warning, and what is near it but is none."""

import pytest

from cfbudget.checks.report import check
from cfbudget.problem import Problem
from tests.kit.support import REVENUE, plan_of

SERVICES = """\
  - {id: care, name: Care, gross: 100, income: -20}
  - id: people
    name: People
    services:
      - {id: schools, name: Schools, gross: 200, income: -150}
"""


def revenue(
    services: str = SERVICES, year: str = "2024-25", contains: str = "", file: str = ""
) -> dict[str, str]:
    """A year's revenue file; `services` are the lines of its list."""
    return {
        file or f"revenue_{year.replace('-', '_')}.yaml": f"""\
name: Small Council
financial_year: {year}
unit: £000
contains_options_of: [{contains}]
services:
{services}"""
    }


def options(*lines: str, service: str = "care", stated: str = "", **file: str) -> dict[str, str]:
    """The options file with one block; `lines` are what differs from a quiet new saving."""
    listed = "".join(f"      - {option(line, at)}\n" for at, line in enumerate(lines))
    return {
        "policy_options.yaml": f"""\
name: Small Council
unit: £000
basis: {file.get("basis", "change")}
financial_years: [2024-25, 2025-26]
services:
  - service: {service}
    options:
{listed or "      []"}{stated}"""
    }


def option(line: str, at: int) -> str:
    keys = {"id": f"line-{at}", "name": "Fees", "kind": "saving", "status": "new"}
    keys["changes"] = "{2024-25: -10}"
    for pair in filter(None, line.split("; ")):
        key, _, value = pair.partition(": ")
        keys[key] = value
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


def warnings(*files: dict[str, str]) -> list[Problem]:
    """The warnings about a plan of these files."""
    plan = plan_of({name: text for file in files for name, text in file.items()})
    return [problem for problem in check(plan).problems if problem.severity == "warning"]


def only(*files: dict[str, str]) -> Problem:
    (found,) = warnings(*files)
    return found


def test_a_quiet_plan_has_no_warning() -> None:
    """Of revenue, of options, of capital, and of all three."""
    capital = {
        "capital_programme.yaml": "name: A\nunit: £m\nfinancial_years: [2024-25]\nschemes:\n"
        "  - {id: roof, name: Roof, allocations: {2024-25: 1}, under_development: 2}\n"
    }
    quiet = options("name: Fees", "name: Demand; kind: investment; changes: {2025-26: 7}")
    assert warnings(revenue()) == []
    assert warnings(quiet) == []
    assert warnings(capital) == []
    assert warnings(revenue(), quiet, capital) == []


# -- signs and kinds (CF401 to CF406) -------------------------------------------------------


def test_a_saving_that_adds_to_spending() -> None:
    found = only(options("changes: {2024-25: 10, 2025-26: 2.5}"))
    assert found.rule == "CF401"
    assert "a saving that raises spending: 12.5 £000" in found.message


def test_an_investment_that_cuts_spending() -> None:
    found = only(options("kind: investment; changes: {2024-25: -10}"))
    assert found.rule == "CF401"
    assert "an investment that lowers spending: (10) £000" in found.message


def test_a_saving_of_nil_is_neither() -> None:
    assert warnings(options("changes: {}", 'name: Rents; changes: {2024-25: "-"}')) == []


def test_an_invest_to_save_that_funds_nothing() -> None:
    alone = "kind: investment; name: Demand; changes: {2024-25: 5}; invest_to_save: true"
    assert only(options(alone)).rule == "CF402"
    assert warnings(options(f"{alone}; funds: [line-1]", "name: Fees")) == []


def test_an_investment_that_shares_a_savings_name() -> None:
    pair = "kind: investment; name: fees*; changes: {2024-25: 5}"
    found = only(options("", pair))
    assert found.rule == "CF403"
    assert found.hint is not None
    assert "funds: [line-0]" in found.hint
    assert warnings(options("", f"{pair}; invest_to_save: true; funds: [line-0]")) == []
    assert warnings(options("", f"{pair}; funds: [line-0]")) == []
    # Two savings, or two investments, of one name pair nothing; they stand there twice.
    assert [found.rule for found in warnings(options("", ""))] == ["CF416"]
    assert [found.rule for found in warnings(options(pair, pair))] == ["CF416"]


def test_names_without_letters_are_not_the_same_name() -> None:
    """An emoji has no id, and two that have none do not share it."""
    theatre = "name: 🎭; kind: investment; changes: {2024-25: 5}"
    assert warnings(options("name: 🌳", theatre)) == []


def test_an_option_that_reverses_to_nil() -> None:
    found = only(options("changes: {2024-25: -10, 2025-26: 10}"))
    assert found.rule == "CF404"
    assert "(10) in 2024-25, 10 in 2025-26, in £000" in found.message


def test_an_option_that_reverses_in_part() -> None:
    found = only(options("changes: {2024-25: -10, 2025-26: 4}"))
    assert found.rule == "CF405"
    assert "in part: 4 in 2025-26, against (6) £000 by 2025-26" in found.message
    raised = only(options("kind: investment; changes: {2024-25: -1, 2025-26: 4}"))
    assert raised.rule == "CF405"
    assert "(1) in 2024-25, against 3" in raised.message


def test_a_reversal_in_levels_is_a_level_that_comes_back() -> None:
    whole = options("changes: {2024-25: -10, 2025-26: 0}", basis="level")
    assert only(whole).rule == "CF404"
    part = options("changes: {2024-25: -10, 2025-26: -4}", basis="level")
    assert "6 in 2025-26, against (4)" in only(part).message
    assert warnings(options("changes: {2024-25: -10, 2025-26: -10}", basis="level")) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("name: Staffing Growth", "growth"),
        ("name: Demand pressures and growth", "pressures"),
        ("name: Efficiencies; kind: investment; changes: {2024-25: 5}", "efficiencies"),
        ("name: Loss of savings; kind: investment; changes: {2024-25: 5}", "savings"),
    ],
)
def test_a_name_that_says_the_opposite(line: str, word: str) -> None:
    found = only(options(line))
    assert found.rule == "CF406"
    assert found.message.endswith(f"whose name says {word}")


@pytest.mark.parametrize(
    "line",
    [
        "name: Outgrowth of fees",
        "name: Efficiencies",
        "name: Demand growth; kind: investment; changes: {2024-25: 5}",
        "name: Pumps (Invest to Save); kind: investment; changes: {2024-25: 5}",
    ],
)
def test_a_name_that_does_not(line: str) -> None:
    assert warnings(options(line)) == []


# -- services and labels (CF407, CF408) -----------------------------------------------------


def test_an_option_that_bears_the_name_of_another_service() -> None:
    found = only(revenue(), options("name: Schools transport", service="care"))
    assert found.rule == "CF407"
    assert "bears the name of Schools, and stands under care" in found.message


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("Care fees", "care"),  # its own
        ("Schools transport", "people"),  # one within its own
        ("People and pay", "schools"),  # one that its own stands within
        ("Preschools", "care"),  # not the whole word
        ("Careful work", "people"),
    ],
)
def test_an_option_that_bears_the_name_of_its_own_service(name: str, service: str) -> None:
    assert warnings(revenue(), options(f"name: {name}", service=service)) == []


def test_a_service_whose_name_has_no_letters_is_in_no_other_name() -> None:
    tree = SERVICES.replace("name: Schools", "name: 🎭")
    assert warnings(revenue(tree), options("name: 🌳", service="care")) == []


SAVINGS = "    stated: {label: Net Savings, total: -10}\n"


def test_a_total_called_savings_that_is_plus() -> None:
    plus = options("kind: investment; changes: {2024-25: -1, 2025-26: 4}", stated=SAVINGS)
    (found,) = (w for w in warnings(plus) if w.rule == "CF408")
    assert "'Net Savings'" in found.message
    assert "4 in 2025-26, 3 £000 by 2025-26" in found.message
    assert "in 2024-25" not in found.message
    assert (found.place.file, found.place.line) == ("policy_options.yaml", 9)


@pytest.mark.parametrize(
    ("change", "stated"),
    [
        (-10, SAVINGS),
        (0, SAVINGS),
        (5, "    stated: {label: Net change, total: 5}\n"),
        (5, "    stated: {total: 5}\n"),
        (5, ""),
    ],
)
def test_a_total_that_is_what_it_is_called(change: int, stated: str) -> None:
    line = f"kind: {'investment' if change > 0 else 'saving'}; changes: {{2024-25: {change}}}"
    assert warnings(options(line, stated=stated)) == []


def test_the_total_of_the_whole_file_called_savings() -> None:
    whole = "stated: {label: Total Savings, total: 5}\n"
    found = only(options("kind: investment; changes: {2024-25: 5}", stated=whole))
    assert found.rule == "CF408"
    assert "5 in 2024-25, 5 £000 by 2025-26" in found.message


def test_a_label_of_levels_is_held_to_levels() -> None:
    """Levels of −10 and −4 are savings in both years, though less of one in the second."""
    levels = "changes: {2024-25: -10, 2025-26: -4}"
    stated = "    stated: {label: Net Savings, 2024-25: -10, 2025-26: -4, total: -4}\n"
    found = warnings(options(levels, stated=stated, basis="level"))
    assert [warning.rule for warning in found] == ["CF405"]


# -- revenue years and files (CF409 to CF411) -----------------------------------------------


def test_a_budget_that_contains_a_later_year() -> None:
    found = only(revenue(contains="2024-25, 2025-26"), options(""))
    assert found.rule == "CF409"
    assert "of 2024-25 is said to contain the options of 2025-26" in found.message
    assert warnings(revenue(contains="2024-25"), options("")) == []
    both = revenue(year="2025-26", contains="2024-25, 2025-26")
    assert warnings(both, options("")) == []


@pytest.mark.parametrize(
    "file", ["revenue_2023_24.yaml", "revenue_23-24.yaml", "revenue_2024_26.yaml"]
)
def test_a_file_named_for_another_year(file: str) -> None:
    found = only(revenue(file=file))
    assert found.rule == "CF410"
    assert found.hint is not None
    assert "revenue_2024_25.yaml" in found.hint


@pytest.mark.parametrize(
    "file", ["revenue_2024_25.yaml", "revenue_24-25.yaml", "revenue_next.yaml", "revenue_2024.yaml"]
)
def test_a_file_named_for_its_year_or_none(file: str) -> None:
    assert warnings(revenue(file=file)) == []


def test_a_service_that_stands_elsewhere_in_another_year() -> None:
    later = """\
  - {id: schools, name: Schools, gross: 200, income: -150}
  - id: people
    name: People
    services:
      - {id: care, name: Care, gross: 100, income: -20}
"""
    found = warnings(revenue(), revenue(later, "2025-26"))
    assert {warning.rule for warning in found} == {"CF411"}
    assert {warning.place.file for warning in found} == {"revenue_2024_25.yaml"}
    care, schools = found
    assert "'Care' stands at the top in 2024-25 and within people later" in care.message
    assert "'Schools' stands within people in 2024-25 and at the top later" in schools.message


# -- signs of budgets (CF412, CF413) --------------------------------------------------------


def test_income_that_is_plus_and_gross_that_is_minus() -> None:
    wrong = (
        "  - {id: a, name: A, gross: -3, income: 2}\n  - {id: b, name: B, gross: 0, income: 1}\n"
    )
    found = warnings(revenue(wrong))
    assert [warning.rule for warning in found] == ["CF412"] * 3
    assert [warning.message for warning in found] == [
        "'A': its gross is minus",
        "'A': its income is plus",
        "'B': its income is plus",
    ]
    assert [warning.place.line for warning in found] == [6, 6, 7]


def test_a_net_may_be_minus() -> None:
    assert warnings(revenue("  - {id: a, name: A, net: -3}\n")) == []


CAPITAL = """\
name: A
unit: £m
financial_years: [2024-25, 2025-26]
schemes:
  - {id: roof, name: Roof, allocations: {2024-25: 1, 2025-26: -1}}
  - {id: hall, name: Hall, under_development: -2}
  - {id: gate, name: Gate, under_development: "-"}
"""


def test_an_allocation_that_is_minus() -> None:
    found = warnings({"capital_programme.yaml": CAPITAL})
    assert [(warning.rule, warning.place.line) for warning in found] == [("CF413", 5), ("CF413", 6)]
    assert "'Roof'" in found[0].message
    assert "'Hall'" in found[1].message


# -- accepting ------------------------------------------------------------------------------


def test_a_line_accepts_its_own_warning_and_no_other() -> None:
    reversing = "changes: {2024-25: -10, 2025-26: 10}"
    accepting = f"{reversing}; accepted: {{CF404: it is a loan}}"
    found = warnings(options(accepting, f"name: Rents; {reversing}"))
    assert [(warning.rule, warning.accepted) for warning in found] == [
        ("CF404", "it is a loan"),
        ("CF404", None),
    ]
    found = warnings(options(f"{reversing}; accepted: {{CF405: it is a loan}}"))
    assert [(warning.rule, warning.accepted) for warning in found] == [
        ("CF404", None),
        ("CF420", None),  # and the reason settles nothing
    ]


def test_a_file_accepts_a_warning_about_itself() -> None:
    text = REVENUE.replace("name: Small", 'accepted: {CF409: "struck together"}\nname: Small')
    text = text.replace("[2024-25]", "[2024-25, 2025-26]")
    found = only({"revenue_2024_25.yaml": text})
    assert (found.rule, found.accepted) == ("CF409", "struck together")

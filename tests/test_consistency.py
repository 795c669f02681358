"""Ids, years, services and amounts that contradict each other, and what is near it and does not."""

import pytest

from cfbudget.loaded import load_texts
from tests.kit.support import CAPITAL, OPTIONS, REVENUE, loaded, rules_of, small_texts

LEVELS = OPTIONS.replace("basis: change", "basis: level").replace(
    "changes: {2025-26: 30}", "changes: {2024-25: 0, 2025-26: 30}"
)


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def alone(options: str) -> list[str]:
    """The codes of the problems of a plan of options alone."""
    return rules_of(load_texts({"policy_options.yaml": options}))


def test_a_revenue_budget_without_services() -> None:
    head, _ = REVENUE.split("services:")
    found = load_texts({"revenue_2024_25.yaml": f"{head}services: []\n"})
    assert [problem.message for problem in found.problems] == ["a revenue budget without services"]


# -- revenue --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("id: schools", "id: care", ["CF201"]),
        ("gross: 100, income: -20,", "gross: 100,", ["CF209"]),
        ("gross: 100, income: -20,", "income: -20,", ["CF209"]),
        ("gross: 100, income: -20,", "", ["CF209"]),
        ("gross: 100, income: -20,", "net: 80,", []),
        ("gross: 100, income: -20,", "net: 80, gross: 100,", ["CF209"]),
        ("gross: 100, income: -20,", "net: 80, income: -20,", ["CF209"]),
        ("gross: 100,", "gross: 100, services: [{id: a, name: A, net: 1}],", ["CF209"]),
        ("gross: 100, income: -20,", "services: [{id: a, name: A, net: 80}],", []),
        ("gross: 100, income: -20,", "services: [],", ["CF209"]),
        ("options_of: [2024-25]", "options_of: []", []),
        ("options_of: [2024-25]", "options_of: [2025-26]", ["CF207"]),
        ("options_of: [2024-25]", "options_of: [2025-26, 2024-25]", ["CF207"]),
        ("options_of: [2024-25]", "options_of: [2024-25, 2024-25]", ["CF207"]),
        ("options_of: [2024-25]", "options_of: [2024-25, 2025-26]", []),
        ("options_of: [2024-25]", "options_of: [2024-25, 2025-26, 2026-27]", ["CF207"]),
        ("name: Small", "accepted: {CF409: known}\nname: Small", []),
        ("name: Small", "accepted: {CF301: known}\nname: Small", ["CF214"]),
        ("name: Small", "accepted: {CF303: known}\nname: Small", ["CF214"]),
        ("id: care,", "id: care, accepted: {CF9999: known},", ["CF214"]),
    ],
)
def test_revenue(old: str, new: str, codes: list[str]) -> None:
    assert rules_of(loaded(revenue=edited(REVENUE, old, new))) == codes


@pytest.mark.parametrize(
    ("run", "codes"),
    [("2024-25", []), ("2023-24, 2024-25", []), ("2023-24, 2025-26", ["CF207"])],
)
def test_without_options_a_run_may_begin_anywhere(run: str, codes: list[str]) -> None:
    text = edited(REVENUE, "options_of: [2024-25]", f"options_of: [{run}]")
    assert rules_of(load_texts({"revenue_2024_25.yaml": text})) == codes


def test_each_year_has_one_budget() -> None:
    found = load_texts({**small_texts(), "revenue_again.yaml": REVENUE})
    assert rules_of(found) == ["CF202"]
    later = edited(REVENUE, "financial_year: 2024-25", "financial_year: 2025-26")
    assert rules_of(load_texts({**small_texts(), "revenue_again.yaml": later})) == []


def test_a_service_may_stand_in_every_years_budget() -> None:
    """The same id in two years is the same service; twice in a year it is a slip."""
    nested = edited(
        REVENUE, "gross: 100, income: -20,", "services: [{id: schools, name: S, net: 80}],"
    )
    assert rules_of(loaded(revenue=nested)) == ["CF201"]


# -- options --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("id: demand", "id: fees", ["CF201"]),
        ("id: demand", "id: schools", ["CF201"]),
        ("service: care", "service: Care", ["CF203"]),
        ("service: care", "service: highways", ["CF203"]),
        ("years: [2024-25, 2025-26]", "years: [2025-26, 2024-25]", ["CF208"]),
        ("kind: investment", "kind: investment, funds: [fees]", []),
        ("kind: investment", "kind: investment, funds: [fee]", ["CF205"]),
        ("kind: investment", "kind: investment, funds: [demand]", ["CF206"]),
        ("kind: saving", "kind: saving, funds: [fees]", ["CF213"]),
        ("kind: saving", "kind: saving, invest_to_save: true", ["CF213"]),
        ("kind: saving", "kind: saving, recurs: false", []),
        ("2025-26: 30}", "2024-25: -30, 2025-26: 30}, recurs: false", ["CF215"]),
        ("2025-26: 30}", "2024-25: 0, 2025-26: 30}, recurs: false", []),
        ("kind: saving", "kind: saving, accepted: {CF401: known}", []),
        ("kind: saving", "kind: saving, accepted: {CF201: known}", ["CF214"]),
        ("  - service: care", "  - {service: care, options: []}\n  - service: care", ["CF212"]),
        ("  - service: care", "  - {service: schools, options: []}\n  - service: care", []),
    ],
)
def test_options(old: str, new: str, codes: list[str]) -> None:
    assert sorted(rules_of(loaded(options=edited(OPTIONS, old, new)))) == codes


def test_a_services_printed_name_is_answered_with_its_id() -> None:
    (problem,) = loaded(options=edited(OPTIONS, "service: care", "service: Schools")).problems
    assert problem.hint == "did you mean 'schools'?"


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("basis: level", "basis: level", []),
        ("2024-25: 0, 2025-26: 30", "2025-26: 30", ["CF210"]),
        ("2024-25: 0, 2025-26: 30", "2024-25: , 2025-26: 30", ["CF210"]),
        ("2024-25: 0, 2025-26: 30", '2024-25: "-", 2025-26: 30', []),
        ("kind: saving", "kind: saving, recurs: false", ["CF211"]),
        ("kind: saving", "kind: saving, recurs: true", []),
    ],
)
def test_levels(old: str, new: str, codes: list[str]) -> None:
    assert rules_of(loaded(options=edited(LEVELS, old, new))) == codes


def test_options_alone_may_name_any_service() -> None:
    assert alone(edited(OPTIONS, "service: care", "service: highways")) == []


def test_an_option_has_no_services_id_without_a_revenue_budget_either() -> None:
    """Otherwise one row of the table would be the option's and the service's."""
    assert alone(edited(OPTIONS, "id: fees", "id: care")) == ["CF201"]


@pytest.mark.parametrize("service", ["total", "care/saving/new", "Care and More"])
def test_a_service_is_named_by_an_id_without_a_revenue_budget_either(service: str) -> None:
    """`total` is the grand total's row, and a service's groups and own figures have a slash."""
    assert alone(edited(OPTIONS, "service: care", f"service: {service}")) != []


# -- capital --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("id: hall", "id: roof", ["CF201"]),
        ("id: hall", "id: care", []),  # another table
        ("id: hall", "id: hall, service: care", []),
        ("id: hall", "id: hall, service: cares", ["CF203"]),
        ("id: hall", "id: hall, accepted: {CF413: known}", []),
        ("id: hall", "id: hall, accepted: {known: known}", ["CF214"]),
        ("years: [2024-25, 2025-26]", "years: [2024-25, 2025-26, 2027-28]", ["CF208"]),
        ("years: [2024-25, 2025-26]", "years: [2024-25, 2025-26, 2025-26]", ["CF208"]),
        ("years: [2024-25, 2025-26]", "years: [2024-25, 2025-26, 2026-27]", []),
    ],
)
def test_capital(old: str, new: str, codes: list[str]) -> None:
    assert rules_of(loaded(capital=edited(CAPITAL, old, new))) == codes


def test_a_programme_has_a_year() -> None:
    empty = "name: A\nunit: £m\nfinancial_years: []\nschemes: []\n"
    assert rules_of(load_texts({"capital_programme.yaml": empty})) == ["CF208"]


def test_what_could_not_be_read_is_not_called_unknown() -> None:
    """A broken revenue file is one problem, and not one for each service that it would have."""
    assert rules_of(loaded(revenue="name: [")) == ["CF104"]

"""Small plans for tests, written where they are used."""

from pathlib import Path

from cfbudget.loaded import Loaded, load_texts
from cfbudget.plan.plan import Plan

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data"
PLANS = ROOT / "tests" / "plans"
TABLES = ROOT / "tests" / "tables"

REVENUE = """\
name: Small Council
financial_year: 2024-25
unit: £000
exact: true
contains_options_of: [2024-25]
services:
  - {id: care, name: Care, gross: 100, income: -20, stated: {net: 80}}
  - {id: schools, name: Schools, gross: 200, income: -150, stated: {net: 50}}
stated: {gross: 300, income: -170, net: 130}
"""
CAPITAL = """\
name: Small Council
unit: £m
exact: true
financial_years: [2024-25, 2025-26]
schemes:
  - {id: roof, name: Roof, allocations: {2024-25: 1.500, 2025-26: 0.250}, stated: {programme: 1.75}}
  - {id: hall, name: Hall, under_development: 3.000, stated: {programme: "-", total: 3}}
stated: {2024-25: 1.5, 2025-26: 0.25, programme: 1.75, under_development: 3, total: 4.75}
"""
OPTIONS = """\
name: Small Council
unit: £000
exact: true
basis: change
financial_years: [2024-25, 2025-26]
services:
  - service: care
    options:
      - {id: fees, name: Fees, kind: saving, status: new,
         changes: {2024-25: -10, 2025-26: -5}, stated: -15}
      - {id: demand, name: Demand, kind: investment, status: previously approved,
         changes: {2025-26: 30}, stated: 30}
    stated: {2024-25: -10, 2025-26: 25, total: 15}
stated: {2024-25: -10, 2025-26: 25, total: 15}
"""


def small_texts(**replaced: str) -> dict[str, str]:
    """A small valid plan's texts; `revenue`, `capital` or `options` replace a file's text."""
    return {
        "revenue_2024_25.yaml": replaced.get("revenue", REVENUE),
        "capital_programme.yaml": replaced.get("capital", CAPITAL),
        "policy_options.yaml": replaced.get("options", OPTIONS),
    }


def loaded(**texts: str) -> Loaded:
    """What comes of a small plan with some of its files' texts replaced."""
    return load_texts(small_texts(**texts))


def plan_of(texts: dict[str, str]) -> Plan:
    """The plan of some files' texts, which must be valid."""
    found = load_texts(texts)
    assert found.plan is not None, found.problems
    return found.plan


def rules_of(found: Loaded) -> list[str]:
    """The codes of the problems, in order."""
    return [problem.rule for problem in found.problems]

"""What pays for the capital programme: its sources, what is unfinanced, and how it is shown."""

import pytest

from cfbudget import capital, check, financing
from cfbudget.calculate.amounts import Key
from cfbudget.checks.comparison import Comparison
from cfbudget.plan.plan import Plan
from cfbudget.tables.plan_tables import lacking, plan_tables
from tests.kit.support import loaded, plan_of, rules_of, small_texts

MILLION = 100_000_000
PROGRAMME = """\
name: Small Council
unit: £m
exact: true
financial_years: [2024-25, 2025-26]
later: 2026-27 and later
schemes:
  - id: roof
    name: Roof
    portfolio: Education
    service: schools
    allocations: {2024-25: 1.500, 2025-26: 0.250}
    later: 1.000
    financing: {grants: {2024-25: 1.500, later: 1.000}, revenue: {2025-26: 0.250}}
  - {id: hall, name: Hall, allocations: {2024-25: 2.000}, under_development: 3.000}
financing:
  receipts: {2024-25: 0.500}
  borrowing: {2024-25: 1.500}
  stated: {grants: {2024-25: 1.5, programme: 2.5}, total: {label: All sources, later: 1}}
stated: {2024-25: 3.5, later: 1, programme: 4.75, total: 7.75}
"""


def council(capital: str = PROGRAMME) -> Plan:
    return plan_of(small_texts(capital=capital))


def row(plan: Plan, name: str) -> list[float]:
    """A row of the financing in £m: by year, later, and over the programme."""
    return [cell.pence / MILLION for key, cell in financing(plan).cells.items() if key.row == name]


def unfinanced(text: str) -> list[str]:
    found = check(council(text)).problems
    return [problem.message for problem in found if problem.rule == "CF321"]


def spending(text: str) -> list[Comparison]:
    return [compared for compared in check(council(text)).comparisons if compared.spend]


def test_each_source_has_a_total_and_all_of_them_pay_for_the_programme() -> None:
    plan = council()
    assert row(plan, "grants") == [1.5, 0, 1, 2.5]
    assert row(plan, "roof/grants") == row(plan, "grants")
    assert row(plan, "revenue") == [0, 0.25, 0, 0.25]
    assert row(plan, "borrowing") == [1.5, 0, 0, 1.5]
    assert row(plan, "total") == row(plan, "spend") == [3.5, 0.25, 1, 4.75]
    assert row(plan, "unfinanced") == [0, 0, 0, 0]
    labels = [shown.label for shown in financing(plan).rows]
    assert labels[-3:] == ["All sources", "Spend of the programme", "Unfinanced"]
    assert financing(plan).notes == ("Spend of the programme: financed in full in every year.",)


def test_what_is_later_is_in_the_programme_and_in_no_year() -> None:
    table = capital(council())
    assert [column.heading for column in table.columns] == [
        "2024-25",
        "2025-26",
        "2026-27 and later",
        "Programme",
        "Under development",
        "Total",
    ]
    assert table.cells[Key("roof", "later")].pence == MILLION
    assert table.cells[Key("roof", "programme")].pence == 2.75 * MILLION
    assert table.cells[Key("total", "total")].pence == 7.75 * MILLION
    unheaded = capital(council(PROGRAMME.replace("later: 2026-27 and later\n", "")))
    assert "After 2025-26" in [column.heading for column in unheaded.columns]


def test_every_stated_figure_and_all_spending_is_held() -> None:
    report = check(council())
    assert report.agrees
    assert report.outcomes == {"agrees": len(report.comparisons)}
    held = {(found.label, str(found.key.year or "")) for found in spending(PROGRAMME)}
    total = "Total Small Council"
    assert held == {(total, "2024-25"), (total, "2025-26"), (total, "")}


def test_a_scheme_whose_own_financing_falls_short_is_named_with_year_and_amount() -> None:
    own = PROGRAMME[: PROGRAMME.index("financing:\n")]
    assert unfinanced(own) == []
    text = own.replace("2025-26: 0.250}}", "2025-26: 0.150}}").replace("later: 1.000}", "}")
    assert unfinanced(text) == [
        "'Roof': 1 is allocated to the later years and nil finances it, in £m: 1 is unfinanced",
        "'Roof': 0.25 is allocated to 2025-26 and 0.15 finances it, in £m: 0.10 is unfinanced",
    ]
    assert not check(council(text)).agrees


def test_what_a_scheme_lacks_may_be_paid_for_by_the_programme() -> None:
    """Its own grants are named; what the council borrows for it stands in one line of all."""
    text = PROGRAMME.replace("grants: {2024-25: 1.500", "grants: {2024-25: 1.100")
    text = text.replace("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: 1.900}")
    assert unfinanced(text) == []
    short = PROGRAMME.replace("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: 1.400}")
    assert unfinanced(short) == [
        "'Total Small Council': 3.5 is allocated to 2024-25 and 3.4 finances it, in £m: "
        "0.1 is unfinanced"
    ]
    assert (
        "Spend of the programme: unfinanced: £0.100m in 2024-25." in financing(council(short)).notes
    )


def test_a_scheme_is_not_paid_for_twice_even_if_the_whole_agrees() -> None:
    text = PROGRAMME.replace("grants: {2024-25: 1.500", "grants: {2024-25: 1.900")
    text = text.replace("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: 1.100}")
    assert unfinanced(text) == [
        "'Roof': 1.5 is allocated to 2024-25 and 1.9 finances it, in £m: 0.4 more than is spent"
    ]


def test_financing_written_minus_is_told_to_be_plus() -> None:
    own = PROGRAMME[: PROGRAMME.index("financing:\n")]
    text = own.replace("2025-26: 0.250}}", "2025-26: -0.250}}")
    (problem,) = [p for p in check(council(text)).problems if p.rule == "CF321"]
    assert problem.hint == "write what finances capital as plus, as it pays for spending"


def test_rounding_of_printed_sources_and_allocations_is_not_called_unfinanced() -> None:
    """Two sources and two schemes, each rounded to £0.1m, may come apart by £0.2m."""
    text = """\
name: Small Council
unit: £m
financial_years: [2024-25]
schemes:
  - {id: roof, name: Roof, allocations: {2024-25: 1.3}}
  - {id: hall, name: Hall, allocations: {2024-25: 2.3}}
financing: {grants: {2024-25: 1.5}, borrowing: {2024-25: 2.3}}
"""
    assert unfinanced(text) == []
    assert financing(council(text)).notes == (
        "Spend of the programme: financed in full in every year, within rounding.",
    )
    assert unfinanced(text.replace("unit: £m", "unit: £m\nexact: true"))
    assert unfinanced(text.replace("grants: {2024-25: 1.5}", "grants: {2024-25: 2.0}"))


def test_schemes_whose_financing_is_not_given_are_said_and_not_accused() -> None:
    own = PROGRAMME[: PROGRAMME.index("financing:\n")]
    table = financing(council(own))
    assert table.notes[-1] == "What finances Hall is not given: none of it is in this table."
    assert row(council(own), "spend") == [1.5, 0.25, 1, 2.75]
    assert unfinanced(own) == []


def test_a_scheme_may_state_what_its_sources_come_to() -> None:
    stated = "later: 1.000}, revenue: {2025-26: 0.250}, stated: {total: {2024-25: 1.6}}}"
    text = PROGRAMME.replace("later: 1.000}, revenue: {2025-26: 0.250}}", stated)
    differs = [p.message for p in check(council(text)).problems if p.rule == "CF301"]
    assert differs == [
        "'Roof, financing': financing 2024-25 is stated as 1.6 and comes to 1.5 £m: "
        "difference (0.1)"
    ]


def test_a_plan_that_says_nothing_of_financing_has_no_such_table() -> None:
    plan = plan_of(small_texts())
    assert "financing" in lacking(plan)
    assert "financing" not in [table.name for table in plan_tables(plan)]
    with pytest.raises(LookupError, match="capital financing"):
        financing(plan)


@pytest.mark.parametrize(
    ("written", "instead", "message"),
    [
        ("grants: {2024-25: 1.500", "grant: {2024-25: 1.500", "unknown key 'grant'"),
        ("revenue: {2025-26: 0.250}", "revenue: 0.250", "'0.250' stands in place of amounts"),
        ("receipts: {2024-25", "receipts: {2029-30", "2029-30 is outside the plan"),
        ("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: x}", "'x' is not an amount"),
        ("later: 2026-27 and later", "later: 5.000", "'5.000' is not a heading"),
        ("2025-26: 0.250}\n", "later: 0.250}\n", "'later' is not a financial year"),
    ],
)
def test_each_slip_is_a_problem_at_its_place(written: str, instead: str, message: str) -> None:
    found = loaded(capital=PROGRAMME.replace(written, instead, 1))
    assert found.plan is None
    assert message in found.problems[0].message
    line = PROGRAMME[: PROGRAMME.index(written)].count("\n") + 1
    assert found.problems[0].place.line == line
    assert rules_of(found)

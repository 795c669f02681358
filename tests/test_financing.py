"""What pays for the capital programme: its sources, what is unfinanced, and how it is shown."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget import capital, check, financing
from cfbudget.calculate.amounts import Key
from cfbudget.checks.comparison import Comparison
from cfbudget.plan.financing import SOURCES
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.read.folder import CAPITAL
from cfbudget.read.spreadsheet import SheetCell
from cfbudget.tables.plan_tables import lacking, plan_tables
from cfbudget.tables.trial import trial_tables
from cfbudget.workbook.book.proof import prove
from cfbudget.workbook.returned.as_changes import as_changes
from cfbudget.workbook.returned.changed_inputs import changed_inputs
from cfbudget.workbook.returned.typed_over import typed_over
from cfbudget.workbook.sheets.about import Origin
from cfbudget.workbook.sheets.plan_book import build
from cfbudget.workbook.sheets.trial_sheets import Tried
from tests.kit.altered import altered, case_of, input_at
from tests.kit.scenarios import Change, applied, refused
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


def test_of_several_figures_that_pay_none_is_pointed_at() -> None:
    def pointed_at(text: str) -> tuple[int, int]:
        (problem,) = [p for p in check(council(text)).problems if p.rule == "CF321"]
        return problem.place.line, problem.place.column

    # The slip is on the programme's line; a scheme's, which is right, comes before it.
    short = PROGRAMME.replace("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: 1.400}")
    assert pointed_at(short) == (16, 3)
    (problem,) = [p for p in check(council(short)).problems if p.rule == "CF321"]
    assert problem.hint is not None
    assert problem.hint.startswith("check every scheme's figures and the programme's, or add")
    # The figure of 2025-26 is the only one of its year: it is shown.
    less = PROGRAMME.replace("revenue: {2025-26: 0.250}", "revenue: {2025-26: 0.150}")
    assert pointed_at(less) == (13, 76)
    own = PROGRAMME[: PROGRAMME.index("financing:\n  receipts")]
    two = own.replace(
        "revenue: {2025-26: 0.250}", "revenue: {2025-26: 0.1}, receipts: {2025-26: 0}"
    )
    assert pointed_at(two) == (13, 16)


def test_a_scheme_is_not_paid_for_twice_even_if_the_whole_agrees() -> None:
    text = PROGRAMME.replace("grants: {2024-25: 1.500", "grants: {2024-25: 1.900")
    text = text.replace("borrowing: {2024-25: 1.500}", "borrowing: {2024-25: 1.100}")
    assert unfinanced(text) == [
        "'Roof': 1.5 is allocated to 2024-25 and 1.9 finances it, in £m: 0.4 more than is spent"
    ]


def test_the_whole_that_is_too_much_by_one_scheme_follows_from_it() -> None:
    text = PROGRAMME.replace("grants: {2024-25: 1.500", "grants: {2024-25: 1.900")
    problems = [p for p in check(council(text)).problems if p.rule == "CF321"]
    assert [p.message.partition(":")[0] for p in problems] == ["'Roof'", "'Total Small Council'"]
    assert problems[1].hint == "settle 'Roof' first: this follows from it"


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


# -- scenarios ------------------------------------------------------------------------------

TWO, ONE = {"2024-25": "1.2"}, {"2025-26": "0.1", "later": "0.4"}


def test_a_trial_says_what_is_no_longer_paid_for() -> None:
    trial = applied(
        council(),
        {"reprofile": "roof", "from": "2024-25", "to": "2025-26", "amount": "0.5"},
        {"set": "roof", "measure": "later", "to": "1.3"},
    )
    assert row(trial.plan, "unfinanced") == [-0.5, 0.5, 0.3, 0.3]
    said = " ".join(trial_tables(trial, "Trial").sentences)
    assert "'Total Small Council': 0.25 is allocated" not in said
    assert "0.75 is allocated to 2025-26 and 0.25 finances it, in £m: 0.50 is unfinanced." in said
    assert "1.3 is allocated to the later years and 1.0 finances it" in said
    assert trial.contributions[1].capital["later"] == 0.3 * MILLION


def test_what_a_source_pays_can_be_set_for_a_scheme_and_for_none() -> None:
    trial = applied(
        council(),
        {"set": "total", "measure": "borrowing", "to": TWO},
        {"set": "roof", "measure": "revenue", "to": ONE},
    )
    assert row(trial.plan, "borrowing") == [1.2, 0, 0, 1.2]
    assert row(trial.plan, "revenue") == [0, 0.1, 0.4, 0.5]
    assert row(trial.plan, "spend") == row(council(), "spend")
    assert not trial.problems
    assert not any(any(one.capital.values()) for one in trial.contributions)
    assert row(council(), "borrowing") == [1.5, 0, 0, 1.5]


def test_a_plan_that_says_nothing_of_financing_is_told_to_begin() -> None:
    plan = plan_of(small_texts())
    (problem,) = refused(plan, {"set": "roof", "measure": "grants", "to": TWO})
    assert problem.message == "the plan does not say what pays for its capital programme"
    assert refused(council(), {"set": "roof", "measure": "allocation", "to": ONE})
    (problem,) = refused(council(), {"set": "nobody", "measure": "grants", "to": TWO})
    assert problem.rule == "CF501"


def test_two_changes_of_one_source_meet_and_what_changes_nothing_is_said() -> None:
    less: Change = {"set": "total", "measure": "borrowing", "to": TWO}
    more: Change = {"set": "total", "measure": "borrowing", "to": {"2024-25": "1"}}
    assert [problem.rule for problem in refused(council(), less, more)] == ["CF506"]
    same: Change = {"set": "total", "measure": "borrowing", "to": {"2024-25": "1.5"}}
    assert [problem.rule for problem in applied(council(), same).problems] == ["CF510"]


# -- the workbook ---------------------------------------------------------------------------


def test_the_workbook_holds_the_financing_and_comes_back_as_a_scenario(tmp_path: Path) -> None:
    texts = small_texts(capital=PROGRAMME)
    case = case_of(texts, tmp_path)
    assert not case.held(case.found).findings
    typed = {
        input_at(case.book, "financing", "roof/grants", "financing", "2024-25"): Decimal("1.1"),
        input_at(case.book, "financing", "borrowing", "financing", "2024-25"): Decimal("1.9"),
        input_at(case.book, "capital", "roof", "later"): Decimal("1.2"),
    }
    plan = plan_of(texts)
    changes = as_changes(case.book, plan, typed)
    assert not isinstance(changes, Refusal)
    assert changes == [
        {"set": "roof", "measure": "later", "to": "1.2"},
        {"set": "roof", "measure": "grants", "to": {"2024-25": "1.1"}},
        {"set": "total", "measure": "borrowing", "to": {"2024-25": "1.9"}},
    ]
    inputs = changed_inputs(case.book, typed)
    assert isinstance(inputs, list)
    over, trial = typed_over(plan, inputs), applied(plan, *changes).plan
    assert financing(over).cells.keys() == financing(trial).cells.keys()
    for key, cell in financing(over).cells.items():
        assert financing(trial).cells[key].pence == cell.pence
    assert row(over, "total") == row(council(), "total")


def test_a_figure_under_the_column_of_later_years_is_named_with_what_it_would_do(
    tmp_path: Path,
) -> None:
    case = case_of(small_texts(capital=PROGRAMME), tmp_path)
    for table, says in (
        ("capital", "; as a line of the plan it would raise the capital programme of later years "),
        ("financing", ""),
    ):
        places = case.book.places.items()
        later = [at for (name, key), at in places if (name, key.measure) == (table, "later")]
        last = max(later, key=lambda at: at.row)
        under = last._replace(row=last.row + 1)
        found = altered(case.found, {under: SheetCell(None, Decimal(2))})
        (finding,) = case.held(found).findings
        assert finding.rule.code == "CF608"
        assert finding.what.startswith(f"a figure where the plan has none{says}")


def test_a_workbook_of_a_trial_is_proved() -> None:
    plan = council()
    trial = applied(plan, {"set": "total", "measure": "receipts", "to": {"2024-25": "0.1"}})
    tried = Tried(trial, "Trial", trial_tables(trial, "Trial"))
    book = build(plan, check(plan), Origin("0.0.0", {}), tried)
    names = [name for name in book.sheets if name.endswith("Financing")]
    assert names == ["Financing", "Scenario_Financing", "Difference_Financing"]
    prove(book)


# -- what always holds ----------------------------------------------------------------------

PERIODS = ("2024-25", "2025-26", "later")
PAID = st.fixed_dictionaries(dict.fromkeys(PERIODS, st.integers(0, 9)))
BY_SOURCE = st.dictionaries(st.sampled_from([*SOURCES]), PAID, max_size=3)
Drawn = dict[str, dict[str, int]]
HEAD = "name: Drawn\nunit: £m\nexact: true\nfinancial_years: [2024-25, 2025-26]\n"


def drawn(schemes: list[Drawn], pooled: Drawn) -> tuple[list[str], str]:
    """Schemes that spend what pays for them, one more that spends what is pooled."""
    lines = []
    for at, paid in enumerate([*schemes, pooled]):
        spent = {when: sum(amounts[when] for amounts in paid.values()) for when in PERIODS}
        own = f", financing: {paid}" if paid and at < len(schemes) else ""
        years = {when: spent[when] for when in PERIODS[:2]}
        figures = f"allocations: {years}, later: {spent['later']}"
        lines.append(f"  - {{id: s{at}, name: S{at}, {figures}{own}}}\n".replace("'", ""))
    return lines, f"financing: {pooled}\n".replace("'", "")


def amounts_of(text: str) -> dict[Key, int]:
    return {key: cell.pence for key, cell in financing(plan_of({CAPITAL: text})).cells.items()}


@given(st.lists(BY_SOURCE, min_size=1, max_size=4), BY_SOURCE, st.randoms())
def test_sources_add_to_the_spend_in_any_order_of_the_lines(
    schemes: list[Drawn], pooled: Drawn, chance: Random
) -> None:
    """Where all is paid for nothing is accused; one figure more, and that is."""
    lines, last = drawn(schemes, pooled)
    text = f"{HEAD}schemes:\n{''.join(lines)}{last}"
    plan = plan_of({CAPITAL: text})
    assert check(plan).agrees
    amounts = amounts_of(text)
    assert not any(pence for key, pence in amounts.items() if key.row == "unfinanced")
    for when in (key for key in amounts if key.row == "total"):
        of_sources = [amounts[at] for row in SOURCES if (at := when._replace(row=row)) in amounts]
        assert sum(of_sources) == amounts[when]
    chance.shuffle(lines)
    assert amounts_of(f"{last}schemes:\n{''.join(lines)}{HEAD}") == amounts
    more = text.replace("allocations: {2024-25: ", "allocations: {2024-25: 1", 1)
    assert not check(plan_of({CAPITAL: more})).agrees

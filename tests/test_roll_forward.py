"""A plan rolled forward by a year: what is carried, what is dropped, and what is kept and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.payback import payback
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.checks.report import check
from cfbudget.loaded import load_folder, load_texts
from cfbudget.new_plan.projected_budgets import NOT_ALLOCATED
from cfbudget.new_plan.roll_forward import RolledForward, roll_forward
from cfbudget.new_plan.starter import starter
from cfbudget.new_plan.written_plan import plan_texts
from cfbudget.plan.files import Option, Scheme
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.reports.new_plan.page import WrittenPlan, rolled_page, to_fill
from cfbudget.years import FinancialYear
from tests.kit.pages import facts
from tests.kit.plans_awkward import AWKWARD, CAPITAL_FILE
from tests.kit.small_plans import FIRST, NESTED, ON_THE_PARENT, SECOND, THIRD, options, revenue
from tests.kit.support import CAPITAL, REVENUE, ROOT, SHIPPED, plan_of, small_texts
from tests.kit.whole_council import RESERVES, YEARS, council, with_funding

LATER = revenue(
    "  - {id: care, name: Care, gross: 200, income: -60, stated: {net: 140}}\n",
    "2025-26",
    "2024-25, 2025-26",
)
CARE = revenue("  - {id: care, name: Care, net: 100}\n")


def rolled(plan: Plan, **carried: int) -> RolledForward:
    found = roll_forward(plan, {id_.replace("_", "-"): pence for id_, pence in carried.items()})
    assert isinstance(found, RolledForward), found
    return found


def refused(plan: Plan, **carried: int) -> Refusal:
    found = roll_forward(plan, {id_.replace("_", "-"): pence for id_, pence in carried.items()})
    assert isinstance(found, Refusal)
    assert found.hint
    return found


def of(lines: str, **budgets: str) -> Plan:
    """A plan of the service Care with these options."""
    block = f"  - service: care\n    options:\n{lines}"
    return plan_of({**CARE, **budgets, **options(block)})


def option(id_: str, changes: str, more: str = "kind: saving, status: new") -> str:
    return f"      - {{id: {id_}, name: {id_.title()}, {more}, changes: {changes}}}\n"


def options_in(plan: Plan) -> dict[str, Option]:
    blocks = plan.options.services if plan.options else ()
    return {one.id: one for block in blocks for one in block.options}


def schemes_in(plan: Plan) -> dict[str, Scheme]:
    return {one.id: one for one in plan.capital.schemes} if plan.capital else {}


def net(plan: Plan, year: FinancialYear, row: str = TOTAL) -> int:
    return position_amounts(plan).amounts[Key(row, "net_budget", year)] // 100_000


# -- the shipped plan and the examples ------------------------------------------------------


def shipped() -> Plan:
    plan = load_folder(str(SHIPPED)).plan
    assert plan is not None
    return plan


def test_the_shipped_plan_rolled_forward() -> None:
    made = rolled(shipped())
    (base,) = made.plan.revenue
    total = revenue_amounts(base).amounts[Key(TOTAL, "net", SECOND)]
    assert (base.projected, total // 100_000) == (True, 102_224)
    assert [word.year for word in base.contains_options_of] == [SECOND]
    assert len(options_in(made.plan)) == 17
    amounts = capital_amounts(made.plan).amounts
    known = [amounts[Key(TOTAL, "allocation", FinancialYear(y))] for y in (2025, 2026, 2027)]
    assert sum(known) == 54_462_000_00
    assert made.warnings == ()


@pytest.mark.parametrize("name", ["gateshead-2023", "ring-fenced", "west-norfolk-2024"])
def test_each_example_rolls_forward_and_is_clean(name: str) -> None:
    old = load_folder(str(ROOT / "examples" / name)).plan
    assert old is not None
    for plan in (made := rolled(old)).plan, rolled(made.plan).plan:
        report = check(plan)
        assert report.agrees
        assert report.open_warnings == ()
    bridge = bridge_between(old, made.plan)
    assert isinstance(bridge, Refusal) or not any(bridge.difference.values())


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_plans_roll_forward_or_say_why_not(name: str) -> None:
    old = plan_of(AWKWARD[name])
    made = roll_forward(old)
    if isinstance(made, Refusal):
        assert "no year of it is left" in made.reason
        return
    assert plan_texts(made.plan, {}) == {
        file: "".join(line for line in text.splitlines(keepends=True) if line[0] != "#")
        for file, text in made.texts.items()
    }


# -- options --------------------------------------------------------------------------------


def test_new_options_become_previously_approved_and_their_years_stay() -> None:
    made = rolled(of(option("fees", "{2024-25: -10, 2025-26: -5}")))
    fees = options_in(made.plan)["fees"]
    assert fees.status == "previously-approved"
    assert {year: figure.pence for year, figure in fees.changes.items()} == {SECOND: -500_000}
    assert [*fees.unknown] == [FinancialYear(2027)]
    assert {year: figure.pence for year, figure in fees.before.items()} == {FIRST: -1_000_000}
    assert fees.new_in is not None
    assert fees.new_in.year == FIRST


def test_an_option_with_nothing_left_is_dropped_and_listed() -> None:
    made = rolled(of(option("fees", "{2024-25: -10}") + option("more", "{2026-27: -1}")))
    assert [*options_in(made.plan)] == ["more"]
    assert made.rolled.options is not None
    (gone,) = made.rolled.options.dropped
    assert (gone.id, gone.pence, gone.of) == ("fees", -1_000_000, "saving, Care")
    assert options_in(made.plan)["more"].before == {}


def test_a_one_off_is_kept_for_the_year_that_takes_it_back() -> None:
    once = "kind: investment, status: new, recurs: false"
    old = of(option("pilot", "{2024-25: 30}", once) + option("fees", "{2025-26: -5}"))
    made = rolled(old)
    pilot = options_in(made.plan)["pilot"]
    assert (pilot.changes, pilot.unknown) == ({}, {})
    amounts = position_amounts(made.plan).amounts
    assert amounts[Key("care/reversals", "change", SECOND)] == -3_000_000
    assert [net(made.plan, year) for year in (SECOND, THIRD)] == [65, 65]
    assert made.rolled.options is not None
    assert [one.id for one in made.rolled.options.taken_back] == ["pilot"]
    assert "pilot" not in options_in(rolled(made.plan).plan)


def test_a_saving_is_kept_while_what_pays_for_it_goes_on() -> None:
    paying = "kind: investment, status: new, invest_to_save: true, funds: [fees]"
    old = of(option("fees", "{2024-25: -50}") + option("pay", "{2024-25: 60, 2025-26: 20}", paying))
    made = rolled(old)
    assert [*options_in(made.plan)] == ["fees", "pay"]
    assert made.rolled.options is not None
    assert made.rolled.options.funded == ("Fees",)
    (before,), (after,) = payback(old), payback(made.plan)
    common = {year: after.annual_net_cost[year] for year in before.annual_net_cost}
    assert common == before.annual_net_cost
    assert check(made.plan).open_warnings == check(old).open_warnings


def test_levels_are_written_as_changes() -> None:
    lines = option("fees", "{2024-25: -10, 2025-26: -15, 2026-27: -15}")
    block = f"  - service: care\n    options:\n{lines}"
    old = plan_of({**CARE, **options(block, basis="level")})
    made = rolled(old)
    assert made.plan.options is not None
    assert made.plan.options.basis == "change"
    fees = options_in(made.plan)["fees"]
    assert {year: figure.pence for year, figure in fees.changes.items()} == {SECOND: -500_000}
    assert [net(made.plan, year) for year in (SECOND, THIRD)] == [95, 95]


def test_no_year_is_added_where_no_option_goes_on() -> None:
    once = "kind: investment, status: new, recurs: false"
    made = rolled(of(option("pilot", "{2025-26: 30}", once)))
    assert made.plan.years == (SECOND, THIRD)


def test_an_amount_of_the_dropped_year_has_to_be_known() -> None:
    found = refused(of(option("fees", "{2024-25: tbc, 2025-26: -5}")))
    assert "policy_options.yaml:" in found.reason
    assert "'Fees' is tbc in 2024-25" in found.reason


def test_a_base_does_not_contain_what_is_not_known_yet() -> None:
    """Else the base would have to move once it is known."""
    old = of(option("fees", "{2025-26: tbc}") + option("more", "{2025-26: -5}"))
    made = rolled(old)
    (base,) = made.plan.revenue
    assert base.contains_options_of == ()
    assert [net(made.plan, year) for year in (SECOND, THIRD)] == [95, 95]
    (said, *_) = facts(rolled_page(WrittenPlan(made, "next")))
    assert (
        "what the plan foresees without the options of 2025-26, of which not all is known" in said
    )
    assert "2025-26 without the options of that" in made.texts[base.place.file]
    none = rolled(plan_of(CARE))
    assert "100 £000, the net budget that the plan foresees; projected" in str(
        facts(rolled_page(WrittenPlan(none, "next")))
    )
    assert "without the options" not in str(none.texts)


def test_what_is_dropped_is_told_with_the_name_of_its_service() -> None:
    lines = option("fees", "{2024-25: -10}") + option("more", "{2025-26: -5}")
    named = CARE["revenue_2024_25.yaml"].replace("name: Care", "name: Care at Home")
    made = rolled(of(lines, **{"revenue_2024_25.yaml": named}))
    assert made.rolled.options is not None
    assert [one.of for one in made.rolled.options.dropped] == ["saving, Care at Home"]


def test_two_of_one_name_of_which_one_was_new_are_accepted_as_two() -> None:
    lines = option("fees", "{2025-26: -5}") + option("old", "{2025-26: -6}").replace(
        "name: Old", "name: Fees"
    ).replace("status: new", "status: previously approved")
    old = of(lines)
    assert check(old).open_warnings == ()
    made = rolled(old)
    assert made.warnings == ()
    assert check(made.plan).accepted == 1


def test_a_reason_for_what_does_not_arise_any_more_is_left_out() -> None:
    accepted = "kind: saving, status: new, accepted: {CF405: it is meant}"
    lines = option("fees", "{2024-25: -10, 2025-26: 2, 2026-27: -3}", accepted)
    made = rolled(of(lines + option("roads", "{2025-26: -1}")))
    assert "CF405" in options_in(made.plan)["fees"].accepted  # it cannot be told before 2027-28 is
    sold = accepted.replace("CF405", "CF407").replace("saving", "investment")
    named = option("a", "{2025-26: 3}", sold).replace("name: A", "name: Roads care")
    assert check(of(named)).problems != ()


# -- budgets --------------------------------------------------------------------------------


def test_an_approved_budget_of_the_new_first_year_is_kept() -> None:
    old = of(option("fees", "{2024-25: -10, 2026-27: -5}"), **LATER)
    made = rolled(old)
    (base,) = made.plan.revenue
    assert (base.projected, base.services[0].gross is not None) == (False, True)
    assert [word.year for word in base.contains_options_of] == [SECOND]
    assert [net(made.plan, year) for year in (SECOND, THIRD)] == [140, 135]
    assert base.services[0].stated is not None


def test_a_later_budget_that_lacks_what_falls_away_is_projected_anew() -> None:
    later = {
        name.replace("2025", "2026").replace("_26", "_27"): text.replace(
            "2025-26", "2026-27"
        ).replace("[2024-25, 2026-27]", "[]")
        for name, text in LATER.items()
    }
    old = of(option("fees", "{2024-25: -10, 2025-26: -5}"), **later)
    made = rolled(old)
    assert [one.projected for one in made.plan.revenue] == [True, True]
    assert [net(made.plan, year) for year in (SECOND, THIRD)] == [95, 125]
    assert made.warnings == ()


def test_a_budget_after_the_new_years_is_left_out_and_said() -> None:
    far = {
        "revenue_2029_30.yaml": CARE["revenue_2024_25.yaml"]
        .replace("2024-25", "2029-30")
        .replace("[2029-30]", "[]")
    }
    made = rolled(of(option("fees", "{2025-26: -5}"), **far))
    assert [str(one.financial_year.year) for one in made.rolled.budgets.left_out] == ["2029-30"]


def test_what_a_directorate_has_as_a_whole_stands_in_a_service_of_its_own() -> None:
    old = plan_of({**revenue(NESTED), **options(ON_THE_PARENT)})
    made = rolled(old)
    lines = {service.id: service for service in made.plan.revenue[0].services}
    within = {one.id: one for one in lines["people"].services or ()}
    own = within[f"people-{NOT_ALLOCATED}"]
    assert own.net is not None
    assert own.net.pence == -1_000_000 + 600_000  # the options of 2024-25 are in the old budgets
    assert net(made.plan, SECOND, "people") == net(old, SECOND, "people")
    assert made.rolled.budgets.not_allocated == ("People",)
    again = rolled(made.plan)
    assert net(again.plan, THIRD, "people") == net(old, THIRD, "people")


def test_a_plan_without_options_goes_on_with_its_last_budget() -> None:
    made = rolled(plan_of({"revenue_2024_25.yaml": REVENUE.replace("[2024-25]", "[]")}))
    (base,) = made.plan.revenue
    assert (base.financial_year.year, base.contains_options_of) == (SECOND, ())
    assert net(made.plan, SECOND) == 130


# -- capital --------------------------------------------------------------------------------

PAID = "financing: {borrowing: {2024-25: 1.0, 2025-26: 0.25}}\n"


def paid() -> Plan:
    """Roof: 1.5, of which grants pay 0.5 and borrowing the rest, then 0.25."""
    own = CAPITAL.replace("name: Roof,", "name: Roof, financing: {grants: {2024-25: 0.5}},")
    return plan_of(small_texts(capital=own + PAID))


def test_the_first_column_of_capital_falls_away() -> None:
    made = rolled(plan_of(small_texts()))
    roof = schemes_in(made.plan)["roof"]
    assert {year: one.pence for year, one in roof.allocations.items()} == {SECOND: 25_000_000}
    assert [*roof.unknown] == [THIRD]
    assert schemes_in(made.plan)["hall"].unknown == {}
    assert made.rolled.capital is not None
    assert [(one.id, one.pence) for one in made.rolled.capital.fallen] == [("roof", 150_000_000)]


def test_what_is_carried_forward_is_paid_for_as_it_was() -> None:
    made = rolled(paid(), roof=75_000_000)
    roof = schemes_in(made.plan)["roof"]
    assert roof.allocations[SECOND].pence == 100_000_000
    assert roof.financing is not None
    assert roof.financing.grants is not None
    assert roof.financing.grants[SECOND].pence == 25_000_000
    shared = made.plan.capital.financing if made.plan.capital else None
    assert shared is not None
    assert shared.borrowing is not None
    assert shared.borrowing[SECOND].pence == 75_000_000
    assert check(made.plan).agrees


@given(st.integers(1, 150_000_000))
def test_any_part_carried_forward_is_financed_to_the_penny(pence: int) -> None:
    assert check(rolled(paid(), roof=pence).plan).agrees


def test_a_scheme_that_is_only_carried_forward_is_not_to_be_filled() -> None:
    ended = CAPITAL.replace(", 2025-26: 0.250}", "}").replace("2025-26: 0.25, ", "")
    ended = ended.replace("1.75", "1.5").replace("4.75", "4.5")
    made = rolled(plan_of(small_texts(capital=ended)), roof=100_000_000)
    assert schemes_in(made.plan)["roof"].unknown == {}
    assert "roof" not in schemes_in(rolled(plan_of(small_texts(capital=ended))).plan)


def test_what_cannot_be_carried_forward_is_refused() -> None:
    assert "unknown scheme 'rof'" in refused(paid(), rof=1).reason
    assert refused(paid(), rof=1).hint == "did you mean 'roof'?"
    assert (
        "'Roof' has 1.5 £m in 2024-25, and 1.50000001 is more"
        in refused(paid(), roof=150_000_001).reason
    )
    assert "'Hall' has nothing" in refused(paid(), hall=1).reason
    assert "the plan has no schemes" in refused(of(option("a", "{2025-26: -1}")), roof=1).hint


# -- funding, reserves, years ---------------------------------------------------------------


def test_funding_and_reserves_lose_their_first_year_and_gain_none() -> None:
    old = council()
    made = rolled(old)
    assert made.plan.funding_years == (SECOND, THIRD)
    assert made.plan.reserves is not None
    assert made.plan.reserves.reserves[0].opening.pence == 24 * 100_000_000
    assert check(made.plan).open_warnings == ()
    gaps = gap_amounts(old), gap_amounts(made.plan)
    for year in (SECOND, THIRD):
        assert gaps[1][Key(TOTAL, "gap", year)] == gaps[0][Key(TOTAL, "gap", year)]


def test_a_funding_line_with_nothing_left_is_dropped_and_listed() -> None:
    once = "  - {id: once, name: Once, recurs: false, amounts: {2024-25: -2}}\n"
    lines = once + "  - {id: rates, name: Rates, amounts: {2024-25: -9, 2025-26: -9, 2026-27: -9}}"
    made = rolled(plan_of(with_funding(lines)))
    assert made.rolled.funding is not None
    assert [one.id for one in made.rolled.funding.dropped] == ["once"]


@pytest.mark.parametrize(
    ("texts", "file"),
    [
        ({CAPITAL_FILE: AWKWARD["one line, one year"][CAPITAL_FILE]}, "capital"),
        ({**CARE, **options("  []\n", years="2024-25")}, "policy_options"),
        (with_funding("  - {id: a, name: A, amounts: {2024-25: -9}}", years="2024-25"), "funding"),
        (
            {
                **CARE,
                "reserves.yaml": RESERVES.replace(YEARS, "2024-25").replace(", 2025-26: 4", ""),
            },
            "reserves",
        ),
    ],
)
def test_a_table_of_one_year_has_nothing_left(texts: dict[str, str], file: str) -> None:
    found = refused(plan_of(texts))
    assert file in found.reason
    assert "ends with 2024-25" in found.reason
    assert "add 2025-26 to its financial_years" in found.hint


# -- starters -------------------------------------------------------------------------------


@given(st.integers(2000, 2100), st.text(min_size=1, max_size=20), st.booleans())
def test_a_starter_is_a_plan_for_any_year(start: int, name: str, whole: bool) -> None:
    found = load_texts(starter(FinancialYear(start), name, is_whole_council=whole))
    if found.plan is None:  # a name that no plan may have
        assert {problem.rule for problem in found.problems} <= {"CF115", "CF117"}
        return
    report = check(found.plan)
    assert report.agrees
    warned = {problem.rule for problem in report.open_warnings}
    assert warned == ({"CF435"} if whole else set())
    assert {p.rule for p in report.problems} <= {"CF304", *warned}


def test_a_starter_of_a_whole_council_has_all_of_its_tables() -> None:
    plan = plan_of(starter(FIRST, is_whole_council=True))
    assert plan.funding is not None
    assert plan.reserves is not None
    assert any(service.fund for service in plan.revenue[0].services)
    assert any(service.services for service in plan.revenue[0].services)


# -- assumptions ----------------------------------------------------------------------------


def test_an_assumption_is_written_out_as_its_changes() -> None:
    rates = "      - {id: pay, name: Pay, kind: inflation, status: new, of: care.net,\n"
    rates += "         note: Agreed, rates: {2024-25: 3%, 2025-26: 2.5%, 2026-27: 0%}}\n"
    old = of(rates)
    made = rolled(old)
    pay = options_in(made.plan)["pay"]
    assert not pay.is_assumption
    worked = {one.year: one.change for one in options_in(old)["pay"].worked}
    assert {year: figure.pence for year, figure in pay.changes.items()} == {SECOND: worked[SECOND]}
    assert pay.before[FIRST].pence == worked[FIRST]
    said = "Worked out by rates of care.net until it was rolled forward: 2024-25 3%, 2025-26 2.5%, "
    assert pay.note == f"Agreed {said}2026-27 0%."
    assert made.rolled.options is not None
    assert made.rolled.options.written_out == ("Pay",)


def test_a_budget_that_is_kept_keeps_its_named_amounts() -> None:
    named = {
        name: text.replace("income: -60,", "income: -60, amounts: {staff: 90},")
        for name, text in LATER.items()
    }
    made = rolled(of(option("fees", "{2024-25: -10, 2026-27: -5}"), **named))
    assert made.plan.revenue[0].services[0].amounts["staff"].pence == 9_000_000


def test_a_former_id_is_not_carried() -> None:
    named = "  - {id: care, name: Care, was: old-care, net: 100}\n"
    lines = option("fees", "{2025-26: -5}", "kind: saving, status: new, was: old-fees")
    later = revenue(named, "2025-26", "2024-25, 2025-26")
    block = f"  - service: care\n    options:\n{lines}"
    made = rolled(plan_of({**revenue(named), **later, **options(block)}))
    assert not any("was:" in text for text in made.texts.values())


def test_the_page_tells_the_programme_up_to_what_is_not_known_yet() -> None:
    once = rolled(shipped())
    twice = rolled(once.plan)
    said = [facts(rolled_page(WrittenPlan(made, "next"))) for made in (once, twice)]
    assert "Capital programme over 2025-26 to 2027-28: £54.462m." in said[0]
    assert "Capital programme over 2026-27 to 2027-28: £37.667m." in said[1]


def test_the_page_tells_what_is_known_after_that() -> None:
    schemes = (
        "  - {id: roof, name: Roof, allocations: {2024-25: 1, 2025-26: 2, 2026-27: tbc}}\n"
        "  - {id: hall, name: Hall, allocations: {2024-25: 1, 2025-26: 3, 2026-27: 4}}\n"
    )
    head = "name: Small\nunit: £m\nfinancial_years: [2024-25, 2025-26, 2026-27]\nschemes:\n"
    said = facts(rolled_page(WrittenPlan(rolled(plan_of({CAPITAL_FILE: head + schemes})), "next")))
    assert "Capital programme in 2025-26: £5.000m; from 2026-27 on £4.000m is known so far." in said


@pytest.mark.parametrize("financing", ["", "own", "shared"])
def test_the_shares_of_what_pays_are_told_where_something_pays(financing: str) -> None:
    hall = "financing: {grants: {2024-25: 1}}, allocations: {2024-25: 1}"
    own = CAPITAL.replace("under_development: 3.000, stated", f"{hall}, stated")
    old = paid() if financing == "shared" else plan_of(small_texts(capital=own))
    made = rolled(old, **{"hall" if financing == "own" else "roof": 50_000_000})
    said = str(facts(rolled_page(WrittenPlan(made, "next"))))
    assert ("so in the shares of 2024-25" in said) == bool(financing)


def test_every_year_that_funding_and_reserves_do_not_list_is_to_be_filled_in() -> None:
    once = rolled(council())
    twice = rolled(once.plan)
    missing = [str(year) for year in twice.plan.years if year not in twice.plan.funding_years]
    assert len(missing) == 2
    for name in ("funding.yaml", "reserves.yaml"):
        assert f"Add {' and '.join(missing)} to financial_years" in twice.texts[name]
        assert f"{name}: {' and '.join(missing)}, which it does not list yet" in [*to_fill(twice)]


def test_only_a_plan_with_something_that_is_tbc_is_to_be_filled_in_so() -> None:
    for old, is_told in ((plan_of(CARE), False), (of(option("fees", "{2025-26: -5}")), True)):
        said = str(rolled_page(WrittenPlan(rolled(old), "next")))
        assert "cfbudget compare" in said
        assert ("then fill in what is tbc" in said) == is_told

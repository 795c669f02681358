"""What is computed, on plans small enough to check by hand. Amounts are in £000."""

from dataclasses import replace

from cfbudget.calculate.amounts import Computed, Key, RowSum, add_up
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.options import option_amounts, option_tree
from cfbudget.calculate.other_movements import other_movements
from cfbudget.calculate.position import opening_years, position_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import ServiceNode, service_tree
from cfbudget.plan.values import Measure
from tests.kit.small_plans import (
    FIRST,
    NESTED,
    ON_THE_PARENT,
    SECOND,
    THOUSAND,
    opening,
    options,
    revenue,
    years_of,
)
from tests.kit.support import CAPITAL, plan_of

# -- revenue --------------------------------------------------------------------------------


def test_nested_services_add_up() -> None:
    (budget,) = plan_of(revenue(NESTED)).revenue
    amounts = revenue_amounts(budget).amounts

    def row(name: str) -> list[int]:
        measures: tuple[Measure, ...] = ("gross", "income", "net")
        return [amounts[Key(name, measure, FIRST)] // THOUSAND for measure in measures]

    assert row("care") == [100, -20, 80]
    assert row("learning") == [210, -154, 56]
    assert row("people") == [310, -174, 136]
    assert row("roads") == [50, 0, 50]
    assert row("total") == [360, -174, 186]


def test_a_net_alone_makes_all_above_it_a_net_alone() -> None:
    net_only = NESTED.replace("gross: 10, income: -4", "net: 7")
    (budget,) = plan_of(revenue(net_only)).revenue
    amounts = revenue_amounts(budget).amounts
    measures = {row: {key.measure for key in amounts if key.row == row} for row, *_ in amounts}
    assert measures == {
        "care": {"gross", "income", "net"},
        "schools": {"gross", "income", "net"},
        "music": {"net"},
        "learning": {"net"},
        "people": {"net"},
        "roads": {"gross", "income", "net"},
        "total": {"net"},
    }
    assert amounts[Key("learning", "net", FIRST)] == 57 * THOUSAND
    assert amounts[Key("total", "net", FIRST)] == 187 * THOUSAND


def test_a_blank_amount_is_nil() -> None:
    (budget,) = plan_of(revenue("  - {id: a, name: A, gross: 5, income: }\n")).revenue
    amounts = revenue_amounts(budget).amounts
    assert amounts[Key("a", "income", FIRST)] == 0
    assert amounts[Key("total", "net", FIRST)] == 5 * THOUSAND


# -- capital --------------------------------------------------------------------------------


def test_the_capital_programme() -> None:
    plan = plan_of({"capital_programme.yaml": CAPITAL})
    found = {(*key,): pence // 1_000_00 for key, pence in capital_amounts(plan).amounts.items()}
    assert found == {
        ("roof", "allocation", FIRST): 1500,
        ("roof", "allocation", SECOND): 250,
        ("roof", "programme", None): 1750,
        ("roof", "under_development", None): 0,
        ("roof", "total", None): 1750,
        ("hall", "allocation", FIRST): 0,
        ("hall", "allocation", SECOND): 0,
        ("hall", "programme", None): 0,
        ("hall", "under_development", None): 3000,
        ("hall", "total", None): 3000,
        ("total", "allocation", FIRST): 1500,
        ("total", "allocation", SECOND): 250,
        ("total", "programme", None): 1750,
        ("total", "under_development", None): 3000,
        ("total", "total", None): 4750,
    }


def test_a_plan_of_capital_alone_has_nothing_else() -> None:
    plan = plan_of({"capital_programme.yaml": CAPITAL})
    assert option_amounts(plan) == Computed({}, ())
    assert position_amounts(plan) == Computed({}, (RowSum("total", ()),))
    assert other_movements(plan) == ()
    assert opening_years(plan) == {}
    assert service_tree(plan) == ()


def test_a_plan_without_capital_has_no_capital_figures() -> None:
    assert capital_amounts(plan_of(revenue(NESTED))) == Computed({}, ())


# -- options --------------------------------------------------------------------------------


def test_options_on_a_parent_join_its_total_and_not_its_childrens() -> None:
    plan = plan_of({**revenue(NESTED), **options(ON_THE_PARENT)})
    computed = option_amounts(plan)
    assert years_of(plan, computed.amounts, "people/own", "change") == [-6, -4, 0]
    assert years_of(plan, computed.amounts, "people/saving/new", "change") == [-6, -4, 0]
    assert years_of(plan, computed.amounts, "care", "change") == [0, 10, 0]
    assert years_of(plan, computed.amounts, "people", "change") == [-6, 6, 0]
    assert years_of(plan, computed.amounts, "total", "change") == [-6, 6, 0]
    assert computed.amounts[Key("people", "total")] == 0
    # Roads and Learning have no options, and no row in this table.
    assert not {"roads", "learning", "schools"} & {key.row for key in computed.amounts}


def test_the_options_of_the_whole_plan_by_group() -> None:
    plan = plan_of({**revenue(NESTED), **options(ON_THE_PARENT)})
    amounts = option_amounts(plan).amounts
    assert years_of(plan, amounts, "total/saving/new", "change") == [-6, -4, 0]
    assert years_of(plan, amounts, "total/investment/new", "change") == [0, 10, 0]
    assert Key("total/saving/previously-approved", "total") not in amounts


def test_a_block_without_options_comes_to_nil() -> None:
    empty = "  - {service: people, options: []}\n  - {service: care, options: []}\n"
    plan = plan_of({**revenue(NESTED), **options(empty)})
    amounts = option_amounts(plan).amounts
    assert {key.row for key in amounts} == {"people/own", "care", "people", "total"}
    assert set(amounts.values()) == {0}


def test_services_stand_in_the_order_of_the_options_file() -> None:
    """A parent stands where its first block does."""
    blocks = "".join(
        f"  - {{service: {name}, options: []}}\n" for name in ("roads", "music", "care")
    )
    plan = plan_of({**revenue(NESTED), **options(blocks)})

    def shape(nodes: tuple[ServiceNode, ...]) -> list[object]:
        return [[node.id, *shape(node.children)] for node in nodes]

    assert shape(option_tree(plan)) == [
        ["roads"],
        ["people", ["learning", ["music"]], ["care"]],
    ]


def test_levels_become_changes() -> None:
    levels = """\
  - service: roads
    options:
      - id: salt
        name: Salt
        kind: saving
        status: new
        changes: {2024-25: -10, 2025-26: -25, 2026-27: "-"}
"""
    plan = plan_of({**revenue(NESTED), **options(levels, basis="level")})
    amounts = option_amounts(plan).amounts
    assert years_of(plan, amounts, "salt", "change") == [-10, -15, 25]
    assert amounts[Key("salt", "total")] == 0
    position = position_amounts(plan).amounts
    assert opening(position, "roads") == 60
    assert years_of(plan, position, "roads", "cumulative_change") == [-10, -25, 0]
    assert years_of(plan, position, "roads", "net_budget") == [50, 35, 60]


def test_a_part_that_is_not_there_adds_nothing() -> None:
    amounts = {Key("a", "net", FIRST): 3}
    add_up(amounts, [RowSum("both", ("a", "b")), RowSum("top", ("both",))], [("net", FIRST)])
    assert amounts[Key("both", "net", FIRST)] == 3
    assert amounts[Key("top", "net", FIRST)] == 3


# -- the position ---------------------------------------------------------------------------


def test_the_position_with_options_on_the_parent() -> None:
    plan = plan_of({**revenue(NESTED), **options(ON_THE_PARENT)})
    computed = position_amounts(plan)
    amounts = computed.amounts
    # The budget of 2024-25 contains the -6 already: without it, the parent's own was 6 more.
    assert opening(amounts, "people/own") == 6
    assert opening(amounts, "care") == 80
    assert opening(amounts, "people") == 142
    assert opening(amounts, "total") == 192
    assert years_of(plan, amounts, "people/own", "net_budget") == [0, -4, -4]
    assert years_of(plan, amounts, "care", "net_budget") == [80, 90, 90]
    assert years_of(plan, amounts, "people", "cumulative_change") == [-6, 0, 0]
    assert years_of(plan, amounts, "people", "net_budget") == [136, 142, 142]
    assert years_of(plan, amounts, "total", "total_to_date") == [-6, -6, -6]
    assert years_of(plan, amounts, "total", "net_budget") == [186, 192, 192]
    parts = {made.row: made.parts for made in computed.sums}
    assert parts["people"] == ("people/own", "care", "learning")
    assert "care" not in parts


ONE_OFF = """\
  - service: roads
    options:
      - id: clean
        name: Clean
        kind: saving
        status: new
        recurs: false
        changes: {2024-25: -5, 2026-27: -7}
      - {id: salt, name: Salt, kind: investment, status: new, changes: {2025-26: 3}}
"""


def test_a_one_off_is_taken_back_the_year_after_as_a_line_of_its_own() -> None:
    plan = plan_of({**revenue(NESTED), **options(ONE_OFF)})
    # The options are compared with the plan as printed, so no reversal is in them.
    assert years_of(plan, option_amounts(plan).amounts, "roads", "change") == [-5, 3, -7]
    computed = position_amounts(plan)
    amounts = computed.amounts
    assert years_of(plan, amounts, "roads/own", "change") == [-5, 3, -7]
    # The -7 of the last year is taken back after the plan.
    assert years_of(plan, amounts, "roads/reversals", "change") == [0, 5, 0]
    assert years_of(plan, amounts, "roads", "change") == [-5, 8, -7]
    assert years_of(plan, amounts, "roads", "cumulative_change") == [-5, 3, -4]
    assert opening(amounts, "roads/own") == 55
    assert opening(amounts, "roads/reversals") == 0
    assert years_of(plan, amounts, "roads", "net_budget") == [50, 58, 51]
    assert RowSum("roads", ("roads/own", "roads/reversals")) in computed.sums


def test_a_budget_that_contains_a_reversal() -> None:
    plan = plan_of(
        {**revenue(NESTED, "2025-26", "2024-25, 2025-26"), **options(ONE_OFF)},
    )
    amounts = position_amounts(plan).amounts
    # Contained: -5 and 3, and 5 taken back; the opening is 50 less these 3.
    assert opening(amounts, "roads/own") == 52
    assert opening(amounts, "roads/reversals") == -5
    assert opening(amounts, "roads") == 47
    # A year before the first budget stands on that budget too.
    assert years_of(plan, amounts, "roads", "net_budget") == [42, 50, 43]


def test_a_one_off_of_a_parent() -> None:
    block = ONE_OFF.replace("service: roads", "service: people")
    plan = plan_of({**revenue(NESTED), **options(block)})
    computed = position_amounts(plan)
    parts = ("people/own", "people/reversals", "care", "learning")
    assert RowSum("people", parts) in computed.sums
    assert years_of(plan, computed.amounts, "people", "net_budget") == [136, 144, 137]


def test_a_trial_stands_on_what_the_budget_was_struck_with() -> None:
    plan = plan_of({**revenue(NESTED), **options(ONE_OFF)})
    other = plan_of({**revenue(NESTED), **options(ONE_OFF.replace("2024-25: -5", "2024-25: -2"))})
    trial = replace(plan, options=other.options, struck_with=plan.options)
    amounts = position_amounts(trial).amounts
    # The approved 50 contains the -5: with -2 the year comes to 53, and the opening stays 55.
    assert opening(amounts, "roads") == 55
    assert years_of(plan, amounts, "roads", "change") == [-2, 5, -7]
    assert years_of(plan, amounts, "roads", "net_budget") == [53, 58, 51]


def test_a_trial_without_the_one_off_that_the_budget_was_struck_with() -> None:
    plan = plan_of({**revenue(NESTED, "2025-26", "2024-25, 2025-26"), **options(ONE_OFF)})
    steady = ONE_OFF.replace("        recurs: false\n", "").replace("2024-25: -5, 2026-27: -7", "")
    other = plan_of({**revenue(NESTED, "2025-26", "2024-25, 2025-26"), **options(steady)})
    trial = replace(plan, options=other.options, struck_with=plan.options)
    computed = position_amounts(trial)
    # The openings are those of the plan, the reversal of the -5 in a line of its own.
    assert opening(computed.amounts, "roads/own") == 52
    assert opening(computed.amounts, "roads/reversals") == -5
    assert years_of(plan, computed.amounts, "roads", "net_budget") == [47, 50, 50]
    assert RowSum("roads", ("roads/own", "roads/reversals")) in computed.sums


def test_a_plan_without_revenue_has_changes_alone() -> None:
    blocks = ON_THE_PARENT.replace("service: care", "service: care\n    name: Care")
    plan = plan_of(options(blocks))
    assert [(node.id, node.name) for node in service_tree(plan)] == [
        ("people", "people"),
        ("care", "Care"),
    ]
    amounts = position_amounts(plan).amounts
    assert {key.measure for key in amounts} == {"change", "cumulative_change", "total_to_date"}
    # Without a revenue budget nobody knows that Care stands within People.
    assert years_of(plan, amounts, "people", "change") == [-6, -4, 0]
    assert years_of(plan, amounts, "total", "cumulative_change") == [-6, 0, 0]
    assert opening_years(plan) == {}


def test_a_plan_without_options_stands_as_it_is() -> None:
    plan = plan_of(revenue(NESTED, contains=""))
    amounts = position_amounts(plan).amounts
    assert years_of(plan, amounts, "people", "net_budget") == [136]
    assert opening(amounts, "people") == 136
    assert years_of(plan, amounts, "total", "cumulative_change") == [0]
    assert other_movements(plan) == ()


def test_a_budget_that_contains_unknown_options_has_no_opening() -> None:
    plan = plan_of(revenue(NESTED, contains="2024-25"))
    amounts = position_amounts(plan).amounts
    assert {key.measure for key in amounts} == {"net_budget"}
    assert years_of(plan, amounts, "total", "net_budget") == [186]


# -- the printed unit -----------------------------------------------------------------------


def test_the_printed_unit_is_the_finest_place_of_any_figure() -> None:
    coarse = NESTED.replace("gross: 50, income: 0", "gross: 50, income: 0, stated: {net: 50}")
    finer = {
        "a gross": coarse.replace("gross: 50", "gross: 50.5"),
        "a net alone": coarse.replace("gross: 10, income: -4", "net: 6.0"),
        "a stated net": coarse.replace("{net: 50}", '{net: "50.0"}'),
    }
    (budget,) = plan_of(revenue(coarse)).revenue
    assert printed_step(budget) == THOUSAND
    for where, services in finer.items():
        (budget,) = plan_of(revenue(services)).revenue
        assert printed_step(budget) == THOUSAND // 10, where
    (budget,) = plan_of(revenue(coarse + "stated: {gross: 360.00}\n")).revenue
    assert printed_step(budget) == THOUSAND // 100


def test_the_printed_unit_of_capital() -> None:
    coarse = (
        "- {id: a, name: A, allocations: {2024-25: 1}, under_development: 2, stated: {total: 3}}"
    )
    head = "name: A\nunit: £m\nfinancial_years: [2024-25]\nschemes:\n  "
    million = 1000 * THOUSAND
    for old, new, step in (
        ("1", "1", million),
        ("2024-25: 1", "2024-25: 1.0", million // 10),
        ("development: 2", "development: 2.00", million // 100),
        ("total: 3", "total: 3.000", million // 1000),
    ):
        plan = plan_of({"capital_programme.yaml": head + coarse.replace(old, new)})
        assert plan.capital is not None
        assert printed_step(plan.capital) == step


def test_the_printed_unit_of_options() -> None:
    coarse = ON_THE_PARENT.replace("10}}", "10}, stated: 10}\n    stated: {total: 10}")
    for old, new, step in (
        ("10", "10", THOUSAND),
        ("2025-26: 10", "2025-26: 10.0", THOUSAND // 10),
        ("stated: 10", "stated: 10.00", THOUSAND // 100),
        ("total: 10", "total: 10.000", THOUSAND // 1000),
    ):
        made = plan_of(options(coarse.replace(old, new))).options
        assert made is not None
        assert printed_step(made) == step


def test_a_file_of_dashes_prints_whole_units() -> None:
    (budget,) = plan_of(revenue('  - {id: a, name: A, gross: "-", income: "-"}\n')).revenue
    assert printed_step(budget) == THOUSAND

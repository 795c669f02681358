"""What payback shows: its rate, its page and its records, and with a scenario."""

from fractions import Fraction

import pytest
import typer

import cfbudget
from cfbudget.calculate.payback import payback
from cfbudget.calculate.present_value import Rate, net_present_benefit
from cfbudget.cli.rate import parse_rate
from cfbudget.plan.plan import Plan
from cfbudget.render.data import records_csv
from cfbudget.reports.payback.page import (
    NONE,
    NOT_IN_IT,
    payback_page,
    sections,
)
from cfbudget.reports.payback.records import payback_records
from cfbudget.tables.payback import PaybackShown, payback_table
from tests.kit.pages import closing, facts, text_of, title
from tests.kit.paid_back import SAVE, SHARED, SPEND, THOUSAND, made, pair, paired, records_of, shown
from tests.kit.scenarios import Change, applied
from tests.kit.support import PLANS, SHIPPED

# -- the rate ---------------------------------------------------------------------------------


def test_the_first_year_is_not_discounted_and_a_benefit_is_plus() -> None:
    # -(100 - 110/1.1 - 242/1.21) = -100 + 100 + 200
    assert net_present_benefit([100, -110, -242], Rate("10%", Fraction(1, 10))) == 200


def test_it_is_the_annual_net_costs_that_are_discounted_and_not_the_changes() -> None:
    found = pair((100, 0), (0, -210))
    benefit = net_present_benefit(found.annual_net_cost.values(), parse_rate("10%"))
    # The level stays in 2025-26: 100 - 210 = -110, and not -210.
    assert benefit == -100 * THOUSAND + 100 * THOUSAND


@pytest.mark.parametrize(
    ("costs", "rate", "benefit"),
    [
        ([0, 1], "100%", -1),  # -0.5
        ([0, -1], "100%", 1),  # 0.5
        ([0, 0, 1], "100%", 0),  # -0.25
        ([0, 3], "100%", -2),  # -1.5
        ([0, 1, 0, 0, 4], "100%", -1),  # rounded once: -0.75, not -0.5 and -0.25 apart
        ([100, -103], "3.5%", 0),  # -100 + 99.516...
        ([0, -1000], "3.5%", 966),  # 966.18...
    ],
)
def test_it_is_rounded_once_half_away_from_zero(costs: list[int], rate: str, benefit: int) -> None:
    assert net_present_benefit(costs, parse_rate(rate)) == benefit


def test_the_shipped_strategy_at_the_rate_of_the_green_book() -> None:
    strategy = payback(cfbudget.load(SHIPPED))[4]
    # -(149 - 173/1.035 - 1242/1.035^2 - 1950/1.035^3) = 2936.358324..., in £000
    benefit = net_present_benefit(strategy.annual_net_cost.values(), parse_rate("3.5%"))
    assert benefit == 293_635_832


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("3.5%", Fraction(35, 1000)),
        ("3.5 %", Fraction(35, 1000)),
        (" 3.50% ", Fraction(35, 1000)),
        ("+3.5%", Fraction(35, 1000)),
        ("0%", Fraction(0)),
        ("-0%", Fraction(0)),
        ("100%", Fraction(1)),
        ("0.1%", Fraction(1, 1000)),
    ],
)
def test_a_rate_is_read_exactly(written: str, rate: Fraction) -> None:
    assert parse_rate(written).a_year == rate


def test_a_rate_is_shown_as_it_was_given() -> None:
    assert parse_rate("3.5 %").text == "3.5%"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3.5", "'3.5' has no % sign: write 3.5% if it is a rate per cent"),
        ("0.035", "has no % sign: write 3.5%, or 0.035% if it is a rate per cent"),
        ("-3.5%", "is below nil"),
        ("−3.5%", "is below nil"),
        ("100.1%", "is over 100%"),
        ("", "is not a rate: write it like 3.5%"),
        ("%", "is not a rate"),
        ("abc", "is not a rate"),
        ("nan%", "is not a rate"),
        ("1e2%", "is not a rate"),
        ("3,5%", "is not a rate"),
        ("3.5%%", "is not a rate"),
        (".5%", "is not a rate"),
        ("03.5%", "is not a rate"),
        ("٣%", "is not a rate"),
        ("0." + "1" * 99 + "%", "is not a rate"),
    ],
)
def test_what_is_no_rate_is_refused(written: str, said: str) -> None:
    with pytest.raises(typer.BadParameter) as refused:
        parse_rate(written)
    assert said in refused.value.message


def test_no_rate_no_benefit() -> None:
    plan = made(SHARED)
    page = payback_page(shown(plan))
    assert "Net present benefit" not in str(page)
    assert not [r for r in records_of(shown(plan)) if r.measure == "net_present_benefit"]
    assert closing(page) == (NOT_IN_IT,)


def test_a_rate_is_printed_with_its_horizon_and_its_prices() -> None:
    found = shown(made(SHARED), "3.5%")
    (rate,) = (fact for fact in facts(payback_page(found)) if fact.startswith("Rate: 3.5% a year"))
    assert "horizon: 2024-25 to 2026-27, 3 years, the first undiscounted" in rate
    assert "as if in real terms" in rate
    said = "Net present benefit at 3.5%, 2024-25 to 2026-27, as if in real terms, in £000"
    assert [section.sentences[-1] for section in sections(found)] == [
        f"{said}: (65), a net cost.",  # -(50 + 20/1.035 - 5/1.035^2) = -64.656...
        f"{said}: nil.",
    ]


def test_a_benefit_too_small_for_the_places_is_shown_to_the_penny() -> None:
    first, *_ = sections(shown(paired((26, 0), (0, -53)), "3.5%"))  # 27 / 1.035 - 26
    assert first.sentences[-1].endswith("in £000: 0.08696.")
    first, *_ = sections(shown(paired((27, 0), (0, -55)), "4%"))  # 28 / 1.04 - 27
    assert first.sentences[-1].endswith("in £000: (0.07692), a net cost.")


def test_a_plan_of_one_year() -> None:
    found = shown(
        made(
            f"""
            id: post, name: Post, {SPEND}, recurs: false, funds: [a], changes: {{2024-25: 3}}
            id: a, name: A, {SAVE}, changes: {{2024-25: -1}}
            """,
            "2024-25",
        ),
        "0%",
    )
    page = payback_page(found)
    assert title(page) == "Small Council: payback of invest to save, 2024-25"
    assert any("horizon: 2024-25, 1 year, the first undiscounted" in fact for fact in facts(page))
    assert sections(found)[0].sentences == (
        "Breaks even and pays back: not within the plan.",
        "Taken back in 2025-26, after the plan: Post (one-off).",
        "Net present benefit at 0%, 2024-25, as if in real terms, in £000: (2), a net cost.",
    )


def test_a_plan_without_invest_to_save_says_so() -> None:
    plan = made("id: growth, name: Growth, kind: investment, status: new, changes: {2024-25: 5}")
    page = payback_page(shown(plan, "3.5%"))
    assert sections(shown(plan, "3.5%")) == ()
    assert closing(page) == (NONE, NOT_IN_IT)
    assert not [fact for fact in facts(page) if "Rate" in fact or "Breaks even" in fact]
    assert list(records_of(shown(plan))) == []


def test_records_hold_every_figure_and_outcome() -> None:
    found = list(records_of(shown(made(SHARED), "3.5%")))
    assert {record.table for record in found} == {"payback"}
    keys = [(record.row, record.measure, record.year) for record in found]
    assert len(set(keys)) == len(keys)
    by_key = dict(zip(keys, found, strict=True))
    line = by_key["shared", "cumulative_change", "2026-27"]
    assert (line.role, line.amount, line.unit, line.kind) == ("line", "-30", "£000", "saving")
    assert line.source.startswith("policy_options.yaml:")
    assert by_key["one/payback", "annual_net_cost", "2025-26"].amount == "20"
    assert by_key["one/payback", "total_to_date", "2026-27"].amount == "65"
    even = by_key["one/payback", "breaks_even", "2026-27"]
    back = by_key["one/payback", "pays_back", ""]
    assert (even.role, even.amount, even.unit, back.amount) == ("total", "", "", "")
    benefit = by_key["one/payback", "net_present_benefit", ""]
    assert (benefit.amount, benefit.unit) == ("-64.65612", "£000")
    assert benefit.label.endswith(
        "Net present benefit at 3.5%, 2024-25 to 2026-27, as if in real terms"
    )


def test_orphans_and_pairs_that_change_nothing_in_the_data() -> None:
    found = list(records_of(shown(cfbudget.load(PLANS / "payback"))))
    alone = [record.row for record in found if record.measure == "orphan"]
    assert alone == ["drainage", "depot"]
    signs = {record.measure for record in found if record.row == "signs-investment/payback"}
    assert signs == {"annual_net_cost", "total_to_date"}


def test_a_name_like_a_formula_is_no_formula_in_csv() -> None:
    text = records_csv(payback_records(shown(cfbudget.load(PLANS / "payback"))))
    assert "payback,patching,'=Patching,line,cumulative_change,2024-25,£000,0," in text


def test_a_pair_over_two_services_names_none() -> None:
    found = list(records_of(shown(cfbudget.load(PLANS / "payback"))))
    services = {record.row: record.service for record in found if record.role == "total"}
    assert services["reablement-team/payback"] == ""
    assert services["door-sensors-investment/payback"] == "care"


@pytest.mark.parametrize("width", [1, 20, 40, 60, 80, 120, None])
def test_no_figure_is_ever_cut(width: int | None) -> None:
    page = payback_page(shown(cfbudget.load(SHIPPED)))
    text = text_of(page, width)
    if width != 1:
        for figure in ("(3,216)", "(7,219)", "5,269", "(1,266)", "(2,670)"):
            assert figure in text
    assert "…" not in text


# -- with a scenario --------------------------------------------------------------------------


def with_scenario(plan: Plan, *changes: Change) -> PaybackShown:
    trial = applied(plan, *changes)
    return shown(trial.plan)._replace(scenario="a slow start", beyond=trial.beyond)


def test_a_scenario_s_figures_are_those_of_the_plan_that_it_comes_to() -> None:
    plan = paired((100, 0, 0), (-30, -90, -40))
    found = with_scenario(plan, {"delay": "less", "years": 1})
    assert found.pairs == payback(applied(plan, {"delay": "less", "years": 1}).plan)
    page = payback_page(found)
    assert title(page).endswith("2024-25 to 2026-27, with a slow start")
    assert closing(page)[0] == "All figures are with a slow start; the plan itself is as it is."
    (section,) = sections(found)
    table, row = payback_table(found), section.rows[1]
    cells = [table.cell(row, column) for column in table.panels[0].columns]
    assert [cell.pence for cell in cells if cell] == [0, -30 * THOUSAND, -120 * THOUSAND]
    assert section.sentences == (
        "Breaks even in 2026-27; pays back: not within the plan.",
        "Beyond the plan: Less, (40) in 2027-28, in £000; it is in no figure here.",
    )


def test_what_shares_come_to_is_shown_so_that_it_adds_up_or_is_said_to_be_rounded() -> None:
    plan = paired((100, 0, 0), (-30, -90, -40))
    exact = with_scenario(plan, {"deliver": "less", "share": "12.5%"})
    assert exact.places == (2, 2)
    assert not [fact for fact in facts(payback_page(exact)) if "rounded" in fact]
    rounded = with_scenario(plan, {"deliver": "less", "share": "33.3333%"})
    assert rounded.places[0] == 3
    assert facts(payback_page(rounded))[1] == (
        "Figures are rounded to 3 places in £000, each from its exact value: shown ones need not "
        "add up."
    )

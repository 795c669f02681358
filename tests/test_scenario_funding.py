"""Scenarios of funding and reserves: what they do to the gap, right by hand, and refused."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import cfbudget
from cfbudget import Applied
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import gap_amounts
from cfbudget.calculate.reserves import reserve_amounts
from cfbudget.cli.app import command_line
from cfbudget.plan.plan import Plan
from cfbudget.tables.trial import trial_tables
from cfbudget.years import FinancialYear
from tests.kit.scenarios import applied, refused
from tests.kit.support import plan_of
from tests.kit.whole_council import RESERVES, WHOLE_COUNCIL, council, with_funding

FIRST, SECOND, THIRD = (FinancialYear(start) for start in (2024, 2025, 2026))


def tried(plan: Plan, *changes: str) -> Applied:
    """The trial of changes, as a file writes them."""
    return applied(plan, *map(yaml.safe_load, changes))


def gaps(plan: Plan) -> list[int]:
    return [p for key, p in gap_amounts(plan).items() if key.measure == "gap"]


def band_d(plan: Plan) -> list[int]:
    amounts = funding_amounts(plan).amounts
    return [amounts[Key("council-tax", "band_d", year)] for year in plan.funding_years]


RISE = "{set: council-tax, measure: rise, year: 2025-26, to: 2.99%}"
LATE = "{delay: fees, years: 1}"
DRAW = "{set: general, measure: draw, year: 2025-26, to: 5}"


# -- by hand --------------------------------------------------------------------------------


def test_a_rise_a_late_saving_and_a_draw_come_to_the_gap_that_is_right_by_hand() -> None:
    plan = council()
    assert gaps(plan) == [98_667_486, -154_305_500, 246_404_000]
    made = tried(plan, RISE, LATE, DRAW)
    # 1,500.25 × 1.0299 = 1,545.107475; then × 1,637.96 ÷ 1,575.11 = 1,606.76378.
    assert band_d(made.plan) == [150_025, 154_511, 160_676]
    # 2025-26: 103 − 18 − 50,500 × 1,545.11 − 5; 2026-27: 106 − 18 − 51,000 × 1,606.76.
    assert gaps(made.plan) == [98_667_486, 197_194_500, 605_524_000]
    assert [dict(one.gap)[SECOND] for one in made.contributions] == [
        151_500_000,
        300_000_000,
        -100_000_000,
    ]
    closing = reserve_amounts(made.plan).amounts
    assert closing[Key("general", "closing", SECOND)] == 19_00_000_000
    assert closing[Key("general", "closing", THIRD)] == 19_00_000_000
    # What is stated of a plan is not what its trial comes to, and the plan is as it was.
    assert cfbudget.check(made.plan).agrees
    assert gaps(plan) == [98_667_486, -154_305_500, 246_404_000]


def test_a_band_d_or_a_tax_base_that_is_set_is_of_its_year_alone() -> None:
    plan = council()
    made = tried(plan, "{set: council-tax, measure: band_d, year: 2025-26, to: 1600}")
    assert band_d(made.plan) == [150_025, 160_000, 163_796]
    made = tried(plan, "{set: council-tax, measure: tax_base, to: {2025-26: 50600.25}}")
    amounts = funding_amounts(made.plan).amounts
    # 50,600.25 × 1,575.11 = 79,700,959.7775
    assert amounts[Key("council-tax", "amount", SECOND)] == -7_970_095_978


def said_of(made: Applied) -> list[str]:
    """What the page says of a Band D that stays."""
    return [words for words in trial_tables(made, "a trial").sentences if "Band D of" in words]


def test_a_band_d_that_is_set_says_what_becomes_of_the_next_rise() -> None:
    plan = council()
    one = "{set: council-tax, measure: band_d, year: 2025-26, to: 1530}"
    # 1,637.96 ÷ 1,530 is 1.07056; ÷ 1,575.11, as in the plan, 1.03990.
    words = (
        "Council tax: Band D of 2026-27 stays as it is, and its rise of that year becomes 7.06% "
        "in place of 3.99%."
    )
    assert said_of(tried(plan, one)) == [words]
    # Nothing is said where the next year's is set too, in the last year, or of a rise.
    both = "{set: council-tax, measure: band_d, to: {2025-26: 1530, 2026-27: 1600}}"
    assert said_of(tried(plan, both)) == []
    last = "{set: council-tax, measure: band_d, year: 2026-27, to: 1600}"
    assert said_of(tried(plan, last)) == []
    assert said_of(tried(plan, RISE)) == []


def test_a_line_is_set_or_uplifted() -> None:
    plan = council()
    made = tried(plan, "{set: rates, year: 2025-26, to: -19}")
    assert gaps(made.plan)[1] - gaps(plan)[1] == -100_000_000
    made = tried(plan, "{uplift: rates, measure: amount, by: 2%, from: 2025-26, yearly: true}")
    amounts = funding_amounts(made.plan).amounts
    assert [amounts[Key("rates", "amount", year)] for year in (FIRST, SECOND, THIRD)] == [
        -1_800_000_000,
        -1_836_000_000,
        -1_872_720_000,
    ]


def test_a_draw_moves_what_funding_uses_by_as_much() -> None:
    alone = tried(_without_reserves(), DRAW)
    assert gaps(alone.plan)[1] == -154_305_500 - 100_000_000


def _without_reserves() -> Plan:
    return plan_of(with_funding())


@pytest.mark.parametrize("draws", [", draws: {2024-25: 6, 2025-26: 4}", ""])
def test_a_reserve_that_no_funding_uses_is_drawn_in_its_own_file_alone(draws: str) -> None:
    balances = RESERVES.replace(", draws: {2024-25: 6, 2025-26: 4}", draws)
    plan = plan_of({**with_funding(reserves=""), "reserves.yaml": balances})
    made = tried(plan, DRAW)
    assert gaps(made.plan) == gaps(plan)
    key = Key("general", "draw", SECOND)
    assert reserve_amounts(made.plan).amounts[key] == 500_000_000
    assert [change.words for change in made.changes] == [
        "General: draw set 2025-26 to 5.000 (no funding uses it: the gap stays)"
    ]
    # Where the plan draws it already, that is the plan's own warning.
    assert [p.rule for p in made.problems] == ([] if draws else ["CF432"])
    assert not [p for p in cfbudget.check(made.plan).problems if p.severity == "error"]


def test_what_a_draw_leaves_below_the_floor_is_a_warning_at_the_change() -> None:
    plan = plan_of(WHOLE_COUNCIL)
    made = tried(plan, "{set: general, measure: draw, year: 2026-27, to: 8}")
    assert [(p.rule, p.place.line) for p in made.problems] == [("CF431", 1)]
    assert "12 in 2026-27 (floor 15.6)" in made.problems[0].message


# -- refused, or worth a look -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ("{set: council-tax, measure: rise, year: 2024-25, to: 2%}", "CF504", "set its band_d"),
        ("{set: council-tax, to: {2025-26: -80}}", "CF504", "set its tax_base or its band_d"),
        ("{set: rates, measure: band_d, year: 2025-26, to: 9}", "CF504", "set its amount"),
        ("{set: rates, measure: rise, year: 2025-26, to: 2%}", "CF504", "set its amount"),
        ("{set: rates, measure: draw, year: 2025-26, to: 9}", "CF114", "amount"),
        ("{set: general, measure: rise, year: 2025-26, to: 9%}", "CF114", "draw"),
        ("{set: genral, measure: draw, year: 2025-26, to: 9}", "CF501", "'general'"),
        ("{set: council-tx, measure: rise, year: 2025-26, to: 9%}", "CF501", "'council-tax'"),
        ("{set: rates, to: -19}", "CF111", "2024-25: -19"),
        ("{set: rates, year: 2030-31, to: -19}", "CF204", "2024-25, 2025-26, 2026-27"),
        ("{set: general, measure: draw, year: 2025-26, to: -5}", "CF504", "without a sign"),
        ("{set: council-tax, measure: rise, year: 2025-26, to: 0.03}", "CF503", "3%"),
        ("{delay: rates, years: 1}", "CF501", "a funding line has an amount"),
        ("{uplift: council-tax, measure: amount, by: 2%, from: 2025-26}", "CF504", "rise"),
        ("{uplift: rates, measure: gross, by: 2%, from: 2025-26}", "CF114", "amount"),
    ],
)
def test_what_cannot_be_done_says_what_to_type(change: str, rule: str, words: str) -> None:
    (problem,) = refused(council(), yaml.safe_load(change))
    assert problem.rule == rule
    assert words in f"{problem.message}: {problem.hint}"


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (RISE, []),
        (DRAW, []),
        ("{set: general, measure: draw, year: 2025-26, to: 0.010}", []),
        ("{set: rates, year: 2025-26, to: -17.5}", []),
        ("{set: rates, year: 2025-26, to: -18000}", ["CF536"]),
        ("{set: rates, year: 2025-26, to: -18}", ["CF510"]),
        ("{set: general, measure: draw, year: 2025-26, to: 4}", ["CF510"]),
        ("{set: council-tax, measure: rise, year: 2025-26, to: 299%}", ["CF536"]),
        ("{set: council-tax, measure: band_d, year: 2025-26, to: 1.57}", ["CF536"]),
    ],
)
def test_slips_are_seen_and_what_is_right_is_not_accused(change: str, rules: list[str]) -> None:
    assert [problem.rule for problem in tried(council(), change).problems] == rules


def test_rises_of_several_years_come_to_the_same_in_any_order() -> None:
    later = "{set: council-tax, measure: rise, year: 2026-27, to: 1.99%}"
    one, other = tried(council(), RISE, later), tried(council(), later, RISE)
    assert band_d(one.plan) == band_d(other.plan) == [150_025, 154_511, 157_586]


def test_a_line_that_is_set_and_uplifted_is_a_conflict() -> None:
    changes = (
        "{set: rates, year: 2026-27, to: -19}",
        "{uplift: rates, measure: amount, by: 2%, from: 2025-26}",
    )
    (problem,) = refused(council(), *map(yaml.safe_load, changes))
    assert problem.rule == "CF506"


RISES = st.integers(0, 999).map(lambda n: f"{n // 100}.{n % 100:02d}%")


@settings(max_examples=30)
@given(RISES, RISES, st.integers(0, 2000), st.integers(-2500, -1500))
def test_what_the_changes_contribute_comes_to_the_difference(
    rise: str, later: str, draw: int, rates: int
) -> None:
    """`model` holds them to it, and raises where they do not come to it."""
    plan = council()
    made = tried(
        plan,
        f"{{set: council-tax, measure: rise, year: 2025-26, to: {rise}}}",
        f"{{set: council-tax, measure: rise, year: 2026-27, to: {later}}}",
        f"{{set: general, measure: draw, year: 2026-27, to: {draw / 100}}}",
        f"{{set: rates, year: 2024-25, to: {rates / 100}}}",
        LATE,
    )
    for at, year in enumerate((FIRST, SECOND, THIRD)):
        together = sum(one.gap.get(year, 0) for one in made.contributions)
        assert gaps(made.plan)[at] - gaps(plan)[at] == together


# -- the commands ---------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in WHOLE_COUNCIL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def ran(*words: str) -> str:
    done = CliRunner().invoke(command_line(), [*words])
    assert done.exit_code == 0, (done.stdout, done.stderr, done.exception)
    return done.stdout


TYPED = (
    *("--set", "council-tax.rise@2025-26=2.99%"),
    *("--set", "general.draw@2025-26=5"),
    *("--set", "rates@2026-27=-18500"),
)


def test_changes_are_typed_and_their_gap_shown(folder: Path) -> None:
    found = json.loads(ran("model", "--data", str(folder), *TYPED, "-f", "json"))
    gap = [r for r in found if (r["table"], r["row"], r["measure"]) == ("position", "total", "gap")]
    shown = {(r["scenario"], r["year"]): r["amount"] for r in gap}
    assert shown["difference", "2025-26"] == "0.515"
    assert shown["difference", "2026-27"] == "1.0912"
    page = ran("model", "--data", str(folder), *TYPED)
    assert "The gap is (2.328) in place of (2.843) in 2025-26" in page
    assert "what each change contributes to the gap" in page


def test_a_trial_is_saved_exported_and_verified(folder: Path, tmp_path: Path) -> None:
    trial, book = str(tmp_path / "kept.yml"), str(tmp_path / "book.xlsx")
    ran("model", "--data", str(folder), *TYPED, "--save", trial)
    words = ("--data", str(folder), "--scenario", trial)
    assert "1.091" in ran("model", *words)
    ran("export", book, *words)
    assert "The workbook is the plan" in ran("verify", book, *words)

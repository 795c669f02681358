"""Solving for a budget gap: what the net budget may be, and that it then leaves that gap."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import cfbudget
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.gap import gap_amounts
from cfbudget.cli.app import command_line
from cfbudget.money import MILLIONS, plain
from cfbudget.years import FinancialYear
from tests.kit.support import ROOT, plan_of
from tests.kit.whole_council import council, with_funding

THIRD = FinancialYear(2026)
GATESHEAD = str(ROOT / "examples" / "gateshead-2023")


def test_what_closes_the_gap_of_a_published_plan() -> None:
    found = cfbudget.solve(cfbudget.load(GATESHEAD), year="2027-28", gap=0)
    # £327.410m less funding of £272.218m: the printed gap is 55.191, within rounding.
    assert (found.gap, found.target) == (-5_519_200_000, 27_221_800_000)


@given(st.integers(-3_500, 5_000))
def test_with_the_answer_the_plan_is_left_with_that_gap(thousands: int) -> None:
    plan = council()
    found = cfbudget.solve(plan, year="2026-27", gap=f"{thousands}k", using=["demand"])
    (line,) = found.lines
    to = {"2026-27": plain(line.must_be, MILLIONS)}
    trial = cfbudget.apply(plan, [{"set": "demand", "to": to}])
    assert gap_amounts(trial)[Key(TOTAL, "gap", THIRD)] == thousands * 100_000


def test_a_cash_limit_is_kept_to() -> None:
    line = "  - {id: limit, name: Cash limit, amounts: {2024-25: -90}}"
    plan = plan_of(with_funding(line, kind="cash_limit", years="2024-25", reserves=""))
    assert cfbudget.solve(plan, year="2024-25", gap=0).gap == -1_000_000_000


def test_one_of_the_two_is_asked_for_and_a_gap_is_the_whole_plans() -> None:
    plan = council()
    with pytest.raises(ValueError, match="not both"):
        cfbudget.solve(plan, year="2026-27")
    with pytest.raises(ValueError, match="not both"):
        cfbudget.solve(plan, year="2026-27", net=1, gap=0)
    with pytest.raises(ValueError, match="whole plan's"):
        cfbudget.solve(plan, year="2026-27", gap=0, service="care")
    with pytest.raises(ValueError, match="not an amount"):
        cfbudget.solve(plan, year="2026-27", gap="much")
    with pytest.raises(ValueError, match="no gap"):
        cfbudget.solve(cfbudget.load(ROOT / "data"), year="2026-27", gap=0)


def ran(*words: str, status: int = 0) -> str:
    done = CliRunner().invoke(command_line(), [*words])
    assert done.exit_code == status, (done.stdout, done.stderr, done.exception)
    return done.stdout if not status else done.stderr


def test_the_command_says_what_the_target_leaves() -> None:
    page = ran("solve", "--gap", "0", "--year", "2027-28", "--data", GATESHEAD)
    assert "funding and planned use of reserves leave no gap" in page
    records = ran("solve", "--gap", "0", "--year", "2027-28", "--data", GATESHEAD, "-f", "json")
    assert any(r["amount"] == "-55.192" for r in json.loads(records))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--gap", "0", "--net", "1"), "give one of --net and --gap"),
        ((), "give one of --net and --gap"),
        (("--gap", "0", "--service", "base-budget"), "a gap is the whole plan's"),
        (("--net", "1"), "name the service"),
        (("--gap", "some"), "not an amount"),
    ],
)
def test_what_is_not_asked_as_it_should_be(words: tuple[str, ...], said: str) -> None:
    stderr = ran("solve", *words, "--year", "2027-28", "--data", GATESHEAD, status=2)
    assert said in " ".join(stderr.replace("│", " ").split())


def test_a_plan_without_funding_says_what_to_add() -> None:
    data = str(ROOT / "data")
    stderr = ran("solve", "--gap", "0", "--year", "2026-27", "--data", data, status=2)
    assert "add funding.yaml" in " ".join(stderr.replace("│", " ").split())

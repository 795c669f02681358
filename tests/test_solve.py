"""What has to be found, or may be spent, for a net budget to come to a figure."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cfbudget
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.position import base_of, position_amounts
from cfbudget.calculate.services import service_tree, walk
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.reports.solve.page import solution_page
from cfbudget.reports.solve.records import solve_records
from cfbudget.reports.trial.records import FIELDS
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.changes.working_copy import written_options
from cfbudget.scenario.solve.fair_shares import Sharer, shared_out
from cfbudget.scenario.solve.gap import solution
from cfbudget.scenario.solve.question import Asked, options_of
from cfbudget.scenario.solve.solution import Solution
from cfbudget.scenario.solve.solution_changes import solution_changes
from cfbudget.scenario.written.included_files import Reader
from cfbudget.scenario.written.saved_text import scenario_text
from cfbudget.years import FinancialYear
from tests.kit.pages import grids, sentences
from tests.kit.plans_strategy import sketches
from tests.kit.support import OPTIONS, REVENUE, SHIPPED, plan_of, small_texts

COMMAND = str(Path(sys.executable).parent / "cfbudget")
K = 100_000
"""Pence in £000."""
LATER = FinancialYear(2025)


def solve(using: Sequence[str] | str = (), net: int | str = 0, **named: str) -> Solution:
    """A solution of a small plan: Care is 80 in 2024-25 and 105 in 2025-26."""
    plan = plan_of(small_texts(options=named.pop("options", OPTIONS)))
    asked = {"service": "care", "year": "2025-26", **named}
    return cfbudget.solve(plan, service=asked["service"], year=asked["year"], net=net, using=using)


def applied(found: Solution) -> Plan:
    """The plan with a solution's changes, written to a file and read again."""
    nodes = solution_changes(found)
    assert not isinstance(nodes, Refusal), nodes
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "solved.yaml"
        file.write_text(scenario_text("Solved", nodes), encoding="utf-8")
        reader = Reader(found.plan)
        reader.file(str(file))
        made = apply_scenario(found.plan, reader.read())
    assert isinstance(made, Applied), made
    return made.plan


def net_budget(plan: Plan, service: str, year: FinancialYear) -> int:
    return position_amounts(plan).amounts[Key(service, "net_budget", year)]


# -- by hand --------------------------------------------------------------------------------


def test_without_options_it_is_a_target_and_not_a_plan() -> None:
    found = solve(net=100)
    assert (found.net_budget, found.target, found.gap) == (105 * K, 100 * K, -5 * K)
    assert (found.kind, found.lines) == ("saving", ())
    page = solution_page(found)
    assert grids(page)[0].rows[-1].label == "Unidentified saving: a target, not a plan"
    assert "£5,000 has to be found" in sentences(page)[0]
    assert grids(solution_page(solve(net=110)))[0].rows[-2].label.startswith("May be spent")


def test_the_gap_is_shared_by_the_size_of_the_changes() -> None:
    """Fees is -5 and Demand 30: of -7, Fees takes 1 and Demand 6."""
    found = solve(("demand", "fees"), net=98)
    assert [(line.option.id, line.now, line.must_be) for line in found.lines] == [
        ("fees", -5 * K, -6 * K),
        ("demand", 30 * K, 24 * K),
    ]
    assert found.shared_by == "change"
    assert net_budget(applied(found), "care", LATER) == 98 * K


def test_an_odd_penny_goes_to_the_largest() -> None:
    """A penny of -5 + 30 cannot be shared."""
    found = solve(("fees", "demand"), net="£0.10499999m")
    assert [line.difference for line in found.lines] == [0, -1]
    assert shared_out(10, [Sharer(1), Sharer(1), Sharer(1)]) == (4, 3, 3)
    assert shared_out(3, [Sharer(1, 1), Sharer(2, 2), Sharer(1, 1)]) == (1, 2, 0)


def test_options_without_a_change_in_the_year_share_by_their_level() -> None:
    text = OPTIONS.replace(", 2025-26: -5", "").replace("{2025-26: 30}", "{2024-25: 30}")
    found = solve(("fees",), net=70, options=text)
    assert [line.must_be for line in found.lines] == [-10 * K]
    text = text.replace("kind: investment", "kind: saving").replace("30}", "-30}")
    found = solve(("fees", "demand"), net=76, options=text)
    assert found.shared_by == "cumulative change"
    assert [line.must_be for line in found.lines] == [-1 * K, -3 * K]
    assert "None of the options changes in 2025-26" in " ".join(sentences(solution_page(found)))


def test_several_options_that_are_all_nil_have_nothing_to_share_by() -> None:
    text = OPTIONS.replace("2024-25: -10, 2025-26: -5", "").replace("{2025-26: 30}", "{}")
    with pytest.raises(ValueError, match="nothing to share it by: name one option"):
        solve(("fees", "demand"), net=70, options=text)
    assert solve("fees", net=70, options=text).lines[0].must_be == -10 * K


def test_a_wrong_sign_is_no_answer() -> None:
    with pytest.raises(ValueError, match="no answer of the right sign") as raised:
        solve("fees", net=111)
    said = str(raised.value)
    assert "fees (Fees) would have to be 1, and is (5)" in said
    assert "can give 5 at most, for a net budget of 110; name an investment" in said
    assert solve("fees", net=110).lines[0].must_be == 0
    with pytest.raises(ValueError, match=r"demand .Demand. would have to be"):
        solve("demand", net=74)
    with pytest.raises(ValueError, match="name fees alone"):
        solve(("fees", "demand"), net=69)
    with pytest.raises(ValueError, match="the saving fees is plus in 2025-26 already"):
        solve("fees", net=120, options=OPTIONS.replace("2025-26: -5", "2025-26: 5"))


def test_a_one_off_is_taken_back_in_the_year_after() -> None:
    text = OPTIONS.replace("2025-26: -5}", "2025-26: -5}, recurs: false")
    found = solve("fees", net=85, year="2024-25", options=text)
    assert found.effects == {FinancialYear(2024): 5 * K, LATER: 0}
    after = applied(found)
    assert net_budget(after, "care", LATER) == found.net_budgets[LATER]
    assert "Fees (one-off)" not in sentences(solution_page(found))[1]
    assert any(
        "Fees is a one-off: 2025-26 takes it back." in s for s in sentences(solution_page(found))
    )


def test_an_approved_budget_does_not_move() -> None:
    found = solve("fees", net=75, year="2024-25")
    page = solution_page(found)
    assert grids(page)[0].rows[0].label == "Approved budget"
    said = " ".join(sentences(page))
    assert "forecast 75 against a budget of 80: underspend 5, in £000." in said
    assert "An approved budget does not move" in said
    assert applied(found).revenue == found.plan.revenue


def test_a_gap_of_nil_is_said_and_changes_nothing() -> None:
    found = solve("fees", net=105)
    assert (found.gap, [line.difference for line in found.lines]) == (0, [0])
    assert solution_changes(found) == ()
    assert "comes to 105 already" in sentences(solution_page(found))[0]


def test_an_unidentified_saving_is_saved_under_an_id_of_its_own() -> None:
    text = OPTIONS.replace("id: fees", "id: unidentified-saving")
    found = solve(net=100, options=text)
    after = applied(found)
    assert "unidentified-saving-2" in written_options(after)
    assert net_budget(after, "care", LATER) == 100 * K
    assert isinstance(solution_changes(solve(net=100, service="total")), Refusal)
    no_options = {name: text for name, text in small_texts().items() if "policy" not in name}
    no_options["revenue_2024_25.yaml"] = REVENUE.replace(
        "contains_options_of: [2024-25]", "contains_options_of: []"
    )
    plan = plan_of(no_options)
    alone = cfbudget.solve(plan, service="care", year="2024-25", net=70)
    assert alone.gap == -10 * K
    assert isinstance(solution_changes(alone), Refusal)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"service": "cair"}, "unknown service 'cair': did you mean 'care'?"),
        ({"year": "2031-32"}, "2031-32 is outside the plan: its net budgets are of 2024-25"),
        ({"year": "2025"}, "'2025' is not a financial year"),
        ({"using": "fee"}, "did you mean 'fees'"),
        ({"using": ("fees", "")}, "no option is named"),
    ],
)
def test_what_is_unknown_is_a_lookup_error(words: dict[str, str], said: str) -> None:
    with pytest.raises(LookupError) as raised:
        solve(net=100, **words)
    assert said in str(raised.value)


def test_what_does_not_fit_is_a_value_error() -> None:
    with pytest.raises(ValueError, match=r"'fees' belongs to Care .care., not to Schools"):
        solve("fees", net=10, service="schools")
    with pytest.raises(ValueError, match="'fees' is named twice"):
        solve("fees,demand,fees", net=10)
    with pytest.raises(ValueError, match="is not an amount"):
        solve(net="10,0")
    with pytest.raises(ValueError, match="finer than a penny"):
        solve(net="1.000001")
    with pytest.raises(TypeError, match="never a float"):
        solve(net=1.5)  # type: ignore[arg-type]
    assert (
        cfbudget.solve(plan_of(small_texts()), service="care", year=LATER, net=Decimal("1E+2")).gap
        == -5 * K
    )


def test_a_plan_without_a_net_budget_has_nothing_to_solve() -> None:
    plan = plan_of({"policy_options.yaml": OPTIONS})
    with pytest.raises(LookupError, match="the plan has no revenue budget"):
        cfbudget.solve(plan, service="care", year="2025-26", net=1)
    texts = small_texts(revenue=REVENUE.replace("2024-25", "2025-26").replace("[2025-26]", "[]"))
    texts["revenue_2025_26.yaml"] = texts.pop("revenue_2024_25.yaml")
    with pytest.raises(LookupError, match="2024-25 has no net budget"):
        cfbudget.solve(plan_of(texts), service="care", year="2024-25", net=1)


def test_records_are_tidy_and_exact() -> None:
    rows = list(solve_records(solve(("fees", "demand"), net=98)))
    assert all(tuple(row) == FIELDS for row in rows)
    by = {(r["row"], r["measure"], r["year"], r["scenario"]): r["amount"] for r in rows}
    assert by["fees", "change", "2025-26", "scenario"] == "-6"
    assert by["care/using", "change", "2025-26", "difference"] == "-7"
    assert by["care", "net_budget", "2025-26", "baseline"] == "105"
    assert by["care", "net_budget", "2025-26", "scenario"] == "98"
    assert {row["table"] for row in rows} == {"solve"}


# -- any plan -------------------------------------------------------------------------------


class Case(NamedTuple):
    plan: Plan
    asked: Asked


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A plan with a net budget, and something to solve in it, with options where it has them."""
    needs = draw(st.sampled_from(({"revenue", "options"}, {"revenue", "options"}, {"revenue"})))
    plan = plan_of(draw(sketches(needs=frozenset(needs))).texts())
    years = [year for year in plan.years if base_of(plan, year)]
    if not years:
        return Case(plan, Asked(TOTAL, plan.years[0], 0))
    written = written_options(plan)
    nodes = {node.id: node for node in walk(service_tree(plan))}
    within = {service: {n.id for n in walk((node,))} for service, node in nodes.items()}
    within[TOTAL] = set(nodes)
    having = [
        at for at, ids in within.items() if any(owner in ids for owner, _ in written.values())
    ]
    service = draw(st.sampled_from(having or [TOTAL, *nodes]))
    if draw(st.integers(0, 5)) == 0:
        service = draw(st.sampled_from([TOTAL, *nodes]))
    year = draw(st.sampled_from(years))
    options = [option for option, (owner, _) in written.items() if owner in within[service]]
    least = draw(st.integers(0, min(2, len(options))))
    using = draw(st.lists(st.sampled_from(options), min_size=least, unique=True)) if options else []
    gap = draw(st.integers(-9, 9) | st.integers(-(10**9), 10**9))
    now = net_budget(plan, service, year)
    return Case(plan, Asked(service, year, now + gap, tuple(using)))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(cases())
def test_solving_then_applying_gives_exactly_the_target(case: Case) -> None:
    plan, asked = case
    if base_of(plan, asked.year) is None:
        with pytest.raises(LookupError):
            cfbudget.solve(plan, service=asked.service, year=asked.year, net=0)
        return
    found = solution(plan, asked)
    if isinstance(found, Refusal):
        _no_answer_by_hand(plan, asked)
        return
    assert {line.option.id for line in found.lines} == set(asked.using)
    if found.lines:
        assert sum(line.difference for line in found.lines) == found.gap
    if found.gap:
        for line in found.lines:
            assert line.must_be <= 0 if line.option.kind == "saving" else line.must_be >= 0
    nodes = solution_changes(found)
    solution_page(found)
    for row in solve_records(found):
        Decimal(row["amount"])
    if isinstance(nodes, Refusal):
        assert not found.lines
        assert asked.service == TOTAL or plan.options is None
        return
    after = applied(found)
    assert net_budget(after, asked.service, asked.year) == asked.net
    for year, now in found.net_budgets.items():
        assert net_budget(after, asked.service, year) == now + found.effects[year]
        assert found.net_budgets[year] == net_budget(plan, asked.service, year)


def _no_answer_by_hand(plan: Plan, asked: Asked) -> None:
    """In exact fractions, some option would have the wrong sign, or nothing decides a share."""
    now = {option: _changes(plan, option) for option in asked.using}
    gap = asked.net - net_budget(plan, asked.service, asked.year)
    at = plan.years.index(asked.year)
    weights = {option: abs(changes[at]) for option, changes in now.items()}
    if len(now) == 1:
        weights = dict.fromkeys(now, 1)
    if not any(weights.values()):
        weights = {option: abs(_level(plan, option, at)) for option in now}
    if not any(weights.values()):
        return
    wrong = 0
    for option, changes in now.items():
        exact = changes[at] + Fraction(gap * weights[option], sum(weights.values()))
        is_saving = written_options(plan)[option][1].kind == "saving"
        wrong += exact > 0 if is_saving else exact < 0
        wrong += changes[at] > 0 if is_saving else changes[at] < 0
    assert wrong


def _changes(plan: Plan, option: str) -> list[int]:
    """The option's change in each year, from the file's figures."""
    assert plan.options is not None
    written = written_options(plan)[option][1].changes
    figures = [written[year].pence if year in written else 0 for year in plan.years]
    if plan.options.basis == "change":
        return figures
    return [b - a for a, b in zip([0, *figures], figures, strict=False)]


def _level(plan: Plan, option: str, at: int) -> int:
    changes = _changes(plan, option)
    if written_options(plan)[option][1].recurs:
        return sum(changes[: at + 1])
    return changes[at]


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 10**6), min_size=1).filter(any),
)
def test_shares_add_up_and_keep_within_a_penny_each(amount: int, weights: list[int]) -> None:
    shares = shared_out(amount, [Sharer(weight) for weight in weights])
    assert sum(shares) == amount
    largest = weights.index(max(weights))
    for at, (share, weight) in enumerate(zip(shares, weights, strict=True)):
        exact = Fraction(amount * weight, sum(weights))
        assert exact - 1 < share
        assert share <= exact or at == largest


@given(st.lists(st.integers(0, 50), min_size=1).filter(any), st.data())
def test_an_amount_for_which_all_have_room_fits(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    shares = shared_out(amount, [Sharer(weight, weight) for weight in weights])
    assert sum(shares) == amount
    assert all(share <= weight for share, weight in zip(shares, weights, strict=True))


# -- the command ----------------------------------------------------------------------------


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("CFBUDGET_DATA", "COLUMNS")}
    return subprocess.run(
        [COMMAND, *words],
        cwd=folder,
        env={**clean, **env},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


SHIPPED_WORDS = ("solve", "--service", "education", "--year", "2025-26", "--net", "23,702.2")
USING = ("--using", "home-to-school-transport-reduced-demand,pension-liabilities")


def test_what_is_saved_is_a_scenario_that_comes_to_the_target(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    done = run(tmp_path, *SHIPPED_WORDS, *USING, "--save", "found.yaml")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "found.yaml").read_text(encoding="utf-8")
    assert text == (
        'name: "Education, net budget 23,702.2 in 2025-26 (£000)"\n'
        "changes:\n"
        "  - {set: home-to-school-transport-reduced-demand, to: {2025-26: -685.3}}\n"
        "  - {set: pension-liabilities, to: {2025-26: -82.5}}\n"
    )
    again = run(tmp_path, *SHIPPED_WORDS, "--save", "found.yaml")
    assert (again.returncode, again.stdout) == (2, "")
    assert "give --force to replace it" in again.stderr
    made = run(tmp_path, "model", "--scenario", "found.yaml", "-f", "csv")
    assert made.returncode == 0, made.stderr
    assert _net(made.stdout, "education") == "23702.2"
    assert run(tmp_path, *SHIPPED_WORDS, "--save", "found.yaml", "--force").returncode == 0
    made = run(tmp_path, "model", "--scenario", "found.yaml", "-f", "csv")
    assert _net(made.stdout, "education") == "23702.2"


def _net(text: str, service: str) -> str:
    (found,) = (
        row["amount"]
        for row in csv.DictReader(io.StringIO(text))
        if (row["table"], row["row"], row["measure"], row["year"], row["scenario"])
        == ("position", service, "net_budget", "2025-26", "scenario")
    )
    return found


def test_csv_and_json_are_the_same_and_words_go_to_stderr(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    rows = run(tmp_path, *SHIPPED_WORDS, "-f", "csv")
    assert "a target, not a plan" in rows.stderr
    listed = json.loads(run(tmp_path, *SHIPPED_WORDS, "-f", "json").stdout)
    assert list(csv.DictReader(io.StringIO(rows.stdout))) == listed
    done = run(tmp_path, *SHIPPED_WORDS, "-o", "solved.md")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "solved.md").read_text(encoding="utf-8").startswith("## Children & Families")


def test_help_and_completion(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "data")
    help_ = run(tmp_path, "solve", "--help").stdout
    assert "Examples:" in help_
    for words, offered in (
        ("--service t", ["total"]),
        ("--service ed", ["education"]),
        ("--using pension", ["pension-liabilities"]),
        ("--using schools-funding,pens", ["schools-funding,pension-liabilities"]),
    ):
        line = f"cfbudget solve {words}"
        env = {
            "_CFBUDGET_COMPLETE": "complete_bash",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        assert run(tmp_path, **env).stdout.split() == offered


def test_a_group_stands_for_its_options() -> None:
    plan = plan_of(small_texts())
    assert options_of(plan, ["care/saving,demand"]) == ("fees", "demand")

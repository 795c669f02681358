"""What holds for every scenario of every plan: whole plans and scenarios are drawn."""

from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.changes import changes_of
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.calculate.position import position_amounts, position_years
from cfbudget.calculate.revenue import own_nets, revenue_amounts
from cfbudget.layout.beside_baseline import Beside
from cfbudget.nodes import ListNode, MappingNode
from cfbudget.plan.plan import Plan
from cfbudget.read.yaml_nodes import compose
from cfbudget.scenario.changes.applied import Applied, apply_scenario
from cfbudget.scenario.written.included_files import Reader, ReadScenario
from cfbudget.scenario.written.saved_text import scenario_text
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.tables.trial import trial_tables
from cfbudget.years import FinancialYear
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.scenarios import (
    applied,
    groups_in,
    options_in,
    scenarios,
    tried,
)
from tests.kit.scenarios_oracle import worked
from tests.kit.support import plan_of

OPTIONS = frozenset({"options"})
REVENUE = frozenset({"revenue"})
CAPITAL = frozenset({"capital"})
REVERSIBLE = frozenset({"reprofile", "bring_in"})

dated = sketches(needs=REVENUE) | sketches(needs=OPTIONS)
"""Plans with a position: the programme alone has none."""

quick = settings(max_examples=60, deadline=None)
often = settings(max_examples=150, deadline=None)


def read(sketch: Sketch) -> Plan:
    return plan_of(sketch.texts())


def named(amounts: Amounts) -> oracle.Figures:
    """Amounts under the names that the oracle uses."""
    return {
        (key.row, f"{key.measure} {key.year}" if key.year else key.measure): pence
        for key, pence in amounts.items()
    }


def figures_of(plan: Plan) -> dict[tuple[str, Key], int]:
    """Every figure of every table, by the table's title and the figure's key."""
    return {
        (table.title, key): cell.pence
        for table in plan_tables(plan)
        for key, cell in table.cells.items()
    }


def totals_of(sketch: Sketch, plan: Plan) -> oracle.Figures:
    """The position of services and the total, the capital programme and the budgets."""
    rows = set(oracle.position_rows(sketch)) if sketch.budgets or sketch.blocks is not None else ()
    position = {at: p for at, p in named(position_amounts(plan).amounts).items() if at[0] in rows}
    capital = named(capital_amounts(plan).amounts)
    budgets = {
        at: p for budget in plan.revenue for at, p in named(revenue_amounts(budget).amounts).items()
    }
    return {
        **position,
        **{(f"capital {row}", name): pence for (row, name), pence in capital.items()},
        **{(f"revenue {row}", name): pence for (row, name), pence in budgets.items()},
    }


def made(sketch: Sketch, changes: list[dict[str, object]], *, conflicts: bool = True) -> Applied:
    found = tried(read(sketch), changes, allow_conflicts=conflicts)
    assert isinstance(found, Applied), (changes, found)
    return found


# -- nothing, and the same twice ------------------------------------------------------------


@quick
@given(dated)
def test_an_empty_scenario_changes_nothing(sketch: Sketch) -> None:
    plan = read(sketch)
    trial = applied(plan)
    assert trial.plan is plan
    assert (trial.contributions, trial.beyond, trial.problems) == ((), (), ())
    for shown in trial_tables(trial, "nothing").tables:
        assert not shown.is_changed


@quick
@given(sketches(needs=OPTIONS), st.data())
def test_delivering_all_of_it_changes_nothing(sketch: Sketch, data: st.DataObject) -> None:
    targets = [*(option.id for option in options_in(sketch)), *groups_in(sketch)]
    assume(targets)
    plan = read(sketch)
    trial = applied(plan, {"deliver": data.draw(st.sampled_from(targets)), "share": "100%"})
    assert totals_of(sketch, trial.plan) == totals_of(sketch, plan)
    assert not any(any(one.net_budget.values()) for one in trial.contributions)
    assert trial.beyond == ()


@quick
@given(sketches(needs=OPTIONS), st.data(), st.integers(1, 4), st.integers(1, 4))
def test_two_delays_are_one_of_their_years_together(
    sketch: Sketch, data: st.DataObject, first: int, second: int
) -> None:
    """Within the plan and beyond it."""
    targets = [*(option.id for option in options_in(sketch)), *groups_in(sketch)]
    assume(targets)
    target = data.draw(st.sampled_from(targets))
    plan = read(sketch)
    twice = applied(plan, {"delay": target, "years": first}, {"delay": target, "years": second})
    once = applied(plan, {"delay": target, "years": first + second})
    assert figures_of(twice.plan) == figures_of(once.plan)
    assert sorted(twice.beyond) == sorted(once.beyond)


@quick
@given(sketches(needs=OPTIONS), st.data())
def test_a_drop_is_a_delivery_of_nothing(sketch: Sketch, data: st.DataObject) -> None:
    targets = [*(option.id for option in options_in(sketch)), *groups_in(sketch)]
    assume(targets)
    target = data.draw(st.sampled_from(targets))
    since = data.draw(st.sampled_from([{}, {"from": str(FinancialYear(sketch.years[-1]))}]))
    plan = read(sketch)
    dropped = applied(plan, {"drop": target, **since})
    nothing = applied(plan, {"deliver": target, "share": "0%", **since})
    assert figures_of(dropped.plan) == figures_of(nothing.plan)


# -- the figures, computed a second time ----------------------------------------------------


@often
@given(sketches(), st.data())
def test_a_trial_comes_to_what_it_should(sketch: Sketch, data: st.DataObject) -> None:
    """Every figure of services and totals, of capital, and what falls beyond the plan."""
    changes = data.draw(scenarios(sketch, least=1))
    trial = made(sketch, changes)
    expected = worked(sketch, changes)
    if sketch.budgets or sketch.blocks is not None:
        rows = set(oracle.position_rows(sketch))
        found = named(position_amounts(trial.plan).amounts)
        assert {at: p for at, p in found.items() if at[0] in rows} == expected.position()
    if sketch.schemes is not None:
        capital = named(capital_amounts(trial.plan).amounts)
        assert {
            (row, name.removeprefix("allocation ")): p for (row, name), p in capital.items()
        } == expected.capital()
    beyond = {(one.option, one.year.start): one.pence for one in trial.beyond}
    assert beyond == expected.beyond()


@often
@given(sketches(), st.data())
def test_what_each_change_contributes_adds_up_to_the_difference(
    sketch: Sketch, data: st.DataObject
) -> None:
    """With conflicts that are allowed too."""
    trial = made(sketch, data.draw(scenarios(sketch, least=1)))
    before, after = (position_amounts(plan).amounts for plan in (trial.baseline, trial.plan))
    for year in position_years(trial.baseline):
        has_net = Key(TOTAL, "net_budget", year) in before
        key = Key(TOTAL, "net_budget" if has_net else "cumulative_change", year)
        added = sum(one.net_budget[year] for one in trial.contributions)
        if key in before:
            assert added == after[key] - before[key]
    capital, then = (capital_amounts(plan).amounts for plan in (trial.baseline, trial.plan))
    for year in trial.baseline.capital_years:
        added = sum(one.capital[year] for one in trial.contributions)
        key = Key(TOTAL, "allocation", year)
        assert added == then[key] - capital[key]
    if trial.baseline.capital:
        key = Key(TOTAL, "under_development")
        added = sum(one.capital[None] for one in trial.contributions)
        assert added == then[key] - capital[key]


@often
@given(dated, st.data())
def test_every_table_of_a_trial_adds_up_and_differs_by_the_difference(
    sketch: Sketch, data: st.DataObject
) -> None:
    trial = made(sketch, data.draw(scenarios(sketch, least=1)))
    shown = trial_tables(trial, "a trial")
    for beside in shown.tables:
        assert_difference(beside)
        # A service's own options may be a row in the scenario alone: see test_scenario.py.
        for table in beside if beside.difference.name != "options" else (beside.scenario,):
            for total, parts in table.relations():
                if all(part in table.cells for part in parts):
                    pence = sum(table.cells[part].pence for part in parts)
                    assert table.cells[total].pence == pence, (table.title, total, parts)
    by_title = {table.title: table for table in plan_tables(trial.plan)}
    for beside in shown.tables:
        own = by_title[beside.scenario.title.removesuffix(", with a trial")]
        for key, cell in own.cells.items():
            assert beside.scenario.cells[key].pence == cell.pence
    for table in shown.attributions:
        for total, parts in table.relations():
            assert table.cells[total].pence == sum(table.cells[part].pence for part in parts)


def assert_difference(beside: Beside) -> None:
    before, after, difference = beside
    assert [row.id for row in before.rows] == [row.id for row in difference.rows]
    assert [row.id for row in after.rows] == [row.id for row in difference.rows]
    headings = {row.id for row in difference.rows if row.role == "heading"}
    keys = [{key for key in table.cells if key.row not in headings} for table in beside]
    assert keys[0] == keys[1] == keys[2]
    for key, cell in difference.cells.items():
        assert cell.pence == after.cells[key].pence - before.cells[key].pence


@often
@given(dated, st.data())
def test_the_attribution_adds_up_to_the_difference_that_is_shown(
    sketch: Sketch, data: st.DataObject
) -> None:
    trial = made(sketch, data.draw(scenarios(sketch, least=1)))
    shown = trial_tables(trial, "a trial")
    differences = {
        key._replace(row=TOTAL): cell.pence
        for beside in shown.tables
        if beside.difference.name in ("position", "capital")
        for key, cell in beside.difference.cells.items()
        if key.row == TOTAL
    }
    for table in shown.attributions:
        for key, cell in table.cells.items():
            if key.row == TOTAL and key in differences:
                assert cell.pence == differences[key], table.title


# -- what does not move ---------------------------------------------------------------------


@quick
@given(sketches(needs=CAPITAL), st.data())
def test_a_scheme_keeps_its_total(sketch: Sketch, data: st.DataObject) -> None:
    changes = data.draw(scenarios(sketch, least=1, only=REVERSIBLE))
    trial = made(sketch, changes)
    before, after = (capital_amounts(plan).amounts for plan in (trial.baseline, trial.plan))
    for key, pence in before.items():
        if key.measure == "total":
            assert after[key] == pence
    position = (named(position_amounts(p).amounts) for p in (trial.baseline, trial.plan))
    assert next(position) == next(position)


@quick
@given(sketches(), st.data())
def test_a_trial_leaves_the_plan_as_it_was(sketch: Sketch, data: st.DataObject) -> None:
    plan, twin = read(sketch), read(sketch)
    tried(plan, data.draw(scenarios(sketch, least=1)), allow_conflicts=True)
    assert plan == twin
    assert figures_of(plan) == figures_of(twin)


@quick
@given(sketches(needs=REVENUE), st.data())
def test_stated_gross_and_income_stay_where_none_is_set(
    sketch: Sketch, data: st.DataObject
) -> None:
    only = frozenset({"set_changes", "delay", "deliver", "drop", "add", "uplift"})
    trial = made(sketch, data.draw(scenarios(sketch, least=1, only=only)))
    assert trial.plan.revenue == trial.baseline.revenue


# -- order ----------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(sketches(), st.data(), st.randoms(use_true_random=False))
def test_changes_without_a_conflict_come_to_the_same_in_any_order(
    sketch: Sketch, data: st.DataObject, random: Random
) -> None:
    plan = read(sketch)
    changes = data.draw(scenarios(sketch, least=2, most=4))
    trial = tried(plan, changes)
    assume(isinstance(trial, Applied))
    assert isinstance(trial, Applied)
    other = list(changes)
    random.shuffle(other)
    again = tried(plan, other)
    if not isinstance(again, Applied):
        # What is used before it is added, or taken before it is there, is no matter of order.
        assert {problem.rule for problem in again} <= {"CF501", "CF504"}, (changes, other)
        return
    assert totals_of(sketch, again.plan) == totals_of(sketch, trial.plan), (changes, other)
    assert sorted(again.beyond) == sorted(trial.beyond)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(sketches(needs=OPTIONS), st.data())
def test_two_changes_in_conflict_come_to_something_else_or_one_is_of_what_is_dropped(
    sketch: Sketch, data: st.DataObject
) -> None:
    plan = read(sketch)
    only = frozenset({"set_changes", "delay", "deliver", "drop"})
    changes = data.draw(scenarios(sketch, least=2, most=2, only=only))
    found = tried(plan, changes)
    assume(not isinstance(found, Applied))
    assert not isinstance(found, Applied)
    codes = {problem.rule for problem in found if problem.severity == "error"}
    if codes == {"CF507"}:
        assert any("drop" in change for change in changes)
        return
    assert codes == {"CF506"}
    one, other = (made(sketch, order) for order in (changes, changes[::-1]))
    differ = totals_of(sketch, one.plan) != totals_of(sketch, other.plan)
    assert differ or sorted(one.beyond) != sorted(other.beyond) or options_differ(one, other)


def options_differ(one: Applied, other: Applied) -> bool:
    return one.plan.options != other.plan.options


# -- kept and read again --------------------------------------------------------------------

TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")), min_size=1, max_size=30
)


@often
@given(sketches(), st.data(), TEXTS)
def test_a_kept_scenario_is_the_same_scenario(
    sketch: Sketch, data: st.DataObject, name: str
) -> None:
    plan = read(sketch)
    changes = data.draw(scenarios(sketch, least=1))
    trial = tried(plan, changes, allow_conflicts=True)
    assert isinstance(trial, Applied)
    text = scenario_text(name, [change.node for change in trial.changes])
    again = apply_scenario(plan, read_text(plan, text), allow_conflicts=True)
    assert isinstance(again, Applied), (text, again)
    assert [c.words for c in again.changes] == [c.words for c in trial.changes]
    assert figures_of(again.plan) == figures_of(trial.plan)


def read_text(plan: Plan, text: str) -> ReadScenario:
    """A scenario's text, read as a file's."""
    composed = compose(text, "kept.yaml")
    assert composed.problems == []
    assert isinstance(composed.root, MappingNode)
    changes = composed.root["changes"]
    assert isinstance(changes, ListNode)
    reader = Reader(plan)
    reader.nodes(list(changes), "kept.yaml")
    return reader.read()


# -- compared with what it was --------------------------------------------------------------


@quick
@given(sketches(needs=REVENUE), st.data())
def test_comparing_names_every_change_and_adds_up(sketch: Sketch, data: st.DataObject) -> None:
    plan = read(sketch)
    found = tried(plan, data.draw(scenarios(sketch, least=1)))
    assume(isinstance(found, Applied))
    assert isinstance(found, Applied)
    bridge = bridge_between(plan, found.plan)
    assume(isinstance(bridge, Bridge))
    assert isinstance(bridge, Bridge)
    for year in bridge.years:
        assert sum(line.amounts[year] for line in bridge.lines) == bridge.difference[year]
    named_options = {line.now.id for line in bridge.lines if line.what == "option"}
    # What changes only years that have no net budget is in no year that is compared.
    last = max(bridge.years)
    before, after = changes_by_option(plan, last), changes_by_option(found.plan, last)
    changed = {option for option in after if after[option] != before.get(option)}
    assert changed <= named_options, changed - named_options
    nets = [{b.financial_year.year: own_nets(b) for b in one.revenue} for one in (plan, found.plan)]
    services = {line.now.id for line in bridge.lines if line.what == "service"}
    for year in {bases[0] for bases in bridge.bases.values()}:
        moved = {s for s, net in nets[1][year].items() if net != nets[0][year][s]}
        assert moved <= services


def changes_by_option(
    plan: Plan, last: FinancialYear
) -> dict[str, list[tuple[FinancialYear, int]]]:
    """Each option's changes up to a year."""
    blocks = plan.options.services if plan.options else ()
    basis = plan.options.basis if plan.options else "change"
    return {
        option.id: [
            pair for pair in changes_of(option, basis, plan.years).items() if pair[0] <= last
        ]
        for block in blocks
        for option in block.options
    }

"""Any plan rolled forward: every common year keeps its figures, and two rolls are two years."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.services import service_tree, walk
from cfbudget.checks.report import check
from cfbudget.loaded import load_texts
from cfbudget.new_plan.roll_forward import RolledForward, roll_forward
from cfbudget.new_plan.written_plan import plan_texts
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from tests.kit.plans_sketch import Sketch
from tests.kit.plans_strategy import sketches
from tests.kit.plans_well_formed import well_formed
from tests.kit.support import plan_of

MOST = settings(max_examples=60)


def rolled(plan: Plan) -> RolledForward:
    """The plan rolled forward, where it can be: one of a single year cannot."""
    found = roll_forward(plan)
    if isinstance(found, Refusal):
        assert "no year of it is left" in found.reason or "is tbc in" in found.reason, found
        assume(False)
    assert isinstance(found, RolledForward)
    return found


def net_budgets(plan: Plan) -> dict[Key, int]:
    """The net budget of each service and of the whole, by year.

    What a service has as a whole and no service within it has is in the service alone.
    """
    nodes = walk(service_tree(plan))
    rows = {"total", *(node.id for node in nodes if "not-allocated" not in node.id)}
    amounts = position_amounts(plan).amounts
    return {k: p for k, p in amounts.items() if k.measure == "net_budget" and k.row in rows}


@MOST
@given(sketches())
def test_every_common_year_keeps_its_net_budget_to_the_penny(sketch: Sketch) -> None:
    old = plan_of(sketch.texts())
    new = rolled(old).plan
    before, after = net_budgets(old), net_budgets(new)
    years = {key.year for key in after}
    common = {key: pence for key, pence in before.items() if key.year in years}
    assert {key: after[key] for key in common} == common
    bridge = bridge_between(old, new)
    assert isinstance(bridge, Refusal) or not any(bridge.difference.values())


@MOST
@given(sketches(needs=frozenset({"options"})))
def test_a_roll_of_a_roll_is_a_roll_by_two_years(sketch: Sketch) -> None:
    old = plan_of(sketch.texts())
    once = rolled(old).plan
    twice = rolled(once).plan
    assert twice.years[0].start == old.years[0].start + 2
    before, after = net_budgets(old), net_budgets(twice)
    years = {key.year for key in after} & {key.year for key in before}
    common = {key: pence for key, pence in before.items() if key.year in years}
    assert {key: after[key] for key in common} == common
    changes = [
        {
            (option.id, year): figure.pence
            for block in (plan.options.services if plan.options else ())
            for option in block.options
            for year, figure in option.changes.items()
            if figure.pence and year >= twice.years[0]
        }
        for plan in (once, twice)
    ]
    assert changes[0] == changes[1]


@MOST
@given(st.one_of(sketches(), well_formed()))
def test_the_files_of_any_plan_are_read_back_equal(sketch: Sketch) -> None:
    old = plan_of(sketch.texts())
    new = rolled(old).plan
    texts = plan_texts(new, {})
    again = load_texts(texts).plan
    assert again is not None
    assert plan_texts(again, {}) == texts
    assert net_budgets(again) == net_budgets(new)


@MOST
@given(well_formed())
def test_nothing_is_warned_of_that_was_not_before(sketch: Sketch) -> None:
    old = plan_of(sketch.texts())
    assert check(old).open_warnings == ()
    found = rolled(old)
    assert found.warnings == ()
    assert check(found.plan).open_warnings == ()
    assert check(found.plan).agrees

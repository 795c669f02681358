"""What holds for the bridge between any two plans."""

from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from hypothesis import event, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.bridge_lines import Bridge
from cfbudget.calculate.plan_bridge import bridge_between
from cfbudget.money import UNITS
from cfbudget.problem import Refusal
from cfbudget.render.grid_text import grid_text
from cfbudget.reports.compare.records import bridged_records
from cfbudget.tables.compare import Bridged
from tests.kit import plans_oracle as oracle
from tests.kit.pages import bridge_grid, drawn
from tests.kit.plans_edited import edited, placed, shifted
from tests.kit.plans_sketch import Option, Sketch, walk
from tests.kit.plans_strategy import sketches
from tests.test_properties import BOTH, REVENUE, read

quick = settings(max_examples=60, deadline=None)


def adds_up(bridge: Bridge, old: Sketch, new: Sketch) -> None:
    """The lines take one net budget to the other, and both are what an oracle computes."""
    before, after = (oracle.position_figures(sketch) for sketch in (old, new))
    assert list(bridge.years) == sorted(bridge.years)
    for year in bridge.years:
        name = f"net_budget {year}"
        assert bridge.old[year] == before["total", name]
        assert bridge.new[year] == after["total", name]
        assert bridge.old[year] + sum(x.amounts[year] for x in bridge.lines) == bridge.new[year]
    for line in bridge.lines:
        assert set(line.amounts) == set(bridge.years)
        assert line.causes


@quick
@given(sketches(needs=REVENUE), sketches(needs=REVENUE), st.integers(-2, 2))
def test_the_lines_between_any_two_plans_add_up(one: Sketch, other: Sketch, apart: int) -> None:
    other = shifted(other, one.years[0] - other.years[0] + apart)
    found = bridge_between(read(one), read(other))
    common = [
        year
        for year in oracle.plan_years(one)
        if year in oracle.plan_years(other) and oracle.base_at(one, year)
        if oracle.base_at(other, year)
    ]
    event("compared" if common else "refused")
    if isinstance(found, Refusal):
        assert not common
    elif found.budgets:
        assert not common
        lands(found, one, other)
    else:
        assert [year.start for year in found.years] == common
        adds_up(found, one, other)


def lands(bridge: Bridge, old: Sketch, new: Sketch) -> None:
    """The lines take one budget to the other, both as they were set."""
    assert bridge.budgets is not None
    ends = zip((old, new), (bridge.old, bridge.new), bridge.budgets, strict=True)
    for sketch, amounts, budget in ends:
        start = budget.financial_year.year.start
        assert [*amounts.values()] == [oracle_budget(sketch, start)]
    (moved,) = bridge.difference.values()
    assert sum(sum(line.amounts.values()) for line in bridge.lines) == moved
    before, after = (budget.financial_year.year for budget in bridge.budgets)
    assert before <= after
    assert all(before < one for one in bridge.between)


def oracle_budget(sketch: Sketch, year: int) -> int:
    """The net of a budget, in pence."""
    (budget,) = (budget for budget in sketch.budgets if budget.year == year)
    lines = walk(budget.services)
    return sum((one.gross or 0) + (one.income or 0) + (one.net or 0) for one in lines)


@quick
@given(sketches(needs=REVENUE))
def test_a_plan_does_not_differ_from_itself(sketch: Sketch) -> None:
    plan = read(sketch)
    found = bridge_between(plan, plan)
    if not isinstance(found, Refusal):
        assert found.lines == ()
        assert not found.capital_differs


def levels(option: Option) -> list[int]:
    """What an option adds to the net budget of each year of the plan."""
    back = oracle.taken_back(option) or (0,) * len(option.changes)
    return list(accumulate(map(sum, zip(option.changes, back, strict=True))))


def expected_causes(old: Sketch, new: Sketch, identity: str, years: list[int]) -> list[str]:
    """The causes of an option that both plans have, from the sketches."""
    (home, before), (now_home, after) = placed(old)[identity], placed(new)[identity]
    places = [old.years.index(year) for year in years]
    moved = [levels(before)[at] for at in places] != [levels(after)[at] for at in places]
    lasting = [sum(o.changes) if o.recurs else 0 for o in (before, after)]
    total = [sum(o.changes) for o in (before, after)]
    worth = total if before.recurs == after.recurs else lasting
    other_price = worth[0] != worth[1]
    differs = {
        "renamed": " ".join(before.name.split()) != " ".join(after.name.split()),
        "moved service": home != now_home,
        "kind changed": before.kind != after.kind,
        "status changed": before.status != after.status,
        "re-phased": moved and not other_price,
        "re-priced": other_price and (moved or before.recurs != after.recurs),
    }
    return [cause for cause, there in differs.items() if there]


@settings(max_examples=150, deadline=None)
@given(sketches(needs=BOTH), st.data())
def test_every_edit_is_named_and_its_effect_is_its_own(sketch: Sketch, data: st.DataObject) -> None:
    new = data.draw(edited(sketch))
    bridge = bridge_between(read(sketch), read(new))
    if isinstance(bridge, Refusal):
        return
    adds_up(bridge, sketch, new)
    years = [year.start for year in bridge.years]
    before, after = placed(sketch), placed(new)
    lines = [line for line in bridge.lines if line.what == "option"]
    for line in lines:
        old_levels, new_levels = (
            levels(there[side.id].option) if side else [0] * len(sketch.years)
            for side, there in ((line.old, before), (line.new, after))
        )
        effect = [b - a for a, b in zip(old_levels, new_levels, strict=True)]
        assert list(line.amounts.values()) == [effect[sketch.years.index(y)] for y in years]
        if line.old and line.new and line.old.id != line.new.id:
            assert "renamed" in line.causes
            assert (line.old.service, line.old.kind) == (line.new.service, line.new.kind)
            assert line.old.name == line.new.name or not any(line.amounts.values())
    by_new = {line.new.id: line for line in lines if line.new}
    by_old = {line.old.id: line for line in lines if line.old}
    for identity in before.keys() & after.keys():
        causes = expected_causes(sketch, new, identity, years)
        assert list(by_new[identity].causes if identity in by_new else ()) == causes
    assert after.keys() - before.keys() <= by_new.keys()
    assert before.keys() - after.keys() <= by_old.keys()


@quick
@given(sketches(needs=BOTH), st.data())
def test_a_trial_moves_no_opening(sketch: Sketch, data: st.DataObject) -> None:
    new = data.draw(edited(sketch))._replace(budgets=sketch.budgets)
    plan = read(sketch)
    trial = replace(plan, options=read(new).options, struck_with=plan.options)
    bridge = bridge_between(plan, trial)
    if not isinstance(bridge, Refusal):
        assert {line.what for line in bridge.lines} <= {"option"}
        for year in bridge.years:
            lines = sum(line.amounts[year] for line in bridge.lines)
            assert bridge.new[year] == bridge.old[year] + lines


@quick
@given(sketches(needs=BOTH), st.data(), st.sampled_from((None, 20, 60, 100)))
def test_what_is_shown_is_the_bridge_to_the_penny(
    sketch: Sketch, data: st.DataObject, width: int | None
) -> None:
    bridge = bridge_between(read(sketch), read(data.draw(edited(sketch))))
    if isinstance(bridge, Refusal):
        return
    ends = Bridged(bridge, "old", "new", ("P", "P"))
    summed = {str(year): Decimal(0) for year in bridge.years}
    totals = {}
    for record in bridged_records(ends):
        if record["role"] == "line":
            summed[record["year"]] += Decimal(record["amount"])
        if record["role"] == "total":
            totals[record["row"], record["year"]] = Decimal(record["amount"])
    for year, pence in bridge.difference.items():
        assert summed[str(year)] * UNITS[bridge.unit.name].pence == pence
        assert totals["new", str(year)] - totals["old", str(year)] == summed[str(year)]
    grid = bridge_grid(ends)
    text = drawn(grid_text(grid, width))
    assert all(cell in text for row in grid.rows for cell in row.texts)

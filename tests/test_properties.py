"""What holds for every plan: whole plans are drawn, and computed a second time without us."""

from collections.abc import Iterable
from decimal import Decimal
from random import Random
from typing import NamedTuple, TypeVar

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.options import option_amounts
from cfbudget.calculate.other_movements import other_movements
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.comparisons import comparisons
from cfbudget.checks.report import check
from cfbudget.layout.table import Cell, Table
from cfbudget.money import UNITS
from cfbudget.plan.plan import Plan
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.years import FinancialYear
from tests.kit import plans_oracle as oracle
from tests.kit.plans_sketch import (
    Block,
    Option,
    Scheme,
    Service,
    Sketch,
    StatedAt,
    walk,
    year_text,
)
from tests.kit.plans_strategy import sketches
from tests.kit.support import REVENUE as REVENUE_FILE
from tests.kit.support import plan_of

REVENUE = frozenset({"revenue"})
OPTIONS = frozenset({"options"})
BOTH = REVENUE | OPTIONS
AnyUnit = st.sampled_from(list(UNITS.values()))

T = TypeVar("T")

quick = settings(max_examples=60, deadline=None)


def read(sketch: Sketch, stated: dict[StatedAt, int] | None = None) -> Plan:
    return plan_of(sketch.texts(stated))


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


# -- totals ---------------------------------------------------------------------------------


@quick
@given(sketches())
def test_every_total_is_the_sum_of_the_cells_that_it_names(sketch: Sketch) -> None:
    for table in plan_tables(read(sketch)):
        tested = set()
        for total, parts in table.relations():
            if all(part in table.cells for part in parts):
                tested.add(total.row)
                pence = sum(table.cells[part].pence for part in parts)
                assert table.cells[total].pence == pence, (total, parts)
        totals = {row.id for row in table.rows if row.sums}
        assert "total" in tested
        assert totals <= tested


def test_a_total_names_only_figures_that_are_there() -> None:
    """A net that stands alone, and all above it, are no sum of a gross and an income."""
    text = REVENUE_FILE.replace("gross: 100, income: -20,", "net: 80,")
    (table,) = plan_tables(plan_of({"revenue_2024_25.yaml": text}), ["revenue"])
    relations = list(table.relations())
    assert len(relations) > 1
    assert not [total for total, parts in relations if not set(parts) <= set(table.cells)]


@quick
@given(sketches(needs=REVENUE))
def test_a_budget_is_the_sum_of_its_lowest_services(sketch: Sketch) -> None:
    for budget, drawn in zip(read(sketch).revenue, sketch.budgets, strict=True):
        year = str(budget.financial_year.year)
        expected = {
            (row, f"{measure} {year}"): pence
            for (row, measure), pence in oracle.revenue_figures(drawn).items()
        }
        assert named(revenue_amounts(budget).amounts) == expected


@quick
@given(sketches(needs=REVENUE))
def test_net_is_gross_and_income_in_every_row(sketch: Sketch) -> None:
    for budget in read(sketch).revenue:
        amounts = revenue_amounts(budget).amounts
        for row, measure, year in amounts:
            if measure == "gross":
                income, net = amounts[Key(row, "income", year)], amounts[Key(row, "net", year)]
                assert amounts[Key(row, "gross", year)] + income == net


@quick
@given(sketches(needs=frozenset({"capital"})))
def test_the_capital_programme_is_the_sum_of_its_schemes(sketch: Sketch) -> None:
    found = named(capital_amounts(read(sketch)).amounts)
    assert {(row, name.removeprefix("allocation ")): p for (row, name), p in found.items()} == (
        oracle.capital_figures(sketch)
    )


@quick
@given(sketches(needs=OPTIONS))
def test_the_options_add_up_by_group_service_and_year(sketch: Sketch) -> None:
    assert named(option_amounts(read(sketch)).amounts) == oracle.option_figures(sketch)


# -- the position ---------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(sketches(needs=REVENUE) | sketches(needs=OPTIONS))
def test_the_position_of_every_service(sketch: Sketch) -> None:
    """Openings (base budget less contained changes), and all that follows from them."""
    found = named(position_amounts(read(sketch)).amounts)
    rows = {*oracle.position_rows(sketch)}
    assert {at: pence for at, pence in found.items() if at[0] in rows} == (
        oracle.position_figures(sketch)
    )


@quick
@given(sketches(needs=BOTH))
def test_net_budget_is_opening_and_cumulative_change_in_every_row(sketch: Sketch) -> None:
    """In the rows of a service's own figures and of reversals as well."""
    found = named(position_amounts(read(sketch)).amounts)
    first = oracle.first_base(sketch)
    for row in {row for row, _ in found}:
        for year in sketch.years:
            base, written = oracle.base_at(sketch, year), year_text(year)
            if base is None:
                assert (row, f"net_budget {written}") not in found
                continue
            own = "" if base is first else f" {year_text(base.year)}"
            opening = found[row, f"opening{own}"]
            level = found[row, f"cumulative_change {written}"]
            assert found[row, f"net_budget {written}"] == opening + level


def opening_of_own(sketch: Sketch, place: int, service: str) -> int:
    """A service's own opening under one of the budgets, without what is below it."""
    alone = [block for block in sketch.blocks or () if block.service == service]
    lines = [
        line._replace(services=())
        for line in oracle.leaves(sketch.budgets[place].services)
        if line.id == service
    ]
    budget = sketch.budgets[place]._replace(services=tuple(lines))
    own = sketch._replace(blocks=tuple(alone), budgets=(budget,))
    return oracle.opening_of(own, budget, service)


@settings(max_examples=150, deadline=None)
@given(sketches(needs=BOTH, least_budgets=2))
def test_other_movements_are_the_difference_of_the_openings(sketch: Sketch) -> None:
    movements = other_movements(read(sketch))
    for place, later in list(enumerate(sketch.budgets))[1:]:
        found = [moved for moved in movements if moved.year.start == later.year]
        earlier = sketch.budgets[place - 1]
        before, after = (oracle.opening_of(sketch, b, "total") for b in (earlier, later))
        assert sum(moved.other for moved in found) == after - before
        for moved in found:
            assert moved.other
            whole = [oracle.opening_of(sketch, b, moved.service) for b in (earlier, later)]
            own = [opening_of_own(sketch, at, moved.service) for at in (place - 1, place)]
            assert moved.other in (whole[1] - whole[0], own[1] - own[0])


# -- what changes no figure -----------------------------------------------------------------


def with_nil_service(sketch: Sketch) -> Sketch:
    """One more service without money, at the top and below the first service that has others."""

    def added(services: tuple[Service, ...], name: str) -> tuple[Service, ...]:
        return (*services, Service(name, "Nil", gross=0, income=0))

    def below_first(services: tuple[Service, ...]) -> tuple[Service, ...]:
        return tuple(
            line._replace(services=added(line.services, f"nil-{line.id}"))
            if line.services
            else line
            for line in services
        )

    budgets = tuple(
        budget._replace(services=added(below_first(budget.services), "nil"))
        for budget in sketch.budgets
    )
    return sketch._replace(budgets=budgets)


def with_nil_options(sketch: Sketch) -> Sketch:
    """One more option without money in every block, and one of a service that had none."""
    if sketch.blocks is None:
        return sketch
    nil = (0,) * len(sketch.years)
    blocks = [
        block._replace(
            options=(
                *block.options,
                Option(f"nil-{number}", "Nil", "saving", "new", nil, sketch.basis == "level"),
            )
        )
        for number, block in enumerate(sketch.blocks)
    ]
    having = {block.service for block in blocks}
    lines = [line.id for budget in sketch.budgets for line in walk(budget.services)]
    option = Option("nil-option", "Nil", "investment", "new", nil)
    without = [service for service in dict.fromkeys(lines) if service not in having]
    blocks += [Block(service, (option,)) for service in without[:1]]
    return sketch._replace(blocks=tuple(blocks))


def with_nil_scheme(sketch: Sketch) -> Sketch:
    if sketch.schemes is None:
        return sketch
    nil = Scheme("nil", "Nil", (0,) * len(sketch.years), None)
    return sketch._replace(schemes=(*sketch.schemes, nil))


@quick
@given(sketches())
def test_lines_without_money_change_no_total(sketch: Sketch) -> None:
    more = with_nil_scheme(with_nil_options(with_nil_service(sketch)))
    before, after = figures_of(read(sketch)), figures_of(read(more))
    assert {at: after[at] for at in before} == before
    added = {key.row for _, key in after} - {key.row for _, key in before}
    assert any("nil" in row for row in added)
    # A new row of what a parent has of its own may repeat figures that were there.
    nil = {at: p for at, p in after.items() if at not in before and "nil" in at[1].row}
    assert set(nil.values()) == {0}


def shuffled(sketch: Sketch, random: Random) -> Sketch:
    """The same plan with its lines in another order, at every depth."""

    def services(lines: Iterable[Service]) -> tuple[Service, ...]:
        return tuple(
            line._replace(services=services(line.services)) for line in other_order(lines, random)
        )

    budgets = tuple(b._replace(services=services(b.services)) for b in sketch.budgets)
    blocks = [
        block._replace(options=tuple(other_order(block.options, random)))
        for block in other_order(sketch.blocks or (), random)
    ]
    schemes = other_order(sketch.schemes or (), random)
    return sketch._replace(
        budgets=budgets,
        blocks=None if sketch.blocks is None else tuple(blocks),
        schemes=None if sketch.schemes is None else tuple(schemes),
    )


def other_order(lines: Iterable[T], random: Random) -> list[T]:
    found = list(lines)
    random.shuffle(found)
    return found


@quick
@given(sketches(), st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_no_figure(sketch: Sketch, random: Random) -> None:
    assert figures_of(read(shuffled(sketch, random))) == figures_of(read(sketch))


@quick
@given(sketches(needs=OPTIONS, one_offs=False))
def test_changes_and_levels_say_the_same(sketch: Sketch) -> None:
    changes, levels = (read(sketch._replace(basis=basis)) for basis in ("change", "level"))
    assert changes.options is not None
    assert levels.options is not None
    assert (changes.options.basis, levels.options.basis) == ("change", "level")
    assert figures_of(changes) == figures_of(levels)


# -- stated figures -------------------------------------------------------------------------


class Printed(NamedTuple):
    """A plan that prints all its totals, and where each stands."""

    sketch: Sketch
    totals: dict[StatedAt, int]


printed_plans = sketches().map(lambda sketch: Printed(sketch, oracle.printed_totals(sketch)))
rounded_plans = sketches(exact=False).map(
    lambda sketch: Printed(sketch, oracle.printed_totals(sketch))
)


def stated_at(compared: Comparison) -> StatedAt:
    """Where a comparison's figure stands in the plan's files."""
    key = compared.key
    in_year = key.measure in ("allocation", "change", "cumulative_change")
    name = str(key.year) if in_year else key.measure
    return compared.stated.place.file, key.row.removesuffix("/own"), name


@quick
@given(printed_plans)
def test_a_plan_that_prints_its_own_totals_agrees(plan: Printed) -> None:
    read_back = read(plan.sketch, plan.totals)
    found = comparisons(read_back)
    assert {stated_at(compared): compared.computed for compared in found} == plan.totals
    assert len(found) == len(plan.totals)
    assert {compared.outcome for compared in found} == {"agrees"}
    assert not [problem for problem in check(read_back).problems if problem.severity == "error"]


@settings(max_examples=100, deadline=None)
@given(printed_plans, st.data())
def test_one_wrong_figure_in_an_exact_table_is_the_one_that_differs(
    plan: Printed, data: st.DataObject
) -> None:
    wrong = data.draw(st.sampled_from(sorted(plan.totals)))
    sign = data.draw(st.sampled_from((1, -1)))
    unit = sign * plan.sketch.printing_of(wrong[0]).step
    report = check(read(plan.sketch, {**plan.totals, wrong: plan.totals[wrong] + unit}))
    (problem,) = [found for found in report.problems if found.rule == "CF301"]
    (differing,) = [made for made in report.comparisons if made.outcome != "agrees"]
    assert stated_at(differing) == wrong
    assert differing.difference == -unit
    assert problem.place == differing.stated.place
    assert not report.agrees


@settings(max_examples=100, deadline=None)
@given(rounded_plans, st.data())
def test_rounding_explains_half_a_unit_for_each_addend_and_half_for_itself(
    plan: Printed, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from(sorted(plan.totals)))
    addends = sum(1 for pence in oracle.addends_of(plan.sketch, at) if pence)
    step = plan.sketch.printing_of(at[0]).step
    off = data.draw(st.sampled_from((1, -1))) * data.draw(st.integers(1, addends + 2))
    wrong = plan.totals[at] + off * step
    assume(wrong)  # a dash does not show how fine the printed unit is
    found = comparisons(read(plan.sketch, {**plan.totals, at: wrong}))
    (compared,) = [made for made in found if made.outcome != "agrees"]
    assert stated_at(compared) == at
    assert (compared.addends, compared.step) == (addends, step)
    assert compared.outcome == ("rounding" if abs(off) * 2 <= addends + 1 else "differs")


# -- display --------------------------------------------------------------------------------


@quick
@given(sketches(), st.data())
def test_another_unit_and_filters_alter_no_cell(sketch: Sketch, data: st.DataObject) -> None:
    unit = data.draw(AnyUnit)
    for table in plan_tables(read(sketch)):
        services = data.draw(st.sets(st.sampled_from(sorted({row.service for row in table.rows}))))
        years = data.draw(st.sets(st.sampled_from(years_of(table)))) if years_of(table) else set()
        shown = table.in_unit(unit).only(services=services, years=years)
        assert (shown.unit, dict(shown.cells)) == (unit, dict(table.cells))
        kept = [row.id for row in table.rows if row.role == "total" or row.service in services]
        assert [row.id for row in shown.rows] == kept
        dated = {c.year for c in shown.columns if c.measure != "opening"}
        assert dated <= {None, *years}
        whole = {(r.row, r.measure, r.year): r.amount for r in table.in_unit(unit).records()}
        part = {(r.row, r.measure, r.year): r.amount for r in shown.records()}
        assert part.items() <= whole.items()
        assert_amounts_are_exact(shown)


def years_of(table: Table) -> list[FinancialYear]:
    return sorted({column.year for column in table.columns if column.year})


def assert_amounts_are_exact(table: Table) -> None:
    """A tidy amount in the table's unit is the cell's pence, to the penny."""
    cells: dict[tuple[str, str, str], Cell] = {
        (key.row, key.measure, str(key.year or "")): cell for key, cell in table.cells.items()
    }
    for record in table.records():
        cell = cells[record.row, record.measure, record.year]
        assert Decimal(record.amount) * table.unit.pence == cell.pence

"""The charts of a plan, by name."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cfbudget.calculate import payback
from cfbudget.calculate.changes import knows_changes
from cfbudget.calculate.gap import net_budgets
from cfbudget.calculate.reserves import over_floors
from cfbudget.charts.gap import gap_chart
from cfbudget.charts.payback import payback_chart
from cfbudget.charts.position import net_budget_columns, position_chart
from cfbudget.charts.programme import programme_chart
from cfbudget.charts.reserves import reserves_chart
from cfbudget.charts.savings import savings_chart
from cfbudget.charts.scenario_steps import ScenarioBridge
from cfbudget.charts.steps import waterfall
from cfbudget.charts.year_steps import YearBridges, years_said
from cfbudget.layout.chart import CHART_NAMES, SAVINGS, Chart, ChartName, Split
from cfbudget.layout.table import Table
from cfbudget.plan.plan import Plan
from cfbudget.tables import plan_tables
from cfbudget.tables.payback import PaybackShown
from cfbudget.years import FinancialYear


class ChartAsked(NamedTuple):
    """Which chart is wanted: of a plan as it stands, or with a scenario."""

    plan: Plan
    name: ChartName
    by: Split = "kind"
    """What the steps of a bridge are."""
    years: Sequence[FinancialYear] = ()
    """Those that a bridge leads to; none for all, and for the last of a scenario."""
    baseline: Plan | None = None
    """The plan without the scenario, where it is with one."""
    scenario: str = ""

    @property
    def called(self) -> str:
        """What a title calls the plan."""
        return f"{self.plan.name}, with {self.scenario}" if self.scenario else self.plan.name


def plan_chart(plan: Plan, name: ChartName) -> Chart:
    """A chart of the plan as it stands.

    Raises:
        LookupError: the plan lacks the table that the chart is of; it says which.
    """
    return chart_of(ChartAsked(plan, name))


def charts_of(plan: Plan) -> tuple[Chart, ...]:
    """Every chart that the plan has figures for."""
    made = []
    for name in CHART_NAMES:
        try:
            made.append(plan_chart(plan, name))
        except LookupError:
            continue
    return tuple(made)


def chart_of(asked: ChartAsked) -> Chart:
    """A chart.

    Raises:
        LookupError: the plan lacks the table that the chart is of, or the year; it says which.
    """
    return MAKERS[asked.name](asked)


def _bridge(asked: ChartAsked) -> Chart:
    if asked.baseline is not None:
        return _scenario_bridge(asked, asked.baseline)
    plan = asked.plan
    options = plan_tables.options(plan) if plan.options else None
    made = YearBridges(_position_with_net_budget(plan), options)
    columns = net_budget_columns(made.position)
    if len(columns) < 2:
        only = f" but that of {columns[0].year}"
        raise LookupError(f"{plan.folder} has no net budget{only}: a bridge needs two years")
    years = {column.year for column in columns[1:]}
    for year in asked.years:
        if year not in years:
            there = years_said(made.position)
            raise LookupError(f"{plan.folder} has no bridge to {year}: there is one to {there}")
    if asked.by != "service" and not knows_changes(plan):
        unlisted = "a budget contains options that the plan does not list"
        raise LookupError(f"{plan.folder} has no bridge by {asked.by}, as {unlisted}: by service")
    steps = made.steps(asked.by, asked.years)
    return waterfall(made.frame(asked.called, asked.by), steps)


def _scenario_bridge(asked: ChartAsked, baseline: Plan) -> Chart:
    made = ScenarioBridge(baseline, asked.plan, asked.scenario)
    if len(asked.years) > 1:
        raise LookupError("from the baseline to a scenario it is of one year: give one")
    year = asked.years[0] if asked.years else made.years[-1]
    if year not in made.years:
        raise LookupError(f"{baseline.folder} has no net budget of {year}")
    return waterfall(made.frame(asked.by, year), made.steps(asked.by, year))


def _position(asked: ChartAsked) -> Chart:
    return position_chart(_position_with_net_budget(asked.plan), asked.called)


def _position_with_net_budget(plan: Plan) -> Table:
    table = plan_tables.position(plan)
    if not net_budget_columns(table):
        missing = "stands on a revenue budget" if plan.revenue else "has one: no revenue budget"
        raise LookupError(f"{plan.folder} has no net budget: no year {missing}")
    return table


def _savings(asked: ChartAsked) -> Chart:
    options, position = plan_tables.options(asked.plan), plan_tables.position(asked.plan)
    return savings_chart(options, position, asked.called)


def _programme(asked: ChartAsked) -> Chart:
    return programme_chart(plan_tables.capital(asked.plan), asked.called)


def _payback(asked: ChartAsked) -> Chart:
    plan = asked.plan
    if plan.options is None:
        raise LookupError(f"{plan.folder} has no policy options, so no invest to save")
    found = PaybackShown(plan, plan.options, payback.payback(plan), payback.orphans(plan))
    if not found.costed:
        raise LookupError(f"{plan.folder} has no invest to save")
    return payback_chart(found, asked.called)


def _gap(asked: ChartAsked) -> Chart:
    return gap_chart(plan_tables.gap(asked.plan), asked.called)


def _reserves(asked: ChartAsked) -> Chart:
    table = plan_tables.reserves(asked.plan)
    return reserves_chart(table, over_floors(asked.plan, net_budgets(asked.plan)), asked.called)


MAKERS: Mapping[ChartName, Callable[[ChartAsked], Chart]] = {
    "bridge": _bridge,
    "position": _position,
    SAVINGS: _savings,
    "programme": _programme,
    "payback": _payback,
    "gap": _gap,
    "reserves": _reserves,
}
"""What makes each chart."""

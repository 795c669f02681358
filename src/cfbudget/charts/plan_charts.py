"""The charts of a plan, by name."""

from cfbudget.charts.gap import gap_chart
from cfbudget.layout.chart import Chart, ChartName
from cfbudget.plan.plan import Plan
from cfbudget.tables import plan_tables


def plan_chart(plan: Plan, name: ChartName) -> Chart:
    """A chart of the plan as it stands.

    Raises:
        LookupError: the plan lacks the table that the chart is of; it says which.
    """
    return gap_chart(plan_tables.gap(plan), plan.name)

"""The net budgets that a plan's options lead to, as it prints them, beside the computed ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from cfbudget.calculate.amounts import TOTAL, Computed, Key
from cfbudget.calculate.net_budget_lines import assumed_lines, net_budget_lines
from cfbudget.calculate.not_known import position_lacks
from cfbudget.calculate.position import position_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.services import ServiceNode, service_tree, walk
from cfbudget.checks.assumed import assumed_slack
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.root_causes import with_causes
from cfbudget.plan.files import AnyTable, PolicyOptions, ServiceOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import StatedFigure
from cfbudget.years import FinancialYear


def net_budgets(plan: Plan, options: PolicyOptions) -> Sequence[Comparison]:
    """A service's net budget with all that is within it, then the whole plan's."""
    records: tuple[ServiceOptions | PolicyOptions, ...] = (*options.services, options)
    stated = [figure for one in records for figure in _stated(one).values()]
    if not stated:
        return ()
    computed = position_amounts(plan)
    made = _NetBudgets(plan, options, computed, _step(plan, options, stated))
    return with_causes(made.comparisons(), computed.sums)


def _stated(record: ServiceOptions | PolicyOptions) -> Mapping[FinancialYear, StatedFigure]:
    return record.stated.net_budgets if record.stated else {}


def _step(plan: Plan, options: PolicyOptions, stated: Iterable[StatedFigure]) -> int:
    """The coarsest of what the files print, and of the finest place of the net budgets."""
    files: tuple[AnyTable, ...] = (*plan.revenue, options)
    return max(*(printed_step(file) for file in files), min(figure.step for figure in stated))


class _NetBudgets:
    """What the net budgets that a plan states are compared with."""

    def __init__(self, plan: Plan, options: PolicyOptions, computed: Computed, step: int) -> None:
        self.plan, self.options, self.computed, self.step = plan, options, computed, step
        self.sums = {made.row: made.parts for made in computed.sums}
        self.unit = plan.files[0].unit
        self.lacks = position_lacks(plan)
        self.exact = options.exact and all(budget.exact for budget in plan.revenue)

    def comparisons(self) -> Iterator[Comparison]:
        tree = service_tree(self.plan)
        nodes = {node.id: node for node in walk(tree)}
        for block in self.options.services:
            node = nodes[block.service.text]
            yield from self._of(block, node.id, node.name, (node,))
        latest = self.plan.revenue[-1].stated if self.plan.revenue else None
        name = (latest.label if latest else None) or f"Total {self.plan.name}"
        yield from self._of(self.options, TOTAL, name, tree)

    def _of(
        self,
        record: ServiceOptions | PolicyOptions,
        row: str,
        name: str,
        nodes: tuple[ServiceNode, ...],
    ) -> Iterator[Comparison]:
        """The net budgets that a record states, by year.

        Args:
            nodes: the services that they are of, with all within these.
        """
        services = {node.id for node in walk(nodes)}
        for year, stated in _stated(record).items():
            key = Key(row, "net_budget", year)
            beneath = (key._replace(row=part) for part in self.sums.get(row, ()))
            yield Comparison(
                table="position",
                key=key,
                label=name,
                unit=self.unit,
                stated=stated,
                computed=self.computed.amounts.get(key),
                beneath=tuple(part for part in beneath if part in self.computed.amounts),
                addends=net_budget_lines(self.plan, services, year),
                step=self.step,
                exact=self.exact,
                record=record,
                counts_lines=True,
                lacks=self.lacks.get(key, ()),
                slack=self._slack(services, year),
            )

    def _slack(self, services: Collection[str], year: FinancialYear) -> int:
        """What the assumptions of exact files explain; of others they are among the lines."""
        lines = assumed_lines(self.plan, services, year) if self.exact else 0
        return assumed_slack(lines, self.step, exact=True)

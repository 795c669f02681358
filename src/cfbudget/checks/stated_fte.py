"""Full-time equivalents that a plan prints as totals, beside the computed ones."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Amounts, Key, RowSum
from cfbudget.calculate.option_fte import fte_amounts, fte_step
from cfbudget.calculate.option_groups import stated_groups, with_groups
from cfbudget.calculate.options import block_row, option_sums, option_tree
from cfbudget.calculate.services import walk
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.root_causes import with_causes
from cfbudget.money import FTE
from cfbudget.plan.files import FileRecord, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Stated


def stated_fte(plan: Plan, options: PolicyOptions) -> Sequence[Comparison]:
    """Those of a service's own options, of the whole plan, and of groups; any of them may be."""
    if not (amounts := fte_amounts(plan)):
        return ()
    groups = [group for _, group in stated_groups(options)]
    sums = (*option_sums(plan), *(group.row_sum for group in groups))
    compared = _StatedFte(plan, options, with_groups(amounts, groups))
    return with_causes(compared.comparisons(), sums)


class _StatedFte:
    """What stated full-time equivalents are compared with."""

    def __init__(self, plan: Plan, options: PolicyOptions, amounts: Amounts) -> None:
        self.plan, self.options, self.amounts = plan, options, amounts
        self.step = fte_step(options)

    def comparisons(self) -> Iterator[Comparison]:
        nodes = {node.id: node for node in walk(option_tree(self.plan))}
        for block in self.options.services:
            node = nodes[block.service.text]
            row = RowSum(block_row(node), tuple(option.id for option in block.options))
            yield from self._of(block, block.stated, row, block.name or node.name)
        blocks = tuple(block_row(nodes[block.service.text]) for block in self.options.services)
        name = self.options.name
        yield from self._of(self.options, self.options.stated, RowSum(TOTAL, blocks), name)
        for stated, group in stated_groups(self.options):
            yield from self._of(stated, stated.stated, group.row_sum, stated.name.text)

    def _of(
        self, record: FileRecord, stated: Stated | None, row: RowSum, name: str
    ) -> Iterator[Comparison]:
        """The full-time equivalents that a record states."""
        for year, figure in stated.fte.items() if stated else ():
            key = Key(row.row, "fte", year)
            beneath = tuple(key._replace(row=part) for part in row.parts)
            yield Comparison(
                table="options",
                key=key,
                label=(stated and stated.label) or f"Total {name}",
                unit=FTE,
                stated=figure,
                computed=self.amounts[key],
                beneath=beneath,
                addends=sum(1 for part in beneath if self.amounts[part]),
                step=self.step,
                exact=self.options.exact,
                record=record,
            )

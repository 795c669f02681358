"""Options that may belong to another service: the head of their block was lost.

The options then stand in the block before, whose stated totals differ by exactly what they come to.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cfbudget.calculate.amounts import Amounts, Key
from cfbudget.calculate.options import block_row, option_tree, printed_amounts
from cfbudget.calculate.services import service_tree, walk
from cfbudget.checks.comparison import Comparison
from cfbudget.plan.files import Option, ServiceOptions
from cfbudget.plan.plan import Plan
from cfbudget.problem import Place


class LostHead(NamedTuple):
    """Options at one end of a block that come to its difference in every stated column."""

    options: Sequence[Option]
    at_the_end: bool
    services: tuple[str, ...]
    """The services that have no block of options: theirs is the head that is missing."""

    @property
    def hint(self) -> str:
        count, which = len(self.options), "last" if self.at_the_end else "first"
        run = f"the {which} {count} options come" if count > 1 else f"the {which} option comes"
        they = "do they belong" if count > 1 else "does it belong"
        to = self.services[0] if len(self.services) == 1 else "another service"
        line = self.options[0].place.line
        return f"{run} to exactly the difference: {they} to {to}, with a head before line {line}?"


def looks_for_heads(plan: Plan, found: Sequence[Comparison]) -> bool:
    """Whether a stated figure of the options differs that a run of them might explain."""
    differ = any(one.table == "options" and one.outcome == "differs" for one in found)
    return plan.options is not None and differ and bool(_without_options(plan))


def lost_heads(plan: Plan, found: Sequence[Comparison]) -> dict[Place, LostHead]:
    """For each stated figure that such a run explains, by its place, the run."""
    if plan.options is None or not looks_for_heads(plan, found):
        return {}
    without = _without_options(plan)
    amounts = printed_amounts(plan)
    rows = {node.id: block_row(node) for node in walk(option_tree(plan))}
    by_row: dict[str, list[Comparison]] = {}
    for one in found:
        if one.table == "options" and one.difference is not None:
            by_row.setdefault(one.key.row, []).append(one)
    heads: dict[Place, LostHead] = {}
    for block in plan.options.services:
        stated = by_row.get(rows[block.service.text], [])
        run = _run(block, stated, amounts)
        if run:
            at_the_end = run[-1] is block.options[-1]
            head = LostHead(run, at_the_end, without)
            heads |= {one.stated.place: head for one in stated if one.outcome == "differs"}
    return heads


def _without_options(plan: Plan) -> tuple[str, ...]:
    blocks = {block.service.text for block in plan.options.services} if plan.options else set()
    nodes = walk(service_tree(plan)) if plan.revenue else ()
    return tuple(node.id for node in nodes if not node.children and node.id not in blocks)


def _run(
    block: ServiceOptions, stated: Sequence[Comparison], amounts: Amounts
) -> Sequence[Option] | None:
    """The fewest options at the end, else at the beginning, that come to every difference."""
    wanted = {one.key: one.difference or 0 for one in stated}
    if not any(wanted.values()):
        return None
    for options in (block.options[::-1], block.options):
        sums: Mapping[Key, int] = dict.fromkeys(wanted, 0)
        for count, option in enumerate(options[:-1], start=1):
            sums = {key: pence + _of(option, key, amounts) for key, pence in sums.items()}
            if sums == wanted:
                return options[:count][::-1] if options is not block.options else options[:count]
    return None


def _of(option: Option, key: Key, amounts: Amounts) -> int:
    return amounts.get(key._replace(row=option.id), 0)

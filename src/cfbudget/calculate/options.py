"""The policy options: changes by option, group, service and year, as the plan prints them.

Reversals of one-off options are not in these totals, which are compared with the printed ones.
They enter the position.
"""

from collections.abc import Iterable, Mapping
from itertools import accumulate

from cfbudget.calculate.amounts import TOTAL, Amounts, ColumnKey, Computed, Key, RowSum, add_up
from cfbudget.calculate.changes import changes_of
from cfbudget.calculate.services import ServiceNode, own_row, service_tree, sums_of, walk
from cfbudget.plan.files import Option, PolicyOptions, ServiceOptions
from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.plan.plan import Plan
from cfbudget.plan.statuses import STATUSES, Status
from cfbudget.plan.values import Measure

KindAndStatus = tuple[Kind, Status]


def groups() -> tuple[KindAndStatus, ...]:
    """In the order in which plans print them."""
    return tuple((kind, status) for kind in KINDS for status in STATUSES.values())


def group_row(row: str, group: KindAndStatus) -> str:
    return f"{row}/{group[0]}/{group[1]}"


def blocks_by_service(plan: Plan) -> dict[str, ServiceOptions]:
    return {block.service.text: block for block in plan.options.services} if plan.options else {}


def option_tree(plan: Plan) -> tuple[ServiceNode, ...]:
    """The services that have options, or have them below, in the order of the options file."""
    order = {service: place for place, service in enumerate(blocks_by_service(plan))}

    def pruned(nodes: Iterable[ServiceNode]) -> list[tuple[int, ServiceNode]]:
        """Each service kept, after the place of the first block in it."""
        kept = []
        for node in nodes:
            below = pruned(node.children)
            places = [place for place, _ in below]
            if node.id in order:
                places.append(order[node.id])
            if places:
                children = tuple(child for _, child in below)
                kept.append((min(places), node._replace(children=children)))
        return sorted(kept, key=lambda pair: pair[0])

    return tuple(node for _, node in pruned(service_tree(plan)))


def grouped(block: ServiceOptions) -> dict[KindAndStatus, list[Option]]:
    """The block's options by group: only the groups that it has, in printed order."""
    found: dict[KindAndStatus, list[Option]] = {group: [] for group in groups()}
    for option in block.options:
        found[option.kind, option.status].append(option)
    return {group: options for group, options in found.items() if options}


def block_row(node: ServiceNode) -> str:
    """The row of a block's own total: the service itself unless others stand below it."""
    return own_row(node.id) if node.children else node.id


def option_amounts(plan: Plan) -> Computed:
    """Change by year, and the total of the changes, in pence: plus is more spending.

    The total of the changes is the level that the last year reaches against the opening.
    """
    if plan.options is None:
        return Computed({}, ())
    years, basis = plan.years, plan.options.basis
    amounts: dict[Key, int] = {}
    for block in plan.options.services:
        for option in block.options:
            row, changes = option.id, changes_of(option, basis, years)
            for year, pence in changes.items():
                amounts[Key(row, "change", year)] = pence
            amounts[Key(row, "total")] = sum(changes.values())
    sums = option_sums(plan)
    changed: list[ColumnKey] = [("change", year) for year in years]
    add_up(amounts, sums, [*changed, ("total", None)])
    return Computed(amounts, sums)


def printed_measure(options: PolicyOptions) -> Measure:
    """What the table prints for a year: changes, or the levels that they add up to."""
    return "change" if options.basis == "change" else "cumulative_change"


def printed_amounts(plan: Plan) -> Amounts:
    """The options' amounts, with the levels that a table of `basis: level` prints."""
    computed, years = option_amounts(plan).amounts, plan.years
    if plan.options is None or plan.options.basis == "change":
        return computed
    amounts = dict(computed)
    for row in dict.fromkeys(key.row for key in amounts):
        changes = (amounts[Key(row, "change", year)] for year in years)
        for year, level in zip(years, accumulate(changes), strict=True):
            amounts[Key(row, "cumulative_change", year)] = level
    return amounts


def option_sums(plan: Plan) -> tuple[RowSum, ...]:
    blocks = blocks_by_service(plan)
    made = [found for block in blocks.values() for found in _group_sums(block)]
    nodes = option_tree(plan)
    return (*made, *_block_sums(nodes, blocks), *_plan_groups(made))


def _group_sums(block: ServiceOptions) -> list[RowSum]:
    return [
        RowSum(group_row(block.service.text, group), tuple(option.id for option in options))
        for group, options in grouped(block).items()
    ]


def _block_sums(
    nodes: tuple[ServiceNode, ...], blocks: Mapping[str, ServiceOptions]
) -> tuple[RowSum, ...]:
    def group_rows(node: ServiceNode) -> tuple[str, ...]:
        groups = grouped(blocks[node.id]) if node.id in blocks else {}
        return tuple(group_row(node.id, group) for group in groups)

    def own_parts(node: ServiceNode) -> tuple[str, ...]:
        if not node.children:
            return group_rows(node)
        return (own_row(node.id),) if node.id in blocks else ()

    own_sums = (
        RowSum(block_row(node), group_rows(node))
        for node in walk(nodes)
        if node.id in blocks and (node.children or not group_rows(node))
    )
    return (*own_sums, *sums_of(nodes, own_parts))


def _plan_groups(of_services: list[RowSum]) -> list[RowSum]:
    """The plan-wide total of each group: new savings, previously approved savings, ..."""
    made = []
    for group in groups():
        ending = group_row("", group)
        parts = tuple(row for row, _ in of_services if row.endswith(ending))
        if parts:
            made.append(RowSum(group_row(TOTAL, group), parts))
    return made

"""The position: opening, change, other movements, cumulative change, total to date, net budget.

`net budget = opening + cumulative change` holds for every row and year and, with several
budgets, `net budget = the one before + change + other movements`.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import Amounts, Computed, Key, add_up
from cfbudget.calculate.changes import changes_of, knows_changes, reversal_row, reversals_of
from cfbudget.calculate.options import blocks_by_service
from cfbudget.calculate.projected import (
    PROJECTED,
    plan_of_measure,
    projected_rows,
    says_affects,
)
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import ServiceNode, own_row, service_tree, sums_of, walk
from cfbudget.plan.files import PolicyOptions, RevenueBudget, ServiceOptions
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear

Moving = dict[FinancialYear, int]


def base_of(plan: Plan, year: FinancialYear) -> RevenueBudget | None:
    """The budget that a year's net budget stands on, if any: the latest at or before it.

    A year before every budget stands on the first one if that contains the year's options:
    taking them off again leads back to it.
    """
    before = [budget for budget in plan.revenue if budget.financial_year.year <= year]
    if before:
        return before[-1]
    first = next(iter(plan.revenue), None)
    contained = {word.year for word in first.contains_options_of} if first else set()
    return first if year in contained else None


def position_years(plan: Plan) -> tuple[FinancialYear, ...]:
    """The years of the position: the plan's and, of several budgets, that of each of them.

    A budget that stands alone is the opening itself, whatever its year.
    """
    if len(plan.revenue) < 2:
        return plan.years
    return tuple(sorted({*plan.years, *plan.budget_years}))


def taken_back_in(plan: Plan) -> Mapping[FinancialYear, FinancialYear]:
    """For each year in which one-offs are taken back, the year of their changes."""
    years = position_years(plan)
    later = {year: next((other for other in years if other > year), None) for year in plan.years}
    return {after: year for year, after in later.items() if after}


def contained_years(plan: Plan, budget: RevenueBudget) -> tuple[FinancialYear, ...]:
    """The years whose changes and reversals a budget contains.

    A budget after the plan that contains the last year's options contains their reversals too.
    """
    words = tuple(word.year for word in budget.contains_options_of)
    after = (
        later
        for later, year in taken_back_in(plan).items()
        if later not in plan.years and year in words and later <= budget.financial_year.year
    )
    return (*words, *after)


def opening_years(plan: Plan) -> dict[FinancialYear, FinancialYear | None]:
    """For each year that has a base budget, the year under which its opening is kept.

    None is the opening before the plan. A later revenue budget has an opening of its own from
    its year on, kept under that year.
    """
    bases = {year: base for year in position_years(plan) if (base := base_of(plan, year))}
    first = next(iter(bases.values()), None)
    return {
        year: None if base is first else base.financial_year.year for year, base in bases.items()
    }


class _PositionRow(NamedTuple):
    """A row of the position that is not a sum of others."""

    id: str
    service: str | None
    """The service whose own budget it stands on; None for a reversal."""
    changes: Moving
    struck: Moving
    """The changes that the base budgets were struck with: the same, but in a trial."""


def position_amounts(plan: Plan) -> Computed:
    """All figures of the position, in pence: those that can be computed.

    They are against the opening, the budget before the plan. A plan without a revenue budget
    has no opening and no net budget; one that lacks the options which its budget contains has
    a net budget alone. Where options say which they change, `net budget = gross + income`.
    """
    computed = _without_projection(plan)
    if not plan.revenue or not says_affects(plan) or not knows_changes(plan):
        return computed
    rows, amounts = projected_rows(plan, computed.sums), dict(computed.amounts)
    for measure in PROJECTED:
        alone = _without_projection(plan_of_measure(plan, measure)).amounts
        amounts |= {
            key._replace(measure=measure): pence
            for key, pence in alone.items()
            if key.measure == "net_budget" and key.row in rows
        }
    return Computed(amounts, computed.sums)


def _without_projection(plan: Plan) -> Computed:
    """The same without gross and income."""
    nodes = service_tree(plan)
    struck = _blocks(plan.struck_with) if plan.struck_with else blocks_by_service(plan)
    blocks = blocks_by_service(plan)
    nets = {budget.financial_year.year: own_nets(budget) for budget in plan.revenue}
    amounts: dict[Key, int] = {}
    for node in walk(nodes):
        for row in _rows(plan, node, blocks.get(node.id), struck.get(node.id)):
            if knows_changes(plan):
                amounts.update(_change_amounts(plan, row))
            amounts.update(_budget_amounts(plan, row, nets))
    sums = sums_of(nodes, lambda n: _own_parts(n, blocks.get(n.id), struck.get(n.id)))
    add_up(amounts, sums, dict.fromkeys((key.measure, key.year) for key in amounts))
    return Computed(amounts, sums)


def _change_amounts(plan: Plan, row: _PositionRow) -> Amounts:
    """The changes and what they add up to; the total to date is over the plan's own years."""
    amounts: dict[Key, int] = {}
    level = money = 0
    listed = plan.years
    for year, change in row.changes.items():
        level += change
        amounts[Key(row.id, "change", year)] = change
        amounts[Key(row.id, "cumulative_change", year)] = level
        if year in listed:
            money += level
            amounts[Key(row.id, "total_to_date", year)] = money
    return amounts


def _budget_amounts(
    plan: Plan, row: _PositionRow, nets: Mapping[FinancialYear, Mapping[str, int]]
) -> Amounts:
    """Opening, other movements and net budget.

    The opening is the base budget less the changes that it contains. Other movements are how
    far it is another than the year before stands on: a plan with one budget has none.
    """
    kept_under = opening_years(plan)
    amounts: dict[Key, int] = {}
    level, earlier = 0, None
    for year, change in row.changes.items():
        level += change
        base = base_of(plan, year)
        if base is None:
            earlier = None
            continue
        net = nets[base.financial_year.year].get(row.service, 0) if row.service else 0
        opening = net - sum(row.struck.get(word, 0) for word in contained_years(plan, base))
        amounts[Key(row.id, "net_budget", year)] = opening + level
        if knows_changes(plan):
            amounts[Key(row.id, "opening", kept_under[year])] = opening
            if earlier is not None and len(plan.revenue) > 1:
                amounts[Key(row.id, "other_movements", year)] = opening - earlier
            earlier = opening
    return amounts


def _rows(
    plan: Plan, node: ServiceNode, block: ServiceOptions | None, struck: ServiceOptions | None
) -> Iterator[_PositionRow]:
    """What a service has of its own: its budget with its options, and their reversals."""
    if node.children and not (node.has_budget or block or struck):
        return
    apart = _has_reversals(block) or _has_reversals(struck)
    own = own_row(node.id) if node.children or apart else node.id
    now = _own_changes(plan, plan.options, block)
    then = _own_changes(plan, plan.struck_with, struck) if plan.struck_with else now
    yield _PositionRow(own, node.id, now.listed, then.listed)
    if apart:
        yield _PositionRow(reversal_row(node.id), None, now.taken_back, then.taken_back)


class _OwnChanges(NamedTuple):
    """What a block's options change, and what their one-offs take back, by year."""

    listed: Moving
    taken_back: Moving


def _own_changes(
    plan: Plan, options: PolicyOptions | None, block: ServiceOptions | None
) -> _OwnChanges:
    years, listed = position_years(plan), plan.years
    made = _OwnChanges(dict.fromkeys(years, 0), dict.fromkeys(years, 0))
    basis = options.basis if options else "change"
    for option in block.options if block else ():
        for year, pence in changes_of(option, basis, listed).items():
            made.listed[year] += pence
        for year, pence in reversals_of(option, years, listed[0]).items():
            made.taken_back[year] += pence
    return made


def _blocks(options: PolicyOptions) -> dict[str, ServiceOptions]:
    return {block.service.text: block for block in options.services}


def _has_reversals(block: ServiceOptions | None) -> bool:
    return block is not None and any(not option.recurs for option in block.options)


def _own_parts(
    node: ServiceNode, block: ServiceOptions | None, struck: ServiceOptions | None
) -> tuple[str, ...]:
    """The rows a service sums besides those within it; none for a plain line."""
    if _has_reversals(block) or _has_reversals(struck):
        return (own_row(node.id), reversal_row(node.id))
    has_own = node.has_budget or block or struck
    return (own_row(node.id),) if node.children and has_own else ()

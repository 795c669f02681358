"""Every stated figure of a plan, beside the computed one."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Amounts, Key, RowSum
from cfbudget.calculate.capital import capital_amounts, financings
from cfbudget.calculate.not_known import LeftOut, capital_lacks, options_lack
from cfbudget.calculate.option_groups import stated_groups, with_groups, with_groups_lacking
from cfbudget.calculate.options import (
    block_row,
    option_sums,
    option_tree,
    printed_amounts,
    printed_measure,
)
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.revenue import MEASURES, revenue_amounts
from cfbudget.calculate.services import walk, with_parents
from cfbudget.checks.assumed import with_assumed
from cfbudget.checks.compared_table import ComparedTable, label_of
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.financing_comparisons import financing_comparisons
from cfbudget.checks.funding_comparisons import funding_comparisons
from cfbudget.checks.net_budgets import net_budgets
from cfbudget.checks.root_causes import with_causes
from cfbudget.checks.stated_fte import stated_fte
from cfbudget.plan.files import (
    CapitalProgramme,
    PolicyOptions,
    RevenueBudget,
    Scheme,
    Service,
    ServiceOptions,
    StatedGroup,
)
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure, Stated, StatedFigure
from cfbudget.years import FinancialYear


def comparisons(plan: Plan) -> tuple[Comparison, ...]:
    """Each printed total of the plan with ours, in the order of the files."""
    found: list[Comparison] = []
    for budget in plan.revenue:
        computed = revenue_amounts(budget)
        found += with_causes(_revenue(budget, computed.amounts), computed.sums)
    if plan.capital:
        capital = capital_amounts(plan)
        lacks = capital_lacks(plan)
        found += with_causes(_capital(capital.amounts, plan.capital, lacks), capital.sums)
        if financings(plan.capital):
            found += financing_comparisons(plan.capital)
    if plan.options:
        amounts, sums = printed_amounts(plan), tuple(_option_sums(plan))
        assumed = with_assumed(plan, plan.options, amounts, sums)
        found += with_causes(map(assumed, _options(plan, plan.options, amounts)), sums)
        found += stated_fte(plan, plan.options)
        found += net_budgets(plan, plan.options)
    found += funding_comparisons(plan)
    return tuple(found)


# -- revenue --------------------------------------------------------------------------------


def _revenue(budget: RevenueBudget, amounts: Amounts) -> Iterator[Comparison]:
    year = budget.financial_year.year
    table = ComparedTable("revenue", budget, amounts, printed_step(budget))
    for _, service in with_parents(budget.services):
        printed = service.stated.label if service.stated and service.services else None
        for measure, stated in _measures(service.stated):
            key = Key(service.id, measure, year)
            addends = _service_addends(service, measure, year)
            yield table.compare(key, printed or service.name, stated, addends, service)
    label = label_of(budget.stated, budget.name)
    for measure, stated in _measures(budget.stated):
        addends = [Key(service.id, measure, year) for service in budget.services]
        yield table.compare(Key(TOTAL, measure, year), label, stated, addends, budget)


def _measures(stated: Stated | None) -> Iterator[tuple[Measure, StatedFigure]]:
    if stated:
        yield from ((m, stated.figures[m]) for m in MEASURES if m in stated.figures)


def _service_addends(service: Service, measure: Measure, year: FinancialYear) -> list[Key]:
    if service.services is not None:
        return [Key(below.id, measure, year) for below in service.services]
    if measure == "net" and service.net is None:
        return [Key(service.id, "gross", year), Key(service.id, "income", year)]
    return []


# -- capital --------------------------------------------------------------------------------


def _capital(amounts: Amounts, programme: CapitalProgramme, lacks: LeftOut) -> Iterator[Comparison]:
    table = ComparedTable("capital", programme, amounts, printed_step(programme), lacks)
    for scheme in programme.schemes:
        if scheme.stated:
            for name, stated in scheme.stated.figures.items():
                key = _capital_key(scheme.id, name)
                addends = _scheme_addends(scheme, name)
                yield table.compare(key, scheme.name, stated, addends, scheme)
    if programme.stated:
        for name, stated in programme.stated.figures.items():
            addends = [_capital_key(scheme.id, name) for scheme in programme.schemes]
            label = label_of(programme.stated, programme.name)
            yield table.compare(_capital_key(TOTAL, name), label, stated, addends, programme)


def _capital_key(row: str, name: Measure | FinancialYear) -> Key:
    return Key(row, "allocation", name) if isinstance(name, FinancialYear) else Key(row, name)


def _scheme_addends(scheme: Scheme, name: Measure | FinancialYear) -> list[Key]:
    if name == "programme":
        years = sorted({*scheme.allocations, *scheme.unknown})
        return [*(Key(scheme.id, "allocation", year) for year in years), Key(scheme.id, "later")]
    if name == "total":
        return [Key(scheme.id, "programme"), Key(scheme.id, "under_development")]
    return []


# -- options --------------------------------------------------------------------------------


def _options(plan: Plan, options: PolicyOptions, printed: Amounts) -> Iterator[Comparison]:
    """Changes as printed or, under `basis: level`, the levels that they add up to."""
    groups = [group for _, group in stated_groups(options)]
    amounts = with_groups(printed, groups)
    lacks = with_groups_lacking(options_lack(plan), groups)
    step, lines = printed_step(options), _condensed_lines(plan)
    table = ComparedTable("options", options, amounts, step, lacks, lines)
    nodes, years = {node.id: node for node in walk(option_tree(plan))}, plan.years
    for block in options.services:
        for option in block.options:
            if option.stated:
                key = Key(option.id, "total")
                changes = [Key(option.id, "change", year) for year in years]
                addends = changes if options.basis == "change" else []
                yield table.compare(key, option.name, option.stated, addends, option)
        node = nodes[block.service.text]
        total = _TotalRow(block_row(node), block.name or node.name, block)
        yield from _totals(table, total, [option.id for option in block.options], options)
    blocks = [block_row(nodes[block.service.text]) for block in options.services]
    yield from _totals(table, _TotalRow(TOTAL, options.name, options), blocks, options)
    for stated, group in stated_groups(options):
        named = _TotalRow(group.row, stated.name.text, stated)
        yield from _totals(table, named, [option.id for option in group.options], options)


def condensed_agreeing(plan: Plan) -> int:
    """How many stated totals of condensed options agree: those stand in no comparison."""
    return sum(one.condensed.agreeing for one in plan.condensed if one.condensed)


def _condensed_lines(plan: Plan) -> dict[Key, int]:
    """How many lines that are not nil stand behind each figure of condensed options."""
    return {
        Key(option.id, "change" if year else "total", year): count
        for option in plan.condensed
        if option.condensed
        for year, count in option.condensed.changing.items()
    }


def _option_sums(plan: Plan) -> Iterator[RowSum]:
    """The rows that are sums, those of the groups last."""
    yield from option_sums(plan)
    grouped = stated_groups(plan.options) if plan.options else ()
    yield from (group.row_sum for _, group in grouped)


class _TotalRow(NamedTuple):
    """A total row of the options, and the record that states it."""

    row: str
    name: str
    record: ServiceOptions | PolicyOptions | StatedGroup


def _totals(
    table: ComparedTable, total: _TotalRow, below: list[str], options: PolicyOptions
) -> Iterator[Comparison]:
    """The figures that a block's, or the table's, total row states."""

    def key(row: str, column: Measure | FinancialYear) -> Key:
        if isinstance(column, FinancialYear):
            return Key(row, printed_measure(options), column)
        return Key(row, column)

    stated = total.record.stated
    label = label_of(stated, total.name)
    for column, figure in stated.figures.items() if stated else ():
        addends = [key(part, column) for part in below]
        yield table.compare(key(total.row, column), label, figure, addends, total.record)

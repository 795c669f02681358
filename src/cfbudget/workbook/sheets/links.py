"""Figures that are neither inputs nor sums within their own table: steps, links, openings."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.changes import knows_changes, reversal_row
from cfbudget.calculate.financing import SPEND, key_at, paid_for, periods
from cfbudget.calculate.funds import general_row
from cfbudget.calculate.options import block_row, blocks_by_service, option_tree
from cfbudget.calculate.position import (
    base_of,
    contained_years,
    opening_years,
    position_years,
)
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import walk
from cfbudget.layout.made_of import BandDOf, TaxOf
from cfbudget.layout.table import Row, Table, key_of
from cfbudget.plan.files import CapitalProgramme, PolicyOptions, RevenueBudget
from cfbudget.plan.funding_files import Funding
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Expression, Fixed, Minus, Sum
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.made_expressions import council_tax
from cfbudget.workbook.sheets.projected_formulas import ProjectedFormulas
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Formulas, Ledger
from cfbudget.workbook.sheets.taken_back import taken_back_keys
from cfbudget.years import FinancialYear


def steps(plan: Plan, options: PolicyOptions, table: Table, ledger: Ledger) -> Formulas:
    """Under `basis: level`, each option's change as the step from one level to the next."""
    if options.basis == "change":
        return {}
    formulas: dict[Key, Expression] = {}
    lines = [row.id for row in table.rows if row.role == "line"]
    for row in lines:
        before: At | None = None
        for year in plan.years:
            level = ledger.places["options", Key(row, "cumulative_change", year)]
            formulas[Key(row, "change", year)] = Between(level, "-", before) if before else level
            before = level
    return formulas


def spend_formulas(programme: CapitalProgramme, ledger: Ledger) -> Formulas:
    """What is to be financed: the programme's allocations, or those of some of its schemes."""
    schemes = paid_for(programme)
    rows = (TOTAL,) if len(schemes) == len(programme.schemes) else tuple(one.id for one in schemes)
    keys = [key_at("", period, "allocation") for period in periods(programme)]
    return {
        key._replace(row=SPEND): Sum(
            tuple(ledger.places["capital", key._replace(row=row)] for row in rows)
        )
        for key in keys
    }


def position_formulas(
    plan: Plan, table: Table, ledger: Ledger, rates: Rates, before: Before | None = None
) -> Formulas:
    """What each line of the position takes from the options and the revenue budget.

    Args:
        before: the baseline's figures, where the plan is a trial of it.
    """
    made: dict[Key, Expression] = {}
    rows = _Rows(plan, ledger, rates, before)
    projected = ProjectedFormulas(plan, table, ledger, (rates, before))
    for row in table.rows:
        if row.role == "line":
            made.update(rows.changes(row))
            made.update(rows.budgets(row))
            made.update(projected.of(row))
    return made


def tax_formulas(table: Table, ledger: Ledger, rates: Rates) -> Formulas:
    """Each council tax that is worked out, by the cell that says what the unit is worth."""
    pounds = rates.cells.get(table.unit.name)
    made: dict[Key, Expression] = {}
    for key, how in table.made_of.items() if pounds else ():
        if isinstance(how, TaxOf | BandDOf) and pounds:
            one, other = (ledger.places["funding", part] for part in how)
            made[key] = council_tax(how, (one, other), pounds)
    return made


def gap_formulas(
    plan: Plan, table: Table, ledger: Ledger, rates: Rates, funding: Funding
) -> Formulas:
    """What the gap repeats of other sheets: the net budget, the funding, the reserves used."""
    general = general_row(plan)
    made: dict[Key, Expression] = {}
    for row in table.rows if table.panels else ():
        for column in table.columns if row.is_repeat else ():
            key = key_of(row, column)
            if row.measure == "net_budget":
                made[key] = ledger.places["position", Key(general, "net_budget", key.year)]
            elif row.measure == "amount":
                at = ledger.places["funding", Key(TOTAL, "amount", key.year)]
                made[key] = rates.converted(at, funding.unit)
            else:
                of = row.id.removesuffix("/use")
                at = ledger.places["funding", Key(of, "reserves_used", key.year)]
                made[key] = rates.converted(at, funding.unit)
    return made


class _Rows:
    """What the position's lines are made of."""

    def __init__(self, plan: Plan, ledger: Ledger, rates: Rates, before: Before | None) -> None:
        self.plan, self.ledger, self.rates, self.before = plan, ledger, rates, before
        self.blocks = blocks_by_service(plan)
        self.totals = {
            node.id: block_row(node) for node in walk(option_tree(plan)) if node.id in self.blocks
        }
        self.budgeted = {b.financial_year.year: frozenset(own_nets(b)) for b in plan.revenue}

    def changes(self, row: Row) -> Iterator[tuple[Key, Expression]]:
        """A line's change: its service's own options, or what their one-offs take back."""
        if not knows_changes(self.plan):
            return
        for year in position_years(self.plan):
            taken_back = row.id == reversal_row(row.service)
            change = self._reversal(row, year) if taken_back else self._change(row, year)
            yield Key(row.id, "change", year), change

    def _change(self, row: Row, year: FinancialYear) -> Expression:
        total = self.totals.get(row.service)
        if total is None or self.plan.options is None or year not in self.plan.years:
            return NIL
        at = self.ledger.places["options", Key(total, "change", year)]
        return self.rates.converted(at, self.plan.options.unit)

    def _reversal(self, row: Row, year: FinancialYear) -> Expression:
        options = self.plan.options
        if options is None:
            return NIL
        one_offs = [option for option in self.blocks[row.service].options if not option.recurs]
        keys = [key for option in one_offs for key in taken_back_keys(self.plan, option, year)]
        if not keys:
            return NIL
        taken = Minus(Sum(tuple(self.ledger.places["options", key] for key in keys)))
        rate = self.rates.cells.get(options.unit.name)
        return Between(taken, "*", Fixed(rate)) if rate else taken

    def budgets(self, row: Row) -> Iterator[tuple[Key, Expression]]:
        """A line's openings, each the base budget less the changes that it contains.

        Other movements are from one to the next. A plan that does not know its changes has
        net budgets alone.
        """
        kept_under, earlier = opening_years(self.plan), None
        for year in position_years(self.plan):
            base = base_of(self.plan, year)
            if base is None:
                earlier = None
                continue
            net = self._net(row, base)
            if not knows_changes(self.plan):
                yield Key(row.id, "net_budget", year), net or NIL
                continue
            contained = self._contained(row, base)
            key = Key(row.id, "opening", kept_under[year])
            if net and contained.parts:
                yield key, Between(net, "-", contained)
            else:
                yield key, net or (Minus(contained) if contained.parts else NIL)
            opening = self.ledger.places["position", key]
            if earlier is not None and len(self.plan.revenue) > 1:
                moved = Between(opening, "-", earlier) if opening != earlier else NIL
                yield Key(row.id, "other_movements", year), moved
            earlier = opening

    def _net(self, row: Row, base: RevenueBudget) -> Expression | None:
        """The service's own net in a budget; a service within it has its own line."""
        if row.id == reversal_row(row.service):
            return None
        at = self.ledger.places.get(("revenue", Key(row.service, "net", base.financial_year.year)))
        if at is None or row.service not in self.budgeted[base.financial_year.year]:
            return None
        return self.rates.converted(at, base.unit)

    def _contained(self, row: Row, base: RevenueBudget) -> Sum:
        keys = [Key(row.id, "change", year) for year in contained_years(self.plan, base)]
        if self.before is not None:
            # A trial's budgets were struck with the options as the baseline has them.
            found = [self.before.place("position", key, row) for key in keys]
            return Sum(tuple(at for at in found if at is not None))
        return Sum(tuple(self.ledger.places["position", key] for key in keys))

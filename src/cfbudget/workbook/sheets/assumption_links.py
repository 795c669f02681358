"""What the Assumptions sheet takes from the budgets, and the Options sheet from it."""

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.calculate.base_amounts import MEASURES
from cfbudget.layout.made_of import CompoundOf, StepOf
from cfbudget.layout.table import Table
from cfbudget.money import places_of
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Expression
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.made_expressions import compounded
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Formulas, Ledger
from cfbudget.years import FinancialYear


def assumption_formulas(
    plan: Plan, table: Table, ledger: Ledger, rates: Rates, before: Before | None
) -> Formulas:
    """The base amounts, which stand on the Revenue sheet; in a trial what it leaves as it is.

    Args:
        before: the baseline's figures, where the plan is a trial of it.
    """
    made: dict[Key, Expression] = {}
    units = {budget.financial_year.year: budget.unit for budget in plan.revenue}
    for option in assumptions_of(plan):
        for one in option.worked:
            if key := _of_budget(option, one.budget):
                at = ledger.places["revenue", key]
                base = Key(option.id, "base_amount", one.year)
                made[base] = rates.converted(at, units[one.budget])
    if before is None:
        return made
    return {**made, **_exchanged(table, ledger, before), **before.unchanged(table)}


def _of_budget(option: Option, budget: FinancialYear) -> Key | None:
    """Where a base amount stands in a budget; a named amount stands in none of its columns."""
    row, _, measure = option.of.text.rpartition(".") if option.of else ("", "", "")
    found = next((known for known in MEASURES if known == measure), None)
    return Key(row, found, budget) if found and row else None


def _exchanged(table: Table, ledger: Ledger, before: Before) -> Formulas:
    """Levels of a trial that stand on a budget: it was struck with the baseline's rates."""
    penny = places_of(1, table.unit)
    rows = {row.of: row for row in table.rows if row.measure == "rate"}
    made: dict[Key, Expression] = {}

    def here(key: Key) -> At | None:
        return ledger.places.get(("assumptions", key))

    def struck(key: Key) -> At | None:
        return before.place("assumptions", key, rows[key.row])

    for key, how in table.made_of.items():
        if isinstance(how, CompoundOf) and (level := compounded(how, penny, here, struck)):
            made[key] = level
        elif isinstance(how, StepOf):
            at, earlier = here(how.level), compounded(how.before, penny, here, struck)
            if at and earlier:
                made[key] = Between(at, "-", earlier)
    return made


def assumed_changes(plan: Plan, options: PolicyOptions, ledger: Ledger) -> Formulas:
    """The change of each assumption, which its working comes to; a level under `basis: level`."""
    made: dict[Key, Expression] = {}
    for option in assumptions_of(plan):
        before: At | None = None
        for year in plan.years:
            at: Expression = ledger.places.get(("assumptions", Key(option.id, "change", year)), NIL)
            if options.basis == "change":
                made[Key(option.id, "change", year)] = at
                continue
            key = Key(option.id, "cumulative_change", year)
            made[key] = Between(before, "+", at) if before else at
            before = ledger.places["options", key]
    return made

"""Gross and income of the position as formulas: the base budget's, and what changes it."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import Key
from cfbudget.calculate.changes import reversal_row
from cfbudget.calculate.position import base_of, contained_years, position_years
from cfbudget.calculate.projected import PROJECTED, ProjectedMeasure
from cfbudget.calculate.revenue import own_nets
from cfbudget.layout.table import Row, Table
from cfbudget.plan.files import Option, PolicyOptions
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import NIL, Between, Expression, Fixed, Sum
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Formulas, Ledger
from cfbudget.workbook.sheets.taken_back import taken_back_keys
from cfbudget.years import FinancialYear


class ProjectedFormulas:
    """What the gross and income of the position's lines are made of."""

    def __init__(
        self, plan: Plan, table: Table, ledger: Ledger, units: tuple[Rates, Before | None]
    ) -> None:
        """The plan and its position.

        Args:
            units: the rates between units and, of a trial, where the baseline's figures stand.
        """
        self.plan, self.table, self.ledger = plan, table, ledger
        self.rates, self.before = units

    def of(self, row: Row) -> Formulas:
        """The formulas of one line, where its gross and income are known."""
        return {
            key: self._formula(row, measure, year)
            for measure in PROJECTED
            for year in position_years(self.plan)
            if (key := Key(row.id, measure, year)) in self.table.cells
        }

    def _formula(self, row: Row, measure: ProjectedMeasure, year: FinancialYear) -> Expression:
        """The base budget's amount, more what changes it, less what the budget contains of that."""
        base = base_of(self.plan, year)
        assert base is not None  # else there is no figure
        moving = {other for other in position_years(self.plan) if other <= year}
        contained = set(contained_years(self.plan, base))
        if self.before is None:
            moving, contained = moving - contained, contained - moving
        added = self._changes(self.plan.options, row, measure, moving)
        struck = self.plan.struck_with or self.plan.options
        taken = self._changes(struck, row, measure, contained, struck=True)
        if row.id == reversal_row(row.service):
            added, taken = taken, added  # what is taken back has the other sign
        made = self._base(row, measure, base.financial_year.year)
        if added:
            made = Between(made, "+", self._converted(added)) if made else self._converted(added)
        return Between(made or NIL, "-", self._converted(taken)) if taken else made or NIL

    def _base(self, row: Row, measure: ProjectedMeasure, year: FinancialYear) -> Expression | None:
        """What the service has of its own in a budget."""
        if row.id == reversal_row(row.service):
            return None
        budget = next(b for b in self.plan.revenue if b.financial_year.year == year)
        at = self.ledger.places.get(("revenue", Key(row.service, measure, year)))
        if at is None or row.service not in own_nets(budget):
            return None
        return self.rates.converted(at, budget.unit)

    def _converted(self, cells: tuple[At, ...]) -> Expression:
        """Changes added up, in the position's unit."""
        added = Sum(cells)
        options = self.plan.options
        rate = self.rates.cells.get(options.unit.name) if options else None
        return Between(added, "*", Fixed(rate)) if rate else added

    def _changes(
        self,
        options: PolicyOptions | None,
        row: Row,
        measure: ProjectedMeasure,
        years: set[FinancialYear],
        *,
        struck: bool = False,
    ) -> tuple[At, ...]:
        """The cells of the changes that a line has of some years.

        Args:
            struck: whether they are those that the budgets were struck with.
        """
        taken_back = row.id == reversal_row(row.service)
        found: list[At] = []
        for option in self._options(options, row.service, measure):
            if taken_back and option.recurs:
                continue
            for key in self._keys(option, sorted(years), taken_back=taken_back):
                if struck and self.before is not None:
                    at = self.before.place("options", key, row)
                else:
                    at = self.ledger.places.get(("options", key))
                if at is not None:
                    found.append(at)
        return tuple(found)

    def _keys(
        self, option: Option, years: list[FinancialYear], *, taken_back: bool
    ) -> Iterator[Key]:
        """The figures that an option changes by in some years, or takes back in them."""
        for year in years:
            if taken_back:
                yield from taken_back_keys(self.plan, option, year)
            elif year in self.plan.years:
                yield Key(option.id, "change", year)

    def _options(
        self, options: PolicyOptions | None, service: str, measure: ProjectedMeasure
    ) -> Iterator[Option]:
        for block in options.services if options else ():
            if block.service.text == service:
                yield from (option for option in block.options if option.affects == measure)

"""The bridge: the steps that take the net budget from one year to the next."""

from collections.abc import Iterator
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.options import group_row, groups
from cfbudget.calculate.position import opening_years, position_years
from cfbudget.layout.table import Table
from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.plan.plan import Plan
from cfbudget.workbook.book.expressions import Between, Expression, Fixed, Sum
from cfbudget.workbook.sheets.chart_data import ChartFigure
from cfbudget.workbook.sheets.rates import Rates
from cfbudget.workbook.sheets.statements import Ledger
from cfbudget.years import FinancialYear


class BridgeStep(NamedTuple):
    """A part of the bridge: a year's net budget, or what moves it towards the next."""

    id: str
    label: str
    figure: ChartFigure
    is_level: bool = False


class YearBridge:
    """The steps from each year's net budget to the next one's."""

    def __init__(
        self, plan: Plan, position: Table, options: Table | None, ledger: Ledger, rates: Rates
    ) -> None:
        self.plan, self.position, self.options = plan, position, options
        self.ledger, self.rates = ledger, rates

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of the options that move it."""
        blocks = self.plan.options.services if self.plan.options else ()
        return frozenset(option.kind for block in blocks for option in block.options)

    def steps(self) -> list[BridgeStep]:
        """The levels and what is between them; none where the changes are not known.

        What moves in a year without a net budget leads to the next one that there is.
        """
        kept, cells = opening_years(self.plan), self.position.cells
        found: list[BridgeStep] = []
        before: FinancialYear | None = None
        for year in position_years(self.plan):
            if Key(TOTAL, "change", year) not in cells:
                return []
            if before is not None:
                found += self._movements(year)
                if year in kept and kept[year] != kept[before]:
                    found.append(self._other(year))
            if year in kept:
                figure = self._figure(Key(TOTAL, "net_budget", year))
                label = f"Net budget {year}"
                found.append(BridgeStep(f"net-budget/{year}", label, figure, is_level=True))
                before = year
        return found

    def _figure(self, key: Key) -> ChartFigure:
        """A figure of the position."""
        return ChartFigure(self.ledger.places["position", key], self.position.cells[key].pence)

    def _other(self, year: FinancialYear) -> BridgeStep:
        figure = self._figure(Key(TOTAL, "other_movements", year))
        return BridgeStep(f"other-movements/{year}", f"Other movements {year}", figure)

    def _movements(self, year: FinancialYear) -> Iterator[BridgeStep]:
        """What the listed options change in a year, and what one-offs take back."""
        for kind, entry in KINDS.items():
            rows = [group_row(TOTAL, group) for group in groups() if group[0] == kind]
            if figure := self._of_options([Key(row, "change", year) for row in rows]):
                yield BridgeStep(f"{kind}/{year}", f"{entry.together.capitalize()} {year}", figure)
        reversals = [
            Key(row.id, "change", year)
            for row in self.position.rows
            if row.role == "line" and row.id.endswith("/reversals")
        ]
        if reversals:
            pence = sum(self.position.cells[key].pence for key in reversals)
            added = Sum(tuple(self.ledger.places["position", key] for key in reversals))
            yield BridgeStep(f"reversals/{year}", f"Reversals {year}", ChartFigure(added, pence))

    def _of_options(self, keys: list[Key]) -> ChartFigure | None:
        """Some figures of the options together, in the position's unit; None without any."""
        if self.options is None:
            return None
        cells = self.options.cells
        there = [key for key in keys if key in cells]
        if not there:
            return None
        added = Sum(tuple(self.ledger.places["options", key] for key in there))
        rate = self.rates.cells.get(self.options.unit.name)
        whole: Expression = Between(added, "*", Fixed(rate)) if rate else added
        return ChartFigure(whole, sum(cells[key].pence for key in there))

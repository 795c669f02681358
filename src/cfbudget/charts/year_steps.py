"""What takes the net budget from one year to the next: by kind, by service or by option."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.charts.bars import added, figure_in
from cfbudget.charts.largest import largest_of, others_label
from cfbudget.charts.position import net_budget_columns, service_name, top_services
from cfbudget.charts.steps import ChartStep, Waterfall
from cfbudget.grammar import listed
from cfbudget.layout.chart import Split
from cfbudget.layout.grid import ShownFigure
from cfbudget.layout.table import Column, Row, Table
from cfbudget.plan.kinds import KINDS
from cfbudget.tables.standing_sentences import CHANGE_SIGN
from cfbudget.years import FinancialYear

MOST = 12
"""How many services or options a stretch shows; of more, the smallest stand together."""
OTHER = "Other movements, not in the listed options"
REVERSALS = "Reversals of one-off options"


class YearBridges(NamedTuple):
    """The tables that the steps from year to year are in."""

    position: Table
    options: Table | None

    def steps(self, by: Split, years: Sequence[FinancialYear] = ()) -> list[ChartStep]:
        """Each year's net budget, and between two of them what moves it.

        Args:
            years: those that are led to, or none for all.
        """
        levels = net_budget_columns(self.position)
        made: list[ChartStep] = []
        shown: Column | None = None
        for before, now in pairwise(levels):
            if years and now.year not in years:
                continue
            made += [self._level(before)] if before is not shown else []
            made += [*self._between(by, before, now), self._level(now)]
            shown = now
        return made or [self._level(level) for level in levels[:1]]

    def frame(self, plan: str, by: Split) -> Waterfall:
        position = self.position
        title = f"{plan}: what takes the net budget from year to year, by {by}"
        return Waterfall(title, CHANGE_SIGN, position.unit, position.places)

    def _level(self, column: Column) -> ChartStep:
        total = next(row for row in self.position.rows if row.id == TOTAL)
        figure = figure_in(self.position, total, column)
        assert figure is not None, "a total has every column that its rows have"
        label = f"Net budget {column.heading}"
        return ChartStep(f"net-budget/{column.year}", label, figure, is_level=True)

    def _between(self, by: Split, before: Column, now: Column) -> Iterator[ChartStep]:
        """The steps of one stretch, those that move nothing left out."""
        if by == "service":
            steps = self._by_service(before, now)
        else:
            within = self._years_between(before, now)
            steps = [*self._by_options(by, within), *self._besides(within)]
        shown = largest_of(steps, lambda step: abs(step.figure.pence), MOST)
        others = [step.figure for step in steps if step not in shown]
        for step in shown:
            yield step._replace(id=f"{step.id}/{now.year}", figure=_moving(step.figure))
        if others:
            label, figure = others_label(len(others)), _moving(added(self.position, others))
            yield ChartStep(f"others/{now.year}", label, figure)

    def _years_between(self, before: Column, now: Column) -> list[FinancialYear]:
        """The years after one level to another: in some there may be no net budget."""
        years = (c.year for c in self.position.columns if c.measure == "change")
        return [y for y in years if y and before.year and now.year and before.year < y <= now.year]

    def _by_service(self, before: Column, now: Column) -> list[ChartStep]:
        """What each service's net budget is more than before, whatever moves it."""
        made = []
        for row in top_services(self.position):
            then, there = (figure_in(self.position, row, column) for column in (before, now))
            pence = (there.pence if there else 0) - (then.pence if then else 0)
            lacks = any(figure and figure.lacks for figure in (then, there))
            if pence:
                figure = ShownFigure(pence, self.position.unit, self.position.places, lacks=lacks)
                made.append(ChartStep(row.id, service_name(row), figure))
        return made

    def _by_options(self, by: Split, years: Sequence[FinancialYear]) -> Iterator[ChartStep]:
        """What the listed options change in some years, together by kind or each of them."""
        if self.options is None:
            return
        if by == "option":
            for row in self.options.rows:
                if row.role == "line":
                    yield from self._moved(row.id, row.label, [row], years)
            return
        groups = [r for r in self.options.rows if r.id.startswith(f"{TOTAL}/") and r.kind]
        for kind, entry in KINDS.items():
            rows = [row for row in groups if row.kind == kind]
            label = entry.together[:1].upper() + entry.together[1:]
            yield from self._moved(kind, label, rows, years)

    def _moved(
        self, id_: str, label: str, rows: Sequence[Row], years: Sequence[FinancialYear]
    ) -> Iterator[ChartStep]:
        """The changes of some rows of the options in some years, in the position's unit."""
        options = self.options
        if options is None:
            return
        cells = [options.cells.get(Key(row.id, "change", year)) for row in rows for year in years]
        there = [cell for cell in cells if cell]
        pence = sum(cell.pence for cell in there)
        lacks = any(cell.lacks or cell.is_unknown for cell in there)
        if pence or lacks:
            figure = ShownFigure(pence, self.position.unit, self.position.places, lacks=lacks)
            yield ChartStep(id_, label, figure)

    def _besides(self, years: Sequence[FinancialYear]) -> Iterator[ChartStep]:
        """What one-offs take back, and what no listed option explains."""
        position = self.position
        reversals = [
            r.id for r in position.rows if r.role == "line" and r.id.endswith("/reversals")
        ]
        found = {
            ("reversals", REVERSALS): [Key(r, "change", y) for r in reversals for y in years],
            ("other-movements", OTHER): [Key(TOTAL, "other_movements", year) for year in years],
        }
        for (id_, label), keys in found.items():
            pence = sum(cell.pence for key in keys if (cell := position.cells.get(key)))
            if pence:
                figure = ShownFigure(pence, position.unit, position.places)
                yield ChartStep(id_, label, figure)


def _moving(figure: ShownFigure) -> ShownFigure:
    """A figure of a step, which shows its plus."""
    return figure._replace(signed=True)


def years_said(table: Table) -> str:
    """The years that may be led to."""
    return listed(str(column.year) for column in net_budget_columns(table)[1:])

"""Every figure of a plan with what it is made of, worked out as it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.comparisons import comparisons
from cfbudget.explanations.amount_words import amount_words
from cfbudget.explanations.explanation import Explanation, SignedPart
from cfbudget.explanations.figures import FigureId, KnownFigure
from cfbudget.explanations.formula_words import worked_out
from cfbudget.explanations.known_figures import known_figures
from cfbudget.explanations.signed_cells import SignedCell, signed_cells
from cfbudget.layout.made_of import MadeOf
from cfbudget.plan.plan import Plan
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Formula, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.sheets.plan_book import SHEETS
from cfbudget.workbook.sheets.plan_sheets import in_full
from cfbudget.workbook.sheets.plan_statements import plan_statements
from cfbudget.workbook.sheets.statements import Ledger
from cfbudget.years import FinancialYear


class ExplainedPlan:
    """A plan's figures by their ids, each with an explanation.

    The tables are those that `totals` prints and what their sheets show besides: levels as they
    are given, and totals by category, portfolio or owner.
    """

    def __init__(self, plan: Plan, compared: Sequence[Comparison] | None = None) -> None:
        """Lay the plan out.

        Args:
            compared: the comparisons of its printed figures, where they are made already.
        """
        self.plan = plan
        self.tables = tuple(in_full(plan, table) for table in plan_tables(plan))
        self.compared = comparisons(plan) if compared is None else compared
        self._sheets = {name: Sheet(name) for name in SHEETS}
        self._ledger = Ledger({}, [])
        plan_statements(self._sheets, plan, self.tables, self._ledger)

    @cached_property
    def figures(self) -> Mapping[FigureId, KnownFigure]:
        """Every figure by itself, in the order of the tables, their rows and columns."""
        places = self._ledger.places
        return {
            figure.id: figure
            for figure in known_figures(self.plan, self.tables, places, self.compared)
        }

    def figure(self, table: TableName, key: Key) -> KnownFigure | None:
        """A figure of a table; None for one that the plan does not have."""
        return self.figures.get(FigureId(table, key))

    def explanation(self, figure: KnownFigure) -> Explanation:
        """What a figure comes to, and what it is made of, one step down."""
        words = amount_words(figure, self._year_before(figure))
        at = self._ledger.places[figure.id.table, figure.id.key]
        cell = self._sheets[at.sheet].cells[at.row, at.column]
        if not isinstance(cell.content, Formula):
            return Explanation(figure, words)
        cells = signed_cells(cell.content.expression)
        if cells is not None:
            return Explanation(figure, words, tuple(self._parts(cells)))
        table = figure.id.table
        made = self._made_of.get(figure.id)
        formula, working = worked_out(made, lambda key: self.figures[FigureId(table, key)])
        return Explanation(figure, words, (), formula, working)

    def explanations(self) -> Iterator[Explanation]:
        """Every figure of the plan, explained."""
        return map(self.explanation, self.figures.values())

    def _parts(self, cells: Sequence[SignedCell]) -> Iterator[SignedPart]:
        for sign, at in cells:
            yield SignedPart(sign, self.figures[self._ids[at]])

    @cached_property
    def _ids(self) -> Mapping[At, FigureId]:
        """Which figure stands in a cell."""
        return {at: FigureId(*where) for where, at in self._ledger.places.items()}

    @cached_property
    def _made_of(self) -> Mapping[FigureId, MadeOf]:
        return {
            FigureId(table.name, key): made
            for table in self.tables
            for key, made in table.made_of.items()
        }

    def _year_before(self, figure: KnownFigure) -> KnownFigure | None:
        key = figure.id.key
        if key.year is None:
            return None
        before = key._replace(year=FinancialYear(key.year.start - 1))
        return self.figure(figure.id.table, before)

"""Every figure of a plan with what it is made of, worked out as it is asked for."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

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
from cfbudget.layout.table import Table, Variant
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.plan_tables import plan_tables
from cfbudget.workbook.book.book import Formula, Sheet
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import Expression
from cfbudget.workbook.sheets.baseline_cells import Before
from cfbudget.workbook.sheets.plan_book import SHEETS
from cfbudget.workbook.sheets.plan_sheets import in_full
from cfbudget.workbook.sheets.plan_statements import plan_statements
from cfbudget.workbook.sheets.scenario_sheets import OF_SCENARIO
from cfbudget.workbook.sheets.scenario_tables import scenario_tables
from cfbudget.workbook.sheets.statements import Ledger
from cfbudget.years import FinancialYear

LaidOut = tuple[tuple[Table, ...], Mapping[str, Sheet], Ledger]
"""The tables, the sheets on which they stand, and where each figure does."""
NOT_MOVED: Mapping[At, At] = MappingProxyType({})


class ExplainedPlan:
    """A plan's figures by their ids, each with an explanation.

    The tables are those that `totals` prints and what their sheets show besides: levels as they
    are given, and totals by category, portfolio or owner.
    """

    variant: Variant = ""

    def __init__(
        self,
        plan: Plan,
        compared: Sequence[Comparison] | None = None,
        now: Mapping[At, At] = NOT_MOVED,
    ) -> None:
        """Lay the plan out.

        Args:
            compared: the comparisons of its printed figures, where they are made already.
            now: where cells stand in a workbook that came back, by where they were written.
        """
        self.plan, self.now = plan, now
        self.compared = comparisons(plan) if compared is None else compared
        self.tables, self._sheets, self._ledger = self._laid_out()

    def _laid_out(self) -> LaidOut:
        tables = tuple(in_full(self.plan, table) for table in plan_tables(self.plan))
        sheets, ledger = {name: Sheet(name) for name in SHEETS}, Ledger({}, [])
        plan_statements(sheets, self.plan, tables, ledger)
        return tables, sheets, ledger

    @cached_property
    def figures(self) -> Mapping[FigureId, KnownFigure]:
        """Every figure by itself, in the order of the tables, their rows and columns."""
        places = {where: self.now.get(at, at) for where, at in self._ledger.places.items()}
        found = known_figures(self.plan, self.tables, places, self.compared)
        return {
            figure.id: figure
            for one in found
            for figure in (one._replace(id=one.id._replace(variant=self.variant)),)
        }

    @cached_property
    def by_name(self) -> Mapping[str, KnownFigure]:
        """Every figure by the name that finds it."""
        return {one.pasted: figure for one, figure in self.figures.items()}

    def figure(self, table: TableName, key: Key) -> KnownFigure | None:
        """A figure of a table; None for one that the plan does not have."""
        return self.figures.get(FigureId(table, key, self.variant))

    def explanation(self, figure: KnownFigure) -> Explanation:
        """What a figure comes to, and what it is made of, one step down."""
        words = amount_words(figure, self._year_before(figure))
        expression = self._expression(figure)
        if expression is None:
            return Explanation(figure, words)
        cells = signed_cells(expression)
        if cells is not None:
            return Explanation(figure, words, tuple(self._parts(cells)))
        made = self._made_of.get(figure.id._replace(variant=""))
        formula, working = worked_out(made, lambda key: self._known(figure.id.table, key))
        return Explanation(figure, words, (), formula, working)

    def explanations(self) -> Iterator[Explanation]:
        """Every figure of the plan, explained."""
        return map(self.explanation, self.figures.values())

    def _expression(self, figure: KnownFigure) -> Expression | None:
        """What its cell in the workbook says; None for an input."""
        at = self._ledger.places[figure.id.table, figure.id.key]
        content = self._sheets[at.sheet].cells[at.row, at.column].content
        return content.expression if isinstance(content, Formula) else None

    def _known(self, table: TableName, key: Key) -> KnownFigure:
        return self.figures[FigureId(table, key, self.variant)]

    def _parts(self, cells: Sequence[SignedCell]) -> Iterator[SignedPart]:
        yield from (SignedPart(sign, self.figure_at(at)) for sign, at in cells)

    def figure_at(self, at: At) -> KnownFigure:
        """The figure that a formula names by its cell."""
        return self.figures[self._ids[at]]

    def in_cell(self, at: At) -> KnownFigure | None:
        """The figure that was written to a cell of the workbook; None for any other cell."""
        return self.figures[self._ids[at]] if at in self._ids else None

    def shown_in(self, cell: str) -> Iterator[KnownFigure]:
        """The figure of a cell by its address, such as `Options!F12`, in capitals or not."""
        wanted = cell.lower()
        yield from (one for one in self.figures.values() if one.cell.lower() == wanted)

    @cached_property
    def _ids(self) -> Mapping[At, FigureId]:
        """Which figure stands in a cell."""
        places = self._ledger.places
        return {at: FigureId(*where, self.variant) for where, at in places.items()}

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

    def before(self) -> Before:
        """Its figures, as the sheets of a trial refer to them."""
        return Before(self.tables, self._ledger)


class ExplainedTrial(ExplainedPlan):
    """A trial's figures: what the scenario leaves as it is, is explained as the baseline has it."""

    variant: Variant = "scenario"

    def __init__(self, applied: Applied, baseline: ExplainedPlan) -> None:
        self.baseline = baseline
        super().__init__(applied.plan, ())

    def _laid_out(self) -> LaidOut:
        made = scenario_tables(self.plan, OF_SCENARIO, "the scenario", self.baseline.before())
        return made.tables, {sheet.name: sheet for sheet in made.sheets}, made.ledger

    def explanation(self, figure: KnownFigure) -> Explanation:
        """The same; of a figure of the baseline, what makes it there."""
        if figure.id.variant != "baseline":
            made = super().explanation(figure)
            if not self._is_unchanged(made):
                return made
            figure = made.parts[0].figure
            return self._of_baseline(figure)._replace(figure=made.figure, words=made.words)
        return self._of_baseline(figure)

    def _is_unchanged(self, made: Explanation) -> bool:
        """Whether its cell says no more than that it is the baseline's."""
        figure = made.figure
        return [part.figure.id for part in made.parts] == [
            figure.id._replace(variant="baseline")
        ] and made.parts[0].sign == 1

    def _of_baseline(self, figure: KnownFigure) -> Explanation:
        plain = self.baseline.figures[figure.id._replace(variant="")]
        made = self.baseline.explanation(plain)
        parts = (part._replace(figure=_as_baseline(part.figure)) for part in made.parts)
        working = tuple(map(_as_baseline, made.working))
        return made._replace(figure=figure, parts=tuple(parts), working=working)

    def shown_in(self, cell: str) -> Iterator[KnownFigure]:
        """The same; of a cell of the baseline, its figure with the scenario."""
        yield from super().shown_in(cell)
        for one in self.baseline.shown_in(cell):
            yield from filter(None, [self.figure(one.id.table, one.id.key)])

    def figure_at(self, at: At) -> KnownFigure:
        if at in self._ids:
            return super().figure_at(at)
        return _as_baseline(self.baseline.figure_at(at))


def _as_baseline(figure: KnownFigure) -> KnownFigure:
    """A figure of the baseline, as it is named beside those of a scenario."""
    title = f"{figure.title} (baseline)"
    return figure._replace(id=figure.id._replace(variant="baseline"), title=title)

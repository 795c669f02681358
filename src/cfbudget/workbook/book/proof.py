"""Every formula of a workbook worked out over the workbook's own cells, and held to its result."""

from collections.abc import Mapping, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext

from cfbudget.workbook.book.book import Book, Formula, Link
from cfbudget.workbook.book.cells import Area, At
from cfbudget.workbook.book.values import UNKNOWN, CellError, Value

# Amounts have at most 13 digits before the point and 9 after it: a sum that does not fit, or
# that would have to be rounded, is a mistake.
EXACT = Context(prec=40, traps=[Inexact, InvalidOperation])


class Disagreement(Exception):
    """A formula does not come to what calculation says: a fault in the program, never in a plan."""


def prove(book: Book) -> None:
    """Work out every formula and compare it with its result; every bridge has to land.

    Raises:
        Disagreement: a formula refers to the wrong cells, or says the wrong thing; or the steps
            of a bridge do not come to the level that they lead to.
    """
    workings = Workings(book, {})
    with localcontext(EXACT):
        for at, formula in book.formulas():
            if workings(at) != formula.result:
                raise Disagreement(
                    f"{at.text('')} ={formula.expression.text(at.sheet)} comes to "
                    f"{workings(at)}, not {formula.result}"
                )
            workings.held[at] = formula.result  # of two equal values one is enough
        for arrives, level in (pair for s in book.sheets.values() for pair in s.landings):
            if workings(arrives) != workings(level):
                raise Disagreement(
                    f"the steps to {arrives.text('')} come to {workings(arrives)}, and do not "
                    f"land on {level.text('')}, which is {workings(level)}"
                )


def work_out(book: Book, changed: Mapping[At, Value]) -> Mapping[At, Value]:
    """What every formula comes to.

    Args:
        changed: what some cells hold in place of what the book says.

    Returns:
        By cell; a formula that meets an error or reckons with a text comes to an error.
    """
    workings = Workings(book, changed)
    with localcontext(EXACT):
        return {at: workings(at) for at, _ in book.formulas()}


class Workings:
    """What the cells of a workbook hold, each formula worked out when it is first needed."""

    def __init__(self, book: Book, changed: Mapping[At, Value]) -> None:
        self.held = dict(changed)
        self.sheets = {name: sheet.cells for name, sheet in book.sheets.items()}
        self.columns: dict[Area, Sequence[Value]] = {}

    def __call__(self, at: At) -> Value:
        held = self.held.get(at, self)
        if not isinstance(held, Workings):
            return held
        sheet, row, column = at
        cell = self.sheets[sheet].get((row, column))
        content = cell.content if cell else None
        if isinstance(content, Formula):
            value = self.held[at] = self._result(content)
            return value
        return content.text if isinstance(content, Link) else content

    def column(self, area: Area) -> Sequence[Value]:
        if area not in self.columns:
            self.columns[area] = [self(at) for at in area.cells()]
        if UNKNOWN in self.columns[area]:
            raise CellError(UNKNOWN)
        return self.columns[area]

    def _result(self, formula: Formula) -> Value:
        try:
            result = formula.expression.value(self)
        except CellError as error:
            return error.value
        return Decimal(0) if result is None else result  # as a link to an empty cell


def same(one: Value, other: Value) -> bool:
    """Whether a stored value is what it should be, but for the last digits of a double.

    An empty text and an empty cell are the same to a spreadsheet.
    """
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        # A tenth of the finest half penny in £m: far more than the error of a sum of doubles.
        return abs(one - other) <= max(Decimal("5e-10"), abs(other) * Decimal("1e-14"))
    if _is_blank(one) or _is_blank(other):
        return _is_blank(one) and _is_blank(other)
    return type(one) is type(other) and one == other


def _is_blank(value: Value) -> bool:
    return value is None or value == ""

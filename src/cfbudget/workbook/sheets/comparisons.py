"""The comparisons of the Checks sheet: each stated figure, the computed one, and the outcome."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.calculate.assumptions import assumptions_of
from cfbudget.checks.comparison import Comparison
from cfbudget.money import places_of
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC, Measure, Source, measure_words
from cfbudget.workbook.book.book import (
    Formula,
    Link,
    Sheet,
    SheetBlock,
    amount,
    style_of,
)
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.expressions import (
    HALF,
    NIL,
    ONE,
    Between,
    Expression,
    Holding,
    Is,
    Nonzero,
    Rounded,
    Size,
    Sum,
    When,
    WordValue,
)
from cfbudget.workbook.sheets.checks_layout import COUNT, OUTCOME, SMALL, TEXT, Columns, begin
from cfbudget.workbook.sheets.statements import LABEL, Ledger

NOT_STATED, NOT_COMPUTED = "not stated", "not computed"
"""What stands in place of a figure that is not there."""
NOTHING, EXACT = WordValue(""), WordValue("exact")
AGREES, ROUNDING, DIFFERS = WordValue("agrees"), WordValue("rounding"), WordValue("differs")
NOT_CHECKABLE = WordValue("not checkable")
UNSTATED, UNCOMPUTED = WordValue(NOT_STATED), WordValue(NOT_COMPUTED)
NO_WORDS: frozenset[At] = frozenset()
AS_PRINTED = frozenset({"revenue", "capital", "financing", "options"})
"""The tables whose figures are sums of printed ones, and so no finer than these.

What is made of several files, is a product, or follows from a rate may be finer.
"""


class _RowCells(NamedTuple):
    """The cells of one comparison that its formulas reckon with, and what two of them ask."""

    stated: At
    computed: At
    difference: At
    addends: At
    unit: At
    rounding: At
    allowance: At
    factors: At
    is_unstated: Expression
    is_uncomputed: Expression


def compare(
    sheet: Sheet, row: int, plan: Plan, found: Iterable[Comparison], ledger: Ledger
) -> tuple[int, SheetBlock]:
    """A row for each stated figure; the next free row, and the block."""
    headings = {
        "Stated figure": LABEL,
        "Table": Columns.table,
        "Stated": Columns.stated,
        "Computed": Columns.computed,
        "Difference": Columns.difference,
        "Addends": Columns.addends,
        "Printed unit": Columns.unit,
        "Rounding": Columns.rounding,
        "Allowance": Columns.allowance,
        "Outcome": Columns.outcome,
        "Cell": Columns.cell,
        "Document and section": Columns.document,
        "Source": Columns.source,
        "Id": Columns.id,
    }
    listed = tuple(found)
    if any(compared.slack for compared in listed):
        headings["Of factors"] = Columns.factors
        sheet.widen(Columns.factors, len("Of factors") + 2)
    caption = "Stated figures, printed in the source, against the computed ones"
    block = begin(sheet, row + 1, caption, headings)
    assumed = assumptions_of(plan)
    sources = {file.place.file: file.source for file in plan.files}
    row += 2
    for compared in listed:
        key = compared.key
        identity = f"{compared.table}/{key.row}/{key.measure}" + (
            f"/{key.year}" if key.year else ""
        )
        block.rows[identity] = row
        sheet.put(row, Columns.id, identity, SMALL)
        is_finer = compared.table not in AS_PRINTED or (
            compared.table == "options" and bool(assumed)
        )
        _comparison(sheet, row, compared, ledger, is_finer=is_finer)
        source = compared.record.source or sources[compared.stated.place.file]
        _sourced(sheet, row, source, compared.stated.place.source)
        row += 1
    return row + 1, block


def _sourced(sheet: Sheet, row: int, source: Source | None, place: str) -> None:
    if source:
        sheet.put(row, Columns.document, str(source), SMALL)
    sheet.put(row, Columns.source, place, SMALL)


def _comparison(
    sheet: Sheet, row: int, compared: Comparison, ledger: Ledger, *, is_finer: bool
) -> None:
    """Put one comparison on its row.

    Args:
        is_finer: whether the computed figure may be finer than what is printed.
    """
    key, unit, places = compared.key, compared.unit, compared.places
    cells = _cells_of(sheet, row)
    when = f" {key.year}" if key.year else ""
    label = f"{compared.label}: {measure_words(key.measure)}{when}, {unit.name}"
    sheet.put(row, LABEL, label, style_of("label"))
    sheet.put(row, Columns.table, compared.group, TEXT)
    money = style_of("figure", places)
    stated = compared.stated.pence
    shown = NOT_STATED if stated is None else amount(stated, unit)
    unknown = _unknown(compared, ledger)
    if compared.spend and isinstance(shown, Decimal):
        spent = _spent(ledger.places[compared.spend], unknown)
        sheet.put(row, Columns.stated, Formula(spent, shown), money)
    else:
        sheet.put(row, Columns.stated, shown, style_of("stated", places))
    at, made = _computed(compared, ledger)
    if made is None or compared.computed is None:
        sheet.put(row, Columns.computed, NOT_COMPUTED, money)
    else:
        sheet.put(row, Columns.computed, Formula(made, amount(compared.computed, unit)), money)
    if at is not None and compared.computed is not None:
        sheet.put(row, Columns.cell, Link(at.text(""), at), style_of("link"))
    difference = "" if compared.difference is None else amount(compared.difference, unit)
    finest = places_of(1, unit) if is_finer else places
    sheet.put(row, Columns.difference, Formula(_difference(cells, finest), difference), money)
    addends = Decimal(compared.addends)
    counted = addends if compared.counts_lines else _counted(cells, compared, ledger)
    sheet.put(row, Columns.addends, counted, COUNT)
    step = amount(compared.step, unit)
    sheet.put(row, Columns.unit, step, money)
    rounding = "exact" if compared.exact else "rounded"
    sheet.put(row, Columns.rounding, rounding, TEXT)
    slack = amount(compared.slack, unit)
    if slack:
        sheet.put(row, Columns.factors, slack, style_of("figure", finest))
    allowance = slack + (Decimal(0) if compared.exact else (addends + 1) * step / 2)
    style = style_of("figure", places if compared.exact and not slack else places + 1)
    allowed = Formula(_allowance(cells, has_factors=bool(slack)), allowance)
    sheet.put(row, Columns.allowance, allowed, style)
    outcome = Formula(_outcome(cells, finest, unknown), compared.outcome)
    sheet.put(row, Columns.outcome, outcome, OUTCOME)


def _cells_of(sheet: Sheet, row: int) -> _RowCells:
    def at(column: int) -> At:
        return At(sheet.name, row, column)

    stated, computed = at(Columns.stated), at(Columns.computed)
    return _RowCells(
        stated,
        computed,
        at(Columns.difference),
        at(Columns.addends),
        at(Columns.unit),
        at(Columns.rounding),
        at(Columns.allowance),
        at(Columns.factors),
        Is(stated, "=", UNSTATED),
        Is(computed, "=", UNCOMPUTED),
    )


def _spent(at: At, unknown: tuple[At, ...]) -> Expression:
    """What is to be spent; while it is not known yet its cell holds a word, and that is no amount.

    Args:
        unknown: the cells of such amounts beneath the computed figure.
    """
    return Sum((at,)) if at in unknown else at


def _counted(cells: _RowCells, compared: Comparison, ledger: Ledger) -> Formula:
    """How many of the figures beneath are not nil."""
    beneath = tuple(ledger.places[compared.table, part] for part in compared.beneath)
    if compared.spend:
        beneath += tuple(ledger.places[compared.spend[0], part] for part in compared.spent_on)
    unknown = _unknown(compared, ledger)
    words = frozenset(beneath) & frozenset(unknown) if unknown else NO_WORDS
    return Formula(Nonzero(beneath, cells.unit, words), Decimal(compared.addends))


def _computed(compared: Comparison, ledger: Ledger) -> tuple[At | None, Expression | None]:
    """Where the computed figure stands, and what it is; or the sum of its parts, of no row."""
    if compared.parts:
        places = tuple(ledger.places[compared.table, part] for part in compared.parts)
        return (places[0] if len(places) == 1 else None), Sum(places)
    at = ledger.places.get((compared.table, compared.key))
    return at, at


def _unknown(compared: Comparison, ledger: Ledger) -> tuple[At, ...]:
    """The cells of what the computed figure excludes, because it is not known yet."""
    lines: tuple[TableName, Measure] = ("options", "change")
    if compared.table in ("capital", "financing"):
        lines = ("capital", "allocation")
    table, measure = lines
    return tuple(ledger.places[table, Key(one.row, measure, one.year)] for one in compared.lacks)


def _difference(cells: _RowCells, places: int) -> Expression:
    """Computed − stated, where there are both; an error in either is an error here."""
    difference = Rounded(Between(cells.computed, "-", cells.stated), places)
    return When(cells.is_unstated, NOTHING, When(cells.is_uncomputed, NOTHING, difference))


def _allowance(cells: _RowCells, *, has_factors: bool) -> Expression:
    """Half a printed unit for each addend that is not nil, and half for the total itself.

    Args:
        has_factors: whether the rounding of a product's factors explains more.
    """
    halves = Between(Between(Between(cells.addends, "+", ONE), "*", HALF), "*", cells.unit)
    rounded = When(Is(cells.rounding, "=", EXACT), NIL, halves)
    return Between(rounded, "+", cells.factors) if has_factors else rounded


def _outcome(cells: _RowCells, places: int, unknown: tuple[At, ...]) -> Expression:
    """What a difference means; while an amount is not known, none is called one.

    Args:
        unknown: the cells of such amounts beneath the computed figure.
    """
    over = Rounded(Between(Size(cells.difference), "-", cells.allowance), places + 1)
    differs: Expression = DIFFERS
    if unknown:
        differs = When(Is(Holding(unknown, TBC), "=", NIL), differs, NOT_CHECKABLE)
    differing = When(Is(over, "<=", NIL), ROUNDING, differs)
    compared = When(Is(cells.difference, "=", NIL), AGREES, differing)
    checkable = When(cells.is_uncomputed, NOT_CHECKABLE, compared)
    return When(cells.is_unstated, UNSTATED, checkable)

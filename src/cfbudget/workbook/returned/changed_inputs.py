"""The inputs of a workbook that are not the plan's, as amounts."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.layout.units import PER_CENT, TAX_BASE
from cfbudget.money import FTE, Amount, Unit, parse_amount, parse_count, parse_fte
from cfbudget.plan.rate_fields import parse_rate
from cfbudget.problem import Refusal
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value

ChangeFields = dict[str, object]
"""A change as a scenario's file holds it."""


TypedAmounts = Mapping[tuple[TableName, Key], Amount]
"""What was typed over inputs, by table and figure."""


class ChangedInput(NamedTuple):
    """A changed input: where it belongs, its unit, and the amount that it now holds."""

    table: TableName
    key: Key
    unit: Unit
    amount: Amount

    @property
    def pence(self) -> int:
        return self.amount.pence


def changed_inputs(book: Book, inputs: Mapping[At, Value]) -> list[ChangedInput] | Refusal:
    """The amounts of changed inputs, or why one is none.

    Args:
        inputs: what their cells hold, by where they were written.
    """
    found: list[ChangedInput] = []
    places = {at: place for place, at in book.places.items()}
    for at, value in inputs.items():
        if at in places:
            made = _input(book, *places[at], at, value)
            if isinstance(made, Refusal):
                return made
            found.append(made)
    return found


def _input(book: Book, table: TableName, key: Key, at: At, value: Value) -> ChangedInput | Refusal:
    """An input's amount. An empty cell may be a slip as well as nil: it says neither."""
    unit = next(
        found.unit_at(key) for found in book.tables if found.name == table and key in found.cells
    )
    if value is None:
        return Refusal(f"{at.text('')} is empty", "type the amount there, 0 for nil, and save it")
    if not isinstance(value, Decimal):
        return Refusal(f"{at.text('')} holds no number", "type an amount there, and save it again")
    amount = _amount(f"{value:f}", unit)
    if isinstance(amount, Refusal):
        return Refusal(f"{at.text('')}: {amount.reason}", amount.hint)
    return ChangedInput(table, key, unit, amount)


def _rate(text: str) -> Amount | Refusal:
    """A rate: the cell of a percentage holds the share that it is."""
    rate = parse_rate(f"{(Decimal(text) * 100).normalize():f}%")
    if isinstance(rate, Refusal):
        return rate
    return Amount(rate.numerator * 100 * PER_CENT.pence // rate.denominator, 1)


def _amount(text: str, unit: Unit) -> Amount | Refusal:
    """What a cell holds, in its unit; what is no money is read as it is in a file."""
    if unit.name == PER_CENT.name:
        return _rate(text)
    if unit is FTE:
        return parse_fte(text)
    return parse_count(text) if unit is TAX_BASE else parse_amount(text, unit)

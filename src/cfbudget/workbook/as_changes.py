"""The inputs that were changed in a workbook, as the changes of a scenario."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.money import Unit, parse_amount, plain
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure
from cfbudget.problem import Refusal
from cfbudget.workbook.book import Book
from cfbudget.workbook.cells import At
from cfbudget.workbook.values import Value
from cfbudget.years import FinancialYear

Written = dict[str, object]
"""A change as a scenario's file holds it."""


class _Input(NamedTuple):
    """A changed input: where it belongs, its unit, and its amount in pence."""

    table: TableName
    key: Key
    unit: Unit
    pence: int


def as_changes(book: Book, plan: Plan, inputs: Mapping[At, Value]) -> list[Written] | Refusal:
    """The changes that make a plan's inputs what they are in a workbook.

    Args:
        inputs: what the cells of changed inputs hold, by where they were written.

    Returns:
        The changes, or why an input cannot be one.
    """
    found: list[_Input] = []
    places = {at: place for place, at in book.places.items()}
    for at, value in inputs.items():
        if at not in places:
            continue
        made = _input(book, *places[at], at, value)
        if isinstance(made, Refusal):
            return made
        found.append(made)
    return [*_revenue(found), *_options(plan, found), *_capital(found)]


def _input(book: Book, table: TableName, key: Key, at: At, value: Value) -> _Input | Refusal:
    """An input's amount in pence; a row that is gone counts for nothing, as does an empty cell."""
    unit = next(found.unit for found in book.tables if found.name == table and key in found.cells)
    if value is not None and not isinstance(value, Decimal):
        return Refusal(f"{at.text('')} holds no number", "type an amount there, and save it again")
    amount = parse_amount(f"{value or Decimal(0):f}", unit)
    if isinstance(amount, Refusal):
        return Refusal(f"{at.text('')}: {amount.reason}", amount.hint)
    return _Input(table, key, unit, amount.pence)


def _revenue(inputs: list[_Input]) -> Iterator[Written]:
    for table, key, unit, pence in inputs:
        if table == "revenue":
            yield {
                "set": key.row,
                "measure": key.measure,
                "year": str(key.year),
                "to": plain(pence, unit),
            }


def _capital(inputs: list[_Input]) -> Iterator[Written]:
    of_capital = [one for one in inputs if one.table == "capital"]
    for row, amounts in _by_row(of_capital, "allocation").items():
        yield {"set": row, "measure": "allocation", "to": amounts}
    for _, key, unit, pence in of_capital:
        if key.measure == "under_development":
            yield {"set": key.row, "measure": "under_development", "to": plain(pence, unit)}


def _options(plan: Plan, inputs: list[_Input]) -> Iterator[Written]:
    """Changes as they are; of levels, the steps from each to the next."""
    of_options = [one for one in inputs if one.table == "options"]
    for row, amounts in _by_row(of_options, "change").items():
        yield {"set": row, "to": amounts}
    levels: dict[str, dict[FinancialYear, int]] = {}
    for _, key, _, pence in of_options:
        if key.measure == "cumulative_change" and key.year:
            levels.setdefault(key.row, {})[key.year] = pence
    options = {o.id: o for b in (plan.options.services if plan.options else ()) for o in b.options}
    for row, changed in levels.items():
        written = {year: options[row].changes[year].pence for year in plan.years}
        was, now = _steps(written), _steps(written | changed)
        unit = plan.options.unit if plan.options else None
        assert unit is not None  # the plan has the option
        to = {str(year): plain(now[year], unit) for year in plan.years if now[year] != was[year]}
        yield {"set": row, "to": to}


def _steps(levels: Mapping[FinancialYear, int]) -> dict[FinancialYear, int]:
    steps = (later - before for before, later in pairwise((0, *levels.values())))
    return dict(zip(levels, steps, strict=True))


def _by_row(inputs: list[_Input], measure: Measure) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for _, key, unit, pence in inputs:
        if key.measure == measure:
            found.setdefault(key.row, {})[str(key.year)] = plain(pence, unit)
    return found

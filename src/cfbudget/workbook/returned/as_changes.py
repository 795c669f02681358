"""The inputs that were changed in a workbook, as the changes of a scenario."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cfbudget.calculate.financing import paid_in
from cfbudget.money import plain
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import LATER, Measure
from cfbudget.problem import Refusal
from cfbudget.workbook.book.book import Book
from cfbudget.workbook.book.cells import At
from cfbudget.workbook.book.values import Value
from cfbudget.workbook.returned.changed_inputs import ChangedInput, ChangeFields, changed_inputs
from cfbudget.workbook.returned.council_changes import council_changes
from cfbudget.workbook.returned.typed_rates import rate_changes
from cfbudget.years import FinancialYear


def as_changes(book: Book, plan: Plan, inputs: Mapping[At, Value]) -> list[ChangeFields] | Refusal:
    """The changes that make a plan's inputs what they are in a workbook.

    Args:
        inputs: what the cells of changed inputs hold, by where they were written.

    Returns:
        The changes, or why an input cannot be one.
    """
    found = changed_inputs(book, inputs)
    if isinstance(found, Refusal):
        return found
    if any(one.key.measure == "before" for one in found):
        reason = "what an option changed before the plan is altered, and no scenario sets that"
        return Refusal(reason, "write it into the option's before: in policy_options.yaml")
    of_council = council_changes(plan, found)
    if isinstance(of_council, Refusal):
        return of_council
    of_rates = rate_changes(found)
    if isinstance(of_rates, Refusal):
        return of_rates
    return [
        *_revenue(found),
        *_options(plan, found),
        *of_rates,
        *_capital(found),
        *_financing(found),
        *of_council,
    ]


def _revenue(inputs: list[ChangedInput]) -> Iterator[ChangeFields]:
    for one in inputs:
        if one.table == "revenue":
            yield {
                "set": one.key.row,
                "measure": one.key.measure,
                "year": str(one.key.year),
                "to": plain(one.pence, one.unit),
            }


def _capital(inputs: list[ChangedInput]) -> Iterator[ChangeFields]:
    of_capital = [one for one in inputs if one.table == "capital"]
    for row, amounts in _by_row(of_capital, "allocation").items():
        yield {"set": row, "measure": "allocation", "to": amounts}
    for one in of_capital:
        if one.key.measure in ("under_development", LATER):
            to = plain(one.pence, one.unit)
            yield {"set": one.key.row, "measure": one.key.measure, "to": to}


def _financing(inputs: list[ChangedInput]) -> Iterator[ChangeFields]:
    """What each source pays for a scheme, or for none, by period."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in inputs:
        if one.table == "financing":
            period = str(one.key.year or LATER)
            found.setdefault(paid_in(one.key.row), {})[period] = plain(one.pence, one.unit)
    for (scheme, source), amounts in found.items():
        yield {"set": scheme, "measure": source, "to": amounts}


def _options(plan: Plan, inputs: list[ChangedInput]) -> Iterator[ChangeFields]:
    """Changes as they are; of levels, the steps from each to the next."""
    of_options = [one for one in inputs if one.table == "options"]
    for row, amounts in _by_row(of_options, "change").items():
        yield {"set": row, "to": amounts}
    for row, posts in _by_row(of_options, "fte").items():
        yield {"set": row, "measure": "fte", "to": posts}
    levels: dict[str, dict[FinancialYear, int]] = {}
    for one in of_options:
        if one.key.measure == "cumulative_change" and one.key.year:
            levels.setdefault(one.key.row, {})[one.key.year] = one.pence
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


def _by_row(inputs: list[ChangedInput], measure: Measure) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for one in inputs:
        if one.key.measure == measure:
            found.setdefault(one.key.row, {})[str(one.key.year)] = plain(one.pence, one.unit)
    return found

"""The budgets of a table: for each year the columns of its gross, its income and its net."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.imports.answers import NONE
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.printed_words import years_in
from cfbudget.imports.reading import TableReading
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear, parse_year

MEASURES = (
    ("net", re.compile(r"\bnet\b", re.IGNORECASE)),
    ("income", re.compile(r"\bincome\b|\breceipts\b|\bfees\b", re.IGNORECASE)),
    ("gross", re.compile(r"\bgross\b|\bexpenditure\b|\bspend(?:ing)?\b|\bcosts?\b", re.IGNORECASE)),
)
CHANGE = re.compile(r"\bchanges?\b|\bvar(?:iation|\.)?\b|\bgrowth\b", re.IGNORECASE)
GIVEN = ("gross", "income", "net")


class Budget(NamedTuple):
    """One year's columns."""

    year: FinancialYear | None
    gross: SourceColumn | None
    income: SourceColumn | None
    net: SourceColumn | None
    income_is_plus: bool = False
    """Whether the source prints income without a minus."""
    turned: frozenset[int] = frozenset()
    """The rows that the source prints with the other sign than a plan has."""


def budgets_of(reading: TableReading) -> list[Budget]:
    """The budgets of a table by year, each with its net alone or with gross and income."""
    measures = {column.column: _measure(reading, column) for column in reading.columns}
    columns = [column for column in reading.columns if not _is_left_out(reading, column)]
    years = _years(reading, columns)
    found = []
    for year in sorted(set(years.values()), key=lambda year: year or FinancialYear(0)):
        own = [column for column in columns if years[column.column] == year]
        found.append(_budget(reading, year, own, measures))
    return found


def _is_left_out(reading: TableReading, column: SourceColumn) -> bool:
    given = reading.asking.told("column", letters(column.column + 1))
    if column.is_fte:
        reading.leave_column(column.column, "a revenue budget has no full-time equivalents")
    elif given is None and column.says(CHANGE):
        reading.leave_column(column.column, "it is the change from another column")
        return True
    elif given == NONE:
        reading.leave_column(column.column, "left out, as --column says")
    return column.is_fte or given == NONE


def _measure(reading: TableReading, column: SourceColumn) -> str:
    """What a column measures, as it was given or as its words say; empty where nothing says it."""
    given = reading.asking.told("column", letters(column.column + 1)) or ""
    words = [word for word in given.lower().split() if word in GIVEN]
    return words[0] if words else column.first_said(MEASURES)


def _years(
    reading: TableReading, columns: Sequence[SourceColumn]
) -> dict[int, FinancialYear | None]:
    """The year of each column: printed over it, of those that it adds up with, of the table, or
    asked."""
    found: dict[int, FinancialYear | None] = {}
    for column in columns:
        given = reading.asking.told("column", letters(column.column + 1)) or ""
        years = years_in(given)
        found[column.column] = years[0] if years else column.year
    for equation in reading.equations:
        own = {year for c in equation if (year := found.get(c))}
        if len(own) == 1 and all(c in found for c in equation):
            found |= {c: found[c] or next(iter(own)) for c in equation}
    if all(found.values()):
        return found
    year = _year_of_table(reading)
    return {column: known or year for column, known in found.items()}


def _year_of_table(reading: TableReading) -> FinancialYear | None:
    printed = reading.years_printed()
    given = reading.asking.told("year")
    if given is None and len(printed) == 1:
        return printed[0]
    answer = reading.asking.ask(
        "year",
        "Of which financial year are the figures?",
        likely=str(printed[-1]) if printed else "",
    )
    year = parse_year(answer) if answer else None
    return None if year is None or isinstance(year, Refusal) else year


def _budget(
    reading: TableReading,
    year: FinancialYear | None,
    own: list[SourceColumn],
    measures: dict[int, str],
) -> Budget:
    by_measure: dict[str, list[SourceColumn]] = {}
    for column in own:
        by_measure.setdefault(measures[column.column], []).append(column)
    unnamed = by_measure.pop("", [])
    if len(unnamed) == 1 and "net" not in by_measure:
        by_measure["net"] = unnamed
        unnamed = []
    for measure, columns in by_measure.items():
        for column in columns[1:]:
            _unclear(reading, column, f"two columns are the {measure} of {year}")
    for column in unnamed:
        _unclear(reading, column, "its heading names no measure")
    firsts = {measure: columns[0] for measure, columns in by_measure.items()}
    gross, income, net = (firsts.get(measure) for measure in GIVEN)
    if net is None and (gross is None) is not (income is None):
        # One alone is no pair: it is the budget as it is printed.
        net, gross, income = gross or income, None, None
    elif gross is None or income is None:
        for one in filter(None, (gross, income)):
            left = "a service has both gross and income, or its net alone"
            reading.leave_column(one.column, left)
        gross = income = None
    is_plus = income is not None and _income_is_plus(reading, gross, income, net)
    return Budget(year, gross, income, net, is_plus)


def _unclear(reading: TableReading, column: SourceColumn, why: str) -> None:
    name = letters(column.column + 1)
    reading.asking.ask(
        "column",
        f"What is column {name} ({column.heading!r}), as {why}?",
        word=name,
        likely=NONE,
    )
    reading.leave_column(column.column, why)


def _income_is_plus(
    reading: TableReading,
    gross: SourceColumn | None,
    income: SourceColumn,
    net: SourceColumn | None,
) -> bool:
    """Whether income is printed without a minus: net = gross − income shows it; else it is asked
    where all incomes are plus."""
    given = reading.asking.told("income")
    if given is not None:
        return given == "plus"
    for equation in reading.equations:
        if gross and net and set(equation) == {gross.column, income.column, net.column}:
            return equation[gross.column] != equation[income.column]
    cells = [cell for (_, c), cell in reading.table.grid.cells.items() if c == income.column]
    signs = {cell.value > 0 for cell in cells if cell.value}
    if True not in signs:
        return False
    answer = reading.asking.ask(
        "income",
        "The table prints income without a minus. Is it income (plus), or is it spending (minus)?",
        likely="plus",
        choices=("plus", "minus"),
    )
    return answer == "plus"

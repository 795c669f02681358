"""The columns of a table by year: one figure a year, what comes later, and totals across."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cfbudget.addresses import letters
from cfbudget.imports.answers import NONE
from cfbudget.imports.columns import SourceColumn
from cfbudget.imports.printed_words import years_in
from cfbudget.imports.reading import TableReading
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear, is_unbroken, parse_year

TOTAL = re.compile(r"\btotals?\b|\ball years\b|\boverall\b", re.IGNORECASE)


class YearColumns(NamedTuple):
    """The columns of figures, as years have them."""

    years: dict[FinancialYear, list[SourceColumn]]
    """In order; several columns of one year are split by source, or are levels of one figure."""
    later: SourceColumn | None
    totals: list[SourceColumn]
    """The columns of totals over the years, from left to right."""
    fte: list[SourceColumn]
    others: list[SourceColumn]
    """What no heading tells of."""


def year_columns(reading: TableReading, besides: Sequence[SourceColumn] = ()) -> YearColumns:
    """The columns of a table; where none names a year, all are of the one that is asked.

    Args:
        besides: columns whose meaning is known already.
    """
    found = YearColumns({}, None, [], [], [])
    for column in reading.columns:
        if column in besides:
            continue
        given = reading.asking.told("column", letters(column.column + 1))
        if given == NONE:
            reading.leave_column(column.column, "left out, as --column says")
        elif given and years_in(given):
            found.years.setdefault(years_in(given)[0], []).append(column)
        elif column.is_fte:
            found.fte.append(column)
        elif column.is_later and found.later is None:
            found = found._replace(later=column)
        elif column.year is not None:
            found.years.setdefault(column.year, []).append(column)
        elif column.says(TOTAL):
            found.totals.append(column)
        else:
            found.others.append(column)
    if not found.years and (found.others or found.totals):
        return _of_one_year(reading, found)
    return _in_order(reading, found)


def _of_one_year(reading: TableReading, found: YearColumns) -> YearColumns:
    """A table in which no column names its year: one year's, in one column or in several levels."""
    printed = reading.years_printed()
    answer = reading.asking.told("year")
    if answer is None and len(printed) == 1:
        answer = str(printed[0])
    answer = answer or reading.asking.ask(
        "year",
        "Of which financial year are the figures?",
        likely=str(printed[-1]) if printed else "",
    )
    year = parse_year(answer) if answer else None
    if year is None or isinstance(year, Refusal):
        return found
    columns = found.others or found.totals
    return found._replace(
        years={year: columns}, others=[], totals=found.totals if found.others else []
    )


def _in_order(reading: TableReading, found: YearColumns) -> YearColumns:
    """The same with the years in order; years that do not follow each other are a trouble."""
    years = sorted(found.years)
    if years and not is_unbroken(years):
        listed = ", ".join(map(str, years))
        reading.trouble(
            None,
            f"its years do not follow one another: {listed}",
            "leave out the columns that are not the plan's: --column B=none",
        )
    for column in found.others:
        name = letters(column.column + 1)
        heading = f" ({column.heading!r})" if column.heading else ""
        reading.asking.ask(
            "column",
            f"Of which year is column {name}{heading}? Its heading does not say.",
            word=name,
            likely=NONE,
        )
    return found._replace(years={year: found.years[year] for year in years})

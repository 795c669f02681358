"""What the sheets of an empty workbook ask for: a table's keys, and the columns of its lines."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from cfbudget.money import UNITS
from cfbudget.plan.kinds import KINDS
from cfbudget.years import FinancialYear

Holds = Literal["text", "id", "name", "service", "amount", "number"]
"""What a column is for, beyond a text: what is held against other cells."""


class KeyRow(NamedTuple):
    """A key of the table, with what stands beside it from the first, if anything."""

    key: str
    note: str
    values: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class LineColumn(NamedTuple):
    """A column of a table's lines."""

    heading: str
    note: str
    holds: Holds = "text"
    choices: tuple[str, ...] = ()
    width: int = 12


class EmptyTable(NamedTuple):
    """A sheet: its name is the table's."""

    name: str
    keys: tuple[KeyRow, ...]
    columns: tuple[LineColumn, ...]


YES = ("true", "false")
NAME = KeyRow("name", "What the plan calls itself: Northtown.")
UNIT = KeyRow("unit", "What a figure counts.", choices=tuple(UNITS))
EXACT = KeyRow("exact", "true if printed totals are sums without rounding.", ("false",), YES)
ID = LineColumn("id", "Lower-case words with hyphens, used once: home-care.", "id", (), 26)
NAMED = LineColumn("name", "As the plan prints it.", "name", (), 34)
NOTE = LineColumn("note", "Anything to know of the line.", width=30)
FUND = LineColumn("fund", "Whose money it is, such as hra or dsg; blank for the general fund.")


def empty_tables(years: Sequence[FinancialYear], *, whole_council: bool) -> tuple[EmptyTable, ...]:
    """The tables of a plan over some years.

    Args:
        whole_council: whether it has funding and reserves, and so a budget gap.
    """
    tables = (_revenue(years, whole_council=whole_council), _options(years), _capital(years))
    return (*tables, _funding(years), _reserves(years)) if whole_council else tables


def _years(years: Iterable[FinancialYear]) -> KeyRow:
    return KeyRow("financial_years", "A year in each cell.", tuple(map(str, years)))


def _by_year(years: Iterable[FinancialYear], what: str, key: str = "") -> tuple[LineColumn, ...]:
    start = f"{key}." if key else ""
    return tuple(LineColumn(f"{start}{year}", what, "amount") for year in years)


def _row(*kinds: str) -> LineColumn:
    what = f"Blank for a line; {', '.join(kinds)} for what is none."
    return LineColumn("row", what, choices=kinds)


def _revenue(years: Sequence[FinancialYear], *, whole_council: bool) -> EmptyTable:
    year = str(years[0])
    contains = "The years whose options this budget already contains, or none."
    plus = "Spending, plus."
    return EmptyTable(
        f"revenue_{year.replace('-', '_')}",
        (
            NAME,
            KeyRow("financial_year", "The year of this budget.", (year,), tuple(map(str, years))),
            UNIT,
            KeyRow("contains_options_of", contains, (), ("none", year)),
            EXACT,
        ),
        (
            _row("total"),
            ID,
            NAMED,
            LineColumn("within", "The id of the service that it is within, above.", "service"),
            LineColumn("gross", plus, "amount"),
            LineColumn("income", "Income, minus.", "amount"),
            LineColumn("net", "In place of gross and income, if only that is known.", "amount"),
            LineColumn("stated.net", "The net that the plan prints.", "amount"),
            *((FUND,) if whole_council else ()),
            NOTE,
        ),
    )


def _options(years: Sequence[FinancialYear]) -> EmptyTable:
    change = "Against the year before: a saving minus, more spending plus. tbc: not known."
    status = ("new", "previously approved")
    return EmptyTable(
        "policy_options",
        (
            NAME,
            UNIT,
            KeyRow("basis", "change, or level: cumulative.", ("change",), ("change", "level")),
            _years(years),
            EXACT,
        ),
        (
            LineColumn("service", "The id of a service of the revenue budget.", "service", (), 20),
            _row("total"),
            ID,
            NAMED,
            LineColumn("kind", "What it is.", choices=tuple(KINDS), width=18),
            LineColumn("status", "New, or approved before.", choices=status, width=18),
            *_by_year(years, change),
            LineColumn("stated", "The line's total as it is printed.", "amount"),
            LineColumn("stated.total", "Of a total row: the total of all years.", "amount"),
            LineColumn("recurs", "false for a one-off.", choices=YES),
            LineColumn(
                "invest_to_save", "true for an investment that pays for savings.", choices=YES
            ),
            LineColumn("funds", "The ids of the savings that it pays for, with commas."),
            LineColumn("ref", "What readers call it: S12."),
            LineColumn("category", "What options are grouped by."),
            LineColumn("owner", "Who answers for it."),
            NOTE,
        ),
    )


def _capital(years: Sequence[FinancialYear]) -> EmptyTable:
    return EmptyTable(
        "capital_programme",
        (NAME, UNIT, _years(years), EXACT),
        (
            _row("total"),
            ID,
            NAMED,
            LineColumn("service", "The id of a service, if it belongs to one.", "service", (), 20),
            *_by_year(years, "What is approved for the year, plus. tbc: not known."),
            LineColumn("under_development", "Not yet in the programme.", "amount", (), 18),
            LineColumn("stated.programme", "Its printed programme total.", "amount", (), 18),
            LineColumn("stated.total", "Its printed total with what is developed.", "amount"),
            NOTE,
        ),
    )


def _funding(years: Sequence[FinancialYear]) -> EmptyTable:
    kinds = ("funding", "cash_limit")
    return EmptyTable(
        "funding",
        (NAME, UNIT, KeyRow("kind", "What it is.", ("funding",), kinds), _years(years), EXACT),
        (
            _row("use", "total"),
            LineColumn("id", "Of a line; in a row use, of a reserve.", "id", (), 26),
            NAMED,
            *_by_year(years, "What pays, minus; planned use of a reserve, minus."),
            *(
                LineColumn(f"tax_base.{year}", "Dwellings, to two decimals.", "number", (), 16)
                for year in years
            ),
            *(
                LineColumn(f"band_d.{year}", "Band D, in pounds and pence.", "number", (), 16)
                for year in years
            ),
            LineColumn("recurs", "false for what does not come each year.", choices=YES),
            NOTE,
        ),
    )


def _reserves(years: Sequence[FinancialYear]) -> EmptyTable:
    return EmptyTable(
        "reserves",
        (NAME, UNIT, _years(years)),
        (
            ID,
            NAMED,
            LineColumn("opening", "At the start of the first year, plus.", "amount"),
            *_by_year(years, "Paid in, plus.", "contributions"),
            *_by_year(years, "Drawn, plus.", "draws"),
            LineColumn("floor", "The least that it may fall to, or a share: 5%.", "number"),
            FUND,
            NOTE,
        ),
    )

"""What a figure comes to, in words: more or less is told by its sign, and never by a label."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import TOTAL
from cfbudget.explanations.figures import KnownFigure
from cfbudget.explanations.naming import in_sentence
from cfbudget.layout.units import PER_CENT, shown
from cfbudget.money import COUNTS, FTE, Unit, exactly, priced
from cfbudget.plan.values import Measure, measure_words


class Clause(NamedTuple):
    """What is said of a figure that is plus, of one that is minus, and of one that is nil."""

    plus: str
    minus: str
    nil: str


_LEVEL = Clause("the {thing}{of} is {size}", "the {thing}{of} is minus {size}", "{thing}{of}: nil")
_NET = _LEVEL._replace(minus="the {thing}{of} is minus {size}: more income than spending")
_CHANGE = Clause(
    "{size} more net spending{when} than the year before",
    "{size} less net spending{when} than the year before",
    "no change in net spending{when}",
)
_NOT_ADDED = " than before the plan: a level, not to be added up over years"
_NO_LEVEL = " than before the plan: money over the years, and never a budget level"
_GAP = Clause("a shortfall of {size}", "funding is {size} more than is needed", "no gap")
_CLAUSES: Mapping[Measure, Clause] = {
    "net": _NET,
    "net_budget": _NET,
    "income": Clause(
        "{size} of spending{when} where income stands", "{size} of income{when}", "no income{when}"
    ),
    "change": _CHANGE,
    "before": Clause(*(f"{words}; this was before the plan" for words in _CHANGE)),
    "cumulative_change": Clause(
        f"{{size}} more net spending{{when}}{_NOT_ADDED}",
        f"{{size}} less net spending{{when}}{_NOT_ADDED}",
        "as much net spending{when} as before the plan",
    ),
    "total_to_date": Clause(
        f"{{size}} more spent over the years to {{year}}{_NO_LEVEL}",
        f"{{size}} less spent over the years to {{year}}{_NO_LEVEL}",
        "as much spent over the years to {year} as before the plan",
    ),
    "other_movements": Clause(
        "{size} more net spending{when} than the listed options say",
        "{size} less net spending{when} than the listed options say",
        "no other net spending{when} than the listed options say",
    ),
    "allocation": Clause("{size} of capital spending{when}", "minus {size}{when}", "nil{when}"),
    "programme": Clause("{size} in the programme", "minus {size}", "nothing in the programme"),
    "under_development": Clause(
        "{size} under development, not yet in the programme",
        "minus {size} under development",
        "nothing under development",
    ),
    "fte": Clause(
        "{size} posts more{when}", "{size} posts fewer{when}", "no change in posts{when}"
    ),
    "financing": Clause("{size} pays for capital{when}", "minus {size}{when}", "nil{when}"),
    "unfinanced": Clause(
        "{size} of the spending is not financed{when}",
        "financing is {size} more than the spending{when}",
        "the spending is financed in full{when}",
    ),
    "amount": Clause(
        "{size} that has to be paid for{when}, as a deficit has",
        "{size} pays for the net budget{when}",
        "nil{when}",
    ),
    "reserves_used": Clause(
        "{size} is paid in{when}", "{size} is used{when}", "nothing is used{when}"
    ),
    "gap_before_reserves": Clause(*(f"{words}{{when}}" for words in _GAP)),
    "gap": Clause(*(f"{words}{{when}}" for words in _GAP)),
    "annual_gap": Clause(
        "the gap{of} is {size} more than the year before",
        "the gap{of} is {size} less than the year before",
        "the gap{of} is as the year before",
    ),
    "over_cash_limit": Clause(
        "the net budget{of} is {size} over the cash limit",
        "the net budget{of} is {size} under the cash limit",
        "the net budget{of} is at the cash limit",
    ),
    "tax_base": Clause("{size} dwellings as Band D{when}", "minus {size}{when}", "none{when}"),
    "band_d": Clause("{size}{when}", "minus {size}{when}", "nil{when}"),
    "rise": Clause(
        "{size} more{when} than the year before",
        "{size} less{when} than the year before",
        "as the year before{when}",
    ),
    "contribution": Clause("{size} is paid in{when}", "minus {size}{when}", "nothing{when}"),
    "draw": Clause("{size} is drawn{when}", "minus {size}{when}", "nothing{when}"),
    "closing": Clause(
        "{size} at the end of {year}",
        "minus {size} at the end of {year}",
        "nil at the end of {year}",
    ),
}
_FIRST_GAP = Clause(
    *(f"{words}{{when}}: no gap of a year before it is taken off" for words in _GAP)
)
_OPENING_BALANCE = Clause(
    "{size} at the start of {year}",
    "minus {size} at the start of {year}",
    "nil at the start of {year}",
)
_BY_YEAR = Clause(
    "{size} more net spending {heading} than before the plan",
    "{size} less net spending {heading} than before the plan",
    "as much net spending {heading} as before the plan",
)
_ALL_CHANGES = Clause(
    "{size} more net spending, {heading} added up",
    "{size} less net spending, {heading} added up",
    "as much net spending as before, {heading} added up",
)
_CAPITAL_TOTAL = Clause(
    "{size} in the programme and under development together",
    "minus {size} in the programme and under development together",
    "nothing in the programme or under development",
)
_TOTAL = Clause("{size}{when}", "minus {size}{when}", "nil{when}")
_THINGS: Mapping[Measure, str] = {"net": "net budget", "gross": "gross spending"}
"""What is measured, where its word alone is no noun."""
_AGAINST_YEAR_BEFORE: frozenset[Measure] = frozenset({"net_budget", "closing", "level", "band_d"})
"""The levels that are said against those of the year before."""


def amount_words(figure: KnownFigure, before: KnownFigure | None = None) -> str:
    """A figure in a sentence: `Education: the net budget of 2026-27 is £26.261m, £2.489m more ...`.

    Args:
        before: the same figure of the year before, where there is one.
    """
    year = figure.column.year
    if figure.is_unknown:
        return f"{figure.title}: not known yet (tbc); it counts as nil."
    clause = _clause(figure)
    if figure.id.key.measure == "annual_gap" and before is None:
        clause = _FIRST_GAP
    said = (clause.plus if figure.pence > 0 else clause.minus) if figure.pence else clause.nil
    heading = in_sentence(figure.column.heading)
    words = said.format(
        size=size_of(figure.pence, figure.unit),
        thing=_THINGS.get(figure.id.key.measure) or measure_words(figure.id.key.measure),
        year=year,
        when=f" in {year}" if year else _when(figure),
        of=f" of {year}" if year else "",
        heading=heading,
    )
    is_level = figure.id.key.measure in _AGAINST_YEAR_BEFORE
    against = f", {_against(figure, before)}" if before and is_level else ""
    if figure.column.is_forecast:
        against += ", as a forecast against the approved budget"
    lacks = " It excludes what is not known yet." if figure.lacks else ""
    return f"{_whose(figure)}: {words}{against}.{lacks}"


def _whose(figure: KnownFigure) -> str:
    """Its name; of the total of all schemes, which a plan may call by its service, what it is."""
    is_all = figure.id.table == "capital" and figure.id.key.row == TOTAL
    return f"{figure.name}, all capital schemes" if is_all else figure.name


def _clause(figure: KnownFigure) -> Clause:
    table, measure = figure.id.table, figure.id.key.measure
    if table == "options" and measure == "total":
        return _BY_YEAR if figure.column.heading.startswith("By ") else _ALL_CHANGES
    if table == "reserves" and measure == "opening":
        return _OPENING_BALANCE
    if table == "financing" and measure == "programme":
        return _CLAUSES[figure.row.measure or "financing"]
    if table == "capital" and measure == "total":
        return _CAPITAL_TOTAL
    if measure in ("total", "later"):
        return _TOTAL
    return _CLAUSES.get(measure, _LEVEL)


def _when(figure: KnownFigure) -> str:
    """When it is, where it is of no one year."""
    words = {"later": figure.column.heading, "programme": "in all years of the programme"}
    said = words.get(figure.id.key.measure, "")
    return f", {in_sentence(said)}" if said else ""


def _against(figure: KnownFigure, before: KnownFigure) -> str:
    """By how much it is more or less than the same figure of the year before."""
    moved = figure.pence - before.pence
    if not moved:
        return f"as in {before.column.year}"
    more = "more" if moved > 0 else "less"
    return f"{size_of(moved, figure.unit)} {more} than in {before.column.year}"


def size_of(value: int, unit: Unit) -> str:
    """The size of a figure in a sentence: £26.261m, 12.5, 4.99%."""
    size = abs(value)
    if unit.name == PER_CENT.name:
        return shown(size, unit, unit.places)
    if unit.name in (FTE.name, COUNTS.name):
        return exactly(size, unit)
    return priced(size, unit)

"""Finding a figure by words: its ids, names, measure and year in any order, or its pasted name."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cfbudget.calculate.amounts import PLAN_TABLES, TOTAL, TableName
from cfbudget.explanations.explained_plan import ExplainedPlan
from cfbudget.explanations.figures import KnownFigure
from cfbudget.ids import LEAST, id_of, nearest
from cfbudget.layout.table import tidy_name
from cfbudget.plan.values import Measure
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear, parse_year

USUAL: frozenset[tuple[TableName, Measure]] = frozenset(
    {
        ("options", "total"),
        ("capital", "total"),
        ("financing", "programme"),
        ("funding", "amount"),
    }
)
"""What is meant of a line where no measure is named: all of its years, or its own amount."""
UNNAMED, OTHER_TABLE = 3, 1.5
"""What it costs that a row is not named, or that a table is named which is another."""
_LITTLE = frozenset({"all", "and", "at", "by", "for", "from", "in", "of", "on", "our", "the", "to"})
"""Words of names that nobody asks for by themselves."""


class Sought(NamedTuple):
    """What some words mean: one figure, several that may be meant, or none."""

    figures: tuple[KnownFigure, ...]
    nearest: str = ""
    """The known word that is nearest to one that nothing has."""
    years: tuple[FinancialYear, ...] = ()
    """Where it is the year that nothing has: those that there are."""


class _Words(NamedTuple):
    """What was asked for, apart."""

    words: tuple[str, ...]
    years: frozenset[FinancialYear]

    @property
    def parts(self) -> set[str]:
        """Each word of what was asked for."""
        return {part for word in self.words for part in word.split("-")}


def sought(plan: ExplainedPlan, asked: Sequence[str]) -> Sought:
    """The figures of a plan that words may mean, best first.

    A pasted name is its figure's alone. Of others, the one in which the words are the most: an id
    or a whole name before a part of it, a measure before a word of a label.
    """
    if exact := plan.by_name.get(" ".join(" ".join(asked).split())):
        return Sought((exact,))
    every, wanted = tuple(plan.figures.values()), _apart(asked)
    found = [(cost, one) for one in every if (cost := _cost(one, wanted)) is not None]
    if not found:
        return Sought((), _nearest(every, wanted), _other_years(every, wanted))
    best = min(cost for cost, _ in found)
    meant = tuple(one for cost, one in found if cost == best)
    if len(meant) == 1 and _is_of_one_table(meant[0], found, wanted):
        return Sought(meant)
    if len(meant) == 1:
        return Sought(tuple(_one_a_table(found)))
    return Sought(meant)


def _apart(asked: Sequence[str]) -> _Words:
    words: list[str] = []
    years: set[FinancialYear] = set()
    for word in " ".join(asked).split():
        year = parse_year(word)
        if isinstance(year, Refusal):
            words.append(id_of(word))
        else:
            years.add(year)
    return _Words(tuple(filter(None, words)), frozenset(years))


Cost = tuple[float, float, float]


def _cost(figure: KnownFigure, wanted: _Words) -> Cost | None:
    """How far a figure is from what is asked for, None where a word is not in it.

    In all, then by its measure and its year, the least first.
    """
    year = figure.id.key.year
    if wanted.years and wanted.years != {year}:
        return None
    row, measure = _row_words(figure), frozenset(_parts(figure.id.key.measure))
    tables, ids = _tables(figure), {id_of(figure.id.key.row), id_of(figure.row.id)}
    heading = frozenset(_parts(figure.column.heading)) if year is None else frozenset()
    asked = wanted.parts
    if not asked <= row | measure | heading | tables:
        return None
    if figure.row.is_repeat and figure.id.table not in asked:
        return None
    of_row = _row_cost(figure, wanted.words, ids, asked - measure - tables)
    of_measure = _measure_cost(figure, asked, (measure | heading) - row)
    if of_row is None or (of_row == UNNAMED and of_measure):
        return None
    of_table = 0 if tables & asked or asked.isdisjoint(PLAN_TABLES) else OTHER_TABLE
    of_year = 0.0 if wanted.years or year is None else 1.0
    return (of_row + of_measure + of_table, of_measure, of_year)


def _measure_cost(figure: KnownFigure, asked: set[str], measure: frozenset[str]) -> float:
    own = frozenset(_parts(figure.id.key.measure))
    if own <= asked:
        return 0
    if asked & measure:
        return 1
    return 1.5 if (figure.id.table, figure.id.key.measure) in USUAL else 2


def _row_cost(
    figure: KnownFigure, words: Sequence[str], ids: set[str], left: set[str]
) -> float | None:
    """How well its row is named; None where a word is left that its row does not have."""
    if any(one in words and left <= {*one.split("-")} for one in ids):
        return 0
    label = {*_parts(figure.row.label)}
    if left and (label <= left or any(left == {*one.split("-")} for one in ids)):
        return 0.5
    if left & _row_words(figure):
        return 1
    if left:
        return None
    return 2 if figure.id.key.row == TOTAL else UNNAMED


def _tables(figure: KnownFigure) -> frozenset[str]:
    """Its table, and the table under which records have it."""
    return frozenset({figure.id.table, tidy_name(figure.id.table)})


def _row_words(figure: KnownFigure) -> frozenset[str]:
    ids = (figure.id.key.row, figure.row.id, figure.name, figure.row.label)
    return frozenset(part for text in ids for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in id_of(text).split("-") if part]


def _is_of_one_table(
    figure: KnownFigure, found: Sequence[tuple[Cost, KnownFigure]], wanted: _Words
) -> bool:
    """Whether no other table has the same row, where neither table nor measure was named."""
    asked = wanted.parts
    if not asked.isdisjoint(_tables(figure)) or asked & {*_parts(figure.id.key.measure)}:
        return True
    return len({one.id.table for _, one in found}) == 1


def _one_a_table(found: Sequence[tuple[Cost, KnownFigure]]) -> Iterable[KnownFigure]:
    """The best figures of each table that has the row as it is named."""
    named = min(cost[0] - cost[1] for cost, _ in found)
    there = [(cost, one) for cost, one in found if cost[0] - cost[1] == named]
    for table in dict.fromkeys(one.id.table for _, one in there):
        of_table = [(cost, one) for cost, one in there if one.id.table == table]
        best = min(cost for cost, _ in of_table)
        yield from (one for cost, one in of_table if cost == best)


def _other_years(figures: Sequence[KnownFigure], wanted: _Words) -> tuple[FinancialYear, ...]:
    """The years of the figures that have all but the year."""
    if not wanted.years:
        return ()
    words = wanted._replace(years=frozenset())
    years = {one.id.key.year for one in figures if _cost(one, words) is not None}
    return tuple(sorted(year for year in years if year is not None))


def _nearest(figures: Sequence[KnownFigure], wanted: _Words) -> str:
    """What was most likely meant by the first word that no figure has."""
    known = {id_of(one.id.key.row) for one in figures}
    known |= {part for one in figures for part in _row_words(one)} - _LITTLE
    known |= {part for one in figures for part in (one.id.table, *_parts(one.id.key.measure))}
    for word in wanted.words:
        if len(word) > LEAST and word not in known and not set(word.split("-")) <= known:
            return nearest(word, sorted(known)) or ""
    return ""

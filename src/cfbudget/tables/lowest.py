"""Which scenario comes to the least, in words made of the figures; a tie is said to be one."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.grammar import listed
from cfbudget.layout.side_by_side import SideBySide
from cfbudget.money import places_of, printed, rounded
from cfbudget.plan.values import Measure
from cfbudget.tables.alternatives import Alternatives
from cfbudget.years import FinancialYear

WORDS: Mapping[Measure, str] = {
    "net_budget": "net budget",
    "cumulative_change": "cumulative change",
    "gap": "gap after reserves",
    "over_cash_limit": "net budget against the cash limit",
}
"""What is compared, as its sentence calls it."""


def lowest_words(shown: Alternatives) -> Iterator[str]:
    """By the net budget and, where there is one, by the gap: who is lowest in the last year."""
    for level in shown.levels:
        measures = dict.fromkeys(column.measure for column in level.baseline.columns)
        for measure in measures:
            if measure in WORDS:
                yield from _lowest(level, measure, shown.names)


def _lowest(level: SideBySide, measure: Measure, names: Sequence[str]) -> Iterator[str]:
    ranked = {
        column.year: _levels(level, Key(TOTAL, measure, column.year), names)
        for column in level.baseline.columns
        if column.measure == measure and column.year
    }
    ranked = {year: levels for year, levels in ranked.items() if levels}
    if not ranked:
        return
    last = max(ranked)
    before = level.baseline.cells[Key(TOTAL, measure, last)].pence
    yield from _of_year(level, ranked[last], before, (WORDS[measure], last))
    yield from _in_other_years(ranked, last)
    keys = {Key(TOTAL, measure, year) for year in ranked}
    if any(table.cells[key].lacks for table in level.scenarios for key in keys):
        yield f"What is not yet known (tbc) may change which {WORDS[measure]} is the lowest."
    if measure == "gap":
        yield from _before_reserves(ranked[last], level, last, names)


def _levels(level: SideBySide, key: Key, names: Sequence[str]) -> dict[str, int]:
    """The figure of each scenario by its name; none where one has no such figure."""
    cells = [table.cells.get(key) for table in level.scenarios]
    found = {name: cell.pence for name, cell in zip(names, cells, strict=True) if cell}
    return found if len(found) == len(names) else {}


def _of_year(
    level: SideBySide, levels: Mapping[str, int], before: int, what: tuple[str, FinancialYear]
) -> Iterator[str]:
    """All scenarios from the lowest, each beside the baseline.

    Args:
        levels: what each comes to, in pence.
        before: the baseline's figure, in pence.
        what: the level in words, and its year.
    """
    words, year = what
    groups = [
        (pence, listed(tied))
        for pence, tied in groupby(sorted(levels, key=levels.__getitem__), levels.__getitem__)
    ]
    figures = [before, *levels.values(), *(pence - before for pence in levels.values())]
    places = _places_that_tell(figures, level)
    unit = level.baseline.unit

    def size(pence: int) -> str:
        return printed(pence, unit, places) if pence else "nil"

    def against(pence: int) -> str:
        if pence == before:
            return "as in the baseline"
        return f"{size(abs(pence - before))} {'more' if pence > before else 'less'}"

    if len(groups) == 1:
        (pence, _), *_ = groups
        yield (
            f"Every scenario comes to the same {words} in {year}: {size(pence)}, {against(pence)}"
            f"{'' if pence == before else ' than the baseline'}, in {unit.name}."
        )
        return
    (least, first), *others = groups
    tied = " (a tie)" if sum(pence == least for pence in levels.values()) > 1 else ""
    then = "; ".join(f"{name}, {size(pence)} ({against(pence)})" for pence, name in others)
    yield (
        f"Lowest {words} in {year}, in {unit.name}: {first}{tied}, {size(least)}, "
        f"{against(least)}{'' if least == before else ' than the baseline'}. Then {then}."
    )
    if least >= before:
        yield f"None of them has a lower {words} in {year} than the baseline, {size(before)}."


def _places_that_tell(figures: Sequence[int], level: SideBySide) -> int:
    """The fewest places, from those of the table on, in which different figures look different."""
    unit, places = level.baseline.unit, level.baseline.places
    finest = places_of(1, unit)
    while places < finest and (
        len({rounded(pence, unit, places) for pence in figures}) < len(set(figures))
    ):
        places += 1
    return places


def _in_other_years(
    ranked: Mapping[FinancialYear, Mapping[str, int]], last: FinancialYear
) -> Iterator[str]:
    """The years in which the lowest are others than in the last."""
    found: dict[tuple[str, ...], list[FinancialYear]] = {}
    for year in sorted(ranked):
        if year != last and _least(ranked[year]) != _least(ranked[last]):
            found.setdefault(_least(ranked[year]), []).append(year)
    if found:
        each = "; ".join(
            f"in {listed(years)} "
            + ("all are alike" if len(names) == len(ranked[last]) else listed(names))
            for names, years in found.items()
        )
        yield f"The lowest is not the same in every year: {each}."


def _before_reserves(
    after: Mapping[str, int], level: SideBySide, year: FinancialYear, names: Sequence[str]
) -> Iterator[str]:
    """Who would be lowest without reserves, where that is another: they close a gap once."""
    before = _levels(level, Key(TOTAL, "gap_before_reserves", year), names)
    if before and _least(before) != _least(after):
        yield (
            f"Before reserves are used the lowest gap in {year} is that of "
            f"{listed(_least(before))}: what reserves close, they close once."
        )


def _least(levels: Mapping[str, int]) -> tuple[str, ...]:
    """The names of those that come to the least."""
    return tuple(name for name, pence in levels.items() if pence == min(levels.values()))

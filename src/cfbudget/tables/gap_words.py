"""The gap in words: how large it is, and what reserves and one-off funding leave open."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.grammar import listed
from cfbudget.layout.beside_baseline import Beside
from cfbudget.money import headlines, printed
from cfbudget.plan.funding_files import Funding
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Measure


def gap_notes(plan: Plan, funding: Funding, gaps: Amounts) -> tuple[str, ...]:
    """What the gap comes to, what reopens it, and what of the funding does not recur."""
    measure: Measure = "over_cash_limit" if funding.kind == "cash_limit" else "gap"
    levels = {key.year: pence for key, pence in gaps.items() if key.measure == measure and key.year}
    first, last = min(levels), max(levels)
    sizes = headlines(levels[first], levels[last], unit=funding.unit)
    word = _limit_words if measure == "over_cash_limit" else _gap_words
    said = [f"In {first} {word(levels[first], sizes[0])}"]
    if last != first:
        said.append(f"in {last} {word(levels[last], sizes[1])}")
    return (f"{', and '.join(said)}.", *_reopening(plan, funding), *_one_off(funding))


def gap_effect(shown: Beside) -> Iterator[str]:
    """What becomes of the gap in a trial, year by year, where it is another."""
    measure = shown.difference.columns[0].measure
    of = "over the cash limit" if measure == "over_cash_limit" else "the gap"
    moved = [
        (year, shown.baseline.cells[key].pence, shown.scenario.cells[key].pence)
        for column in shown.difference.columns
        if (year := column.year) and (key := Key(TOTAL, measure, year)) in shown.difference.cells
        if shown.difference.cells[key].pence
    ]
    if not moved:
        yield f"{of[0].upper()}{of[1:]} is as it was in every year."
        return
    table = shown.difference

    def said(pence: int) -> str:
        return printed(pence, table.unit, table.places) if pence else "nil"

    each = listed(f"{said(now)} in place of {said(was)} in {year}" for year, was, now in moved)
    yield f"{of[0].upper()}{of[1:]} is {each}, in {table.unit.name}; plus is a shortfall."


def _gap_words(pence: int, size: str) -> str:
    if not pence:
        return "there is no gap"
    return f"the gap is {size}" if pence > 0 else f"funding is {size} more than is needed"


def _limit_words(pence: int, size: str) -> str:
    if not pence:
        return "the net budget is at the cash limit"
    return f"the net budget is {size} {'over' if pence > 0 else 'under'} the cash limit"


def _reopening(plan: Plan, funding: Funding) -> Iterator[str]:
    """What reserves close reopens: the next year has the same spending, and not the same draw."""
    amounts = funding_amounts(plan).amounts
    years = [word.year for word in funding.financial_years]
    used = {year: amounts.get(Key(TOTAL, "reserves_used", year), 0) for year in years}
    closed = [year for year in years if used[year] < 0]
    if closed:
        sizes = headlines(*(used[year] for year in closed), unit=funding.unit)
        each = listed(f"{size} in {year}" for size, year in zip(sizes, closed, strict=True))
        yield (
            f"Reserves close {each} once: what they close in a year reopens in the next, unless "
            "they are used again."
        )


def _one_off(funding: Funding) -> Iterator[str]:
    """Funding of the shown years that does not recur."""
    for line in funding.lines:
        figures = [(year, figure.pence) for year, figure in line.amounts.items() if figure.pence]
        if not line.recurs and figures:
            sizes = headlines(*(pence for _, pence in figures), unit=funding.unit)
            each = listed(
                f"{size}{'' if pence < 0 else ' (a deficit)'} in {year}"
                for size, (year, pence) in zip(sizes, figures, strict=True)
            )
            yield f"{line.name} does not recur: {each}."

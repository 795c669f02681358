"""A trial in words: what it costs, and how an approved budget is forecast to turn out."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from cfbudget.calculate.amounts import TOTAL, ByYear, Key
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.forecasts import Forecast, contained_so_far
from cfbudget.calculate.forecasts import forecasts as forecasts_of
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.checks.financing_comparisons import financing_comparisons
from cfbudget.checks.reconciliation import not_financed
from cfbudget.grammar import listed
from cfbudget.layout.beside_baseline import Beside
from cfbudget.layout.table import Cell
from cfbudget.money import MILLIONS, POUNDS, THOUSANDS, Unit, alike, printed
from cfbudget.plan.plan import Plan
from cfbudget.scenario.changes.applied import Applied
from cfbudget.scenario.changes.operators import BringIn
from cfbudget.tables.position_words import NOT_LISTED, taken_back_later
from cfbudget.tables.standing_sentences import against_budget
from cfbudget.years import FinancialYear

NOTHING = Cell(0)
UNCHANGED = ": no difference to the net budget of any year of the plan."


def effect(position: Beside, row: str, name: str) -> str:
    """What a row of the position costs more or less, from the signs of the differences."""
    unit = position.baseline.unit
    said = in_words(_differences(position, row), name, unit) + _to_date(position, row)
    # It is the scenario that makes a difference, or none; a service differs, or does not.
    return said if row != TOTAL else said.replace(UNCHANGED, f" makes{UNCHANGED[1:]}")


def _to_date(position: Beside, row: str) -> str:
    """What the differences of the last year's total to date come to, as the table has it."""
    years = [c.year for c in position.difference.columns if c.measure == "total_to_date" and c.year]
    if len(years) < 2:
        return ""
    cell = position.difference.cells.get(Key(row, "total_to_date", years[-1]), NOTHING)
    # A budget that is set moves the opening, which the total to date is against.
    if not cell.pence or cell.pence != sum(_differences(position, row).values()):
        return ""
    to_date = size(cell.pence, position.baseline.unit)
    return f" By {years[-1]} that adds up to {to_date} {_more(cell.pence)} (total to date)."


def _differences(position: Beside, row: str) -> ByYear:
    """How far a row's net budgets differ; of a plan without a budget, its cumulative changes."""
    measures = {column.measure for column in position.difference.columns}
    measure = "net_budget" if "net_budget" in measures else "cumulative_change"
    return {
        column.year: cell.pence
        for column in position.difference.columns
        if column.measure == measure and column.year
        if (cell := position.difference.cells.get(Key(row, measure, column.year)))
    }


def in_words(differences: ByYear, name: str, unit: Unit) -> str:
    """More or less by year, in a sentence: a first year that is better and later years that are
    worse are said to be just that.
    """
    signs = [pence > 0 for pence in differences.values() if pence]
    if not signs:
        return f"{name}{UNCHANGED}"
    sizes = Sizes(differences.values(), unit)
    costs = f"costs {listed(list(_runs(differences, sizes)))}"
    turns = sum(1 for one, other in pairwise(signs) if one != other)
    if not turns:
        sentence = f"{name} {costs}."
    elif turns > 1:
        sentence = f"{name} is better in some years and worse in others: it {costs}."
    elif signs[0]:
        sentence = f"{name} is worse at first and better later: it {costs}."
    else:
        sentence = f"{name} is better at first and worse later: it {costs}."
    return sentence


class Sizes:
    """The sizes of amounts in one sentence, all in £m or all in pounds, to as many places.

    Figures of whole thousands, one of them £100,000 or more, are said in £m: £0.173m. Of a plan
    in £m they have no pence.
    """

    def __init__(self, amounts: Iterable[int], unit: Unit) -> None:
        found = [abs(pence) for pence in amounts]
        are_whole = all(pence % THOUSANDS.pence == 0 for pence in found)
        self.in_millions = are_whole and max(found, default=0) >= 100 * THOUSANDS.pence
        have_pence = any(pence % POUNDS.pence for pence in found)
        self.places = 2 if have_pence and unit is not MILLIONS else 0

    def __call__(self, pence: int) -> str:
        if self.in_millions:
            return f"£{printed(abs(pence), MILLIONS, 3)}m"
        if not self.places and 0 < 2 * abs(pence) < POUNDS.pence:
            return "under £1"
        return f"£{printed(abs(pence), POUNDS, self.places)}"


def size(pence: int, unit: Unit) -> str:
    """The size of one amount for a sentence, of a plan in `unit`."""
    return Sizes([pence], unit)(pence)


def _more(pence: int) -> str:
    return "more" if pence > 0 else "less"


def _runs(differences: ByYear, sizes: Sizes) -> Iterator[str]:
    """Years that come to the same, together: £0.173m more in each of .. to .."""
    for pence, years in groupby(differences, key=lambda year: differences[year]):
        amount = f"{sizes(pence)} {_more(pence)}" if pence else "the same"
        yield f"{amount} in {_span(list(years), len(differences))}"


def _span(years: list[FinancialYear], of: int) -> str:
    if len(years) == 1:
        return str(years[0])
    if len(years) == of:
        return f"every year from {years[0]} to {years[-1]}"
    joined = "and" if len(years) == 2 else "to"
    return f"each of {years[0]} {joined} {years[-1]}"


def forecasts(applied: Applied, position: Beside, row: str, name: str = "") -> Iterator[str]:
    """Each approved budget that the trial would not keep to: a forecast against it.

    An approved budget does not move. It is forecast to turn out otherwise where an option that
    it contains is another. A budget that the trial itself sets is said to be.

    Args:
        name: of the service; empty for the whole plan.
    """
    unit = position.baseline.unit
    differences = _differences(position, row)
    altered = {found.year for found in forecasts_of(applied.plan)}
    for before, after in zip(applied.baseline.revenue, applied.plan.revenue, strict=True):
        year = before.financial_year.year
        key = Key(row, "net", year)
        budget = revenue_amounts(before).amounts.get(key)
        if budget is None:
            continue
        contained = (
            position.difference.cells.get(Key(row, "change", inside), NOTHING).pence
            for inside in contained_so_far(applied.baseline, before)
        )
        of = f"{name}, " if name else ""
        is_set = revenue_amounts(after).amounts[key]
        if is_set != budget:
            now, then = alike(unit, is_set, budget, has_pence=False)
            yield (
                f"{of}{year}: the budget itself is set in this trial, to {now} in place of {then}, "
                f"in {unit.name}."
            )
        over = sum(contained)
        if not before.projected and (over or (row == TOTAL and year in altered)):
            sentence = against_budget(Forecast(year, is_set, over), unit)
            yield f"{of}{sentence}{_lasting(differences, year, over) if over else ''}"


def _lasting(differences: ByYear, year: FinancialYear, over: int) -> str:
    """What becomes of an overspend in the year after it."""
    later = [pence for other, pence in differences.items() if other > year]
    if later and all(pence == over for pence in later):
        return " It lasts into later years."
    if later and not any(later):
        return " Later years are as they were."
    return ""


def capital_words(applied: Applied) -> Iterator[str]:
    """What a trial of capital does not say."""
    operations = [change.operation for change in applied.changes]
    if any(isinstance(one, BringIn) for one in operations):
        yield ("Brought into the programme in this trial; approval and funding are the council's.")
    yield from _financing_words(applied)
    totals = [capital_amounts(plan).amounts for plan in (applied.baseline, applied.plan)]
    if any(key.measure == "total" and totals[1][key] != pence for key, pence in totals[0].items()):
        yield "A scheme's total is changed in this trial; approval and funding are the council's."
    if any(any(made.capital.values()) for made in applied.contributions):
        yield "The capital programme differs. Revenue effects of capital are not included."


def _financing_words(applied: Applied) -> Iterator[str]:
    """What of capital spending is no longer what pays for it, or is so again."""
    before, after = (_unfinanced(plan) for plan in (applied.baseline, applied.plan))
    yield from (f"{words}." for words in after if words not in before)
    if before and not after:
        yield "Capital spending is what pays for it, in every year."


def _unfinanced(plan: Plan) -> tuple[str, ...]:
    compared = financing_comparisons(plan.capital) if plan.capital else ()
    own = (one for one in compared if not one.causes)
    return tuple(problem.message for problem in not_financed(own))


def closing(plan: Plan) -> Iterator[str]:
    """What is true of every net budget of a trial."""
    if plan.options:
        yield from taken_back_later(plan)
    if plan.revenue and plan.options:
        yield NOT_LISTED.format("")

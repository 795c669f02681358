"""A solution in words: what it is, how it was shared, and what becomes of later years."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.forecasts import Forecast
from cfbudget.calculate.not_known import position_lacks
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import own_nets
from cfbudget.calculate.services import services_of
from cfbudget.grammar import agreed, listed, plural
from cfbudget.money import alike
from cfbudget.plan.files import RevenueBudget
from cfbudget.plan.kinds import words
from cfbudget.scenario.solve.solution import Solution, SolutionLine
from cfbudget.tables.forecast import size
from cfbudget.tables.not_known_words import lines_not_known
from cfbudget.tables.position_words import NOT_LISTED
from cfbudget.tables.standing_sentences import against_budget
from cfbudget.years import FinancialYear


def has_to_be_found(solution: Solution) -> str:
    if not solution.gap:
        return "Nothing to find or spend"
    return "Has to be found" if solution.gap < 0 else "May be spent"


def is_forecast(solution: Solution) -> bool:
    """Whether the net budget of the year is an approved budget that contains its options."""
    base = base_of(solution.plan, solution.year)
    return base is not None and base.financial_year.year == solution.year and _keeps(solution, base)


def sentences(solution: Solution) -> Iterator[str]:
    """All that is to be said, whatever the format."""
    if solution.gap_to_leave is not None:
        yield _left(solution)
    if solution.gap:
        yield _gap(solution)
        yield from _shares(solution)
        yield from _forecasts(solution)
        yield from _later(solution)
    else:
        (net,) = alike(solution.unit, solution.net_budget)
        yield (
            f"{_of(solution)} in {solution.year} comes to {net} already, in {solution.unit.name}: "
            "nothing has to be found, and nothing more may be spent."
        )
    key = Key(solution.service, "net_budget", solution.year)
    if lacks := position_lacks(solution.plan).get(key):
        yield f"The net budget excludes {lines_not_known(lacks)}."
    if solution.plan.options:
        yield NOT_LISTED.format("")


def _left(solution: Solution) -> str:
    """What the target has to do with the budget gap."""
    target, left = alike(solution.unit, solution.target, solution.gap_to_leave or 0)
    gap = f"a gap of {left}" if solution.gap_to_leave else "no gap"
    return (
        f"With a net budget of {target} in {solution.year} funding and planned use of reserves "
        f"leave {gap}, in {solution.unit.name}. What reserves close reopens in the next year."
    )


def _of(solution: Solution) -> str:
    whole = solution.service == TOTAL
    return "The net budget of the whole plan" if whole else f"The net budget of {solution.name}"


def _gap(solution: Solution) -> str:
    unit, gap = solution.unit, size(solution.gap, solution.unit)
    gap = gap[:1].upper() + gap[1:]  # "under £1", where it begins the sentence
    what = f"{gap} has to be found" if solution.gap < 0 else f"{gap} may be spent"
    net, target = alike(unit, solution.net_budget, solution.target)
    sentence = (
        f"{_of(solution)} in {solution.year} is {net}, and is to come to {target}, in "
        f"{unit.name}. {what}."
    )
    if solution.lines:
        return sentence
    return (
        f"{sentence} No option is named, so it is an unidentified {words(solution.kind)}: "
        "a target, not a plan."
    )


def _shares(solution: Solution) -> Iterator[str]:
    year = solution.year
    if not solution.shared_by:
        return
    if solution.shared_by == "change":
        by = f"It is shared in proportion to the size of each option's change in {year}"
        without = [line for line in solution.lines if not line.now]
    else:
        by = (
            f"None of the options changes in {year}, so it is shared in proportion to the size of "
            "each one's cumulative change"
        )
        without = [line for line in solution.lines if not line.difference]
    yield f"{by}, in whole pennies; an odd penny goes to the largest."
    if without:
        has = agreed(len(without), "has")
        yield f"{_names(without)} {has} no {solution.shared_by} in {year}, and so no share."


def _names(lines: Sequence[SolutionLine]) -> str:
    return listed(line.option.name for line in lines)


def _later(solution: Solution) -> Iterator[str]:
    """What the solution does to the years after it."""
    year = solution.year
    one_offs = [line for line in solution.lines if line.difference and not line.option.recurs]
    lasting = solution.gap + solution.taken_back
    if one_offs:
        is_one = "is a one-off" if len(one_offs) == 1 else "are one-offs"
        back = (
            f"takes {size(solution.taken_back, solution.unit)} of it back"
            if lasting
            else "takes it back"
        )
        after = "" if year.next() in solution.net_budgets else ", after the plan"
        yield f"{_names(one_offs)} {is_one}: {year.next()} {back}{after}."
    if not lasting:
        return
    it = "The rest" if one_offs else "It"
    if list(solution.net_budgets) == [year]:
        yield f"{it} lasts: the plan ends with {year}, and the budgets after it stand on this one."
        return
    approved = {b.financial_year.year for b in solution.plan.revenue if _keeps(solution, b)}
    later = [other for other in solution.net_budgets if other > year and other not in approved]
    if not later:
        return
    verb = "lower" if lasting < 0 else "higher"
    budgets = plural(len(later), "net budget")
    is_by = "is" if len(later) == 1 else "are each"
    by = size(lasting, solution.unit)
    yield (
        f"{it} lasts: the {budgets} of {_years(later)} {is_by} {by} {verb} too, unless something "
        "takes it back."
    )


def _years(years: Sequence[FinancialYear]) -> str:
    if len(years) == 1:
        return str(years[0])
    # An approved budget may lie between them: it has a forecast of its own.
    if len(years) == 2 or years[-1].start - years[0].start >= len(years):
        return listed(years)
    return f"{years[0]} to {years[-1]}"


def _forecasts(solution: Solution) -> Iterator[str]:
    """Each approved budget that contains the change: it does not move."""
    base = base_of(solution.plan, solution.year)
    if base is not None and solution.is_contained and not base.projected:
        yield (
            f"The {base.financial_year.year} budget already contains the options of "
            f"{solution.year}. An approved budget does not move: against it, this is a forecast."
        )
    for year in forecast_years(solution):
        forecast = Forecast(year, solution.net_budgets[year], solution.effects[year])
        yield against_budget(forecast, solution.unit)


def forecast_years(solution: Solution) -> tuple[FinancialYear, ...]:
    """The years whose net budget is an approved budget, which the answer does not keep to."""
    return tuple(
        budget.financial_year.year
        for budget in solution.plan.revenue
        if solution.effects.get(budget.financial_year.year) and _keeps(solution, budget)
    )


def _keeps(solution: Solution, budget: RevenueBudget) -> bool:
    """Whether the net budget of a budget's year is that budget, with the solved year's options.

    A projected budget keeps to nothing: it is worked out from the options.
    """
    contained = {word.year for word in budget.contains_options_of}
    stated = _stated(solution, budget)
    return (
        not budget.projected
        and solution.year in contained
        and solution.net_budgets.get(budget.financial_year.year) == stated
    )


def _stated(solution: Solution, budget: RevenueBudget) -> int:
    """The net of the service and of those within it, in a budget."""
    nets = own_nets(budget)
    return sum(nets.get(node.id, 0) for node in services_of(solution.plan, solution.service))

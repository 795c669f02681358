"""The position in words: what the plan does to the net budget, and what is not in it."""

from collections.abc import Iterator

from cfbudget.calculate.amounts import TOTAL, Amounts, Key
from cfbudget.calculate.changes import knows_changes
from cfbudget.calculate.forecasts import forecasts
from cfbudget.calculate.funds import Fenced, fenced, fund_names, net_budget_key
from cfbudget.calculate.not_known import position_lacks
from cfbudget.calculate.position import opening_years
from cfbudget.grammar import listed
from cfbudget.money import POUNDS, Unit, headline, nearest, priced
from cfbudget.plan.plan import Plan
from cfbudget.tables.standing_sentences import against_budget
from cfbudget.years import FinancialYear

NOT_LISTED = "Pay, price and funding changes that are not listed are not in the net budget{}."


def position_notes(plan: Plan, amounts: Amounts) -> tuple[str, ...]:
    """What the plan does to the net budget, what ring fences do, and what is not in it."""
    return (*_net_budget_notes(plan, amounts), *_fences(plan, amounts))


def _net_budget_notes(plan: Plan, amounts: Amounts) -> tuple[str, ...]:
    based = list(opening_years(plan))
    if not based or not knows_changes(plan):
        return ()
    over = {found.year: found.over for found in forecasts(plan)}
    # An approved budget does not move: what the plan does is measured from it, never from a
    # trial's forecast of it.
    first = amounts[Key(TOTAL, "net_budget", based[0])] - over.get(based[0], 0)
    last = amounts[Key(TOTAL, "net_budget", based[-1])]
    start = f"the approved budget of {based[0]}" if based[0] in over else str(based[0])
    openings = {year for year in opening_years(plan).values() if year is not None}
    moved = tuple(_moved(plan, amounts, year) for year in sorted(openings))
    if plan.options is None:
        return moved
    subject = "The plan" if plan.struck_with is None else "With the scenario the plan"
    subject += ", with other movements," if moved else ""
    unit = plan.revenue[0].unit
    rise = (_rise((start, first), (based[-1], last), subject, unit),) if len(based) > 1 else ()
    beyond = NOT_LISTED.format(", beyond what these budgets hold" if moved else "")
    against = [against_budget(one, plan.revenue[0].unit) for one in forecasts(plan)]
    return (*against, *rise, *moved, *taken_back_later(plan), beyond)


def _fences(plan: Plan, amounts: Amounts) -> Iterator[str]:
    """Each ring-fenced fund, year by year: it balances, moves its reserves, or neither."""
    names, unit = fund_names(plan), plan.revenue[0].unit if plan.revenue else POUNDS
    by_fund: dict[str, list[Fenced]] = {}
    for one in fenced(plan, amounts):
        by_fund.setdefault(one.fund, []).append(one)
    lacks = position_lacks(plan)
    for fund, years in by_fund.items():
        said: dict[str, list[str]] = {}
        for one in years:
            is_unknown = net_budget_key(plan, one) in lacks
            words = "not yet known" if is_unknown else _fence(one, unit)
            said.setdefault(words, []).append(str(one.year))
        parts = (f"{words} in {listed(when)}" for words, when in said.items())
        yield f"{names[fund]}, ring-fenced: {'; '.join(parts)}."


def _fence(one: Fenced, unit: Unit) -> str:
    if not one.left:
        if not one.drawn:
            return "balances"
        does = "draws {} from its reserves" if one.drawn > 0 else "pays {} into its reserves"
        return does.format(priced(one.drawn, unit))
    spends = "spends {} more than its income" if one.net_budget > 0 else "has {} over"
    of = spends.format(priced(one.net_budget, unit)) if one.net_budget else "balances"
    moves = f"{priced(one.drawn, unit)} of its reserves" if one.drawn else "none of its reserves"
    return f"{of}, and {'draws' if one.drawn >= 0 else 'saves'} {moves}"


def taken_back_later(plan: Plan) -> tuple[str, ...]:
    """One-offs of the last year: the net budget holds what the year after takes back."""
    last = plan.years[-1]
    blocks = plan.options.services if plan.options else ()
    names = [
        option.name
        for block in blocks
        for option in block.options
        if not option.recurs and last in option.changes and option.changes[last].pence
    ]
    if not names:
        return ()
    return (f"Taken back in {last.next()}, after the plan: {', '.join(names)} (one-off).",)


def _moved(plan: Plan, amounts: Amounts, year: FinancialYear) -> str:
    """What a later budget holds that the listed options do not say, in words."""
    earlier = [kept for kept in opening_years(plan).values() if kept is None or kept < year]
    before = max((kept for kept in earlier if kept is not None), default=None)
    pence = amounts[Key(TOTAL, "opening", year)] - amounts[Key(TOTAL, "opening", before)]
    verb = "raise" if pence > 0 else "lower"
    if not pence:
        return f"The {year} budget is what the listed options foresaw in total."
    return (
        f"Other movements, not in the listed options, {verb} the {year} budget and the opening "
        f"under it by {headline(pence, plan.revenue[0].unit)}."
    )


def _rise(
    from_start: tuple[str, int], to_year: tuple[FinancialYear, int], subject: str, unit: Unit
) -> str:
    """What becomes of the net budget from a year, or its approved budget, to another year."""
    (start, first), (end, last) = from_start, to_year
    if first == last:
        return f"{subject} leaves the net budget of {end} as it is in {start}."
    verb = "raises" if last > first else "lowers"
    share = f" ({_percent(last - first, first)})" if first > 0 else ""
    by = headline(last - first, unit)
    return f"{subject} {verb} the net budget by {by}{share} from {start} to {end}."


def _percent(part: int, whole: int) -> str:
    """The size of a share to one place."""
    tenths = nearest(abs(part) * 1000, whole)
    return f"{tenths // 10}.{tenths % 10}%" if tenths else "under 0.1%"

"""Two plans compared: the bridge from the old net budget to the new one, cause by cause.

In each plan, net budget = opening + cumulative change. The difference of two net budgets is
therefore the difference of the openings, service by service, and that of the cumulative
changes, option by option; there is nothing else, so the lines add up to it exactly.
"""

from collections.abc import Iterator
from types import MappingProxyType

from cfbudget.calculate.amounts import TOTAL, ByYear, Key
from cfbudget.calculate.bridge_lines import Bridge, BridgeLine
from cfbudget.calculate.budget_bridge import budget_bridge
from cfbudget.calculate.capital import capital_amounts
from cfbudget.calculate.forecasts import Forecast, forecast_years, forecasts
from cfbudget.calculate.former_ids import NOT_RENAMED, Renamed, renamed_between, unfollowed
from cfbudget.calculate.gap_bridge import gap_bridge
from cfbudget.calculate.not_known import unknown_changes
from cfbudget.calculate.openings import Openings, opening_lines, openings, same_net
from cfbudget.calculate.option_matches import Counted, Pair, SharedYears, causes_of, counted, pairs
from cfbudget.calculate.position import base_of, position_amounts
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.calculate.steps_landed import land
from cfbudget.plan.plan import Plan
from cfbudget.problem import Refusal
from cfbudget.years import FinancialYear


def compare(old: Plan, new: Plan) -> Bridge:
    """The bridge from the net budgets of `old` to those of `new`, year by year.

    Where they have none of the same year, from the old plan's last budget to the new one's next.

    Raises:
        LookupError: a plan has no net budget, or the new plan's budgets are all earlier.
    """
    found = bridge_between(old, new)
    if isinstance(found, Refusal):
        raise LookupError(f"{found.reason}; {found.hint}")
    return found


def bridge_between(old: Plan, new: Plan) -> Bridge | Refusal:
    """The bridge, or why there is none.

    Where the plans begin in different years, both openings are rolled forward to the later of
    the two: what the earlier plan changes before that year belongs to its opening.
    """
    years = tuple(year for year in based_years(old) if year in based_years(new))
    if not years:
        return _without_common_year(old, new)
    span = SharedYears(max(old.years[0], new.years[0]), years)
    renamed = renamed_between(old, new)
    before, after = counted(old, span, renamed.services), counted(new, span)
    found = pairs(before, after)
    opened = openings(old, span, before, renamed.services), openings(new, span, after)
    bridge = Bridge(
        years,
        _net_budgets(old, years),
        _net_budgets(new, years),
        (*_option_lines(found, span), *opening_lines(*opened, span)),
        unit=old.revenue[0].unit,
        step=min(_step(old), _step(new)),
        begin=(old.years[0], new.years[0]),
        bases=MappingProxyType({year: _base_years(opened, year) for year in years}),
        alone=(_alone(old, years), _alone(new, years)),
        ended=_ended(found),
        lists_options=(old.options is not None, new.options is not None),
        same_net=same_net(*opened, span),
        not_known=(unknown_changes(old), unknown_changes(new)),
        capital_differs=_programme(old, renamed) != _programme(new),
        unfollowed=unfollowed(old, new),
        forecasts=(_forecasts(old, years), _forecasts(new, years)),
        gap=gap_bridge(old, new),
        has_funding=(old.funding is not None, new.funding is not None),
    )
    for year, pence in bridge.difference.items():
        steps = sum(line.amounts[year] for line in bridge.lines)
        land(f"the bridge to the net budget of {year}", steps, pence)
    return bridge


def based_years(plan: Plan) -> tuple[FinancialYear, ...]:
    """The years in which a plan has a net budget."""
    return tuple(year for year in plan.years if base_of(plan, year))


def _forecasts(plan: Plan, years: tuple[FinancialYear, ...]) -> tuple[Forecast, ...]:
    wanted = set(forecast_years(plan)) & set(years)
    return tuple(found for found in forecasts(plan) if found.year in wanted)


def _without_common_year(old: Plan, new: Plan) -> Bridge | Refusal:
    """From budget to budget."""
    if refused := _no_net_budget(old, new):
        return refused
    renamed = renamed_between(old, new)
    if bridge := budget_bridge(old, new, renamed):
        differs = _programme(old, renamed) != _programme(new)
        return bridge._replace(capital_differs=differs)
    last, first = old.revenue[-1].financial_year.year, new.revenue[-1].financial_year.year
    reason = f"no year is in both plans, and the budget of {old.folder} ({last}) is the later one"
    return Refusal(f"{reason}: that of {new.folder} is of {first}", "name the earlier plan first")


def _no_net_budget(old: Plan, new: Plan) -> Refusal | None:
    for plan in (old, new):
        if not plan.revenue:
            reason = f"{plan.folder} has no revenue budget, and so no net budget to compare"
            return Refusal(reason, "add its revenue budget")
        if not based_years(plan):
            reason = f"{plan.folder} has no net budget: no year of the plan stands on a budget"
            return Refusal(reason, "add a revenue budget of a year of the plan")
    return None


def _net_budgets(plan: Plan, years: tuple[FinancialYear, ...]) -> ByYear:
    amounts = position_amounts(plan).amounts
    return MappingProxyType({year: amounts[Key(TOTAL, "net_budget", year)] for year in years})


def _step(plan: Plan) -> int:
    """What one in the finest place that a plan's net budgets need is worth, in pence."""
    options = (plan.options,) if plan.options else ()
    return min(printed_step(file) for file in (*plan.revenue, *options))


def _base_years(
    opened: tuple[Openings, Openings], year: FinancialYear
) -> tuple[FinancialYear, FinancialYear]:
    old, new = (plan.bases[year].financial_year.year for plan in opened)
    return old, new


def _alone(plan: Plan, years: tuple[FinancialYear, ...]) -> tuple[FinancialYear, ...]:
    return tuple(year for year in based_years(plan) if year not in years)


def _option_lines(found: list[Pair], span: SharedYears) -> Iterator[BridgeLine]:
    for pair in found:
        causes = causes_of(pair)
        if not causes or _only_ended(pair):
            continue
        old, new = (_levels(option, span) for option in pair)
        amounts = MappingProxyType({year: new[year] - old[year] for year in span.years})
        before, after = (option.side if option else None for option in pair)
        yield BridgeLine(causes, "option", before, after, amounts)


def _levels(option: Counted | None, span: SharedYears) -> ByYear:
    levels = option.levels if option else (0,) * len(span.years)
    return dict(zip(span.years, levels, strict=True))


def _only_ended(pair: Pair) -> bool:
    """Whether one plan alone has the option, and only before the span: it is in its opening."""
    options = [option for option in pair if option]
    return len(options) == 1 and options[0].ended


def _ended(found: list[Pair]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of such options, of the old plan and of the new one."""
    ended = [pair for pair in found if _only_ended(pair)]
    old = tuple(pair.old.side.name for pair in ended if pair.old)
    return old, tuple(pair.new.side.name for pair in ended if pair.new)


def _programme(plan: Plan, renamed: Renamed = NOT_RENAMED) -> tuple[object, ...]:
    """What there is to the capital programme: names, services, and every figure that is not nil."""
    schemes = plan.capital.schemes if plan.capital else ()
    services, now = renamed
    named = {
        now.get(scheme.id, scheme.id): (
            scheme.name,
            scheme.service and services.get(scheme.service.text, scheme.service.text),
        )
        for scheme in schemes
    }
    amounts = {
        key._replace(row=now.get(key.row, key.row)): pence
        for key, pence in capital_amounts(plan).amounts.items()
        if pence
    }
    return named, amounts

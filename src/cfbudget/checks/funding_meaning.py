"""Meaning (CF310, CF43x) of funding and reserves: signs, years, balances, draws on both sides."""

from collections.abc import Iterable, Iterator, Sequence

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.funds import general_row
from cfbudget.calculate.gap import net_budgets
from cfbudget.calculate.not_known import position_lacks
from cfbudget.calculate.reserves import movements_of, over_floors, reserve_amounts
from cfbudget.calculate.services import GENERAL
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.grammar import listed
from cfbudget.money import Unit, nearest, priced, said
from cfbudget.plan.funding_files import Reserve, ReserveUse
from cfbudget.plan.plan import Plan
from cfbudget.years import FinancialYear


def funding_plus(plan: Plan) -> Problems:
    """Funding is minus, as income is; only what does not recur may be a deficit."""
    for line in plan.funding.lines if plan.funding else ():
        plus = [year for year, figure in line.amounts.items() if figure.pence > 0]
        if plus and line.recurs:
            message = f"{line.name!r} is plus in {listed(plus)}"
            hint = "funding is minus, as income; a deficit of the collection fund is recurs: false"
            place = line.amounts[plus[0]].place
            yield warn(rules.FUNDING_PLUS, line, message, hint, place)


def reserve_minus(plan: Plan) -> Problems:
    """Draws and contributions are plus, both."""
    for reserve in plan.reserves.reserves if plan.reserves else ():
        for what, figures in (("draw", reserve.draws), ("contribution", reserve.contributions)):
            for year, figure in figures.items():
                if figure.pence < 0:
                    message = f"{reserve.name!r} has a {what} that is minus in {year}"
                    other = "contribution" if what == "draw" else "draw"
                    hint = f"a {what} is plus; where it is meant to be the other, a {other}"
                    yield warn(rules.RESERVE_MINUS, reserve, message, hint, figure.place)


def below_floor(plan: Plan) -> Problems:
    """A reserve stays above its floor, and one that begins above nil stays there."""
    if plan.reserves is None:
        return
    unit = plan.reserves.unit
    amounts = reserve_amounts(plan).amounts
    floors: dict[str, list[str]] = {}
    for over in over_floors(plan, net_budgets(plan)):
        if over.is_below:
            floor = said(nearest(over.floor.numerator, over.floor.denominator), unit)
            closing = f"{said(over.closing, unit)} in {over.year} (floor {floor})"
            floors.setdefault(over.reserve.id, []).append(closing)
    for reserve in plan.reserves.reserves:
        minus = [
            f"{said(pence, unit)} in {year}"
            for year in plan.reserve_years
            if (pence := amounts[Key(reserve.id, "closing", year)]) < 0
        ]
        found = floors.get(reserve.id, []) or ([] if reserve.opening.pence < 0 else minus)
        if found:
            below = "its floor" if reserve.id in floors else "nil"
            message = f"{reserve.name!r} closes below {below}: {', '.join(found)}, in {unit.name}"
            hint = "draw less, pay more in, or say why: accepted: {CF431: ...}"
            yield warn(rules.BELOW_FLOOR, reserve, message, hint)


def drawn_otherwise(plan: Plan) -> Problems:
    """What a reserve is drawn by is what funding uses of it, in every year of both."""
    if plan.funding is None or plan.reserves is None:
        return
    units = plan.funding.unit, plan.reserves.unit
    years = [year for year in plan.funding_years if year in plan.reserve_years]
    uses = {use.reserve.text: use for use in plan.funding.reserves}
    for reserve in plan.reserves.reserves:
        if use := uses.get(reserve.id):
            yield from _apart(reserve, use, years, units)


def _apart(
    reserve: Reserve, use: ReserveUse, years: Sequence[FinancialYear], units: tuple[Unit, Unit]
) -> Problems:
    """Where a reserve's draw and its use differ; `units` are of the funding and of the reserves."""
    for year in years:
        figure = use.amounts.get(year)
        used = figure.pence if figure else 0
        paid_in, drawn = movements_of(reserve, year)
        # What is paid in may stand in the services' budgets, or be a plus in the funding.
        if used in (-drawn, paid_in - drawn):
            continue
        here = priced(used, units[0])
        does = f"pays {here} in" if used > 0 else f"uses {here}"
        moved = _moved(drawn, paid_in, units[1])
        message = f"{reserve.name!r} {moved} in {year}, and funding {does}"
        place = (reserve.draws.get(year) or reserve.contributions.get(year) or reserve).place
        other = (figure or use).place.source
        hint = f"the two are one figure: mend it here, or in {other}"
        yield rules.DRAWN_OTHERWISE.at(place, message, hint)


def _moved(drawn: int, paid_in: int, unit: Unit) -> str:
    """What is drawn from a reserve and paid into it in a year, in words."""
    if not paid_in:
        return f"is drawn by {priced(drawn, unit)}"
    draw = f"a draw of {priced(drawn, unit)} and " if drawn else ""
    return f"has {draw}a contribution of {priced(paid_in, unit)}"


def drawn_for_nothing(plan: Plan) -> Problems:
    """A draw pays for something: funding uses it."""
    if plan.funding is None or plan.reserves is None or plan.funding.kind == "cash_limit":
        return
    used = {use.reserve.text for use in plan.funding.reserves}
    for reserve in plan.reserves.reserves:
        years = [year for year, figure in reserve.draws.items() if figure.pence]
        is_fenced = reserve.fund and reserve.fund.text != GENERAL
        if reserve.id not in used and years and not is_fenced:
            message = f"{reserve.name!r} is drawn in {listed(years)}, and no funding uses it"
            hint = (
                f"add it to the reserves of funding.yaml: {{reserve: {reserve.id}, amounts: ...}}; "
                "where it pays for something else, say so: accepted: {CF432: ...}"
            )
            yield warn(rules.DRAWN_FOR_NOTHING, reserve, message, hint)


def funding_years(plan: Plan) -> Problems:
    """Where there is a net budget there is funding, and the other way round."""
    nets = net_budgets(plan)
    if plan.funding is None or not nets:
        return
    parts = list(_lacking(_known(plan, nets), plan.funding_years))
    if parts:
        hint = "there is a gap only in a year that has both; check financial_years"
        yield warn(rules.FUNDING_YEARS, plan.funding, "; ".join(parts), hint)


def _known(plan: Plan, nets: Iterable[FinancialYear]) -> list[FinancialYear]:
    """The years whose net budget is known: of another, what pays for it need not be either."""
    row, lacks = general_row(plan), position_lacks(plan)
    unfunded = [year for year in nets if year not in plan.funding_years]
    unknown = {year for year in unfunded if Key(row, "net_budget", year) in lacks}
    return [year for year in nets if year not in unknown]


def _lacking(nets: Iterable[FinancialYear], funded: Sequence[FinancialYear]) -> Iterator[str]:
    """What has no counterpart, in words; an earlier year's funding shows how it rises since."""
    first = min(nets)
    if unfunded := [year for year in nets if year not in funded]:
        yield f"no funding for the net budget of {listed(unfunded)}"
    if alone := [year for year in funded if year not in nets and year > first]:
        yield f"no net budget for the funding of {listed(alone)}"


FUNDING_MEANING = (
    Check(rules.FUNDING_PLUS, funding_plus, ("funding",)),
    Check(rules.BELOW_FLOOR, below_floor, ("reserves",)),
    Check(rules.DRAWN_FOR_NOTHING, drawn_for_nothing, ("reserves",)),
    Check(rules.FUNDING_YEARS, funding_years, ("funding",)),
    Check(rules.RESERVE_MINUS, reserve_minus, ("reserves",)),
)

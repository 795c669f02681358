"""Consistency (CF221 to CF224) of assumptions: their rates, and what these are of."""

from collections.abc import Iterator, Mapping

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.assumptions import rates_of, standings
from cfbudget.calculate.base_amounts import MEASURES, affected, base_amounts
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.checks.plan_lines import options, services
from cfbudget.checks.rule_runs import Check, Problems
from cfbudget.grammar import listed
from cfbudget.ids import did_you_mean
from cfbudget.money import exactly
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.plan.text_fields import Affected
from cfbudget.plan.values import Figure
from cfbudget.problem import Place, clipped
from cfbudget.years import FinancialYear


def assumptions(plan: Plan) -> Iterator[Option]:
    return (option for option in options(plan) if option.is_assumption)


def shape_of_assumptions(plan: Plan) -> Problems:
    """An assumption has rates and what they are of, no changes, and lasts."""
    for option in assumptions(plan):
        for message, hint, place in _wrong_shape(option):
            yield rules.NOT_AN_ASSUMPTION.at(place, f"{option.name!r} {message}", hint)


def _wrong_shape(option: Option) -> Iterator[tuple[str, str, Place]]:
    if option.of is None:
        yield "has rates, and nothing that they are of", "add of: a-service.gross", option.place
    elif not option.rates and option.has_own_changes:
        message = "says what rates are of, and has none"
        yield message, "delete of, or write rates in place of changes", option.of.place
    if option.rates and option.has_own_changes:
        yield "has changes beside its rates", "delete one of them", option.place
    if not option.recurs:
        message = "says recurs: false, and rates compound"
        yield message, "delete it, or write changes in place of rates", option.place


def missing_rates(plan: Plan) -> Problems:
    """A rate that is missing is not nil."""
    for option in assumptions(plan):
        missing = [str(year) for year in plan.years if year not in option.rates]
        if missing and not option.has_own_changes:
            message = f"{option.name!r} has no rate for {listed(missing)}"
            hint = f"write {missing[0]}: 0% if nothing comes"
            yield rules.RATE_MISSING.at(option.place, message, hint)


def unknown_bases(plan: Plan) -> Problems:
    """Every year with a rate stands on a budget that has what the rate is of."""
    standing = standings(plan)
    known = {budget.financial_year.year: base_amounts(budget) for budget in plan.revenue}
    for option in assumptions(plan):
        for wrong in _wrong_base(option, known, {y: on.budget for y, on in standing.items()}):
            message, hint = wrong
            place = option.of.place if option.of else option.place
            yield rules.UNKNOWN_BASE.at(place, message, hint)


def _wrong_base(
    option: Option,
    known: Mapping[FinancialYear, Mapping[str, int]],
    standing: Mapping[FinancialYear, FinancialYear],
) -> Iterator[tuple[str, str]]:
    """The first year that has a rate and nothing that it could be of."""
    of = option.of.text if option.of else ""
    rates = rates_of(option)
    rated = [year for year, rate in rates.items() if rate]
    if not rated and known and not any(of in amounts for amounts in known.values()):
        rated = [year for year in rates if year in standing]  # nil today, and a rate tomorrow
    for year in rated if of else ():
        if year not in standing:
            message = f"{option.name!r} has a rate for {year}, and no budget that it stands on"
            yield message, f"write {year}: 0%, or add a revenue budget of {year} or before"
            return
        budget = standing[year]
        if of not in known[budget]:
            yield f"the {budget} budget has no {clipped(of)!r}", _base_hint(of, known[budget])
            return
        wrong = affected(of, known[budget][of])
        if option.affects and wrong and wrong != option.affects:
            message = f"{option.name!r} is of {wrong}, and says affects: {option.affects}"
            yield message, f"delete affects: it follows from {of}"
            return


def _base_hint(of: str, known: Mapping[str, int]) -> str:
    """What was most likely meant: a service's amount, or one with a name like it."""
    if f"{of}.net" in known:
        measures = [f"{of}.{measure}" for measure in MEASURES if f"{of}.{measure}" in known]
        return f"write {' or '.join(measures)}"
    whole, _, measure = of.rpartition(".")
    if measure in MEASURES and f"{whole}.net" in known:
        return f"it has a net alone: write {whole}.net, or give it gross and income"
    named = [one for one in known if not one.startswith(f"{TOTAL}.")]
    inside = [one for one in named if one.endswith(f".{of}")]
    if inside:
        return f"write {' or '.join(inside[:3])}"
    return did_you_mean(of, known, "write SERVICE.gross, SERVICE.income, SERVICE.net or a name")


def named_amounts(plan: Plan) -> Problems:
    """A named amount is a part of gross, or of income, and no more than it where that is known."""
    taken = {line.id: "a service's" for line in services(plan)}
    taken |= {option.id: "an option's" for option in options(plan)}
    for budget in plan.revenue:
        for name, figure in budget.amounts.items():
            if name in taken:
                message = f"the name {name!r} is also {taken[name]}"
                hint = "give the amount a name of its own"
                yield rules.NAMED_AMOUNT.at(figure.place, message, hint)
        yield from _too_much(budget, TOTAL, budget.amounts)
        for _, service in with_parents(budget.services):
            yield from _too_much(budget, service.id, service.amounts)


def _too_much(budget: RevenueBudget, row: str, amounts: Mapping[str, Figure]) -> Problems:
    whole = revenue_amounts(budget).amounts if amounts else {}
    for name, figure in amounts.items():
        measure: Affected = "income" if figure.pence < 0 else "gross"
        most = whole.get(Key(row, measure, budget.financial_year.year))
        if most is not None and abs(figure.pence) > abs(most):
            unit = budget.unit
            message = (
                f"{name!r} of {row!r} is more than its {measure}: "
                f"{exactly(figure.pence, unit)} of {exactly(most, unit)}, in {unit.name}"
            )
            hint = f"a named amount is a part of the {measure} (income is minus), not beside it"
            yield rules.NAMED_AMOUNT.at(figure.place, message, hint)


ASSUMPTIONS = (
    Check(
        rules.NOT_AN_ASSUMPTION,
        shape_of_assumptions,
        ("options",),
        needs=("rates", "changes", "of"),
    ),
    Check(
        rules.RATE_MISSING,
        missing_rates,
        ("options",),
        needs=("rates", "changes", "financial_years"),
    ),
    Check(
        rules.UNKNOWN_BASE,
        unknown_bases,
        ("options",),
        needs=("revenue", "rates", "of", "financial_years", "contains_options_of"),
    ),
    Check(rules.NAMED_AMOUNT, named_amounts, ("revenue",), needs=("amounts",)),
)

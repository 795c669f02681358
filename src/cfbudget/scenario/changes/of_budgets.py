"""Changes of a revenue budget: set and uplift a service's gross, income or net."""

from collections.abc import Mapping
from types import MappingProxyType

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.position import base_of
from cfbudget.calculate.revenue import own_nets, revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.money import as_set
from cfbudget.plan.files import Option, RevenueBudget
from cfbudget.plan.kinds import Kind, of_sign
from cfbudget.plan.values import Figure, Word, YearWord
from cfbudget.problem import Place
from cfbudget.scenario.changes.operators import BudgetMeasure, SetBudget, Uplift, UpliftWhole
from cfbudget.scenario.changes.terms import Meant, Terms
from cfbudget.scenario.written.scenario_file import To
from cfbudget.shares import Share
from cfbudget.years import FinancialYear

MEASURES: Mapping[str, BudgetMeasure] = {"gross": "gross", "income": "income", "net": "net"}


def set_budget(
    terms: Terms, target: Word, measure: Word, year: YearWord | None, to: To
) -> Meant | None:
    """A service's amount in a year's budget; without a year, in the latest."""
    service = terms.service(target)
    if service is None:
        return None
    budget = _budget(terms, year, target)
    if budget is None:
        return None
    if not isinstance(to, Word):
        message = f"{measure.text} is one amount, of the {budget.financial_year.year} budget"
        hint = "write to: 1234, and year: for another year's budget"
        terms.report(rules.WRONG_SHAPE, measure, message, hint)
        return None
    wanted = MEASURES[measure.text]
    amount = terms.amount(to, budget.unit)
    if not _has_own(terms, budget, Word(service, target.place), wanted) or amount is None:
        return None
    (said,) = as_set(budget.unit, amount.pence)
    words = f"{terms.services[service]}: {wanted} {budget.financial_year.year} set to {said}"
    return Meant(SetBudget(service, wanted, budget.financial_year.year, amount), words)


def _budget(terms: Terms, year: YearWord | None, target: Word) -> RevenueBudget | None:
    budgets = {budget.financial_year.year: budget for budget in terms.plan.revenue}
    if not budgets:
        terms.report(rules.DOES_NOT_FIT, target, "the plan has no revenue budget")
        return None
    if year is None:
        return terms.plan.revenue[-1]
    if year.year not in budgets:
        listed = ", ".join(str(known) for known in budgets)
        message = f"there is no revenue budget of {year.year}"
        hint = f"the plan's budgets are of {listed}"
        terms.report(rules.YEAR_OUTSIDE, Word("", year.place), message, hint)
        return None
    return budgets[year.year]


def _has_own(terms: Terms, budget: RevenueBudget, service: Word, measure: BudgetMeasure) -> bool:
    """Whether the service has that amount of its own in the budget."""
    year = budget.financial_year.year
    line = next((s for _, s in with_parents(budget.services) if s.id == service.text), None)
    if line is None:
        message = f"{service.text!r} is not in the {year} budget"
        terms.report(rules.DOES_NOT_FIT, service, message, "name another year's budget with year:")
        return False
    if line.services is not None:
        below = ", ".join(child.id for child in line.services)
        message = f"{service.text!r} is the sum of the services within it"
        terms.report(rules.DOES_NOT_FIT, service, message, f"set one of these: {below}")
        return False
    if getattr(line, measure) is None:
        has = "net alone" if line.net is not None else "gross and income, and net is their sum"
        message = f"{service.text!r} has {has} in the {year} budget"
        hint = "write measure: net" if line.net is not None else "set gross or income"
        terms.report(rules.DOES_NOT_FIT, service, message, hint)
        return False
    return True


def uplift(
    terms: Terms, target: Word, measure: Word, by: Word, since: YearWord, *, yearly: bool
) -> Meant | None:
    """A share more of a service's base amount, from a year on."""
    service = terms.service(target)
    share = terms.share(by, may_be_minus=True)
    year = terms.year(since, terms.plan.years)
    if service is None or share is None or year is None:
        return None
    base = base_of(terms.plan, year)
    if base is None:
        message = f"no revenue budget stands at or before {year}: there is nothing to uplift"
        terms.report(rules.DOES_NOT_FIT, target, message, "name a later year")
        return None
    wanted = MEASURES[measure.text]
    amount = revenue_amounts(base).amounts.get(Key(service, wanted, base.financial_year.year))
    if amount is None:
        message = f"{service!r} has no {wanted} in the {base.financial_year.year} budget"
        terms.report(rules.DOES_NOT_FIT, target, message, "uplift its net")
        return None
    if terms.option_unit is None:
        message = "the plan has no policy options, and an uplift comes as one"
        terms.report(rules.DOES_NOT_FIT, target, message)
        return None
    each = "each year" if yearly else f"of the {base.financial_year.year} base"
    what = f"{wanted} uplifted by {share} {each} from {year}"
    kind = _kind(share, amount)
    option = _option(terms, f"{service}-{wanted}-uplift-{year}", what, kind, target.place)
    if wanted != "net":
        option = option.model_copy(update={"affects": wanted})
    made = Uplift(service, wanted, share, year, yearly, option)
    terms.taken.add(option.id)
    return Meant(made, f"{terms.services[service]}: {what}")


def uplift_whole(
    terms: Terms, target: Word, measure: Word, by: Word, since: YearWord | None, *, yearly: bool
) -> Meant | None:
    """A share more of the whole plan's base amount, over all its services, from a year on.

    Without a year, from the first that no budget contains yet.
    """
    share = terms.share(by, may_be_minus=True)
    year = terms.year(since, terms.plan.years) if since else _first_open(terms, target)
    base = base_of(terms.plan, year) if year else None
    if share is None or year is None or base is None or terms.option_unit is None:
        if year and (base is None or terms.option_unit is None):
            what = "no revenue budget" if base is None else "no policy options"
            message = f"there is nothing to uplift in {year}: the plan has {what} for it"
            terms.report(rules.DOES_NOT_FIT, target, message)
        return None
    wanted, base_year = MEASURES[measure.text], base.financial_year.year
    amounts = revenue_amounts(base).amounts
    if Key(TOTAL, wanted, base_year) not in amounts:
        message = f"not every service has a {wanted} in the {base_year} budget"
        terms.report(rules.DOES_NOT_FIT, target, message, "uplift total.net")
        return None
    each = "each year" if yearly else f"of the {base_year} base"
    what = f"{wanted} uplifted by {share} {each} from {year}"
    made: dict[str, Option] = {}
    for service in own_nets(base):
        kind = _kind(share, amounts[Key(service, wanted, base_year)])
        option = _option(terms, f"{service}-{wanted}-uplift-{year}", what, kind, target.place)
        if wanted != "net":
            option = option.model_copy(update={"affects": wanted})
        made[service] = option
        terms.taken.add(option.id)
    operation = UpliftWhole(wanted, share, year, yearly, MappingProxyType(made))
    return Meant(operation, f"All services of {terms.plan.name}: {what}")


def _first_open(terms: Terms, target: Word) -> FinancialYear | None:
    """The first year of the plan that no budget contains."""
    contained = {word.year for b in terms.plan.revenue for word in b.contains_options_of}
    found = next((year for year in terms.plan.years if year not in contained), None)
    if found is None:
        message = "every year of the plan is in a budget: from when is it to be uplifted?"
        terms.report(rules.MISSING_KEY, target, message, "write the year: from: 2025-26")
    return found


def _option(terms: Terms, wanted: str, what: str, kind: Kind, place: Place) -> Option:
    """The option that an uplift comes as, under an id that nothing else has."""
    found, count = wanted, 1
    while found in terms.taken or found in terms.options or found in terms.services:
        count += 1
        found = f"{wanted}-{count}"
    nothing: Mapping[FinancialYear, Figure] = MappingProxyType({})
    return Option.model_construct(
        place=place,
        id=found,
        name=what[0].upper() + what[1:],
        kind=kind,
        status="new",
        changes=nothing,
        unknown=MappingProxyType({}),
        accepted=MappingProxyType({}),
    )


def _kind(share: Share, amount: int) -> Kind:
    """More income, or less spending, lowers the net budget."""
    is_less = (share.numerator < 0) != (amount < 0)
    return of_sign(-1 if is_less else 1)

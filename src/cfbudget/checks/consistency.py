"""Consistency (CF2xx) of years and amounts, and all rules of consistency together."""

from itertools import pairwise

from cfbudget import rules
from cfbudget.calculate.services import has_amounts
from cfbudget.checks.assumption_rules import ASSUMPTIONS
from cfbudget.checks.former_ids import FORMER_IDS
from cfbudget.checks.fund_rules import FUND_CONSISTENCY
from cfbudget.checks.funding_consistency import FUNDING_CONSISTENCY
from cfbudget.checks.plan_lines import options, services
from cfbudget.checks.references import REFERENCES
from cfbudget.checks.rule_runs import Check, Problems
from cfbudget.plan.files import Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC
from cfbudget.problem import Place
from cfbudget.years import FinancialYear, is_unbroken


def repeated_years(plan: Plan) -> Problems:
    """Each year has one revenue budget."""
    first: dict[FinancialYear, Place] = {}
    for budget in plan.revenue:
        year, place = budget.financial_year
        if year in first:
            message = f"{year} has another revenue budget: {first[year].source}"
            yield rules.REPEATED_YEAR.at(place, message, "keep one file for each year")
        first.setdefault(year, place)


def broken_runs(plan: Plan) -> Problems:
    """`contains_options_of` is an unbroken run from the plan's first year, or nothing."""
    years = plan.years if plan.options else ()
    for budget in plan.revenue if is_unbroken(years) else ():
        words = budget.contains_options_of
        start = years[0] if years else next((word.year for word in words), None)
        expected = start
        for word in words:
            if years and word.year not in years:
                message = f"contains_options_of names {word.year}, which is outside the plan"
                hint = f"the options are those of {years[0]} to {years[-1]}"
            elif word.year != expected:
                message = f"contains_options_of is not an unbroken run from {start}: {word.year}"
                hint = f"list every year from {start} to the last that the budget contains, or []"
            else:
                expected = expected.next()
                continue
            yield rules.BROKEN_RUN.at(word.place, message, hint)
            break


def broken_years(plan: Plan) -> Problems:
    """`financial_years` are years that follow each other."""
    for file in (plan.options, plan.capital, plan.funding, plan.reserves):
        if file is None:
            continue
        words = file.financial_years
        if not words:
            hint = "list the plan's years: [2024-25, 2025-26]"
            yield rules.BROKEN_YEARS.at(file.place, "financial_years lists no year", hint)
        for earlier, later in pairwise(words):
            if later.year != earlier.year.next():
                message = f"financial_years: {later.year} does not follow {earlier.year}"
                hint = "list each year once, in order, without a gap"
                yield rules.BROKEN_YEARS.at(later.place, message, hint)
                break


def service_amounts(plan: Plan) -> Problems:
    """A service has gross and income, or a net alone, or services below it."""
    for budget in plan.revenue:
        if not budget.services:
            hint = "list its services, or delete the file"
            yield rules.AMOUNTS.at(budget.place, "a revenue budget without services", hint)
    for service in services(plan):
        if wrong := _wrong_amounts(service):
            yield rules.AMOUNTS.at(service.place, f"{service.name!r} {wrong[0]}", wrong[1])


def _wrong_amounts(service: Service) -> tuple[str, str] | None:
    """What is wrong with a service's amounts, and what to type."""
    if service.services is not None:
        if has_amounts(service):
            hint = "give the amounts to a service below it; a printed total is stated: {net: ...}"
            return "has amounts of its own and services below it", hint
        if not service.services:
            return "has no services below it", "list them, or give it gross and income, or net"
        return None
    if service.net is not None:
        if service.gross is not None or service.income is not None:
            hint = "delete net, which is computed; a printed net is stated: {net: ...}"
            return "has a net beside its gross or income", hint
        return None
    if service.gross is None and service.income is None:
        return "has no amounts", "add gross and income, or net alone, or services"
    missing = "income" if service.income is None else "gross"
    if service.income is None or service.gross is None:
        return f"has no {missing}", f"add {missing}: 0 if there is none"
    return None


def missing_levels(plan: Plan) -> Problems:
    """Under `basis: level` every option has a level in every year of the plan."""
    if plan.options is None or plan.options.basis == "change":
        return
    for option in options(plan):
        missing = [str(year) for year in plan.years if year not in option.changes]
        if missing and not option.is_assumption:
            message = f"{option.name!r} has no level for {', '.join(missing)}"
            hint = "under basis: level every year is needed: repeat the level, or write 0"
            if option.unknown:
                hint += f"; a level cannot be {TBC}"
            yield rules.LEVEL_MISSING.at(option.place, message, hint)


def level_fte(plan: Plan) -> Problems:
    """Full-time equivalents are changes: beside levels it cannot be told which are meant."""
    if plan.options is None or plan.options.basis == "change":
        return
    for option in options(plan):
        if figure := next(iter(option.fte.values()), None):
            message = f"{option.name!r} has fte under basis: level"
            hint = "write basis: change and changes by year, for money as for posts"
            yield rules.LEVEL_FTE.at(figure.place, message, hint)


def level_one_offs(plan: Plan) -> Problems:
    """Levels already show a reversal, so `recurs: false` would count it twice."""
    if plan.options is None or plan.options.basis == "change":
        return
    for option in options(plan):
        if not option.recurs:
            message = f"{option.name!r} says recurs: false under basis: level"
            hint = "delete it: the levels already show that the change is taken back"
            yield rules.LEVEL_ONE_OFF.at(option.place, message, hint)


def reversed_twice(plan: Plan) -> Problems:
    """A one-off's reversal is derived; a row that also takes it back would count it twice."""
    if plan.options is None or plan.options.basis == "level":
        return
    for option in options(plan):
        signs = {figure.pence > 0 for figure in option.changes.values() if figure.pence}
        if not option.recurs and len(signs) > 1:
            message = f"{option.name!r} says recurs: false and takes back its own change"
            hint = "delete recurs: false, or the change of the opposite sign"
            yield rules.REVERSED_TWICE.at(option.place, message, hint)


def misplaced_before(plan: Plan) -> Problems:
    """What an option says of before the plan is of years before it, and of changes."""
    for option in options(plan) if plan.options and plan.years else ():
        first, new_in = plan.years[0], option.new_in
        for year, figure in option.before.items():
            if plan.options and plan.options.basis == "level":
                message = f"{option.name!r} has before under basis: level"
                hint = "write basis: change and changes by year; before are changes too"
            elif year >= first:
                message = f"{option.name!r}: before names {year}, and the plan begins with {first}"
                hint = f"write it into changes, or name a year before {first}"
            elif new_in and year < new_in.year < first:
                message = f"{option.name!r} is said to be new in {new_in.year}, and changed {year}"
                hint = f"write new_in: {year}, or delete the amount"
            else:
                continue
            yield rules.BEFORE_MISPLACED.at(figure.place, message, hint)
        if option.status == "new" and (option.before or new_in):
            said = "before" if option.before else "new_in"
            message = f"{option.name!r} is new in this plan, and has {said}"
            hint = f"write status: previously approved, or delete {said}"
            yield rules.BEFORE_MISPLACED.at(option.place, message, hint)
        elif new_in and new_in.year >= first:
            message = f"{option.name!r}: new_in is {new_in.year}, and the plan begins with {first}"
            hint = "delete it: what is new in this plan says status: new"
            yield rules.BEFORE_MISPLACED.at(new_in.place, message, hint)


CONSISTENCY = (
    *REFERENCES,
    *ASSUMPTIONS,
    *FUNDING_CONSISTENCY,
    *FUND_CONSISTENCY,
    *FORMER_IDS,
    Check(rules.REPEATED_YEAR, repeated_years, ("revenue",)),
    Check(
        rules.BROKEN_RUN,
        broken_runs,
        ("revenue",),
        needs=("options", "financial_years", "contains_options_of"),
    ),
    Check(
        rules.BROKEN_YEARS,
        broken_years,
        ("options", "capital", "funding", "reserves"),
        needs=("financial_years",),
    ),
    Check(rules.AMOUNTS, service_amounts, ("revenue",)),
    Check(rules.LEVEL_MISSING, missing_levels, ("options",), needs=("financial_years", "changes")),
    Check(rules.LEVEL_FTE, level_fte, ("options",)),
    Check(rules.LEVEL_ONE_OFF, level_one_offs, ("options",)),
    Check(
        rules.BEFORE_MISPLACED,
        misplaced_before,
        ("options",),
        needs=("financial_years", "before", "new_in"),
    ),
    Check(rules.REVERSED_TWICE, reversed_twice, ("options",), needs=("changes",)),
)

"""Plausibility (CF409 and on): figures that could be meant so, and most likely are a slip."""

import re
from collections.abc import Iterable
from itertools import pairwise

from cfbudget import rules
from cfbudget.calculate.amounts import TOTAL, Key
from cfbudget.calculate.funding import funding_amounts
from cfbudget.calculate.gap import net_budgets
from cfbudget.calculate.options import grouped
from cfbudget.calculate.revenue import revenue_amounts
from cfbudget.calculate.services import with_parents
from cfbudget.checks.financing_meaning import FINANCING_MEANING
from cfbudget.checks.fund_rules import FUND_MEANING
from cfbudget.checks.funding_meaning import FUNDING_MEANING
from cfbudget.checks.funding_scale import FUNDING_SCALE
from cfbudget.checks.repeated_refs import REPEATED_REFS
from cfbudget.checks.rule_runs import ALL, Check, Problems, warn
from cfbudget.checks.spending import savings_over_budget
from cfbudget.ids import id_of
from cfbudget.money import POUNDS, headline, headlines
from cfbudget.plan.files import Line, Option, PolicyOptions, RevenueBudget
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Figure
from cfbudget.years import parse_year

# Successive budgets, and options beside a budget, differ by less than this unless a unit is wrong.
BUDGETS_APART = 100
FUNDING_APART = 100
OPTIONS_OVER = 10
OPTIONS_UNDER = 2_000
# One or two small options are a short list. Where several come to so little, and most are under
# £1,000, which no plan in £000 could print, or would be under half a per cent of the budget even if
# they were a thousand times as large, a wrong unit is likelier than so many small options.
SEVERAL = 3
SMALL_OPTION = 1_000 * POUNDS.pence
SMALL_OF_BUDGET = 200_000


def contains_later(plan: Plan) -> Problems:
    """A year's budget seldom contains the options of a year after it."""
    for budget in plan.revenue:
        year = budget.financial_year.year
        later = [word for word in budget.contains_options_of if word.year > year]
        if later:
            message = f"the budget of {year} is said to contain the options of {later[0].year}"
            hint = "check contains_options_of"
            yield warn(rules.CONTAINS_LATER, budget, message, hint, later[0].place)


def file_name_year(plan: Plan) -> Problems:
    """A revenue file is named for the year that it holds."""
    for budget in plan.revenue:
        year, place = budget.financial_year
        stem = place.file.rpartition(".")[0]
        match = re.fullmatch(r"revenue_(\d{2,4})[_-](\d{2,4})", stem)
        named = parse_year(f"{match[1]}-{match[2]}") if match else year
        if named != year:
            message = f"{place.file} holds the budget of {year}"
            hint = f"rename it to revenue_{str(year).replace('-', '_')}.yaml, or mend the year"
            yield warn(rules.FILE_NAME_YEAR, budget, message, hint, place)


def moved_services(plan: Plan) -> Problems:
    """A service stands within the same one in every year."""
    latest: dict[str, str | None] = {}
    for budget in reversed(plan.revenue):
        for parent, service in with_parents(budget.services):
            now = latest.setdefault(service.id, parent)
            if now != parent:
                message = (
                    f"{service.name!r} stands {_within(parent)} in {budget.financial_year.year} "
                    f"and {_within(now)} later"
                )
                hint = "the position groups services as the latest budget does"
                yield warn(rules.MOVED_SERVICE, service, message, hint)


def _within(parent: str | None) -> str:
    return f"within {parent}" if parent else "at the top"


def income_plus(plan: Plan) -> Problems:
    """Income is minus and gross spending plus; a file may print its income without a minus."""
    for budget in plan.revenue:
        income = _income_words(budget)
        for _, service in with_parents(budget.services):
            wrong: list[tuple[tuple[str, str], Figure]] = []
            if service.income and service.income.pence > 0:
                wrong.append((income, service.income))
            if service.gross and service.gross.pence < 0:
                wrong.append((("gross is minus", "gross spending is plus"), service.gross))
            for (what, hint), figure in wrong:
                message = f"{service.name!r}: its {what}"
                full = f"{hint}; net is gross + income"
                yield warn(rules.INCOME_PLUS, service, message, full, figure.place)


def _income_words(budget: RevenueBudget) -> tuple[str, str]:
    """What is wrong with an income that adds to spending, and how the file should write it."""
    if budget.signs is not None and budget.signs.income == "plus":
        return "income is minus, in a file that prints it as plus", "income is written plus here"
    incomes = [service.income for _, service in with_parents(budget.services) if service.income]
    amounts = [figure.pence for figure in incomes if figure.pence]
    if len(amounts) > 1 and min(amounts) > 0:
        return "income is plus", "income is written minus, or add signs: {income: plus} to the file"
    return "income is plus", "income is written minus"


def allocation_minus(plan: Plan) -> Problems:
    """A capital allocation is plus."""
    for scheme in plan.capital.schemes if plan.capital else ():
        figures = [*scheme.allocations.values()]
        figures += [scheme.under_development] if scheme.under_development else []
        for figure in figures:
            if figure.pence < 0:
                message = f"{scheme.name!r} has an allocation that is minus"
                hint = "an allocation is plus; check its sign"
                yield warn(rules.ALLOCATION_MINUS, scheme, message, hint, figure.place)


def out_of_scale(plan: Plan) -> Problems:
    """A wrong unit makes a file a thousand times too large or too small."""
    for earlier, later in pairwise(plan.revenue):
        one, other = _size(earlier), _size(later)
        if earlier.projected or later.projected:
            continue  # its nets are beside a gross, and we wrote its unit
        if one and other and max(one, other) >= BUDGETS_APART * min(one, other):
            here, before = headlines(other, one)
            message = (
                f"the budget of {later.financial_year.year} comes to {here}, "
                f"that of {earlier.financial_year.year} to {before}"
            )
            hint = f"check its unit, {later.unit.name}"
            yield warn(rules.OUT_OF_SCALE, later, message, hint)
    if plan.revenue and plan.options and not plan.revenue[-1].projected:
        yield from _options_out_of_scale(plan.options, _size(plan.revenue[-1]))
    yield from _funding_out_of_scale(plan)


def _funding_out_of_scale(plan: Plan) -> Problems:
    """A whole council's funding is of the size of its net budget."""
    if plan.funding is None:
        return
    amounts = funding_amounts(plan).amounts
    totals = [abs(p) for key, p in amounts.items() if key[:2] == (TOTAL, "amount")]
    funded, spent = max(totals, default=0), max(map(abs, net_budgets(plan).values()), default=0)
    if funded and spent and max(funded, spent) >= FUNDING_APART * min(funded, spent):
        come_to, beside = headlines(funded, spent)
        message = f"the funding comes to {come_to} a year, beside a net budget of {beside}"
        hint = f"check the unit of the funding, {plan.funding.unit.name}"
        yield warn(rules.OUT_OF_SCALE, plan.funding, message, hint)


def _options_out_of_scale(options: PolicyOptions, budget: int) -> Problems:
    """One change that is too large beside what the budget comes to, in pence; or all too small."""
    every = [option for block in options.services for option in block.options]
    moved = sum(abs(figure.pence) for one in every for figure in one.changes.values())
    if not moved or not budget:
        return
    single = [figure for one in every for figure in _single_changes(one)]
    largest = max(single, key=lambda figure: (abs(figure.pence), -figure.place.line))
    is_over = abs(largest.pence) > OPTIONS_OVER * budget
    if is_over or (moved * OPTIONS_UNDER < budget and _most_are_small(every, budget)):
        come_to, beside = headlines(moved, budget)
        message = f"the options come to {come_to} of changes, beside a budget of {beside}"
        hint = f"check the unit of the options, {options.unit.name}"
        if is_over and sum(map(_count, every)) > 1:
            hint += f"; the largest, {headline(largest.pence)}, is on line {largest.place.line}"
        yield warn(rules.OUT_OF_SCALE, options, message, hint)


def _single_changes(option: Option) -> list[Figure]:
    """An option's changes that are not nil; of condensed ones the largest."""
    if option.condensed:
        return [option.condensed.largest] if option.condensed.largest else []
    return [figure for figure in option.changes.values() if figure.pence]


def _count(option: Option) -> int:
    """How many changes of it are not nil."""
    if option.condensed:
        return sum(count for year, count in option.condensed.changing.items() if year)
    return len(_single_changes(option))


def _sizes(option: Option) -> Iterable[int]:
    """How large its largest change is, in pence; of condensed options, of each of them."""
    if option.condensed:
        return option.condensed.sizes
    figures = _single_changes(option)
    return [max(abs(figure.pence) for figure in figures)] if figures else ()


def _most_are_small(options: Iterable[Option], budget: int) -> bool:
    """Whether there are several options, and few of them of a size that options have."""
    sizes = [size for option in options for size in _sizes(option)]
    small = max(SMALL_OPTION, budget // SMALL_OF_BUDGET)
    return len(sizes) >= SEVERAL and 2 * sum(size < small for size in sizes) > len(sizes)


def _size(budget: RevenueBudget) -> int:
    """What a budget comes to: gross, and where that is not printed net without its sign."""
    amounts, year = revenue_amounts(budget).amounts, budget.financial_year.year
    return sum(
        abs(amounts.get(Key(service.id, "gross", year), amounts[Key(service.id, "net", year)]))
        for _, service in with_parents(budget.services)
        if not service.services
    )


def repeated_names(plan: Plan) -> Problems:
    """A line entered twice under two ids counts twice."""
    for budget in plan.revenue:
        siblings: dict[str | None, list[Line]] = {}
        for parent, service in with_parents(budget.services):
            siblings.setdefault(parent, []).append(service)
        for lines in siblings.values():
            yield from _namesakes(lines)
    yield from _namesakes(plan.capital.schemes if plan.capital else ())
    yield from _namesakes(plan.funding.lines if plan.funding else ())
    yield from _namesakes(plan.reserves.reserves if plan.reserves else ())
    for block in plan.options.services if plan.options else ():
        for options in grouped(block).values():
            yield from _namesakes(option for option in options if not option.condensed)


def _namesakes(lines: Iterable[Line]) -> Problems:
    first: dict[str, Line] = {}
    for line in lines:
        name = id_of(line.name) or line.name
        if name in first:
            place = first[name].place
            where = f"line {place.line}" if place.file == line.place.file else place.source
            message = f"{line.name!r} stands on {where} too"
            hint = "delete one of them, unless they are two"
            yield warn(rules.REPEATED_NAME, line, message, hint)
        first.setdefault(name, line)


def renamed_ids(plan: Plan) -> Problems:
    """A service keeps its id from year to year; a new id is a new service."""
    for earlier, later in pairwise(plan.revenue):
        before = {service.id: service for _, service in with_parents(earlier.services)}
        after = {service.id: service for _, service in with_parents(later.services)}
        gone = {line.name: line.id for id_, line in before.items() if id_ not in after}
        for service in after.values():
            if service.id not in before and service.name in gone:
                message = (
                    f"{service.name!r} is {service.id!r} here and {gone[service.name]!r} in the "
                    f"budget of {earlier.financial_year.year}"
                )
                hint = f"write id: {gone[service.name]} if it is the same service"
                yield warn(rules.RENAMED_ID, service, message, hint)


def contains_less(plan: Plan) -> Problems:
    """What one budget contains, the budgets after it contain too, and their own year's options."""
    for earlier, later in pairwise(plan.revenue):
        (before, _), (year, _) = earlier.financial_year, later.financial_year
        contained = {word.year for word in earlier.contains_options_of}
        if earlier.projected:
            continue  # it contains its year's options as it is worked out of them
        expected = {*contained, year} if before in contained and year in plan.years else contained
        missing = sorted(expected - {word.year for word in later.contains_options_of})
        if missing:
            message = (
                f"the budget of {year} does not contain the options of {missing[0]}, though "
                f"that of {before} contains those of {max(contained)}"
            )
            yield warn(rules.CONTAINS_LESS, later, message, "check contains_options_of")


def unused_budgets(plan: Plan) -> Problems:
    """A budget after the plan's last year stands alone: no option changes what follows it."""
    for budget in plan.revenue:
        year, place = budget.financial_year
        if year > plan.years[-1]:
            message = f"no year of the plan stands on the budget of {year}"
            years = ", ".join(str(year) for year in plan.years)
            hint = f"check its year: the years of the plan are {years}"
            yield warn(rules.UNUSED_BUDGET, budget, message, hint, place)


PLAUSIBILITY = (
    Check(rules.CONTAINS_LATER, contains_later, ("revenue",)),
    Check(rules.FILE_NAME_YEAR, file_name_year, ("revenue",)),
    Check(rules.MOVED_SERVICE, moved_services, ("revenue",)),
    Check(rules.INCOME_PLUS, income_plus, ("revenue",)),
    Check(rules.ALLOCATION_MINUS, allocation_minus, ("capital",)),
    Check(rules.OUT_OF_SCALE, out_of_scale, ("revenue",)),
    Check(rules.SAVING_OVER_BUDGET, savings_over_budget, ("options",)),
    Check(rules.REPEATED_NAME, repeated_names, ALL),
    Check(rules.RENAMED_ID, renamed_ids, ("revenue",)),
    Check(rules.CONTAINS_LESS, contains_less, ("revenue",)),
    Check(rules.UNUSED_BUDGET, unused_budgets, ("revenue",)),
    *FUND_MEANING,
    *FUNDING_MEANING,
    *FUNDING_SCALE,
    *REPEATED_REFS,
    *FINANCING_MEANING,
)

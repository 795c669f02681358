"""Consistency (CF2xx): ids, years, services and amounts that contradict each other."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from cfbudget import rules
from cfbudget.calculate.services import has_amounts, with_parents
from cfbudget.checks.applying import Check
from cfbudget.ids import ID, RESERVED, did_you_mean, id_of
from cfbudget.plan.files import Line, Option, Record, Service
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import Place, Problem, clipped
from cfbudget.years import FinancialYear

Found = Iterator[Problem]


def _services(plan: Plan) -> Iterator[Service]:
    """Every line of every revenue budget; a service stands once for each year."""
    for budget in plan.revenue:
        for _, service in with_parents(budget.services):
            yield service


def _options(plan: Plan) -> Iterator[Option]:
    for block in plan.options.services if plan.options else ():
        yield from block.options


def _named_services(plan: Plan) -> dict[str, Word]:
    """The services that blocks of options name, by id."""
    blocks = plan.options.services if plan.options else ()
    return {block.service.text: block.service for block in blocks}


def repeated_ids(plan: Plan) -> Found:
    """Ids are unique in a table, and no option bears the id of a service."""
    for budget in plan.revenue:
        yield from _repeats(service for _, service in with_parents(budget.services))
    yield from _repeats(plan.capital.schemes if plan.capital else ())
    yield from _repeats(_options(plan))
    services = {service.id for service in _services(plan)} or set(_named_services(plan))
    for option in _options(plan):
        if option.id in services:
            message = f"the id {option.id!r} is also a service's"
            yield rules.REPEATED_ID.at(option.place, message, f"write {option.id}-{option.kind}")


def _repeats(lines: Iterable[Line]) -> Found:
    first: dict[str, Place] = {}
    for line in lines:
        if line.id in first:
            message = f"the id {line.id!r} is used twice: first on line {first[line.id].line}"
            yield rules.REPEATED_ID.at(line.place, message, "give each line an id of its own")
        first.setdefault(line.id, line.place)


def repeated_years(plan: Plan) -> Found:
    """Each year has one revenue budget."""
    first: dict[FinancialYear, Place] = {}
    for budget in plan.revenue:
        year, place = budget.financial_year
        if year in first:
            message = f"{year} has another revenue budget: {first[year].source}"
            yield rules.REPEATED_YEAR.at(place, message, "keep one file for each year")
        first.setdefault(year, place)


def unknown_services(plan: Plan) -> Found:
    """Options and schemes name services that a revenue budget has."""
    known = {service.id: service.name for service in _services(plan)}
    blocks = plan.options.services if plan.options else ()
    schemes = plan.capital.schemes if plan.capital else ()
    pointers = [block.service for block in blocks]
    pointers += [scheme.service for scheme in schemes if scheme.service]
    for pointer in pointers if plan.revenue else ():
        if pointer.text not in known:
            message = f"unknown service {pointer.text!r}"
            yield rules.UNKNOWN_SERVICE.at(pointer.place, message, _suggestion(pointer, known))


def _suggestion(pointer: Word, known: dict[str, str]) -> str:
    by_name = {name: service for service, name in known.items()}
    if pointer.text in by_name:
        return f"did you mean {by_name[pointer.text]!r}?"
    return did_you_mean(pointer.text, known, f"the services are {', '.join(known)}")


def ids_of_named_services(plan: Plan) -> Found:
    """Without a revenue budget the blocks of options are what names the services."""
    for service, word in _named_services(plan).items() if not plan.revenue else ():
        if service in RESERVED or not ID.fullmatch(service):
            message = f"{clipped(service)!r} is not an id of a service"
            hint = f"write {id_of(service)}" if id_of(service) not in RESERVED else "name it"
            yield rules.BAD_ID.at(word.place, message, hint)


def repeated_blocks(plan: Plan) -> Found:
    """Each service has one block of options."""
    first: dict[str, Place] = {}
    for block in plan.options.services if plan.options else ():
        service, place = block.service
        if service in first:
            message = f"{service!r} has another block of options on line {first[service].line}"
            yield rules.REPEATED_BLOCK.at(place, message, "put its options into one block")
        first.setdefault(service, place)


def funds_unknown(plan: Plan) -> Found:
    """`funds` points at options of the plan."""
    known = {option.id: option.kind for option in _options(plan)}
    savings = [option for option, kind in known.items() if kind == "saving"]
    for option in _options(plan):
        for pointer in option.funds:
            if pointer.text not in known:
                message = f"funds names an unknown option {pointer.text!r}"
                hint = did_you_mean(pointer.text, savings, "name the id of a saving")
                yield rules.FUNDS_NOTHING_KNOWN.at(pointer.place, message, hint)


def funds_no_saving(plan: Plan) -> Found:
    """`funds` points at savings."""
    known = {option.id: option.kind for option in _options(plan)}
    for option in _options(plan):
        for pointer in option.funds:
            if known.get(pointer.text) == "investment":
                message = f"funds names {pointer.text!r}, which is an investment"
                yield rules.FUNDS_NO_SAVING.at(
                    pointer.place, message, "name the saving it pays for"
                )


def marked_savings(plan: Plan) -> Found:
    """Only an investment is made to save."""
    for option in _options(plan):
        if option.kind == "saving" and (option.invest_to_save or option.funds):
            message = f"{option.name!r} is a saving and marked as invest to save"
            hint = "mark the investment that pays for it, and let that one fund this saving"
            yield rules.NOT_AN_INVESTMENT.at(option.place, message, hint)


def broken_runs(plan: Plan) -> Found:
    """`contains_options_of` is an unbroken run from the plan's first year, or nothing."""
    for budget in plan.revenue:
        words = budget.contains_options_of
        years = plan.years if plan.options else ()
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


def broken_years(plan: Plan) -> Found:
    """`financial_years` are years that follow each other."""
    for file in (plan.options, plan.capital):
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


def service_amounts(plan: Plan) -> Found:
    """A service has gross and income, or a net alone, or services below it."""
    for budget in plan.revenue:
        if not budget.services:
            hint = "list its services, or delete the file"
            yield rules.AMOUNTS.at(budget.place, "a revenue budget without services", hint)
    for service in _services(plan):
        if wrong := _wrong_amounts(service):
            yield rules.AMOUNTS.at(service.place, f"{service.name!r} {wrong[0]}", wrong[1])


def _wrong_amounts(service: Service) -> tuple[str, str] | None:
    """What is wrong with a service's amounts, and what to type."""
    if service.services:
        if has_amounts(service):
            hint = "give the amounts to a service below it; a printed total is stated: {net: ...}"
            return "has amounts of its own and services below it", hint
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


def missing_levels(plan: Plan) -> Found:
    """Under `basis: level` every option has a level in every year of the plan."""
    if plan.options is None or plan.options.basis == "change":
        return
    for option in _options(plan):
        missing = [str(year) for year in plan.years if year not in option.changes]
        if missing:
            message = f"{option.name!r} has no level for {', '.join(missing)}"
            hint = "under basis: level every year is needed: repeat the level, or write 0"
            yield rules.LEVEL_MISSING.at(option.place, message, hint)


def level_one_offs(plan: Plan) -> Found:
    """Levels already show a reversal, so `recurs: false` would count it twice."""
    if plan.options is None or plan.options.basis == "change":
        return
    for option in _options(plan):
        if not option.recurs:
            message = f"{option.name!r} says recurs: false under basis: level"
            hint = "delete it: the levels already show that the change is taken back"
            yield rules.LEVEL_ONE_OFF.at(option.place, message, hint)


def reversed_twice(plan: Plan) -> Found:
    """A one-off's reversal is derived; a row that also takes it back would count it twice."""
    if plan.options is None or plan.options.basis == "level":
        return
    for option in _options(plan):
        signs = {figure.pence > 0 for figure in option.changes.values() if figure.pence}
        if not option.recurs and len(signs) > 1:
            message = f"{option.name!r} says recurs: false and takes back its own change"
            hint = "delete recurs: false, or the change of the opposite sign"
            yield rules.REVERSED_TWICE.at(option.place, message, hint)


def unknown_accepted(plan: Plan) -> Found:
    """`accepted` names warnings: an error cannot be accepted."""
    severities = {rule.code: rule.severity for rule in rules.ALL}
    warnings = [code for code, severity in severities.items() if severity == "warning"]
    for record in _records(plan):
        for code, accepted in record.accepted.items():
            if code in warnings:
                continue
            if code in severities:
                message = f"{code} is {'an error' if severities[code] == 'error' else 'a notice'}"
                hint = "only a warning can be accepted: delete this"
            else:
                message = f"{clipped(code)!r} is not the code of a warning"
                hint = f"the warnings are {', '.join(warnings)}"
            yield rules.UNKNOWN_ACCEPTED.at(accepted.place, message, hint)


def _records(plan: Plan) -> Iterator[Record]:
    """Everything that may accept a warning."""
    yield from plan.revenue
    yield from _services(plan)
    if plan.capital:
        yield plan.capital
        yield from plan.capital.schemes
    if plan.options:
        yield plan.options
        yield from plan.options.services
        yield from _options(plan)


CONSISTENCY = (
    Check(rules.REPEATED_ID, repeated_ids),
    Check(rules.REPEATED_YEAR, repeated_years),
    Check(rules.UNKNOWN_SERVICE, unknown_services, needs=("revenue",)),
    Check(rules.BAD_ID, ids_of_named_services, needs=("revenue",)),
    Check(rules.FUNDS_NOTHING_KNOWN, funds_unknown),
    Check(rules.FUNDS_NO_SAVING, funds_no_saving, needs=("kind",)),
    Check(
        rules.BROKEN_RUN, broken_runs, needs=("options", "financial_years", "contains_options_of")
    ),
    Check(rules.BROKEN_YEARS, broken_years, needs=("financial_years",)),
    Check(rules.AMOUNTS, service_amounts),
    Check(rules.LEVEL_MISSING, missing_levels, needs=("financial_years", "changes")),
    Check(rules.LEVEL_ONE_OFF, level_one_offs),
    Check(rules.REPEATED_BLOCK, repeated_blocks),
    Check(rules.NOT_AN_INVESTMENT, marked_savings, needs=("kind",)),
    Check(rules.UNKNOWN_ACCEPTED, unknown_accepted),
    Check(rules.REVERSED_TWICE, reversed_twice, needs=("changes",)),
)

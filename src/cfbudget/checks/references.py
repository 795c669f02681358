"""Consistency (CF2xx) of ids: what is named once, and what points at something that is there."""

from collections.abc import Iterable

from cfbudget import rules
from cfbudget.calculate.option_groups import option_groups, said_by
from cfbudget.calculate.services import with_parents
from cfbudget.checks.plan_lines import options, records, services
from cfbudget.checks.rule_runs import ALL, Check, Problems
from cfbudget.ids import ID, RESERVED, did_you_mean, did_you_mean_id, id_of
from cfbudget.plan.files import Line
from cfbudget.plan.funding_files import Reserve
from cfbudget.plan.groupings import GROUPINGS, Grouping
from cfbudget.plan.kinds import KINDS, a, paying
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import Place, clipped

MOST = 8  # groups that a hint names
SUGGESTED = 20  # looking for the nearest of many ids takes time: the first slips get a suggestion


def _named(plan: Plan) -> dict[str, Word]:
    """The services that blocks of options name, by id."""
    blocks = plan.options.services if plan.options else ()
    return {block.service.text: block.service for block in blocks}


def repeated_ids(plan: Plan) -> Problems:
    """Ids are unique in a table, and no option bears the id of a service."""
    funding = plan.funding.lines if plan.funding else ()
    reserves = plan.reserves.reserves if plan.reserves else ()
    for budget in plan.revenue:
        yield from _repeats(service for _, service in with_parents(budget.services))
    yield from _repeats(plan.capital.schemes if plan.capital else ())
    yield from _repeats(options(plan))
    yield from _repeats((*funding, *reserves))
    known = {service.id for service in services(plan)} or set(_named(plan))
    for option in options(plan):
        if option.id in known:
            message = f"the id {option.id!r} is also a service's"
            yield rules.REPEATED_ID.at(option.place, message, f"write {option.id}-{option.kind}")
    changes = {option.id for option in options(plan)}
    for line in (*funding, *reserves):
        if line.id in known or line.id in changes:
            whose = "a service's" if line.id in known else "an option's"
            message, kind = f"the id {line.id!r} is also {whose}", _word_of(line)
            yield rules.REPEATED_ID.at(line.place, message, f"write {line.id}-{kind}")


def _word_of(line: Line) -> str:
    return "reserve" if isinstance(line, Reserve) else "funding"


def _repeats(lines: Iterable[Line]) -> Problems:
    first: dict[str, Place] = {}
    for line in lines:
        if line.id in first:
            place = first[line.id]
            where = f"on line {place.line}" if place.file == line.place.file else place.source
            message = f"the id {line.id!r} is used twice: first {where}"
            yield rules.REPEATED_ID.at(line.place, message, "give each line an id of its own")
        first.setdefault(line.id, line.place)


def unknown_services(plan: Plan) -> Problems:
    """Options and schemes name services that a revenue budget has."""
    known = {service.id: service.name for service in services(plan)}
    blocks = plan.options.services if plan.options else ()
    schemes = plan.capital.schemes if plan.capital else ()
    pointers = [block.service for block in blocks]
    pointers += [scheme.service for scheme in schemes if scheme.service]
    unknown = [pointer for pointer in pointers if plan.revenue and pointer.text not in known]
    renamed = {service.was.text: service.id for service in services(plan) if service.was}
    for count, pointer in enumerate(unknown):
        if now := renamed.get(pointer.text):
            message, hint = f"{pointer.text!r} is what {now!r} was called before", f"write {now}"
            yield rules.UNKNOWN_SERVICE.at(pointer.place, message, hint)
            continue
        otherwise = "write the id of a service of the revenue budget"
        hint = did_you_mean_id(pointer.text, known, otherwise) if count < SUGGESTED else otherwise
        message = f"unknown service {clipped(pointer.text)!r}"
        yield rules.UNKNOWN_SERVICE.at(pointer.place, message, hint)


def ids_of_named_services(plan: Plan) -> Problems:
    """Without a revenue budget the blocks of options are what names the services."""
    for service, word in _named(plan).items() if not plan.revenue else ():
        if service in RESERVED or not ID.fullmatch(service):
            message = f"{clipped(service)!r} is not an id of a service"
            hint = f"write {id_of(service)}" if id_of(service) not in RESERVED else "name it"
            yield rules.BAD_ID.at(word.place, message, hint)


def repeated_blocks(plan: Plan) -> Problems:
    """Each service has one block of options."""
    first: dict[str, Place] = {}
    for block in plan.options.services if plan.options else ():
        service, place = block.service
        if service in first:
            message = f"{service!r} has another block of options on line {first[service].line}"
            yield rules.REPEATED_BLOCK.at(place, message, "put its options into one block")
        first.setdefault(service, place)


def funds_unknown(plan: Plan) -> Problems:
    """`funds` points at options of the plan."""
    known = {option.id: option.kind for option in options(plan)}
    savings = [option for option, kind in known.items() if KINDS[kind].may_be_funded]
    pointers = (pointer for option in options(plan) for pointer in option.funds)
    unknown = [pointer for pointer in pointers if pointer.text not in known]
    for count, pointer in enumerate(unknown):
        otherwise = "write the id of a saving"
        hint = did_you_mean(pointer.text, savings, otherwise) if count < SUGGESTED else otherwise
        message = f"funds names an unknown option {clipped(pointer.text)!r}"
        yield rules.FUNDS_NOTHING_KNOWN.at(pointer.place, message, hint)


def funds_no_saving(plan: Plan) -> Problems:
    """`funds` points at savings."""
    others = {o.id: o.kind for o in options(plan) if not KINDS[o.kind].may_be_funded}
    for option in options(plan):
        for pointer in option.funds:
            if pointer.text in others:
                message = f"funds names {pointer.text!r}, which is {a(others[pointer.text])}"
                yield rules.FUNDS_NO_SAVING.at(
                    pointer.place, message, "name the saving it pays for"
                )


def marked_savings(plan: Plan) -> Problems:
    """Only an investment is made to save."""
    for option in options(plan):
        entry, is_marked = KINDS[option.kind], option.invest_to_save or option.funds
        if is_marked and not entry.may_be_invest_to_save:
            message = f"{option.name!r} is {a(option.kind)} and marked as invest to save"
            payer = " or ".join(paying())
            hint = f"mark the {payer} that pays for it, and let that one fund this {option.kind}"
            if not entry.may_be_funded:
                mark = "the mark" if option.invest_to_save else "funds"
                hint = f"take {mark} off: only {' or '.join(map(a, paying()))} is made to save"
            yield rules.NOT_AN_INVESTMENT.at(option.place, message, hint)


def unknown_groups(plan: Plan) -> Problems:
    """A stated group is one that options are in, and stands once."""
    file = plan.options
    stated = {group.by for group in file.groups} if file else set()
    known = {one: option_groups(file, one) for one in stated} if file else {}
    first: dict[tuple[Grouping, str], Place] = {}
    for group in file.groups if file else ():
        by, said, place = group.by, said_by(group), group.name.place
        names = [one.said for one in known[by] if one.said]
        if said not in names:
            otherwise = f"write one that an option has: {', '.join(names[:MOST])}"
            if not names:
                otherwise = f"no option has a {by}: add {by}: {clipped(group.name.text)} to it"
            hint = did_you_mean(said, names, otherwise)
            message = f"no option has the {by} {clipped(group.name.text)!r}"
            yield rules.UNKNOWN_GROUP.at(place, message, hint)
        elif (by, said) in first:
            message = f"the {by} {said!r} is stated on line {first[by, said].line} too"
            yield rules.UNKNOWN_GROUP.at(place, message, "keep one of them")
        first.setdefault((by, said), place)


def unknown_accepted(plan: Plan) -> Problems:
    """`accepted` names warnings: an error cannot be accepted."""
    severities = {rule.code: rule.severity for rule in rules.ALL}
    warnings = rules.ACCEPTABLE
    for record in records(plan):
        for code, accepted in record.accepted.items():
            if code in warnings:
                continue
            if code in severities:
                kinds = {"error": "an error", "notice": "a notice", "warning": "not about a plan"}
                message = f"{code} is {kinds[severities[code]]}"
                hint = "only a warning about the plan can be accepted: delete this"
            else:
                message = f"{clipped(code)!r} is not the code of a warning"
                hint = f"the warnings are {', '.join(warnings)}"
            yield rules.UNKNOWN_ACCEPTED.at(accepted.place, message, hint)


REFERENCES = (
    Check(rules.REPEATED_ID, repeated_ids, ALL),
    Check(rules.UNKNOWN_SERVICE, unknown_services, ("options", "capital"), needs=("revenue",)),
    Check(rules.BAD_ID, ids_of_named_services, ("options",), needs=("revenue",)),
    Check(rules.REPEATED_BLOCK, repeated_blocks, ("options",)),
    Check(rules.FUNDS_NOTHING_KNOWN, funds_unknown, ("options",)),
    Check(rules.FUNDS_NO_SAVING, funds_no_saving, ("options",), needs=("kind",)),
    Check(rules.NOT_AN_INVESTMENT, marked_savings, ("options",), needs=("kind",)),
    Check(rules.UNKNOWN_GROUP, unknown_groups, ("options",), needs=("by", *GROUPINGS)),
    Check(rules.UNKNOWN_ACCEPTED, unknown_accepted, ALL),
)

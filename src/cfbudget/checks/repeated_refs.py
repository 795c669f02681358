"""Refs (CF422): a reference that two options bear which are not parts of one proposal."""

from cfbudget import rules
from cfbudget.checks.plan_lines import options
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.ids import id_of
from cfbudget.plan.files import Option
from cfbudget.plan.plan import Plan
from cfbudget.problem import clipped


def repeated_refs(plan: Plan) -> Problems:
    """A ref is of one proposal: one name in several services, or an investment and its savings."""
    by_ref: dict[str, list[Option]] = {}
    for option in options(plan):
        if option.ref:
            by_ref.setdefault(option.ref.text.casefold(), []).append(option)
    for first, *others in by_ref.values():
        one = _proposal(first, others)
        for option in others:
            if option.ref and option.id not in one:
                message = f"the ref {clipped(option.ref.text)!r} is that of {first.name!r} too"
                hint = f"give one of them another: {first.name!r} is on line {first.place.line}"
                yield warn(rules.REPEATED_REF, option, message, hint, option.ref.place)


def _proposal(first: Option, others: list[Option]) -> set[str]:
    """The options that belong to the first, by id: of its name, or linked to it by funds."""
    found = [first]
    for one in found:
        found += [other for other in others if other not in found and _belong(one, other)]
    return {option.id for option in found}


def _belong(one: Option, other: Option) -> bool:
    if id_of(one.name) == id_of(other.name):
        return True
    pairs = ((one, other), (other, one))
    return any(saving.id in (word.text for word in pays.funds) for pays, saving in pairs)


REPEATED_REFS = (Check(rules.REPEATED_REF, repeated_refs, ("options",)),)

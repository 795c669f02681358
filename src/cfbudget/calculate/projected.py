"""Gross and income of later years: of which services they are known, and the plan of either alone.

Where every option of a service says which of the two it changes, its net budget can be told apart.
Either is the net budget of a plan that has nothing but it: the position's own rules then hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from cfbudget.calculate.amounts import RowSum
from cfbudget.calculate.changes import reversal_row
from cfbudget.calculate.services import own_row, service_tree, walk, with_parents
from cfbudget.plan.files import Option, PolicyOptions, RevenueBudget, Service
from cfbudget.plan.plan import Plan

ProjectedMeasure = Literal["gross", "income"]
PROJECTED: tuple[ProjectedMeasure, ...] = ("gross", "income")


def says_affects(plan: Plan) -> bool:
    """Whether any option says whether it changes gross or income; in a trial, any of the plan's.

    An uplift of gross says it of itself, and is no reason to show what the plan does not.
    """
    return any(option.affects for _, option in _options(plan.struck_with or plan.options))


def projected_rows(plan: Plan, sums: Iterable[RowSum]) -> frozenset[str]:
    """The rows of the position whose gross and income are known in every year."""
    unknown = {service for service, option in _every_option(plan) if not _is_told(option)}
    unknown |= {
        service.id
        for budget in plan.revenue
        for _, service in with_parents(budget.services)
        if service.net is not None
    }
    known = [node.id for node in walk(service_tree(plan)) if node.id not in unknown]
    made = dict(sums)
    rows = {row for one in known for row in (own_row(one), reversal_row(one))}
    rows |= {service for service in known if service not in made}
    for row, parts in made.items():
        if rows.issuperset(parts):
            rows.add(row)
    return frozenset(rows)


def plan_of_measure(plan: Plan, measure: ProjectedMeasure) -> Plan:
    """The plan with nothing in it but gross, or income, and the options that change it."""
    return replace(
        plan,
        revenue=tuple(_budget(budget, measure) for budget in plan.revenue),
        options=_only(plan.options, measure),
        struck_with=_only(plan.struck_with, measure),
    )


def _is_told(option: Option) -> bool:
    """Whether it says what it changes, or changes nothing."""
    changes = any(figure.pence for figure in option.changes.values())
    return option.affects is not None or not (changes or option.unknown)


def _every_option(plan: Plan) -> Iterator[tuple[str, Option]]:
    yield from _options(plan.options)
    yield from _options(plan.struck_with)


def _options(options: PolicyOptions | None) -> Iterator[tuple[str, Option]]:
    """Each option with its service."""
    for block in options.services if options else ():
        yield from ((block.service.text, option) for option in block.options)


def _budget(budget: RevenueBudget, measure: ProjectedMeasure) -> RevenueBudget:
    return budget.model_copy(update={"services": _alone(budget.services, measure)})


def _alone(services: Iterable[Service], measure: ProjectedMeasure) -> tuple[Service, ...]:
    other = "income" if measure == "gross" else "gross"
    made = []
    for service in services:
        update: dict[str, object] = {other: None}
        if service.services is not None:
            update["services"] = _alone(service.services, measure)
        made.append(service.model_copy(update=update))
    return tuple(made)


def _only(options: PolicyOptions | None, measure: ProjectedMeasure) -> PolicyOptions | None:
    if options is None:
        return None
    nothing: Mapping[str, object] = {"changes": MappingProxyType({}), "unknown": {}}
    blocks = []
    for block in options.services:
        made = tuple(
            option if option.affects == measure else option.model_copy(update=nothing)
            for option in block.options
        )
        blocks.append(block.model_copy(update={"options": made}))
    return options.model_copy(update={"services": tuple(blocks)})

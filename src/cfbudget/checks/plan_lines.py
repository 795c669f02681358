"""Every line of a plan, for rules that look at them one by one."""

from collections.abc import Iterator

from cfbudget.calculate.services import with_parents
from cfbudget.plan.files import FileRecord, Option, Service
from cfbudget.plan.plan import Plan


def services(plan: Plan) -> Iterator[Service]:
    """Every line of every revenue budget; a service stands once for each year."""
    for budget in plan.revenue:
        for _, service in with_parents(budget.services):
            yield service


def options(plan: Plan) -> Iterator[Option]:
    for block in plan.options.services if plan.options else ():
        yield from block.options


def records(plan: Plan) -> Iterator[FileRecord]:
    """Everything that may accept a warning."""
    yield from plan.revenue
    yield from services(plan)
    if plan.capital:
        yield plan.capital
        yield from plan.capital.schemes
    if plan.options:
        yield plan.options
        yield from plan.options.services
        yield from plan.options.groups
        yield from options(plan)
    if plan.funding:
        yield plan.funding
        yield from plan.funding.lines
        yield from plan.funding.reserves
    if plan.reserves:
        yield plan.reserves
        yield from plan.reserves.reserves

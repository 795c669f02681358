"""What to know before a plan's files are edited: what they will not have, and what changes."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cfbudget import rules
from cfbudget.calculate.printed_unit import printed_step
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.reconciliation import difference_problem
from cfbudget.checks.report import Report
from cfbudget.grammar import listed
from cfbudget.money import FTE, said
from cfbudget.plan.plan import Plan
from cfbudget.problem import Problem, in_order
from cfbudget.scenario.changes.applied import Applied
from cfbudget.tables.not_known_words import lines_not_known

FIGURES = re.compile(r"[\d.,()]+")


def beyond_the_files(applied: Applied) -> Iterator[str]:
    """What a scenario's delays take past the plan's last year: no file has a year for it."""
    options = applied.plan.options
    if options is None:
        return
    amounts = [(one, options.unit) for one in applied.beyond]
    for one, unit in (*amounts, *((one, FTE) for one in applied.fte_beyond)):
        yield (
            f"{one.name}: {said(one.pence, unit)} ({unit.name}) in {one.year} is beyond the "
            "plan's last year: the files will not have it"
        )
    if applied.beyond_unknown:
        yield "beyond the plan's last year, and not in the files: " + lines_not_known(
            applied.beyond_unknown
        )


def finer_files(before: Plan, after: Plan) -> Iterator[str]:
    """The files whose finest place becomes finer: rounding then explains less of their totals."""
    finer = [
        new.place.file
        for old, new in zip(before.files, after.files, strict=True)
        if printed_step(new) < printed_step(old) and not new.exact  # type: ignore[arg-type]
    ]
    if finer:
        yield (
            f"{listed(finer)} will have an amount finer than any before: less of a difference "
            "in its stated totals is then rounding"
        )


class Found(NamedTuple):
    """What checking finds of the edited plan that it did not find before."""

    differing: tuple[Problem, ...]
    """The stated totals that no longer hold."""
    others: tuple[Problem, ...]


def found_since(before: Report, after: Report) -> Found:
    """What is new in a plan's check; a problem is the same whatever its figures are."""
    known = {_words(problem) for problem in before.problems}
    others = (p for p in after.problems if p.rule != rules.DIFFERS.code and _words(p) not in known)
    held = {_stated(one) for one in before.comparisons if one.outcome != "differs"}
    differ = (
        difference_problem(one)
        for one in after.comparisons
        if one.outcome == "differs" and not one.spend and _stated(one) in held
    )
    return Found(in_order(differ), tuple(others))


def _words(problem: Problem) -> tuple[str, str, str]:
    return problem.place.file, problem.rule, FIGURES.sub("", problem.message)


def _stated(one: Comparison) -> tuple[object, ...]:
    return one.table, one.key, one.label, one.stated.place.file

"""A target that most likely is a slip of scale."""

from collections.abc import Iterator

from cfbudget import rules
from cfbudget.money import said
from cfbudget.problem import Place, Problem
from cfbudget.scenario.changes.replaced_figures import spending
from cfbudget.scenario.changes.scale import is_far, meant, times
from cfbudget.scenario.solve.solution import Solution


def far_target(solved: Solution, place: Place) -> Iterator[Problem]:
    """A net budget to come to that is far from what it is, and not within what is spent."""
    now, target, unit = solved.net_budget, solved.target, solved.unit
    is_within = abs(now) < abs(target) <= spending(solved.plan, solved.service)
    if is_far(target, now) and not is_within:
        message = f"a net budget of {said(target, unit)}: {times(target, now, unit)}"
        yield rules.OUT_OF_LINE.at(place, message, meant(target, now, unit))

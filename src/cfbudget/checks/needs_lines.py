"""Whether what is said of a plan looks among its single options, where some are condensed."""

from collections.abc import Sequence

from cfbudget.checks.comparison import Comparison
from cfbudget.checks.lost_heads import looks_for_heads
from cfbudget.checks.spending import may_take_too_much
from cfbudget.plan.plan import Plan


def needs_lines(plan: Plan, found: Sequence[Comparison]) -> bool:
    """Whether any rule's answer could be another, were each condensed option read by itself."""
    return bool(plan.condensed) and (looks_for_heads(plan, found) or may_take_too_much(plan))

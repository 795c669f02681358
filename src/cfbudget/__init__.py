"""A finance plan calculator for councils: every total recomputed, every printed figure proved.

    import cfbudget

    plan = cfbudget.load("data")
    cfbudget.position(plan).to_frame()     # a tidy pandas DataFrame, exact Decimals in it
    cfbudget.check(plan).agrees            # whether every printed total is right
    cfbudget.compare(plan, other).lines    # what takes its net budgets to another plan's
    cfbudget.cast(rows).suspects           # which figures of any printed table are likely wrong

Amounts are whole pence inside and exact decimals outside. Spending is plus, income and savings
are minus. The names below are all that is public; each is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cfbudget.calculate.bridge_lines import Bridge
    from cfbudget.calculate.payback import Payback, payback
    from cfbudget.calculate.plan_bridge import compare
    from cfbudget.casting.public import cast
    from cfbudget.casting.results import Casting, Relation, Suspect, Unproved
    from cfbudget.checks.comparison import Comparison
    from cfbudget.checks.report import Report, check
    from cfbudget.layout.table import Table
    from cfbudget.loaded import load
    from cfbudget.plan.plan import Plan
    from cfbudget.problem import InvalidPlan, Place, Problem
    from cfbudget.scenario.changes.applied import Applied
    from cfbudget.scenario.public import InvalidScenario, apply, model
    from cfbudget.scenario.solve.gap import solve
    from cfbudget.scenario.solve.solution import Solution
    from cfbudget.tables.plan_tables import (
        assumptions,
        capital,
        financing,
        funding,
        gap,
        options,
        position,
        reserves,
        revenue,
    )

__all__ = [
    "Applied",
    "Bridge",
    "Casting",
    "Comparison",
    "InvalidPlan",
    "InvalidScenario",
    "Payback",
    "Place",
    "Plan",
    "Problem",
    "Relation",
    "Report",
    "Solution",
    "Suspect",
    "Table",
    "Unproved",
    "apply",
    "assumptions",
    "capital",
    "cast",
    "check",
    "compare",
    "financing",
    "funding",
    "gap",
    "load",
    "model",
    "options",
    "payback",
    "position",
    "reserves",
    "revenue",
    "solve",
]

_HOMES = {
    "cfbudget.calculate.payback": ("Payback", "payback"),
    "cfbudget.calculate.bridge_lines": ("Bridge",),
    "cfbudget.calculate.plan_bridge": ("compare",),
    "cfbudget.casting.public": ("cast",),
    "cfbudget.casting.results": ("Casting", "Relation", "Suspect", "Unproved"),
    "cfbudget.checks.comparison": ("Comparison",),
    "cfbudget.checks.report": ("Report", "check"),
    "cfbudget.loaded": ("load",),
    "cfbudget.plan.plan": ("Plan",),
    "cfbudget.problem": ("InvalidPlan", "Place", "Problem"),
    "cfbudget.scenario.changes.applied": ("Applied",),
    "cfbudget.scenario.public": ("InvalidScenario", "apply", "model"),
    "cfbudget.scenario.solve.solution": ("Solution",),
    "cfbudget.scenario.solve.gap": ("solve",),
    "cfbudget.tables.plan_tables": (
        "assumptions",
        "capital",
        "financing",
        "funding",
        "gap",
        "options",
        "position",
        "reserves",
        "revenue",
    ),
    "cfbudget.layout.table": ("Table",),
}


if not TYPE_CHECKING:  # a type checker knows the names above, and that there are no others

    def __getattr__(name: str) -> object:
        """Import a public name on first use: the command line starts without most of them."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(module), name)
        raise AttributeError(f"module 'cfbudget' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return __all__

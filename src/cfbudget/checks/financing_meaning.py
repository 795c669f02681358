"""Meaning (CF423) of financing: what pays for capital spending is plus, as the spending is."""

from collections.abc import Iterable

from cfbudget import rules
from cfbudget.calculate.financing import FinancingLine, financing_lines
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.money import priced
from cfbudget.plan.files import CapitalProgramme, Scheme
from cfbudget.plan.financing import WORDS
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import LATER, Period


def financing_minus(plan: Plan) -> Problems:
    """A source pays; only what gives spending back gives back what paid for it."""
    if plan.capital is None:
        return
    for line in financing_lines(plan.capital):
        record = line.scheme or plan.capital
        for period, figure in line.amounts.items():
            if figure.pence < 0 <= _spent(_schemes(plan.capital, line), period):
                size = priced(figure.pence, plan.capital.unit)
                message = f"{record.name!r} has {WORDS[line.source]} of minus {size} in {period}"
                hint = "what pays for capital spending is plus: write it without the minus"
                yield warn(rules.FINANCING_MINUS, record, message, hint, figure.place)


def _schemes(programme: CapitalProgramme, line: FinancingLine) -> Iterable[Scheme]:
    return (line.scheme,) if line.scheme else programme.schemes


def _spent(schemes: Iterable[Scheme], period: Period) -> int:
    """What is allocated in a period, in pence."""
    figures = (
        scheme.later if period == LATER else scheme.allocations.get(period) for scheme in schemes
    )
    return sum(figure.pence for figure in figures if figure)


FINANCING_MEANING = (Check(rules.FINANCING_MINUS, financing_minus, ("financing",)),)

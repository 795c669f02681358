"""Spellings (CF421): texts that options are grouped by, written in two ways."""

from cfbudget import rules
from cfbudget.checks.plan_lines import options
from cfbudget.checks.rule_runs import Check, Problems, warn
from cfbudget.ids import id_of
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import Word
from cfbudget.problem import clipped

GROUPED = ("category", "portfolio", "owner")
"""What options are grouped by as written."""


def two_spellings(plan: Plan) -> Problems:
    """A category, a portfolio and an owner are each written in one way: each way is a group."""
    for field in GROUPED:
        first: dict[str, Word] = {}
        told: set[str] = set()
        for option in options(plan):
            word: Word | None = getattr(option, field)
            identity = id_of(word.text) if word else ""
            if word is None or not identity:
                continue
            other = first.setdefault(identity, word)
            if word.text != other.text and word.text not in told:
                told.add(word.text)
                ways = f"{clipped(word.text)!r}, and {clipped(other.text)!r} on line"
                message = f"the {field} is written {ways} {other.place.line}"
                hint = "write both in one way, unless they are two: each way is a group of its own"
                yield warn(rules.TWO_SPELLINGS, option, message, hint, word.place)


SPELLINGS = (Check(rules.TWO_SPELLINGS, two_spellings, ("options",)),)

"""What is said of options that stand as one row for each group."""

from cfbudget.grammar import counted
from cfbudget.plan.plan import Plan


def condensed_note(plan: Plan) -> tuple[str, ...]:
    """How many options are condensed, and where each of them is to be seen."""
    number = sum(one.condensed.number for one in plan.condensed if one.condensed)
    if not number:
        return ()
    return (
        f"{counted(number, 'option')} with no more to be said of them than their amounts stand as "
        "one row for each service, kind and status; --list, or -f csv, has each of them.",
    )

"""Former ids (CF25x): `was` names one line of the plan before, and that one only once."""

from collections.abc import Iterable, Sequence

from cfbudget import rules
from cfbudget.checks.plan_lines import options, services
from cfbudget.checks.rule_runs import Check, CheckedTable, Problems
from cfbudget.plan.files import Renamable
from cfbudget.plan.plan import Plan
from cfbudget.problem import clipped

OF: tuple[CheckedTable, ...] = ("revenue", "capital", "options")


def _tables(plan: Plan) -> tuple[Sequence[Renamable], ...]:
    """The lines that stand beside each other: a former id is one of its own table."""
    schemes = plan.capital.schemes if plan.capital else ()
    return tuple(services(plan)), schemes, tuple(options(plan))


def former_ids_present(plan: Plan) -> Problems:
    """A line that was another is not beside that other: in one plan a line has one id."""
    for lines in _tables(plan):
        present = {line.id for line in lines}
        for line in lines:
            if line.was and line.was.text in present:
                own = line.was.text == line.id
                which = "is its own id" if own else "is the id of a line of this plan"
                message = f"was: {clipped(line.was.text)} {which}"
                hint = "write the id that it had in the plan before, or delete was"
                yield rules.WAS_PRESENT.at(line.was.place, message, hint)


def former_ids_twice(plan: Plan) -> Problems:
    """One line of the plan before is one line of this plan, in every year's budget."""
    for lines in _tables(plan):
        yield from _twice(lines)


def _twice(lines: Iterable[Renamable]) -> Problems:
    by_former: dict[str, Renamable] = {}
    by_id: dict[str, Renamable] = {}
    for line in lines:
        if line.was is None:
            continue
        first = by_former.setdefault(line.was.text, line)
        same = by_id.setdefault(line.id, line)
        if first.id != line.id:
            message = f"was: {clipped(line.was.text)} is said of {clipped(first.id)!r} too"
            hint = "say it of the one that goes on; the other one is new"
            yield rules.WAS_TWICE.at(line.was.place, message, hint)
        elif same.was and same.was.text != line.was.text:
            message = f"{clipped(line.id)!r} was {clipped(same.was.text)!r} in another budget"
            hint = "write the same was in every year's budget"
            yield rules.WAS_TWICE.at(line.was.place, message, hint)


FORMER_IDS = (
    Check(rules.WAS_PRESENT, former_ids_present, OF),
    Check(rules.WAS_TWICE, former_ids_twice, OF),
)

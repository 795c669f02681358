"""What is at risk in a plan: what is still to be delivered, not known, not shown, or runs out."""

from collections.abc import Iterator, Sequence

from cfbudget.calculate import payback as paid
from cfbudget.calculate.changes import changes_of, knows_changes
from cfbudget.calculate.not_known import not_known, unknown_changes
from cfbudget.grammar import agreed, counted, listed
from cfbudget.money import Unit, headlines, nearest
from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.reports.plan_report.drivers import together
from cfbudget.reports.plan_report.subject import ReportSubject
from cfbudget.tables.not_known_words import left_out_note
from cfbudget.tables.reserves import floor_words
from cfbudget.years import FinancialYear


def risks(subject: ReportSubject) -> Iterator[str]:
    """Each risk in a sentence, made from the figures."""
    yield from _to_deliver(subject)
    yield from _payback(subject)
    yield from _funding(subject)
    yield from left_out_note(not_known(subject.plan))
    yield from _checks(subject)


def _to_deliver(subject: ReportSubject) -> Iterator[str]:
    """What lowers the net budget in years that no approved budget contains yet."""
    plan = subject.plan
    if plan.options is None or not knows_changes(plan):
        return
    struck = {
        word.year for one in plan.revenue if not one.projected for word in one.contains_options_of
    }
    years = [year for year in plan.years if year not in struck]
    found: dict[Kind, list[tuple[str, int]]] = {}
    for block in plan.options.services:
        for option in block.options:
            if KINDS[option.kind].sign < 0 and option.recurs:
                made = changes_of(option, plan.options.basis, plan.years)
                to_come = sum(made[year] for year in years)
                found.setdefault(option.kind, []).append((option.name, to_come))
    for kind, amounts in found.items():
        if sum(pence for _, pence in amounts) < 0:
            yield _of_kind(kind, amounts, years, plan.options.unit)


def _of_kind(
    kind: Kind,
    amounts: Sequence[tuple[str, int]],
    years: Sequence[FinancialYear],
    unit: Unit,
) -> str:
    """How much of a kind is to come, the largest of it, and what a tenth of it is.

    Args:
        amounts: the name of each option with what it comes to, in pence; names may be alike.
    """
    to_come = sum(pence for _, pence in amounts)
    name, pence = min(amounts, key=lambda one: one[1])
    all_of, largest, missed = headlines(to_come, pence, nearest(to_come, 10), unit=unit)
    when = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    words = KINDS[kind].together
    return (
        f"{words[:1].upper()}{words[1:]} of {all_of} a year by {years[-1]} "
        f"{agreed(together(kind), 'is')} still to come, in {when}. The largest is {name}, "
        f"{largest}. Were a tenth of all of it not delivered, the net budget of {years[-1]} would "
        f"be {missed} more."
    )


def _payback(subject: ReportSubject) -> Iterator[str]:
    """The invest to save that the plan does not show to pay back."""
    pairs = paid.payback(subject.plan)
    late = [
        pair.name
        for pair in pairs
        if pair.pays_back is None and not pair.changes_nothing and not pair.cannot_be_told
    ]
    if late:
        yield f"Not paid back within the plan: {'; '.join(late)}."
    if alone := [pair.name for pair in paid.orphans(subject.plan)]:
        yield f"Invest to save that names no saving it pays for: {'; '.join(alone)}."


def _funding(subject: ReportSubject) -> Iterator[str]:
    """What of the funding does not recur, and which reserves fall below their floors.

    What is not known yet is told once, of the whole plan.
    """
    plan, table = subject.plan, subject.table("gap")
    unknown = tuple(left_out_note(unknown_changes(plan)))
    yield from (note for note in (table.notes[1:] if table else ()) if note not in unknown)
    if plan.reserves:
        yield from (of.sentence for of in floor_words(plan, plan.reserves) if of.is_below)


def _checks(subject: ReportSubject) -> Iterator[str]:
    """Printed figures that do not agree, and warnings that nobody has answered."""
    outcomes = subject.checked.outcomes
    if differ := outcomes["differs"]:
        yield f"{counted(differ, 'printed figure')} {agreed(differ, 'differs')} from the lines."
    if unknown := outcomes["not checkable"]:
        yield f"{counted(unknown, 'printed figure')} cannot be checked."
    if warnings := len(subject.checked.open_warnings):
        rules = dict.fromkeys(problem.rule for problem in subject.checked.open_warnings)
        yield f"{counted(warnings, 'warning', 'is')} open, of {listed(rules)}: see Warnings."
    if of_trial := len(subject.trial_problems):
        which = "the scenarios" if subject.beside else "the scenario"
        yield f"{counted(of_trial, 'warning', 'is')} of {which}: see Warnings."

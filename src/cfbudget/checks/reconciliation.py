"""Reconciliation (CF3xx): stated figures that differ, and budgets that a plan did not foresee."""

from collections.abc import Iterable, Sequence

from cfbudget import rules
from cfbudget.calculate.amounts import Key
from cfbudget.calculate.not_known import NotKnown, not_known
from cfbudget.calculate.other_movements import Movement, other_movements
from cfbudget.calculate.services import with_parents
from cfbudget.checks.comparison import Comparison
from cfbudget.checks.funding_meaning import drawn_otherwise
from cfbudget.checks.lost_heads import lost_heads
from cfbudget.checks.rule_runs import ALL, Check, Problems, warn
from cfbudget.grammar import agreed, counted, listed, plural
from cfbudget.money import Unit, alike, exactly, needed_places, printed, signed, with_plus
from cfbudget.plan.plan import Plan
from cfbudget.plan.values import TBC, measure_words
from cfbudget.problem import Problem

MOST_LINES = 3
"""The most lines that a message names."""


def differing(plan: Plan, found: Sequence[Comparison]) -> Problems:
    """A stated figure differs from the computed one by more than rounding explains."""
    heads = lost_heads(plan, found)
    for compared in found:
        if compared.outcome == "differs" and not compared.spend:
            problem = difference_problem(compared)
            head = heads.get(compared.stated.place)
            yield problem._replace(hint=head.hint) if head else problem


def difference_problem(compared: Comparison) -> Problem:
    """A comparison that differs, as a problem."""
    if compared.causes:
        return _following(compared)
    hint = "check it, and the lines that it adds up, against the source"
    if twin := compared.twin:
        hint = (
            f"check {twin.label!r} first, which this adds up: its {measured(twin.key)}, "
            f"line {twin.place.line}, differs by as much"
        )
    if compared.key.measure == "net_budget":
        hint += "; what no option lists, such as pay, may be in a printed net budget, never in this"
    if compared.allowance:
        hint += f"; rounding explains {exactly(compared.allowance, compared.unit)} at most"
    if compared.is_coarser and not compared.exact:
        hint += ", counted in the finest place that the table prints"
    return rules.DIFFERS.at(compared.stated.place, in_words(compared), hint)


def _following(compared: Comparison) -> Problem:
    """A difference that is settled with those that it follows from."""
    causes = compared.causes
    lines = sorted({cause.place.line for cause in causes})
    if len(lines) > MOST_LINES:
        follows = f"follows from {len(causes)} figures beneath it"
    else:
        follows = f"follows from {_lines(lines)}"
    if len(causes) == 1:
        hint = f"settle {name_of(causes[0].label, causes[0].key)} first: it differs by as much"
    else:
        hint = f"settle those {len(causes)} figures first: their differences come to this one"
    return rules.DIFFERS.at(compared.stated.place, f"{in_words(compared)}, {follows}", hint)


def _lines(lines: Sequence[int]) -> str:
    return f"{plural(len(lines), 'line')} {listed(lines)}"


def large_rounding(found: Iterable[Comparison]) -> Problems:
    """A rounding difference is unusually large for its number of addends."""
    for compared in found:
        if compared.is_large_rounding and not compared.spend:
            figures = counted(compared.addends, "figure")
            message = f"{in_words(compared)}: large for the rounding of {figures}"
            hint = "worth a look: rounding alone seldom comes to so much"
            place = compared.stated.place
            yield warn(rules.LARGE_ROUNDING, compared.record, message, hint, place)


def not_financed(found: Iterable[Comparison]) -> Problems:
    """Capital spending of a year is what pays for it, but for what rounding explains."""
    for compared in found:
        if compared.outcome == "differs" and compared.spend:
            yield _not_financed(compared)


def _not_financed(compared: Comparison) -> Problem:
    """What is not financed, or financed twice, as a problem."""
    spend, paid, unit = compared.stated.pence or 0, compared.computed or 0, compared.unit
    of = compared.key.year or "the later years"
    shown = alike(unit, spend, paid, abs(spend - paid))
    left = f"{shown[2]} is unfinanced" if paid < spend else f"{shown[2]} more than is spent"
    message = (
        f"{compared.label!r}: {shown[0]} is allocated to {of} and {shown[1]} finances it, in "
        f"{unit.name}: {left}"
    )
    both = "every scheme's figures and the programme's" if compared.spent_on else "both"
    hint = f"check {both}, or add what pays for the rest, such as borrowing"
    if paid > spend:
        hint = f"check {both}: what pays for a year is what is spent in it"
    if compared.causes:
        first = " and ".join(repr(cause.label) for cause in compared.causes[:MOST_LINES])
        hint = f"settle {first} first: this follows from it"
    elif abs(spend + paid) <= compared.allowance:
        hint = "write what finances capital as plus, as it pays for spending"
    return rules.NOT_FINANCED.at(compared.stated.place, message, hint)


def movements(plan: Plan) -> Problems:
    """A later budget differs from the projection by what the listed options do not say."""
    budgets = {budget.financial_year.year: budget for budget in plan.revenue}
    lines = {
        (year, service.id): service.place
        for year, budget in budgets.items()
        for _, service in with_parents(budget.services)
    }
    by_service: dict[str, list[Movement]] = {}
    for moved in other_movements(plan):
        by_service.setdefault(moved.service, []).append(moved)
    for service, moves in by_service.items():
        first = moves[0]
        budget = budgets[first.year]
        figures = "; ".join(_moved(move, budgets[move.year].unit) for move in moves)
        message = f"{first.name!r}: other movements, not in the listed options: {figures}"
        place = lines.get((first.year, service), budget.place)
        yield rules.OTHER_MOVEMENTS.at(place, message)


def _moved(move: Movement, unit: Unit) -> str:
    other, projected, stated = alike(unit, move.other, move.projected, move.budget)
    moved = with_plus(other, is_more=move.other > 0)
    return f"{moved} {unit.name} in {move.year} (projected {projected}, budget {stated})"


def unknown_amounts(plan: Plan) -> Problems:
    """An amount that is not known yet is in no total, which is so no less right."""
    lines: dict[tuple[str, str], list[NotKnown]] = {}
    for one in not_known(plan):
        lines.setdefault((one.place.file, one.row), []).append(one)
    for there in lines.values():
        years = listed([one.year for one in there])
        message = f"{there[0].name!r}: {years} {agreed(len(there), 'is')} not yet known ({TBC})"
        hint = "no total has it; a stated total that differs above it is not checkable"
        yield rules.NOT_KNOWN.at(there[0].place, message, hint)


def in_words(compared: Comparison) -> str:
    """The comparison in a sentence: what is stated, what it comes to, the difference."""
    stated, computed = compared.stated.pence or 0, compared.computed or 0
    unit, difference = compared.unit, computed - stated
    places = needed_places(unit, stated, computed, difference)
    was, comes_to = (printed(p, unit, places) if p else "nil" for p in (stated, computed))
    return (
        f"{name_of(compared.label, compared.key)} is stated as {was} and comes to "
        f"{comes_to} {unit.name}: difference {signed(difference, unit, places)}"
    )


def name_of(label: str, key: Key) -> str:
    """A stated figure in a sentence: 'Care': net 2024-25."""
    return f"{label!r}: {measured(key)}"


def measured(key: Key) -> str:
    """What a figure measures, and of when: net 2024-25."""
    return f"{measure_words(key.measure)} {key.year or ''}".rstrip()


def reconciliation(found: Sequence[Comparison]) -> tuple[Check, ...]:
    """The rules of reconciliation, over a plan's comparisons: these are made once."""
    return (
        Check(rules.DIFFERS, lambda plan: differing(plan, found), ALL),
        Check(rules.LARGE_ROUNDING, lambda _: large_rounding(found), ALL),
        Check(rules.DRAWN_OTHERWISE, drawn_otherwise, ("reserves",)),
        Check(rules.NOT_FINANCED, lambda _: not_financed(found), ("financing",)),
        Check(rules.OTHER_MOVEMENTS, movements, ("revenue",)),
        Check(rules.NOT_KNOWN, unknown_amounts, ("options", "capital")),
    )

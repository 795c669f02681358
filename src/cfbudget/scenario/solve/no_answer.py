"""Why a gap cannot be shared over options: a saving would become spending, or the reverse."""

from cfbudget.grammar import agreed, listed, plural
from cfbudget.money import alike
from cfbudget.plan.kinds import KINDS, Kind, a, words
from cfbudget.problem import Refusal
from cfbudget.scenario.solve.solution import Solution, SolutionLine


def no_answer(solved: Solution) -> Refusal | None:
    """Each option that would have the wrong sign, what it would have to be, and what can be had."""
    wrong = [line for line in solved.lines if not line.is_of_right_sign]
    if not wrong:
        return None
    unit = solved.unit
    verb = "have to be found" if solved.gap < 0 else "may be spent"
    kinds = dict.fromkeys(line.option.kind for line in wrong)
    (gap,) = alike(unit, abs(solved.gap))
    reason = (
        f"no answer of the right sign: {gap} {verb} in {solved.year}, in "
        f"{unit.name}, but {listed(_nil_or(kind) for kind in kinds)}: "
        f"{'; '.join(_would_be(line, solved) for line in wrong)}"
    )
    return Refusal(reason, _instead(solved))


def _nil_or(kind: Kind) -> str:
    return f"{a(kind)} is nil or {'less' if KINDS[kind].sign < 0 else 'more'}"


def _would_be(line: SolutionLine, solved: Solution) -> str:
    unit = solved.unit
    must_be, now = alike(unit, line.must_be, line.now)
    return f"{line.option.id} ({line.option.name}) would have to be {must_be}, and is {now}"


def _instead(solved: Solution) -> str:
    """What the options named can give at most, and what to ask for instead."""
    against = [
        line for line in solved.lines if not line._replace(must_be=line.now).is_of_right_sign
    ]
    if against:
        return f"{listed(map(_against, against))} in {solved.year} already: name other options"
    return f"{_most(solved)}; name {_others(solved)}, or no option at all"


def _against(line: SolutionLine) -> str:
    sign = "plus" if KINDS[line.option.kind].sign < 0 else "minus"
    return f"the {words(line.option.kind)} {line.option.id} is {sign}"


def _most(solved: Solution) -> str:
    """How far all the options named can go in proportion: until those that shrink are nil."""
    by_change = solved.shared_by != "cumulative change"
    most = sum(abs(line.now) for line in solved.lines) if by_change else 0
    if not most:
        many = len(solved.lines)
        named = f"the {plural(many, 'option')} named {agreed(many, 'has')}"
        return f"{named} no change in {solved.year} that could be reduced"
    net = solved.net_budget + (most if solved.gap > 0 else -most)
    named = "the option named" if len(solved.lines) == 1 else "in proportion, the options named"
    can_give, comes_to = alike(solved.unit, most, net)
    return f"down to nil, {named} can give {can_give} at most, for a net budget of {comes_to}"


def _others(solved: Solution) -> str:
    """Those of the options that can go any way, or the kind of option that can."""
    free = [line.option.id for line in solved.lines if not solved.shrinks(line)]
    if free:
        return f"{', '.join(free)} alone"
    return a(solved.kind)

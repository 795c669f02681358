"""Running differences: what a line is in one period, from what another is in two.

An annual gap is the cumulative gap less that of the year before; next year's opening balance is
this year's closing balance. The periods are found from the figures, whatever their order.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Literal, NamedTuple

from cfbudget.casting.search.evidence import MISS, Weighed, in_even_steps, worth
from cfbudget.casting.search.nested_totals import MARGIN
from cfbudget.casting.table.side import Side
from cfbudget.casting.table.slips import is_near

MOST_LINES = 100
MOST_MEMBERS = 24


OPENING = 10
"""The bits that an opening balance must have."""


class RunningStep(NamedTuple):
    """One member of a running difference, by index: the member, and the one before it or None."""

    member: int
    before: int | None


class Running(NamedTuple):
    """A line that follows another from member to member.

    A `difference` is the other's figure less that of the member before; a `carry` is the other's
    figure of the member before.
    """

    kind: Literal["difference", "carry"]
    line: int
    of: int
    steps: tuple[RunningStep, ...]
    bits: int


class _Followed(NamedTuple):
    """A line and the other that it may follow, with what each states, by member."""

    line: int
    of: int
    here: Mapping[int, int]
    there: Mapping[int, int]


def find_running(side: Side) -> Iterator[Running]:
    """Every pair of lines of which one follows the other."""
    lines, members = len(side.lines), len(side.members)
    if not 1 < lines <= MOST_LINES or not 2 < members <= MOST_MEMBERS:
        return
    cost = 2 * lines.bit_length() + MARGIN
    stated = [_stated(side, line) for line in range(lines)]
    for line, of in permutations(range(lines), 2):
        pair = _Followed(line, of, stated[line], stated[of])
        for running in (_difference(side, pair), _carry(side, pair)):
            if running and running.bits >= cost + _disorder(running) * members.bit_length():
                yield running


def _disorder(running: Running) -> int:
    """How many steps do not follow the member right before."""
    return sum(step.before not in (None, step.member - 1) for step in running.steps)


def _stated(side: Side, line: int) -> dict[int, int]:
    return {
        member: value
        for member, value in enumerate(side.values[line])
        if value is not None and member not in side.soft
    }


def _difference(side: Side, pair: _Followed) -> Running | None:
    """Each stated figure of a line as the other's, less the other's in some member before."""
    line, of, here, there = pair
    if _mostly_in_order(side, "difference", pair):
        in_order = [RunningStep(at, _before(there, at)) for at in here if at in there]
        if found := _running(side, "difference", line, of, in_order):
            return found
    steps = []
    for member, value in here.items():
        if member not in there:
            return None
        wanted = there[member] - value
        tolerance = 3 * side.slack[line][member]
        before = _member_with(there, wanted, tolerance, member)
        if before is None and 2 * abs(wanted) > tolerance:
            return None
        steps.append(RunningStep(member, before))
    return _running(side, "difference", line, of, steps)


def _carry(side: Side, pair: _Followed) -> Running | None:
    """Each stated figure of a line as the other's in some member before."""
    line, of, here, there = pair
    if _mostly_in_order(side, "carry", pair):
        in_order = [RunningStep(at, at - 1) for at in here if at - 1 in there]
        if found := _running(side, "carry", line, of, in_order):
            return found
    steps = []
    for member, value in here.items():
        before = _member_with(there, value, 0, member)
        if before is not None:
            steps.append(RunningStep(member, before))
        elif len(steps) < len(here) - 1 and member != min(here):
            return None
    return _running(side, "carry", line, of, steps) if len(steps) >= len(here) - 1 else None


def _before(values: Mapping[int, int], member: int) -> int | None:
    """The member right before this one, if it states a figure."""
    return member - 1 if member - 1 in values else None


def step_difference(side: Side, running: Running, step: RunningStep) -> tuple[int, int]:
    """Computed − stated in one step, and twice the difference that rounding explains."""
    line, of = side.values[running.line], side.values[running.of]
    stated = line[step.member] or 0
    before = 0 if step.before is None else of[step.before] or 0
    here = of[step.member] or 0
    computed = before if running.kind == "carry" else here - before
    addends = bool(before) + (running.kind == "difference" and bool(here))
    tolerance = (addends + 1) * side.slack[running.line][step.member]
    return computed - stated, tolerance


def _member_with(values: Mapping[int, int], wanted: int, tolerance: int, member: int) -> int | None:
    """The member nearest to this one, if any, whose value it is; those before come first."""
    if not wanted or (not tolerance and wanted not in values.values()):
        return None
    found = [
        other
        for other, value in values.items()
        if other != member and 2 * abs(value - wanted) <= tolerance
    ]
    return min(found, key=lambda other: (other > member, abs(other - member)), default=None)


def _running(
    side: Side, kind: Literal["difference", "carry"], line: int, of: int, steps: list[RunningStep]
) -> Running | None:
    """The steps as a relation, where they go from period to period without meeting."""
    before = [step.before for step in steps if step.before is not None]
    if len(before) < 2 or len(set(before)) < len(before) or len(steps) - len(before) > 1:
        return None
    running = Running(kind, line, of, tuple(steps), 0)
    bits = holds = misses = 0
    if not _mostly_held(side, running) or _is_by_steps(side, running):
        return None
    seen: set[int] = set()
    for step in steps:
        off, tolerance = step_difference(side, running, step)
        stated = side.values[line][step.member] or 0
        if 2 * abs(off) > tolerance:
            slip = _is_slip(side, running, step)
            misses += not slip
            bits += worth(off, 1, tolerance) // 2 - MISS if slip else -MISS
        elif stated not in seen:
            seen.add(stated)
            holds += 1
            bits += worth(stated, side.grains[step.member], tolerance)
    return running._replace(bits=bits) if holds > misses and holds > 1 else None


def _is_by_steps(side: Side, running: Running) -> bool:
    """Whether a line grows by the same each time, so that it meets others by chance, here and there
    or nearly."""
    stated = tuple(value for value in side.values[running.line] if value is not None)
    return in_even_steps(stated) and any(
        step_difference(side, running, step)[0] for step in running.steps
    )


def _mostly_in_order(side: Side, kind: Literal["difference", "carry"], pair: _Followed) -> bool:
    """The same before any step is made, each from the member right before, as almost no two lines
    hold it."""
    slack, there = side.slack[pair.line], pair.there
    carries = kind == "carry"
    held = missed = 0
    for member, stated in pair.here.items():
        before = there.get(member - 1)
        here = before if carries else there.get(member)
        if here is None:
            continue
        off = here - stated if carries else here - (before or 0) - stated
        addends = bool(before) + (not carries and bool(here))
        if 2 * abs(off) > (addends + 1) * slack[member]:
            missed += 1
        else:
            held += 1
    return missed <= (held + missed + 1) // 2


def _mostly_held(side: Side, running: Running) -> bool:
    """Whether so few steps are missed that slips may explain them: the quick way out."""
    left = (len(running.steps) + 1) // 2
    for step in running.steps:
        off, tolerance = step_difference(side, running, step)
        left -= 2 * abs(off) > tolerance
        if left < 0:
            return False
    return True


def is_told(side: Side, running: Running, step: RunningStep) -> bool:
    """Whether a step holds, or a slip explains that it does not."""
    off, tolerance = step_difference(side, running, step)
    return 2 * abs(off) <= tolerance or _is_slip(side, running, step)


def _is_slip(side: Side, running: Running, step: RunningStep) -> bool:
    """Whether one slip explains what a step is out by (a sign, however short the figure, as it has
    all of its digits), or the next or the last step is out by as
    much the other way: then one figure that both take is wrong."""
    off, tolerance = step_difference(side, running, step)
    stated = side.values[running.line][step.member] or 0
    turned = 2 * abs(2 * stated + off) <= tolerance
    if turned or is_near(stated, stated + off, tolerance):
        return True
    return running.kind == "difference" and any(
        abs(step_difference(side, running, other)[0] + off) <= tolerance
        for other in running.steps
        if step.member in (other.before,) or other.member == step.before
    )


def find_openings(side: Side, found: Sequence[Weighed]) -> Iterator[tuple[int, int, int, int]]:
    """Opening balances that are the closing balance of another member.

    A closing balance is a total of which the opening balance is a term; so one such figure, if
    it is long enough, is no chance.

    Yields:
        The opening line and its member, the closing line and the member of its figure.
    """
    totals = {one.equation.total for one in found}
    enough = max(OPENING, 2 * len(side.members).bit_length() + 4)
    for one in found:
        closing, terms = one.equation
        for sign, opening in terms:
            if sign < 0 or opening in totals or len(terms) < 2:
                continue
            here, there = _stated(side, opening), _stated(side, closing)
            carried = set(there.values())
            for member, value in here.items():
                if value not in carried or worth(value, side.grains[member], 0) < enough:
                    continue
                before = _member_with(there, value, 0, member)
                if before is not None:
                    yield opening, member, closing, before

"""One wrong figure planted in a printed table, and what can be known of it from the rest.

An error is revealed where an equation that it breaks is known without it: the same rows add up in
at least two other columns, or the same columns in two other rows, with bits enough that chance
does not explain them, and with a figure that is not nil where the wrong one stands. The wrong cell
can be named where two such equations have it, and only it, in common.

What cannot be revealed:
- a figure that no equation has: a line of a column that has no total;
- a line of a table with one column: a sum that fails there is known from nowhere else, and that
  it is a sum is a guess from labels and places;
- an error no larger than rounding explains;
- a figure whose fellows in the other columns are nil: whether the total adds it, they do not say;
- a whole of which all percentages are taken, where only these have it: they all fail together.
What is revealed and cannot be named: a line without a cross-cast, since any line beside it, or the
total, may be the wrong one.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import NamedTuple

from tests.casting.kit.equations import Equation, Place
from tests.casting.kit.evidence import (
    allowance,
    bits,
    independent,
    needed_bits,
    patterns,
    residual,
)
from tests.casting.kit.tables import Printed


class Planted(NamedTuple):
    """A table with one figure changed."""

    table: Printed
    before: Printed
    place: Place
    how: str
    breaks: tuple[Equation, ...]
    """The equations that no longer hold, even with rounding."""
    revealing: tuple[Equation, ...]
    """Those of them that the rest of the table makes known."""

    @property
    def was(self) -> Decimal:
        return self.before.amount(self.place)

    @property
    def nameable(self) -> bool:
        """Whether two revealing equations meet on the wrong cell and on no other."""
        met = [set(equation.places) for equation in self.revealing]
        return len(met) > 1 and set.intersection(*met) == {self.place}

    @property
    def slack(self) -> Decimal:
        """How far from what was printed a suggestion may be, because of rounding."""
        if not self.before.sizes.rounded:
            return Decimal(0)
        most = max(allowance(self.table, equation) for equation in self.revealing)
        share = self.table.is_share(self.place)
        places = self.table.style.share_places if share else self.table.style.places
        return Decimal(int(2 * most) + 1).scaleb(-places) / 2


def plant(random: Random, table: Printed) -> Planted | None:
    """Change one figure that is not nil; None where there is none."""
    places = sorted(place for place, steps in table.steps.items() if steps)
    if not places:
        return None
    place = random.choice(places)
    steps = table.steps[place]
    how, wrong = random.choice(_slips(random, steps))
    texts = [list(row) for row in table.cells]
    texts[place[0]][place[1]] = table.write(place, wrong)
    changed = table._replace(
        cells=tuple(tuple(row) for row in texts), steps={**table.steps, place: wrong}
    )
    breaks = [one for one in table.truth if place in one.places and _fails(changed, one)]
    revealing = [equation for equation in breaks if _is_known(changed, equation, place, breaks)]
    return Planted(changed, table, place, how, tuple(breaks), tuple(revealing))


def _slips(random: Random, steps: int) -> list[tuple[str, int]]:
    """The ways to misprint a figure, each once; none makes it nil or leaves it."""
    sign, digits = (-1 if steps < 0 else 1), str(abs(steps))
    at = random.randrange(len(digits))
    other = random.choice([digit for digit in "0123456789" if digit != digits[at]])
    made = [
        ("digit changed", digits[:at] + other + digits[at + 1 :]),
        ("digit dropped", digits[:at] + digits[at + 1 :]),
        ("digit added", digits[:at] + other + digits[at:]),
    ]
    turns = [n for n in range(len(digits) - 1) if digits[n] != digits[n + 1]]
    if turns:
        n = random.choice(turns)
        turned = digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :]
        made.append(("digits transposed", turned))
    slips = [(how, sign * int(text or "0")) for how, text in made]
    slips.append(("sign flipped", -steps))
    return [(how, wrong) for how, wrong in slips if wrong not in (0, steps)]


def _fails(table: Printed, equation: Equation) -> bool:
    return abs(residual(table, equation)) > max(Fraction(1), allowance(table, equation))


def _is_known(table: Printed, equation: Equation, place: Place, breaks: Sequence[Equation]) -> bool:
    """Whether the other members of its pattern tell that the equation is meant."""
    members = patterns(table)[equation.pattern]
    position = equation.places.index(place)
    others = [
        one
        for one in members
        if one not in breaks and _shows(table, one, position) and one != equation
    ]
    count = min(len(others), len(independent(table, members)))
    told = sorted((bits(table, one) for one in others), reverse=True)[:count]
    every = all(
        any(_shows(table, one, at) for one in others)
        for at in range(len(equation.places))
        if table.steps.get(equation.places[at])
    )
    return count > 1 and every and sum(told) >= needed_bits(table)


def _shows(table: Printed, equation: Equation, position: int) -> bool:
    """Whether the figure there is more than rounding would hide."""
    return abs(table.steps.get(equation.places[position], 0)) > 4

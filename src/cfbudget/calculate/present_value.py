"""Net present benefit: annual net costs, discounted at a given rate, with the sign turned."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from cfbudget.money import nearest


class Rate(NamedTuple):
    """A discount rate: as it was given (`3.5%`), and exactly, for one year (7/200)."""

    text: str
    a_year: Fraction


def net_present_benefit(annual_net_costs: Iterable[int], rate: Rate) -> int:
    """The benefit in pence: plus is a benefit, minus a cost.

    Args:
        annual_net_costs: pence of each year, the first of which is not discounted.

    It is -Σ cost of year k / (1 + rate)^k, exact until it is rounded once, half away from zero.
    """
    factor = 1 + rate.a_year
    discounted = (pence / factor**k for k, pence in enumerate(annual_net_costs))
    benefit = -sum(discounted, Fraction(0))
    return nearest(benefit.numerator, benefit.denominator)

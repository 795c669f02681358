"""An amount shared over several options in whole pence, so that the shares add exactly to it."""

from collections.abc import Sequence
from typing import NamedTuple


class Sharer(NamedTuple):
    """What decides a share: its weight, and how much it can take, both in pence, from nil up.

    `room` is None where it can take any amount.
    """

    weight: int
    room: int | None = None


def shared_out(amount: int, sharers: Sequence[Sharer]) -> tuple[int, ...]:
    """Shares in proportion to the weights, from nil up, that add to the amount.

    Each is rounded down to the penny. The odd pennies go to the largest weight (the first of
    equals) as far as it has room for them, then to the next: so an amount for which all have
    room never leaves one of them without. Where nobody has room, the largest takes them.

    Args:
        amount: pence, from nil up.
        sharers: at least one, with a weight of more than nil.
    """
    total = sum(sharer.weight for sharer in sharers)
    shares = [amount * sharer.weight // total for sharer in sharers]
    largest_first = sorted(range(len(sharers)), key=lambda at: -sharers[at].weight)
    odd = amount - sum(shares)
    for at in largest_first:
        room = sharers[at].room
        taken = odd if room is None else min(odd, max(room - shares[at], 0))
        shares[at] += taken
        odd -= taken
    shares[largest_first[0]] += odd
    return tuple(shares)

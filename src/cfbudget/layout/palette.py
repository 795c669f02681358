"""The colours of charts: one meaning each, told apart by who sees colours differently."""

from typing import NamedTuple

from cfbudget.plan.kinds import KINDS, Kind
from cfbudget.plan.statuses import STATUSES, Status

# Told apart by people who see colours differently (Paul Tol's muted scheme).
PALETTE = (
    "#332288",
    "#88CCEE",
    "#44AA99",
    "#DDCC77",
    "#CC6677",
    "#117733",
    "#999933",
    "#882255",
    "#AA4499",
    "#6699CC",
    "#661100",
    "#888888",
)
INDIGO, CYAN, TEAL, SAND, ROSE, GREEN, OLIVE, WINE, PURPLE, BLUE, BROWN, GREY = PALETTE
LEVEL_COLOUR, RAISES_COLOUR, LOWERS_COLOUR = INDIGO, ROSE, TEAL
OF_SIGN: dict[int, tuple[str, ...]] = {
    -1: (LOWERS_COLOUR, GREEN),
    1: (RAISES_COLOUR, WINE, PURPLE, BROWN),
    0: (CYAN, OLIVE, GREY),
}
"""The colours of the kinds of one sign, in their order: one of its family is less, or more."""
PALE, FULL = 45, 100


class ChartLook(NamedTuple):
    """How something is drawn wherever it is: the fill, the edge, and what tells without colour."""

    fill: str
    edge: str
    texture: int = 0
    """0 is solid; 1, 2 and 3 are ever lighter, 4 is broken, where there is no colour."""
    is_dashed: bool = False


def mixed(colour: str, per_cent: int) -> str:
    """A colour with white: 100 is the colour itself, 0 is white."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{255 - (255 - part) * per_cent // 100:02X}" for part in parts)


def solid(colour: str) -> ChartLook:
    return ChartLook(colour, colour)


def pale(colour: str) -> ChartLook:
    """The same thing, less certain or earlier: paler, with its own colour as a dashed edge."""
    return ChartLook(mixed(colour, PALE), colour, 2, is_dashed=True)


LEVEL = solid(LEVEL_COLOUR)
"""A level, such as a net budget or a gap."""
LEVEL_BEFORE = pale(LEVEL_COLOUR)
"""A level before something is done about it: the gap before reserves are used."""
RAISES, LOWERS = (
    ChartLook(RAISES_COLOUR, RAISES_COLOUR, 1),
    ChartLook(LOWERS_COLOUR, LOWERS_COLOUR, 3),
)
"""What raises a level, and what lowers it."""
CAPITAL = solid(BLUE)
"""Capital, which is never added to revenue."""
NOT_YET = ChartLook("#FFFFFF", BLUE, 4, is_dashed=True)
"""Capital that is not in the programme yet."""
RESERVE = solid(SAND)
"""Money kept."""
LIMIT = ChartLook("#222222", "#222222", is_dashed=True)
"""The least, or the most, that something may come to."""


def shades(colour: str, count: int) -> tuple[ChartLook, ...]:
    """One colour from pale to full, for what follows on one another, such as years."""
    step = (FULL - 25) // max(count - 1, 1)
    strengths = (FULL - step * (count - 1 - at) for at in range(count))
    return tuple(
        ChartLook(mixed(colour, strength), colour, (count - 1 - at) % 4)
        for at, strength in enumerate(strengths)
    )


def look_of_kind(kind: Kind, status: Status) -> ChartLook:
    """An option's: its kind's colour, pale where its status is not the first."""
    alike = [other for other, entry in KINDS.items() if entry.sign == KINDS[kind].sign]
    family = OF_SIGN[KINDS[kind].sign]
    colour = family[alike.index(kind) % len(family)]
    return solid(colour) if status == next(iter(STATUSES)) else pale(colour)

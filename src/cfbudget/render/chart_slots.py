"""Where the bars of a chart stand along its axis of labels: a slot each, groups with room between.

A slot is `SLOT` long, and its middle is at `at`. These are places in a picture, not amounts.
"""

import textwrap
from typing import NamedTuple

from cfbudget.layout.chart import Chart, ChartBar, ChartGroup

SLOT = 10
BETWEEN = 6
"""How much room stands between two groups."""
NEXT_LINE = 6
"""How much room a further line of a group's label takes."""
HEADING_LETTERS = 84
"""How long a line of a group's label may be."""


class Slot(NamedTuple):
    """A bar's place."""

    group: ChartGroup
    bar: ChartBar
    at: int


class GroupSpan(NamedTuple):
    """A group's place: where its label begins, and from where to where its bars go."""

    group: ChartGroup
    label_at: int
    begins: int
    ends: int

    @property
    def middle(self) -> int:
        return (self.begins + self.ends) // 2


class Slots(NamedTuple):
    """The places of all bars and groups, and how long they are together."""

    bars: tuple[Slot, ...]
    groups: tuple[GroupSpan, ...]
    length: int


def slots_of(chart: Chart) -> Slots:
    """A slot for each bar; where bars lie, a group's label has room above them.

    The points of a line take no slot where the chart is upright.
    """
    bars: list[Slot] = []
    groups: list[GroupSpan] = []
    at = 0
    for group in chart.groups:
        at += BETWEEN if groups else 0
        label_at = at + SLOT // 2
        if group.label and not chart.is_upright:
            at += SLOT + NEXT_LINE * (len(heading_lines(group)) - 1)
        begins = at
        for bar in group.bars:
            if not (chart.is_upright and bar.line):
                bars.append(Slot(group, bar, at + SLOT // 2))
                at += SLOT
        groups.append(GroupSpan(group, label_at, begins, at))
    return Slots(tuple(bars), tuple(groups), max(at, SLOT))


def heading_lines(group: ChartGroup) -> list[str]:
    """A group's label with what it comes to, in as many lines as it needs."""
    figure = f": {group.figure.text}" if group.figure else ""
    return textwrap.wrap(f"{group.label}{figure}", HEADING_LETTERS)

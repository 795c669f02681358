"""A chart before anybody draws it: bars in groups, each with the exact figures that it shows.

Every drawing of it, on a terminal, as a picture or in words, is of the same bars. A bar is labelled
and has its figure beside it, so that nothing is told by colour alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from cfbudget.layout.grid import Grid, ShownFigure
from cfbudget.layout.palette import ChartLook
from cfbudget.money import Unit
from cfbudget.plan.kinds import KINDS, of_sign

ChartName = str
"""One of `CHART_NAMES`."""
SAVINGS: ChartName = KINDS[of_sign(-1)].plural
CHART_NAMES: tuple[ChartName, ...] = (
    *("bridge", "position", SAVINGS, "programme"),
    *("payback", "gap", "reserves"),
)
Split = Literal["kind", "service", "option"]
"""What the steps of a bridge are."""
SPLITS: tuple[Split, ...] = get_args(Split)


class ChartSeries(NamedTuple):
    """What pieces of bars mean: the legend's name of it, and how it is drawn everywhere."""

    id: str
    name: str
    look: ChartLook
    drawn: Literal["bar", "line", "limit"] = "bar"
    """A line goes from group to group, where the chart is upright; a limit crosses bars."""


class ChartPiece(NamedTuple):
    """A piece of a bar: from where to where it is drawn, in pence, and the figure that it is."""

    series: str
    begins: int
    ends: int
    figure: ShownFigure


class ChartBar(NamedTuple):
    """A labelled bar: its pieces, what it comes to, and what is to be known of it."""

    id: str
    label: str
    pieces: tuple[ChartPiece, ...]
    """None where there is nothing to draw: its figure is nil, or not known yet."""
    figure: ShownFigure
    note: str = ""
    limit: ShownFigure | None = None
    """The least, or the most, that the figure may be, marked across the bar."""
    line: str = ""
    """The series that it is a point of, where bars of its chart stand beside a line."""

    @property
    def extent(self) -> tuple[int, int]:
        """The least and the most that its pieces, its limit and nil reach, in pence."""
        ends = [end for piece in self.pieces for end in (piece.begins, piece.ends)]
        ends += [self.limit.pence] if self.limit else []
        return min(ends, default=0), max(ends, default=0)


class ChartGroup(NamedTuple):
    """Bars that are read together, under a label; an empty one where there is one group alone."""

    id: str
    label: str
    bars: tuple[ChartBar, ...]
    figure: ShownFigure | None = None
    """What they come to together, where that is anything."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, with the same figures as a table and in words."""

    name: ChartName
    title: str
    """Names the plan, what is shown, and the unit."""
    sign: str
    """What plus and minus mean here."""
    unit: Unit
    places: int
    series: tuple[ChartSeries, ...]
    groups: tuple[ChartGroup, ...]
    description: tuple[str, ...]
    """What it shows, in sentences made from its figures, for who cannot see it."""
    grid: Grid
    """Its figures."""
    notes: tuple[str, ...] = ()
    """What is to be known beside it, in sentences."""
    begins: int = 0
    """Where the axis of amounts begins, in pence, where that is not nil; the title says so."""
    is_upright: bool = False
    """Whether its groups follow on one another, as years do: then its bars are columns."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The sign, and what else is to be known before reading."""
        return (f"{self.sign[:1].upper()}{self.sign[1:]}.", *self.notes)

    @property
    def bars(self) -> Iterator[ChartBar]:
        return (bar for group in self.groups for bar in group.bars)

    @property
    def figures(self) -> Iterator[ShownFigure]:
        """Every figure that it shows, some of them several times."""
        for group in self.groups:
            yield from (group.figure,) if group.figure else ()
            for bar in group.bars:
                yield from (bar.figure, *(piece.figure for piece in bar.pieces))
                yield from (bar.limit,) if bar.limit else ()
        for row in self.grid.rows:
            yield from (cell for cell in row.cells if isinstance(cell, ShownFigure))

    @property
    def extent(self) -> tuple[int, int]:
        """From where to where its amounts go, in pence; never nothing."""
        extents = [bar.extent for bar in self.bars]
        least = min((low for low, _ in extents), default=0)
        most = max((high for _, high in extents), default=0)
        least = self.begins or min(least, 0)
        return least, max(most, least + 1)

    @property
    def is_told_by_labels(self) -> bool:
        """Whether the label of every bar says what its pieces mean."""
        return all(
            self.series_of(piece).name == bar.label for bar in self.bars for piece in bar.pieces
        )

    def series_of(self, piece: ChartPiece) -> ChartSeries:
        return next(series for series in self.series if series.id == piece.series)

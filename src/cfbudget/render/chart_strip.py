"""A bar as characters: pieces from place to place, with the line of nil among them."""

from typing import NamedTuple

from cfbudget.layout.chart import Chart, ChartBar, ChartPiece, ChartSeries

PARTS = 8
"""Into how many parts the last character of a solid bar can be cut."""


class Glyphs(NamedTuple):
    """What bars are drawn with."""

    textures: str
    """From solid to light, then broken."""
    parts: str
    """A solid character cut to 1, 2, ... eighths; empty where none can be cut."""
    nil: str
    limit: str
    line: str

    def can_be_shown(self, encoding: str) -> bool:
        try:
            "".join(self).encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def of(self, series: ChartSeries) -> str:
        if series.drawn == "limit":
            return self.limit
        return self.line if series.drawn == "line" else self.textures[series.look.texture]


BLOCKS = Glyphs("█▓▒░┄", "▏▎▍▌▋▊▉", "│", "┃", "━")
PLAIN = Glyphs("#=+-.", "", "|", "!", "*")
Drawn = list[tuple[str, ChartSeries | None]]


class Strip:
    """The room for the bars of a chart, with one scale for all of them."""

    def __init__(self, chart: Chart, width: int, glyphs: Glyphs) -> None:
        self.chart, self.glyphs = chart, glyphs
        low, high = chart.extent
        self.start = low if chart.begins else 0
        self.below, above = self.start - low, high - self.start
        room = width - 1
        self.left = room * self.below // max(self.below + above, 1)
        if self.below:
            self.left = min(max(self.left, 1), room - 1)
        self.right = room - self.left
        # Eighths of a character for so many pence: the same on both sides of nil.
        sides = [(above, self.right), (self.below, self.left)]
        self.pence, self.eighths = min(
            ((size, PARTS * cells) for size, cells in sides if size),
            key=lambda scale: scale[1] / scale[0],
        )

    def drawn(self, bar: ChartBar) -> Drawn:
        """The characters of a bar, each with what it means; nil stands among them."""
        right = self._side(bar, 1)
        left = self._side(bar, -1)[::-1] if self.below else []
        blank: Drawn = [(" ", None)] * (self.left - len(left))
        return [*blank, *left, (self.glyphs.nil, None), *right]

    def _side(self, bar: ChartBar, sign: int) -> Drawn:
        """The characters of a bar on one side of nil, from nil outwards."""
        made: Drawn = []
        for piece in bar.pieces:
            ends = sorted(max(sign * (end - self.start), 0) for end in (piece.begins, piece.ends))
            if ends[0] < ends[1]:
                self._put(made, self._at(ends[0]), self._at(ends[1]), piece, cut=sign > 0)
        if bar.limit and sign * (bar.limit.pence - self.start) > 0:
            limit = next(s for s in self.chart.series if s.drawn == "limit")
            at = self._at(sign * (bar.limit.pence - self.start)) // PARTS
            _stretch(made, at + 1)
            made[at] = (self.glyphs.limit, limit)
        return made

    def _at(self, pence: int) -> int:
        """How many eighths of a character an amount is from nil."""
        return pence * self.eighths // self.pence

    def _put(self, made: Drawn, begins: int, ends: int, piece: ChartPiece, *, cut: bool) -> None:
        """A piece as characters: one at least, the last of a solid one cut to its part."""
        series = self.chart.series_of(piece)
        glyph = self.glyphs.of(series)
        first = (begins + PARTS // 2) // PARTS
        can_cut = cut and glyph == self.glyphs.textures[0] and bool(self.glyphs.parts)
        last, part = divmod(ends, PARTS) if can_cut else ((ends + PARTS // 2) // PARTS, 0)
        if last <= first and not part and can_cut and last < self._most(cut=cut):
            part = 1
        elif last <= first and not part:
            first = min(first, self._most(cut=cut) - 1)
            last = first + 1
        _stretch(made, max(last, first))
        for at in range(first, last):
            made[at] = (glyph, series)
        if part and last >= first:
            _stretch(made, last + 1)
            made[last] = (self.glyphs.parts[part - 1], series)

    def _most(self, *, cut: bool) -> int:
        """How many characters there are on a side of nil."""
        return max(self.right if cut else self.left, 1)


def _stretch(made: Drawn, length: int) -> None:
    made += [(" ", None)] * (length - len(made))

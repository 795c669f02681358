"""Two figures with one blank between them, or one: `- 3.5`, `1 234`. The lines around tell."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from cfbudget.casting.read.text_words import PrintedWord, is_figure, parts_of, together

NEAR = 40  # lines; figures further away are of other tables

WordsOfLine = list[PrintedWord]


class _Ends:
    """Where figures end that nobody can mistake: the lines, in order, by place."""

    def __init__(self, lines: Sequence[WordsOfLine | None], slack: int) -> None:
        self.slack = slack
        self.lines: dict[int, list[int]] = {}
        for at, line in enumerate(lines):
            for word in line or ():
                if word.figure and " " not in word.text:
                    self.lines.setdefault(word.end, []).append(at)

    def has(self, end: int, at: int) -> bool:
        """Whether figures of lines near this one end at this place."""
        for place in range(end - self.slack, end + self.slack + 1):
            lines = self.lines.get(place, ())
            first = bisect_left(lines, at - NEAR)
            if first < len(lines) and lines[first] <= at + NEAR:
                return True
        return False


def apart(lines: Sequence[WordsOfLine | None], slack: int) -> list[WordsOfLine | None]:
    """The lines, with what was taken for one figure as two, where the first of them ends as
    figures of other lines do: a nil is no sign, and two columns are no thousands.

    Args:
        slack: by how many places edges may differ that are meant to be the same.
    """
    ends = _Ends(lines, slack)
    return [
        line and [piece for word in line for piece in _pieces(word, ends, at)]
        for at, line in enumerate(lines)
    ]


def _pieces(word: PrintedWord, ends: _Ends, at: int) -> Iterator[PrintedWord]:
    """A word, or the figures that it is made of."""
    left: WordsOfLine = []
    parts = parts_of(word) if word.figure and " " in word.text else ()
    for number, part in enumerate(parts[:-1]):
        left.append(part)
        rest = " ".join(other.text for other in parts[number + 1 :])
        whole = together(left)
        if whole.figure and is_figure(rest) and ends.has(part.end, at):
            yield whole
            left = []
    yield together([*left, parts[-1]]) if parts else word

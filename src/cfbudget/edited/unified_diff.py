"""What edits do to a file's lines, as `diff -u` shows it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cfbudget.edited.text_edits import Edit, with_edits

AROUND = 3
"""How many lines are shown before and after those that change."""


class _Change(NamedTuple):
    """The lines from `first` (from 0) to before `last`, and what stands in their place."""

    first: int
    last: int
    lines: tuple[str, ...]

    @property
    def more(self) -> int:
        """How many lines come with it."""
        return len(self.lines) - (self.last - self.first)


def unified_diff(name: str, text: str, edits: Sequence[Edit]) -> str:
    """The difference that edits make to a file, under its name before and after them.

    The edits say what differs: nothing is searched for.
    """
    old = text.splitlines(keepends=True)
    shown = [f"--- {name}\n", f"+++ {name}\n"]
    moved = 0
    for hunk in _hunks(_joined(_changes(text, old, edits))):
        start = max(0, hunk[0].first - AROUND)
        end = min(len(old), hunk[-1].last + AROUND)
        more = sum(change.more for change in hunk)
        shown.append(f"@@ -{_range(start, end)} +{_range(start + moved, end + moved + more)} @@\n")
        shown += map(_whole, _of_hunk(old, hunk, start, end))
        moved += more
    return "".join(shown)


def changed_lines(text: str, edits: Sequence[Edit]) -> int:
    """How many lines are others, new or gone."""
    changes = _changes(text, text.splitlines(keepends=True), edits)
    return sum(max(len(change.lines), change.last - change.first) for change in changes)


def _changes(text: str, old: Sequence[str], edits: Sequence[Edit]) -> Iterator[_Change]:
    """The lines that edits change; what only stands beside what is put in is none of them."""
    begins = [0]
    for line in old:
        begins.append(begins[-1] + len(line))
    for first, last, within in _by_lines(begins, edits):
        start = begins[first]
        moved = (Edit(edit.start - start, edit.end - start, edit.text) for edit in within)
        new = with_edits(text[start : begins[last]], moved).splitlines(keepends=True)
        was = old[first:last]
        shorter = min(len(was), len(new))
        before = _alike(was, new, shorter)
        behind = _alike(was[::-1], new[::-1], shorter - before)
        lines = tuple(new[before : len(new) - behind])
        if lines or before + behind < len(was):
            yield _Change(first + before, last - behind, lines)


def _alike(these: Sequence[str], those: Sequence[str], most: int) -> int:
    """How many lines are the same from the first on."""
    return next((at for at in range(most) if these[at] != those[at]), most)


def _by_lines(
    begins: Sequence[int], edits: Sequence[Edit]
) -> Iterator[tuple[int, int, list[Edit]]]:
    """Edits by the lines that they touch: each run of lines with all that touch any of it."""
    first = last = 0
    within: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        starts, ends = _line(begins, edit.start), _line(begins, edit.end)
        if within and starts >= last:
            yield first, last, within
            within = []
        if not within:
            first = last = starts
        last = max(last, ends + 1)
        within.append(edit)
    if within:
        yield first, last, within


def _line(begins: Sequence[int], at: int) -> int:
    """The line on which a place is; the last one for the end of the text."""
    return min(bisect_right(begins, at) - 1, max(0, len(begins) - 2))


def _joined(changes: Iterator[_Change]) -> Iterator[_Change]:
    """Changes of lines that stand one below the other, as one."""
    before: _Change | None = None
    for change in changes:
        if before and before.last == change.first:
            before = _Change(before.first, change.last, before.lines + change.lines)
            continue
        if before:
            yield before
        before = change
    if before:
        yield before


def _hunks(changes: Iterator[_Change]) -> Iterator[list[_Change]]:
    """Changes that are shown together, as what is around them would meet."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * AROUND:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _of_hunk(old: Sequence[str], hunk: Sequence[_Change], start: int, end: int) -> Iterator[str]:
    at = start
    for change in hunk:
        yield from (f" {line}" for line in old[at : change.first])
        yield from (f"-{line}" for line in old[change.first : change.last])
        yield from (f"+{line}" for line in change.lines)
        at = change.last
    yield from (f" {line}" for line in old[at:end])


def _range(start: int, end: int) -> str:
    """Lines as a hunk's head has them, from 1; of none, the line before."""
    count = end - start
    first = start + 1 if count else start
    return f"{first}" if count == 1 else f"{first},{count}"


def _whole(line: str) -> str:
    """A line of the difference, however the file ends it."""
    text = line.rstrip("\r\n")
    return f"{text}\n" if text != line else f"{text}\n\\ No newline at end of file\n"

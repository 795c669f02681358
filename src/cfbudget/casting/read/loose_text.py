"""Text copied from a page that was printed: labels and figures with one blank between them.

Where a figure stood is lost. A line with as many figures as most says it by their order; of one
with fewer nobody can tell, and a note says so.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from cfbudget.casting.read.printed_table import PrintedTable, TextRow, row_of
from cfbudget.casting.read.text_words import PrintedWord, is_year, units
from cfbudget.grammar import plural


def is_loose(lines: Sequence[str]) -> bool:
    """Whether most lines that end in figures have single blanks only."""
    said = [line.strip() for line in lines if line.strip()]
    ending = [(line, len(_divided(line)[1])) for line in said]
    ending = [(line, count) for line, count in ending if count]
    loose = [line for line, _ in ending if "  " not in line]
    enough = any(count > 1 for _, count in ending) or len(ending) * 2 > len(said)
    return len(ending) > 1 and len(loose) * 2 > len(ending) and enough


def read_loose(lines: Sequence[str]) -> PrintedTable:
    """One table of all lines: the label in column A, the figures that end a line from B."""
    usual = _usual(lines)
    rows: list[TextRow] = []
    unsure: list[int] = []
    for number, line in enumerate(lines, 1):
        label, figures = _divided(line)
        if 0 < len(figures) < usual:
            apart = _divided(line, signed=False)
            label, figures = apart if len(apart[1]) == usual else (label, figures)
        label, figures = _with_labels(label, figures, usual)
        if 0 < len(figures) < usual and label:
            unsure.append(number)
        rows.append(row_of([label, *figures] if figures else _heads(label, usual)))
    return PrintedTable("", tuple(rows), _notes(unsure))


def _usual(lines: Sequence[str]) -> int:
    """How many figures a whole line has: as many as any that is not rare."""
    found = (_divided(line) for line in lines)
    plain = (_with_labels(label, figures, len(figures))[1] for label, figures in found)
    counts = Counter(len(figures) for figures in plain if figures)
    enough = max(2, sum(counts.values()) // 6)
    often = [count for count, lines_with in counts.items() if lines_with >= enough]
    return max(often or counts)


def _with_labels(label: str, figures: list[str], usual: int) -> tuple[str, list[str]]:
    """The label with what belongs to it of the figures behind it: a year before other figures or
    alone, and as many as there are too many."""
    years = len(list(takewhile(is_year, figures)))
    if years == len(figures) >= usual:
        years = 0  # the heads of columns
    count = max(years, len(figures) - usual) if label else 0
    return " ".join([label, *figures[:count]]), figures[count:]


def _divided(line: str, *, signed: bool = True) -> tuple[str, list[str]]:
    """A line's label, and the figures behind it."""
    words = units(line, signed=signed, grouped=False)
    at = len(words)
    while at and words[at - 1].figure:
        at -= 1
    label = line[words[0].start : words[at - 1].end] if at else ""
    return label, [word.text for word in words[at:]]


def _heads(label: str, count: int) -> list[str]:
    """A line without figures: the heads of the columns if it has as many words, else a label."""
    words: list[PrintedWord] = units(label)
    if len(words) == count + 1 > 2:
        return [word.text for word in words]
    return [label]


def _notes(unsure: Sequence[int]) -> tuple[str, ...]:
    if not unsure:
        return ()
    which = ", ".join(map(str, unsure[:5])) + (" and others" if len(unsure) > 5 else "")
    lines = plural(len(unsure), "line")
    return (f"{lines} {which} may have blank cells: the text does not say in which column",)

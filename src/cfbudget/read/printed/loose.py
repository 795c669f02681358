"""Text copied from a page that was printed: labels and figures with one blank between them.

Where a figure stood is lost. A line with as many figures as most says it by their order; of one
with fewer nobody can tell, and a note says so.
"""

from collections import Counter
from collections.abc import Sequence

from cfbudget.read.printed.table import PrintedTable, Row, row_of
from cfbudget.read.printed.words import Word, units


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
    counts = Counter(len(figures) for _, figures in map(_divided, lines) if figures)
    usual = max(counts, key=lambda count: (counts[count], count))
    rows: list[Row] = []
    unsure: list[int] = []
    for number, line in enumerate(lines, 1):
        label, figures = _divided(line)
        if 0 < len(figures) < usual:
            apart = _divided(line, signed=False)
            label, figures = apart if len(apart[1]) == usual else (label, figures)
        if 0 < len(figures) < usual and label:
            unsure.append(number)
        rows.append(row_of([label, *figures] if figures else _heads(label, usual)))
    return PrintedTable("", tuple(rows), _notes(unsure))


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
    words: list[Word] = units(label)
    if len(words) == count + 1 > 2:
        return [word.text for word in words]
    return [label]


def _notes(unsure: Sequence[int]) -> tuple[str, ...]:
    if not unsure:
        return ()
    which = ", ".join(map(str, unsure[:5])) + (" and others" if len(unsure) > 5 else "")
    lines = "line" if len(unsure) == 1 else "lines"
    return (f"{lines} {which} may have blank cells: the text does not say in which column",)

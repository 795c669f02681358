"""Problems as text: place, severity, rule and reason; the line itself; what to type."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from cfbudget.addresses import cell_name
from cfbudget.grammar import counted
from cfbudget.problem import Place, Problem, Severity, printable
from cfbudget.read.folder import is_table, stem_of

STYLES: dict[Severity, str] = {"error": "bold red", "warning": "bold yellow", "notice": "bold cyan"}
LINE_END = re.compile(r"\r\n|\r|\n")
BEFORE, SHOWN = 60, 100  # of a long line: characters before the place, and in all


def print_problems(
    console: Console, folder: str, problems: Iterable[Problem], texts: Mapping[str, str]
) -> None:
    """Print each problem with its line; no line is wrapped, so that an editor can read them.

    Args:
        folder: the plan's folder as the user named it.
        texts: the plan's files, to show lines of.
    """
    lines: dict[str, list[str]] = {}
    for problem in problems:
        place = problem.place
        if place.file in texts and place.file not in lines:
            lines[place.file] = _lines(place.file, texts[place.file])
        console.print(_problem(problem, folder, lines.get(place.file, [])), soft_wrap=True)


def _problem(problem: Problem, folder: str, lines: list[str]) -> Text:
    place = problem.place
    text = Text(f"{printable(place.within(folder))}: ")
    text.append(problem.severity, STYLES[problem.severity])
    text.append(f" {problem.rule} {printable(problem.message)}")
    # A notice says all on its line: there is nothing to put right, and errors stand between them.
    if 0 < place.line <= len(lines) and problem.severity != "notice":
        text.append("\n")
        shown = _cell if _is_cells(place.file) else _excerpt
        text.append(shown(lines[place.line - 1], place), "dim")
    if problem.hint:
        text.append(f"\n   hint: {printable(problem.hint)}")
    if problem.accepted:
        text.append(f"\n   accepted: {printable(problem.accepted)}")
    return text


def _lines(file: str, text: str) -> list[str]:
    """A file's lines; of a table its rows, each as it would be written alone."""
    if not _is_cells(file):
        return LINE_END.split(text)
    try:
        return [text_of(row) for row in csv.reader(io.StringIO(text, newline=""))]
    except csv.Error:
        return []


def _is_cells(file: str) -> bool:
    return bool(stem_of(file)) and is_table(file)


def text_of(row: list[str]) -> str:
    return "\t".join(" ".join(cell.split()) for cell in row)


def _cell(row: str, place: Place) -> str:
    """The cell of a table that is meant, by its name, with what it holds."""
    cells = row.split("\t")
    held = cells[place.column - 1] if 0 < place.column <= len(cells) else ""
    name = cell_name(place.line, max(1, place.column))
    return f"{name:>5} | {printable(held[:SHOWN])}"


def _excerpt(line: str, place: Place) -> str:
    """The line with the place marked beneath it; of a long line, the part around the place."""
    at = max(0, place.column - 1)  # a place may name a line and no column of it
    start = max(0, at - BEFORE)
    before = printable(line[start:at])
    end = min(at + place.length, start + SHOWN)
    marked = printable(line[at:end])
    after = printable(line[end : start + SHOWN])
    left, right = ("…" if start else ""), ("…" if len(line) > start + SHOWN else "")
    caret = " " * cell_len(left + before) + "^" * max(1, cell_len(marked))
    return f"{place.line:>5} | {left}{before}{marked}{after}{right}\n      | {caret}"


def count_line(problems: Iterable[Problem]) -> str:
    """How many of each: 2 errors, 1 warning."""
    counts = Counter(problem.severity for problem in problems)
    order: tuple[Severity, ...] = ("error", "warning", "notice")
    return ", ".join(counted(counts[severity], severity) for severity in order if counts[severity])

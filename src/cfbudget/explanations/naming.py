"""What a figure is called: whose it is, what it measures and of which year."""

from collections.abc import Mapping

from cfbudget.layout.table import HEADING, Column, Row
from cfbudget.plan.values import Measure, measure_words

_OF_LINE: frozenset[Measure] = frozenset({"tax_base", "band_d", "rise"})
"""What a row measures of the line above it, whose name its own label does not say."""
_ENDS = (", £", ": more than the year before")
"""What a label says for its column of a table, and a sentence says otherwise."""


def name_of(row: Row, lines: Mapping[str, str]) -> str:
    """Whose figures a row holds, by a name that stands alone.

    Args:
        lines: the labels of the table's rows and headings, by id.
    """
    label = row.label
    for end in _ENDS:
        label = label.removesuffix(end)
    if row.measure in _OF_LINE:
        words = label if row.measure == "band_d" else in_sentence(label)
        return f"{lines.get(row.of, row.of)}, {words}"
    if row.measure == "reserves_used" and row.role == "line":
        return f"{label}, planned use"
    within = _within(row, lines)
    return f"{label}, {lines[within]}" if within else label


def _within(row: Row, lines: Mapping[str, str]) -> str:
    """The heading that a row stands below and its label does not name; empty where it does.

    A subtotal of a kind of option is a service's, a line of financing a source's, and what a
    service has of its own the service's.
    """
    first, _, last = row.id.partition("/")
    if row.kind and row.role == "subtotal":
        headings = [first] if row.service else []
    else:
        headings = [last, first] if last and row.role == "line" else []
    return next((f"{one}{HEADING}" for one in headings if f"{one}{HEADING}" in lines), "")


def title_of(row: Row, column: Column, lines: Mapping[str, str]) -> str:
    """A figure's name with its measure and year: `Education: net budget 2026-27`."""
    name = name_of(row, lines)
    if row.measure is None:
        return f"{name}: {_measured(column)}"
    return f"{name}, {column.year or in_sentence(column.heading)}"


def _measured(column: Column) -> str:
    """What a column measures, and when: no other column of its table says the same."""
    words = measure_words(column.measure)
    if column.heading.startswith("Opening"):
        return in_sentence(column.heading)
    if column.is_forecast:
        return f"{words} {column.year}, forecast"
    if column.measure == "total":
        return f"total, {in_sentence(column.heading)}" if column.heading != "Total" else "total"
    if column.year is None:
        return in_sentence(column.heading)
    return f"{words} {column.year}"


def in_sentence(text: str) -> str:
    """Words within a sentence; what is printed all in capitals stays."""
    return f"{text[:1].lower()}{text[1:]}" if text[1:2].islower() else text

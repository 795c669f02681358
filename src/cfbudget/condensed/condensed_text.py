"""A file's text with a row in place of each group of plain options."""

from typing import NamedTuple

from cfbudget.condensed.plain_lines import PlainLines


class CondensedText(NamedTuple):
    """The text, and the options that stand in it as rows of their groups."""

    text: str
    lines: PlainLines
    rows: frozenset[int]
    """The lines that the rows of groups stand on."""

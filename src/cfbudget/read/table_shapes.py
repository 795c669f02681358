"""What the tables of a plan have for lines, by the file that they are in place of."""

from collections.abc import Mapping
from typing import NamedTuple


class TableShape(NamedTuple):
    """What a kind of file has for lines."""

    lines: str
    """The key of their list."""
    by_year: str = ""
    """The key of a line's amounts by year, where a year alone stands for one."""
    others: tuple[str, ...] = ()
    """What rows may be besides lines and the total."""


SHAPES: Mapping[str, TableShape] = {
    "revenue": TableShape("services"),
    "capital_programme": TableShape("schemes", "allocations"),
    "policy_options": TableShape("services", "changes", ("group",)),
    "funding": TableShape("lines", "amounts", ("use",)),
    "reserves": TableShape("reserves"),
}

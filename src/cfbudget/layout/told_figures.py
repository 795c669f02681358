"""What is told of a figure when somebody asks for it: in words, its parts, where it stands."""

from collections.abc import Mapping
from typing import NamedTuple

from cfbudget.calculate.amounts import Key, TableName
from cfbudget.layout.grid import CellOf
from cfbudget.layout.table import Variant


class ToldName(NamedTuple):
    """Which figure of which table is meant."""

    table: TableName
    key: Key
    variant: Variant = ""


class ToldPart(NamedTuple):
    """A figure that another is made of: its sign there, what it is called, and its amount."""

    sign: str
    """`+` or `−`; empty where the whole is no sum."""
    figure: ToldName
    label: str
    text: str


class ToldFigure(NamedTuple):
    """A figure with all that there is to tell of it, as text."""

    title: str
    text: str
    """Its amount as it is shown."""
    unit: str
    """What it is counted in; empty where the amount says so."""
    words: str
    parts: tuple[ToldPart, ...] = ()
    formula: str = ""
    """How it is worked out, where it is no sum of its parts."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else is known, each under a word: where it stands, what it was compared with."""


Told = Mapping[ToldName, ToldFigure]


def numbers_of(told: Told) -> Mapping[ToldName, int]:
    """Figures in their order, each by its number; where a scenario's are told of, one that is
    made as the plan's is, and so is not, by the plan's.
    """
    numbers = {name: number for number, name in enumerate(told)}
    if not any(name.variant for name in numbers):
        return numbers
    own = {n._replace(variant="scenario"): at for n, at in numbers.items() if not n.variant}
    return {**own, **numbers}


def name_of(cell: CellOf) -> ToldName:
    """The name of the figure that a cell of a grid shows; the baseline's is the plan's own."""
    variant = cell.table.variant
    return ToldName(cell.table.name, cell.key, "" if variant == "baseline" else variant)

"""What became of a figure of the source, and why a table cannot be imported as it is."""

from typing import Literal, NamedTuple

from cfbudget.casting.table.cell_place import CellPlace
from cfbudget.problem import Refusal

FateName = Literal["line", "stated", "nil", "not stated", "left out"]


class Fate(NamedTuple):
    """What became of a figure of the source."""

    name: FateName
    why: str = ""
    """Why it is left out, in a clause."""


class Trouble(NamedTuple):
    """Why a table cannot be imported as it is: a cell, and what to do."""

    place: CellPlace | None
    refusal: Refusal

"""A page: what a command shows, as blocks in their order, and the tidy records behind it.

Every renderer walks the same page, and knows nothing of the result that it was made of.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cfbudget.layout.grid import Grid

if TYPE_CHECKING:
    from cfbudget.layout.chart import Chart


class Title(NamedTuple):
    """What a part of the page is called."""

    text: str


class Heading(NamedTuple):
    """What a section within a part is called."""

    text: str


class Caption(NamedTuple):
    """What the figures right below are, and what they are against."""

    text: str


class Facts(NamedTuple):
    """What is to be known before reading: the unit, the sign, the source."""

    lines: Sequence[str]


class Items(NamedTuple):
    """Things that were found, one a line."""

    lines: Sequence[str]


class Sentences(NamedTuple):
    """What the figures come to, in words."""

    lines: Sequence[str]


Block: TypeAlias = "Title | Heading | Caption | Facts | Grid | Chart | Items | Sentences"


class Page(NamedTuple):
    """Blocks in the order in which they are read."""

    blocks: "tuple[Block, ...]"


class Records(NamedTuple):
    """The same result as tidy data: one record for each cell or finding."""

    fields: tuple[str, ...]
    rows: Iterable[Mapping[str, object]]
    """Amounts are plain, exact decimals; None is what is not known."""
    whole: Mapping[str, object] | None = None
    """What JSON holds in place of the list of rows, where these are not all of it."""


def page(blocks: Iterable[Block]) -> Page:
    """The blocks that say anything."""
    return Page(tuple(block for block in blocks if _says_anything(block)))


def _says_anything(block: Block) -> bool:
    if isinstance(block, Facts | Items | Sentences):
        return bool(block.lines)
    if isinstance(block, Grid):
        return bool(block.rows)
    return not isinstance(block, Caption) or bool(block.text)

"""How a table prints its figures."""

from random import Random
from typing import Literal, NamedTuple


class Style(NamedTuple):
    """One table's way to print."""

    places: int
    share_places: int
    thousands: bool
    negative: Literal["brackets", "minus", "true minus", "trailing"]
    pound: bool
    """Whether £ stands in the cells."""
    percent: bool
    """Whether % stands in the cells."""
    nil: Literal["-", "0", ""]
    trimmed: bool
    """Whether 12.50 is printed 12.5."""
    unit: Literal["", "£", "£000", "£m"]
    unit_in: Literal["header", "row", "title"]
    two_rows: bool
    """Whether the header has an upper row."""
    title: bool
    notes: bool
    marks: Literal["", "*", " (1)", "¹", " [a]"]
    """What marks a label with a footnote."""
    bullets: bool


def drawn_style(random: Random) -> Style:
    places = random.choice((0, 0, 0, 1, 2, 3))
    return Style(
        places,
        random.choice((0, 1, 1, 2)),
        random.random() < 0.7,
        random.choice(("brackets", "brackets", "minus", "minus", "true minus", "trailing")),
        random.random() < 0.2,
        random.random() < 0.5,
        random.choice(("-", "-", "0", "")),
        places > 0 and random.random() < 0.1,
        random.choice(("", "£", "£000", "£m")),
        random.choice(("header", "row", "title")),
        random.random() < 0.4,
        random.random() < 0.3,
        random.random() < 0.3,
        random.choice(("", "", "*", " (1)", "¹", " [a]")),
        random.random() < 0.1,
    )


def write_figure(style: Style, steps: int, *, signed: bool = False) -> str:
    """An amount, counted in the last printed place."""
    if steps == 0 and style.nil != "0":
        return style.nil
    size = ("£" if style.pound else "") + _size(style, abs(steps))
    if steps < 0:
        return _below_nil(style, size)
    return f"+{size}" if signed else size


def write_share(style: Style, steps: int) -> str:
    """A percentage, counted in its last printed place."""
    whole, part = divmod(abs(steps), 10**style.share_places)
    size = f"{whole}.{part:0{style.share_places}d}" if style.share_places else str(whole)
    size += "%" if style.percent else ""
    return _below_nil(style, size) if steps < 0 else size


def _size(style: Style, steps: int) -> str:
    whole, part = divmod(steps, 10**style.places)
    text = f"{whole:,}" if style.thousands else str(whole)
    if not style.places:
        return text
    text = f"{text}.{part:0{style.places}d}"
    return text.rstrip("0").removesuffix(".") if style.trimmed else text


def _below_nil(style: Style, size: str) -> str:
    if style.negative == "brackets":
        return f"({size})"
    if style.negative == "trailing" and not size.endswith("%"):
        return f"{size}-"
    return f"−{size}" if style.negative == "true minus" else f"-{size}"
